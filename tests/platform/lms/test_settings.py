"""What the real plugin loader made of the LMS: apps, settings, addresses."""

import importlib
import re
import sys
import types

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import get_resolver, resolve, reverse
from edx_django_utils.plugins import add_plugins, get_plugin_apps

from psychsafety_xblock.settings import DEFAULTS, TRACKING_PATTERNS
from tests.platform.processes import CONFIGURATION


def test_the_app_is_installed_once_with_its_models_and_its_own_kind_of_key():
    assert settings.INSTALLED_APPS.count("psychsafety_xblock.apps.PsychSafetyConfig") == 1
    assert "psychsafety_xblock.apps.PsychSafetyConfig" in get_plugin_apps("lms.djangoapp")
    app = apps.get_app_config("psychsafety_xblock")
    assert {"Session", "Round", "Note", "Ballot", "Tally", "Token"} <= {model.__name__ for model in app.get_models()}
    assert settings.DEFAULT_AUTO_FIELD.endswith(".AutoField")
    assert app.default_auto_field.endswith(".BigAutoField")


def test_the_sites_choice_holds_and_the_rest_is_filled_in():
    # The tests' own cache and publishing times stand beside it.
    made = importlib.import_module("lms.envs.production").PSYCHSAFETY
    assert made == {**DEFAULTS, **CONFIGURATION["PSYCHSAFETY"]}
    assert made["SESSION_HOURS"] == 6 != DEFAULTS["SESSION_HOURS"]


def test_our_patterns_stand_behind_the_sites_although_its_file_came_in_between():
    assert [*CONFIGURATION["TRACKING_IGNORE_URL_PATTERNS"], *TRACKING_PATTERNS] == settings.TRACKING_IGNORE_URL_PATTERNS
    assert settings.LOCALE_PATHS[0].endswith("conf/locale")
    assert settings.LOCALE_PATHS[1].endswith("psychsafety_xblock/translations")
    assert len(settings.LOCALE_PATHS) == 2


@pytest.fixture
def site(monkeypatch):
    """A settings module that tests fill: `site(PSYCHSAFETY=...)` gives it after `times` runs of the loader."""

    def make(times: int = 1, **values) -> types.ModuleType:
        module = types.ModuleType("a_site")
        module.__dict__.update(values)
        monkeypatch.setitem(sys.modules, "a_site", module)
        for _ in range(times):
            for kind in ("common", "production"):
                add_plugins("a_site", "lms.djangoapp", kind)
        return module

    return make


@pytest.mark.parametrize("patterns", [["^/event"], ("^/event",)], ids=["list", "tuple"])
def test_running_twice_is_harmless(site, patterns):
    once = vars(site(1, TRACKING_IGNORE_URL_PATTERNS=patterns, LOCALE_PATHS=("/a",), PSYCHSAFETY={"POLL_SCALE": 2.0}))
    often = vars(site(3, TRACKING_IGNORE_URL_PATTERNS=patterns, LOCALE_PATHS=("/a",), PSYCHSAFETY={"POLL_SCALE": 2.0}))
    assert once == often
    assert once["TRACKING_IGNORE_URL_PATTERNS"] == ["^/event", *TRACKING_PATTERNS]
    assert once["PSYCHSAFETY"]["POLL_SCALE"] == 2.0


def test_what_the_site_has_is_not_changed_in_place(site):
    patterns, ours = ["^/event"], {"POLL_SCALE": 2.0}
    site(1, TRACKING_IGNORE_URL_PATTERNS=patterns, PSYCHSAFETY=ours)
    assert (patterns, ours) == (["^/event"], {"POLL_SCALE": 2.0})


NOTHING = {"PSYCHSAFETY": None, "TRACKING_IGNORE_URL_PATTERNS": None}


@pytest.mark.parametrize("empty", [{}, NOTHING], ids=["no", "empty"])
def test_a_site_that_says_nothing_has_the_defaults(site, empty):
    """A name with nothing behind it, as a configuration file may have, is no reason not to start."""
    made = site(1, **empty)
    assert made.PSYCHSAFETY == DEFAULTS
    assert made.TRACKING_IGNORE_URL_PATTERNS == TRACKING_PATTERNS


def test_addresses_have_names_under_the_namespace():
    assert reverse("psychsafety_xblock:join") == "/psychsafety/join/"
    assert reverse("psychsafety_xblock:answers", args=["0" * 32]) == f"/psychsafety/api/sessions/{'0' * 32}/answers"
    mounted = get_resolver().namespace_dict["psychsafety_xblock"][1].reverse_dict
    names = [name for name in mounted if isinstance(name, str)]
    assert len(names) == 31
    for name in names:
        (_, arguments), *_ = mounted.getlist(name)[0][0]
        path = reverse(f"psychsafety_xblock:{name}", args=["0" * 32 for _ in arguments])
        assert path.startswith("/psychsafety/")
        assert resolve(path).view_name == f"psychsafety_xblock:{name}"
        assert any(re.match(pattern, path) for pattern in settings.TRACKING_IGNORE_URL_PATTERNS)
