"""What the system checks say about a configuration that breaks a promise."""

import re
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.urls import include, path

from psychsafety_xblock import checks
from psychsafety_xblock.settings import TRACKING_PATTERNS

BACKENDS = "django.core.cache.backends."
ROOT = Path(__file__).parents[2]


def found(settings, backend: str = "redis.RedisCache", **ours) -> set[str]:
    settings.CACHES = {"default": {"BACKEND": BACKENDS + backend, "LOCATION": "redis://127.0.0.1:1"}}
    settings.PSYCHSAFETY = ours
    return ids(checks.check_settings, checks.check_cache)


def ids(*functions) -> set[str]:
    messages = [message for function in functions for message in function(None)]
    for message in messages:
        assert len(message.msg) > 20, message
        assert len(message.hint) > 10, message
    return {message.id.removeprefix("psychsafety.") for message in messages}


def database(settings, engine: str, **more) -> None:
    settings.DATABASES = {"default": {**settings.DATABASES["default"], "ENGINE": f"x.{engine}", **more}}


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


@pytest.mark.parametrize(
    ("ours", "says"),
    [
        ({"ANONYMOUS": False}, "E001"),
        ({"CACHE": "nothing"}, "E002"),
        ({"FETCH_CREDENTIALS": "include"}, "E003"),
        ({"SESSION_HOURS": "12"}, "E004"),
        ({"SESSION_HOURS": 0}, "E004"),
        ({"POLL_SCALE": True}, "E004"),
        ({"CACHE": None}, "E004"),
        ({"ROOT_URL": 1}, "E004"),
        ({"RETENTION_DAYS": "30"}, "E004"),
        ({"RETENTION_DAYS": 91}, "E005"),
        ({"RETENTION_DAYS": 0.5}, "E005"),
        ({"MINIMUM_FLOOR": 2}, "W004"),
        ({"ROOT_URL": "learn.example.com"}, "E008"),
        ({"ROOT_URL": "https://learn.example.com/?a=b"}, "E008"),
        ({"ROOT_URL": "https://learn.example.com/psychsafety/"}, "E008"),
    ],
)
def test_settings_that_do_not_exist_or_do_not_fit(settings, ours, says):
    assert found(settings, **ours) == {says}


@pytest.mark.parametrize(
    "ours",
    [{"RETENTION_DAYS": 1}, {"RETENTION_DAYS": 90}, {"POLL_SCALE": 2}, {"MINIMUM_FLOOR": 5}, {"ROOT_URL": "http://a"}],
)
def test_settings_that_fit(settings, ours):
    assert found(settings, **ours) == set()


class TestTheRedisServer:
    """It is asked whether it writes to its disk."""

    def asks(self, settings, monkeypatch, answers):
        found(settings)

        class Client:
            def config_get(self, name):
                if answers is None:
                    raise ConnectionError("it is not there")
                return {name: answers[name]}

        monkeypatch.setattr("psychsafety_xblock.cache_facts._redis", Client)
        return ids(checks.check_cache_of_the_server)

    @pytest.mark.parametrize(
        ("answers", "says"),
        [
            ({"save": "", "appendonly": "no"}, set()),
            ({"save": "3600 1 300 100", "appendonly": "no"}, {"W003"}),
            ({"save": "", "appendonly": "yes"}, {"W003"}),
            ({"save": b"60 10", "appendonly": b"no"}, {"W003"}),
            (None, set()),
        ],
    )
    def test_what_it_says(self, settings, monkeypatch, answers, says):
        assert self.asks(settings, monkeypatch, answers) == says

    def test_one_that_is_not_there_is_no_failure(self, settings):
        found(settings)
        assert ids(checks.check_cache_of_the_server) == set()

    @pytest.mark.redis
    def test_a_real_one_says_what_it_is_set_to(self, settings, redis_url):
        import redis

        settings.CACHES = {"default": {"BACKEND": BACKENDS + "redis.RedisCache", "LOCATION": redis_url}}
        server = redis.Redis.from_url(redis_url)
        writes = bool(server.config_get("save")["save"]) or server.config_get("appendonly")["appendonly"] == "yes"
        assert ids(checks.check_cache_of_the_server) == ({"W003"} if writes else set())


class TestTheDatabase:
    """Transactions, engine, isolation."""

    def test_the_demos_is_fine_but_for_a_site(self):
        assert ids(checks.check_database) == set()

    def test_sqlite_is_for_the_demo(self, settings):
        database(settings, "sqlite3")
        assert ids(checks.check_database_of_the_server) == {"W010"}
        database(settings, "mysql")
        assert ids(checks.check_database_of_the_server) == set()

    @pytest.mark.parametrize(
        ("engine", "options", "says"),
        [
            ("mysql", {}, set()),
            ("mysql", {"isolation_level": "READ COMMITTED"}, set()),
            ("mysql", {"isolation_level": "repeatable read"}, {"W011"}),
            ("mysql", {"isolation_level": None}, {"W011"}),
            ("postgresql", {}, set()),
            ("postgresql", {"isolation_level": 1}, set()),
            ("postgresql", {"isolation_level": 3}, {"W011"}),
        ],
    )
    def test_isolation(self, settings, engine, options, says):
        database(settings, engine, OPTIONS=options)
        assert ids(checks.check_database) == says

    def test_atomic_requests_are_fine_as_long_as_nothing_wraps_our_views(self, settings, monkeypatch):
        database(settings, "mysql", ATOMIC_REQUESTS=True, OPTIONS={})
        assert ids(checks.check_database) == set()
        settings.ROOT_URLCONF = "tests.web.wrapped_urls"
        assert ids(checks.check_database) == {"E006"}
        database(settings, "mysql", ATOMIC_REQUESTS=False, OPTIONS={})
        assert ids(checks.check_database) == set()

    def test_studio_does_not_serve_our_addresses(self, settings):
        database(settings, "mysql", ATOMIC_REQUESTS=True, OPTIONS={})
        settings.ROOT_URLCONF = type("Urls", (), {"urlpatterns": [path("a/", include([]))]})
        assert ids(checks.check_database) == set()

    def test_our_tables_elsewhere(self, monkeypatch):
        from django.db import router

        class Elsewhere:
            def db_for_write(self, model, **hints):
                return "other"

        monkeypatch.setattr(router, "routers", [Elsewhere()])
        assert ids(checks.check_database) == {"E007"}


class TestTheSite:
    """What it logs, and how phones reach it."""

    def says(self, settings, root: str, **more) -> set[str]:
        settings.PSYCHSAFETY = {"ROOT_URL": root}
        settings.ALLOWED_HOSTS = ["learn.example.com"]
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        for name, value in more.items():
            setattr(settings, name, value)
        return ids(checks.check_site)

    def test_https_and_a_known_host_are_fine(self, settings):
        assert self.says(settings, "https://learn.example.com") == set()

    def test_without_https(self, settings):
        assert self.says(settings, "http://learn.example.com") == {"W006"}
        assert self.says(settings, "", LMS_ROOT_URL="http://learn.example.com") == {"W006"}

    def test_a_proxy_that_django_does_not_know_of(self, settings):
        assert self.says(settings, "https://learn.example.com", SECURE_PROXY_SSL_HEADER=None) == {"W008"}

    def test_a_host_that_is_not_allowed(self, settings):
        assert self.says(settings, "https://phones.example.com") == {"W009"}

    def test_sentry_that_takes_bodies_along(self, settings):
        sentry = pytest.importorskip("sentry_sdk")
        try:
            for size, says in (("medium", {"W012"}), ("never", set())):
                sentry.init(dsn="https://key@127.0.0.1/1", max_request_body_size=size, default_integrations=False)
                assert self.says(settings, "https://learn.example.com") == says
        finally:
            sentry.get_client().close()
            sentry.get_global_scope().set_client(None)

    @pytest.mark.parametrize(
        ("patterns", "says"),
        [
            (TRACKING_PATTERNS, set()),
            (["^/"], set()),
            ([], {"W007"}),
            (TRACKING_PATTERNS[:1], {"W007"}),
            (TRACKING_PATTERNS[1:], {"W007"}),
        ],
    )
    def test_the_tracking_log(self, settings, patterns, says):
        settings.TRACKING_IGNORE_URL_PATTERNS = patterns
        assert ids(checks.check_paths) == says


def test_all_are_registered_and_the_page_for_administrators_lists_them(settings):
    """Each id of the code has its row, and no other has."""
    database(settings, "sqlite3", ATOMIC_REQUESTS=True)
    settings.ROOT_URLCONF = "tests.web.wrapped_urls"
    settings.CACHES = {"default": {"BACKEND": BACKENDS + "locmem.LocMemCache"}}
    settings.PSYCHSAFETY = {"NOTHING": 1, "ROOT_URL": "http://nowhere.example.com"}
    settings.TRACKING_IGNORE_URL_PATTERNS = []
    plain = {message.id for message in run_checks(tags=["psychsafety"])}
    assert plain == {f"psychsafety.{one}" for one in ("E001", "E006", "W002", "W007")}
    more = {message.id for message in run_checks(tags=["psychsafety"], include_deployment_checks=True)} - plain
    assert more >= {f"psychsafety.{one}" for one in ("W006", "W010")}
    sources = "".join(file.read_text() for file in Path(checks.__file__).parent.glob("*.py"))
    rows = re.findall(
        r"^\| `(psychsafety\.\w+)` \|", (ROOT / "docs/admin.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(rows) == sorted(set(re.findall(r"psychsafety\.[EW]\d{3}", sources)))
