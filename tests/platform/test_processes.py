"""The plugin in the LMS and in Studio, each a process with the settings that the real loader made.

One of them alone, with its tests by name: `python -m tests.platform lms -k masquerade`.
"""

import pytest

from tests.platform.processes import run


@pytest.mark.parametrize("variant", ["lms", "cms"])
def test_all_of_its_tests_pass(variant, tmp_path):
    folder = f"tests/platform/{variant}"
    done = run(variant, tmp_path, "-m", "pytest", folder, "--quiet", "-p", "no:cacheprovider",
               f"--ds={variant}.envs.production")  # fmt: skip
    print(done.stdout + done.stderr)
    assert done.returncode == 0


@pytest.mark.parametrize("variant", ["lms", "cms"])
def test_checks_pass(variant, tmp_path):
    """Of a site with a cache that is shared and does not persist, Django and the plugin have nothing to say."""
    caches = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://redis:6379"}}
    done = run(variant, tmp_path, "-m", "django", "check", "--fail-level", "WARNING", CACHES=caches)
    assert done.returncode == 0, done.stderr
    done = run(variant, tmp_path, "-m", "django", "check", "--fail-level", "WARNING")
    assert "psychsafety.W002" in done.stderr, "or nothing was checked"


@pytest.mark.parametrize("variant", ["lms", "cms"])
def test_migrations_are_complete_whatever_the_platforms_keys_are(variant, tmp_path):
    done = run(variant, tmp_path, "-m", "django", "makemigrations", "--check", "--dry-run", "psychsafety_xblock")
    assert done.returncode == 0, done.stdout + done.stderr
