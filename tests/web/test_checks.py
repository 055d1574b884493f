"""What the system checks say about a configuration that breaks a promise."""

import pytest

from psychsafety_xblock.checks import check_settings

BACKENDS = "django.core.cache.backends."


def found(settings, backend: str = "redis.RedisCache", **ours) -> set[str]:
    settings.CACHES = {"default": {"BACKEND": BACKENDS + backend, "LOCATION": "redis://127.0.0.1:1"}}
    settings.PSYCHSAFETY = ours
    return {message.id.removeprefix("psychsafety.") for message in check_settings(None)}


def test_redis_and_defaults_are_fine(settings):
    assert found(settings) == set()


@pytest.mark.parametrize(
    ("backend", "says"),
    [
        ("filebased.FileBasedCache", {"W001"}),
        ("db.DatabaseCache", {"W001"}),
        ("locmem.LocMemCache", {"W002"}),
        ("dummy.DummyCache", {"W002"}),
        ("memcached.PyMemcacheCache", set()),
    ],
)
def test_a_cache_that_persists_or_is_not_shared(settings, backend, says):
    assert found(settings, backend) == says


def test_settings_that_do_not_exist(settings):
    assert found(settings, ANONYMOUS=False) == {"E001"}
    assert found(settings, CACHE="nothing") == {"E002"}
    assert found(settings, FETCH_CREDENTIALS="include") == {"E003"}


def test_every_message_says_what_to_do(settings):
    settings.CACHES = {"default": {"BACKEND": BACKENDS + "filebased.FileBasedCache", "LOCATION": "nowhere"}}
    settings.PSYCHSAFETY = {"NOTHING": 1}
    for message in check_settings(None):
        assert len(message.msg) > 20
        assert message.id.startswith("psychsafety.")
