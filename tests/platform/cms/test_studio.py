"""Studio: models without addresses, previews without sessions, handlers that store what an author wrote and no more."""

import importlib
import json
import re

import pytest
from cms.djangoapps.contentstore import views
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from opaque_keys.edx.keys import CourseKey
from openedx.core.djangoapps.xblock.rest_api import get_secure_token
from xmodule.runtime import MODULESTORE

from psychsafety_xblock.settings import DEFAULTS, TRACKING_PATTERNS
from tests.agendas import TALK, WALL
from tests.platform.processes import CONFIGURATION
from tests.support import JSON, is_refused, rows

pytestmark = pytest.mark.django_db

RUN = "course-v1:Org+Safety+2026"
OF_THE_COURSE = ("open_session", "current_session", "past_sessions", "take_seat", "complete")
KINDS = ("psychsafety_wall", "psychsafety_team_session")
BODIES = {"take_seat": {"join_code": "ABCD2345"}, "complete": {"token": "x" * 40}}


def ours() -> dict:
    return {table: held for table, held in rows().items() if table.startswith("psychsafety")}


@pytest.fixture
def author(settings):
    """A browser of somebody who may write in the course."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(get_user_model().objects.create(username="author"))
    browser.cookies["csrftoken"] = "c" * 32
    views.WRITERS.add(("author", RUN))
    yield browser
    views.WRITERS.clear()


@pytest.fixture(params=KINDS)
def usage(request):
    key = str(CourseKey.from_string(RUN).make_usage_key(request.param, "0a1b2c"))
    MODULESTORE[key] = {"agenda": [TALK, WALL]} if request.param == "psychsafety_team_session" else {}
    return key


def ask(browser: Client, path: str, body: object):
    return browser.generic(
        "POST", path, json.dumps(body), content_type=JSON, secure=True,
        headers={"X-CSRFToken": "c" * 32, "Referer": "https://testserver/"},
    )  # fmt: skip


class TestSettings:
    """What the real plugin loader made of Studio."""

    def test_models_are_there_and_addresses_are_not(self):
        assert apps.get_app_config("psychsafety_xblock").get_model("Session")
        assert settings.INSTALLED_APPS.count("psychsafety_xblock.apps.PsychSafetyConfig") == 1
        assert "psychsafety_xblock" not in get_resolver().namespace_dict
        with pytest.raises(NoReverseMatch):
            reverse("psychsafety_xblock:join")
        for path in ("/psychsafety/", "/psychsafety/join/", "/psychsafety/api/ping"):
            assert Client().get(path, secure=True).status_code == 404

    def test_the_sites_choice_holds_and_our_patterns_stand_behind_its_own(self):
        made = importlib.import_module("cms.envs.production").PSYCHSAFETY
        assert made == {**DEFAULTS, **CONFIGURATION["PSYCHSAFETY"]}
        ignored = [*CONFIGURATION["TRACKING_IGNORE_URL_PATTERNS"], *TRACKING_PATTERNS]
        assert ignored == settings.TRACKING_IGNORE_URL_PATTERNS


class TestNothingOfASessionIsWritten:
    """Neither from a preview, which says that it is one, nor from an editor, whose runtime does not."""

    @pytest.mark.parametrize("way", ["xblock", "preview/xblock"])
    def test_by_a_handler(self, author, usage, way):
        before = ours()
        for name in OF_THE_COURSE:
            is_refused(ask(author, f"/{way}/{usage}/handler/{name}", BODIES.get(name, {})), 403, "preview")
        assert ours() == before

    def test_by_a_handler_of_a_library(self, author):
        usage = "lb:Org:safety:psychsafety_wall:0a1b2c"
        MODULESTORE[usage] = {}
        user = get_user_model().objects.get().pk
        for name in OF_THE_COURSE:
            path = f"/api/xblock/v2/xblocks/{usage}/handler/{user}-{get_secure_token(user, usage)}/{name}/"
            is_refused(ask(Client(), path, BODIES.get(name, {})), 403, "preview")
        assert not any(ours().values())

    @pytest.mark.parametrize("view", ["author_view", "student_view", "studio_view"])
    def test_by_looking(self, author, usage, view):
        before = rows()
        response = author.get(f"/xblock/{usage}/{view}", secure=True)
        assert response.status_code == 200
        assert "/psychsafety/api" not in response.content.decode()
        script = "studio" if view == "studio_view" else "preview"
        assert re.search(rf"psychsafety_xblock/js/{script}(\.\w+)?\.js", response.content.decode())
        assert rows() == before


class TestSaving:
    """What an author may store, and who may."""

    def form(self, author: Client, usage: str, **fields: object) -> dict:
        from opaque_keys.edx.keys import UsageKey
        from xmodule.runtime import ModuleStoreRuntime

        block = ModuleStoreRuntime({}).load(None, UsageKey.from_string(usage))
        return {"revision": block.revision(), "fields": {**block.authored_fields(), **fields}}

    def test_it_is_stored(self, author, usage):
        path = f"/xblock/{usage}/handler/save_authored"
        response = ask(author, path, self.form(author, usage, display_name="Ours"))
        assert response.status_code == 200, response.content
        assert MODULESTORE[usage]["display_name"] == "Ours"
        assert not any(ours().values())

    def test_not_by_somebody_who_may_only_read(self, author, usage):
        views.WRITERS.clear()
        before = MODULESTORE[usage]
        path = f"/xblock/{usage}/handler/save_authored"
        is_refused(ask(author, path, self.form(author, usage, display_name="Ours")), 403, "may_not_edit")
        assert MODULESTORE[usage] == before

    def test_not_by_a_foreign_site(self, author, usage):
        path = f"/xblock/{usage}/handler/save_authored"
        body = json.dumps(self.form(author, usage, display_name="Theirs"))
        foreign = {"Origin": "https://evil.example", "Referer": "https://evil.example/"}
        for content_type in (JSON, "text/plain", "application/x-www-form-urlencoded"):
            response = author.generic("POST", path, body, content_type=content_type, secure=True, headers=foreign)
            assert response.status_code == 403
        assert "display_name" not in MODULESTORE[usage]

    def test_not_by_somebody_who_is_not_signed_in(self, usage):
        response = ask(Client(), f"/xblock/{usage}/handler/save_authored", {})
        assert response.status_code == 302
        assert "login" in response["Location"]
