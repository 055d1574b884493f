"""Rule 7: no cookies, a bearer token, JSON only, nothing of ours in the platform's tracking, no secret in a URL."""

import json
import re
import types
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import get_resolver

from psychsafety_xblock.settings import plugin_settings
from tests.support import Team, call, collecting, handler, is_refused, revealed

pytestmark = pytest.mark.django_db

COURSE = "course-v1:Org+Safety+2026"
BLOCKS = [f"block-v1:Org+Safety+2026+type@psychsafety_{kind}+block@0a1b2c" for kind in ("wall", "team_session")]
HANDLERS = ("open_session", "take_seat", "current_session", "past_sessions", "insights", "complete", "save_authored")
POSTS = ("seats", "answers", "resonance", "echo", "takedowns", "commands", "drive", "tablet", "leave")


def live_paths() -> list[str]:
    """Every path of ours, with something in the place of parameters."""
    resolver = get_resolver()
    found = resolver.namespace_dict["psychsafety_xblock"][1].reverse_dict
    names = [name for name in found if isinstance(name, str)]
    paths = ["/psychsafety/" + found.getlist(name)[0][0][0][0] % {"session_id": "0" * 32} for name in names]
    assert len(paths) == 31
    return paths


class TestCookies:
    """None is set and none is read."""

    def test_no_reply_sets_one(self):
        team = revealed()
        for path in live_paths():
            real = path.replace("0" * 32, team.session_id)
            for method in ("GET", "POST", "OPTIONS"):
                response = call(real, "{}" if method == "POST" else None, token=team.leader, method=method)
                assert not response.cookies, real
                assert "Cookie" not in response.headers.get("Vary", "") or not real.startswith("/psychsafety/api/")

    def test_the_api_behaves_the_same_with_and_without(self):
        team = revealed()
        browser = Client()
        browser.cookies.load(
            {"sessionid": "f" * 32, "csrftoken": "c" * 32, "django_language": "da", "edxloggedin": "true"}
        )
        posts = [(name, {}) for name in POSTS] + [
            ("resonance", {"round": team.round["id"], "notes": "x"}),
            ("commands", {"command": "reveal", "step": 0}),
        ]
        for token in (team.leader, team.seats[0], team.screen, "wrong"):
            with_them = browser.get(team.api, headers={"Authorization": f"Bearer {token}"})
            without = call(team.api, token=token)
            assert (with_them.status_code, with_them.content) == (without.status_code, without.content)
            for name, body in posts:
                with_them = browser.post(
                    team.api + name, json.dumps(body), "application/json", headers={"Authorization": f"Bearer {token}"}
                )
                without = call(team.api + name, body, token=token)
                # What gives a new code, or a seat back, does not give the same twice.
                if name not in ("drive", "leave"):
                    assert (with_them.status_code, with_them.content) == (without.status_code, without.content)

    def test_a_cookie_alone_opens_nothing(self):
        team = collecting()
        browser = Client()
        browser.cookies.load({"sessionid": team.leader, "token": team.leader, "Authorization": f"Bearer {team.leader}"})
        is_refused(browser.get(team.api), 401, "unauthorized")

    def test_no_csrf_token_is_needed_because_no_cookie_could_be_abused(self):
        team = collecting()
        strict = Client(enforce_csrf_checks=True)
        body = json.dumps({"round": team.round["id"], "answer": {"text": "x"}})
        response = strict.post(
            team.api + "answers", body, "application/json", headers={"Authorization": f"Bearer {team.seats[0]}"}
        )
        assert response.status_code == 202


class TestJsonOnly:
    """A form would stand in the platform's log, next to the user's name."""

    @pytest.mark.parametrize(
        "content_type",
        ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", "", "text/json"],
    )
    @pytest.mark.parametrize("name", POSTS)
    def test_live_calls(self, name, content_type):
        team = collecting()
        step = team.state()["step"]
        body = json.dumps({"round": team.round["id"], "answer": {"text": "kingfisher"}})
        token = team.leader if name in ("commands", "drive", "tablet", "leave") else team.seats[0]
        response = call(team.api + name, body, token=token, content_type=content_type)
        is_refused(response, 415, "not_json")
        assert team.round["answers"] == 0
        assert team.state()["step"] == step

    @pytest.mark.parametrize("path", ["/psychsafety/api/join", "/psychsafety/api/drive"])
    def test_calls_without_a_session(self, path):
        is_refused(call(path, "join_code=ABCD2345", content_type="application/x-www-form-urlencoded"), 415, "not_json")

    @pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/plain"])
    @pytest.mark.parametrize("name", HANDLERS)
    @pytest.mark.parametrize("block", ["wall", "session", "course-wall"])
    def test_handlers(self, block, name, content_type):
        is_refused(handler(block, name, "{}", "leader", content_type), 415, "not_json")


class TestTracking:
    """What the platform's middleware would write down of a request."""

    def patterns(self) -> list[str]:
        platform = types.SimpleNamespace(TRACKING_IGNORE_URL_PATTERNS=[r"^/event", r"^/login"])
        plugin_settings(platform)
        plugin_settings(platform)
        assert platform.TRACKING_IGNORE_URL_PATTERNS[:2] == [r"^/event", r"^/login"], "the platform's own are kept"
        assert len(platform.TRACKING_IGNORE_URL_PATTERNS) == len(set(platform.TRACKING_IGNORE_URL_PATTERNS))
        return platform.TRACKING_IGNORE_URL_PATTERNS

    def ignored(self, path: str) -> bool:
        return any(re.match(pattern, path) for pattern in self.patterns())

    def test_no_path_of_ours_is_tracked(self):
        for path in live_paths():
            assert self.ignored(path), path
            assert any(re.match(pattern, path) for pattern in site.TRACKING_IGNORE_URL_PATTERNS)

    @pytest.mark.parametrize("usage", BLOCKS)
    @pytest.mark.parametrize("name", HANDLERS)
    @pytest.mark.parametrize("kind", ["handler", "handler_noauth"])
    def test_nor_a_handler_of_ours(self, usage, name, kind):
        assert self.ignored(f"/courses/{COURSE}/xblock/{usage}/{kind}/{name}")

    @pytest.mark.parametrize(
        "path",
        [
            "/",
            "/dashboard",
            f"/courses/{COURSE}/courseware",
            f"/courses/{COURSE}/xblock/block-v1:Org+Safety+2026+type@problem+block@1/handler/xmodule_handler/problem_get",
            "/other/psychsafety/",
        ],
    )
    def test_what_is_not_ours_still_is(self, path):
        assert not self.ignored(path)


def urls_in(body: object) -> list[str]:
    if isinstance(body, dict):
        return [url for value in body.values() for url in urls_in(value)]
    if isinstance(body, list):
        return [url for value in body for url in urls_in(value)]
    return [body] if isinstance(body, str) and ("/" in body) else []


def test_no_code_or_token_in_the_path_or_query_of_any_url():
    team = collecting()
    drive = call(team.api + "drive", {"do": "offer"}, token=team.leader).json()
    secrets = {*team.seats, team.leader, team.screen, team.opened["join_code"], drive["code"]}
    found = call("/psychsafety/api/join", {"join_code": team.opened["join_code"]}).json()
    bodies = [team.opened, drive, found, handler("wall", "current_session", {}, "leader").json()]
    bodies += [handler("wall", "take_seat", {"join_code": team.opened["join_code"]}, "amal").json()]
    bodies += [team.state(token) for token in (team.leader, team.screen, team.seats[0])]
    bodies += [call("/psychsafety/api/whoami", token=team.leader).json()]
    urls = [url for body in bodies for url in urls_in(body)]
    assert len(urls) > 8
    for url in urls:
        parts = urlsplit(url)
        for secret in secrets:
            assert secret not in parts.path + parts.query + parts.netloc, url
    assert urlsplit(team.opened["join_url"]).fragment == team.opened["join_code"]
    assert urlsplit(team.opened["screen_url"]).fragment == team.screen
    assert urlsplit(drive["drive_url"]).fragment == drive["code"]


@pytest.mark.parametrize("root", ["", "https://learn.example.com", "https://learn.example.com/"])
def test_links_that_phones_open_are_absolute(settings, root):
    settings.PSYCHSAFETY = {**settings.PSYCHSAFETY, "ROOT_URL": root}
    opened = Team().opened
    host = "https://learn.example.com" if root else "http://testserver"
    assert opened["join_url"].startswith(host + "/psychsafety/join/#")
    assert opened["screen_url"].startswith(host + "/psychsafety/screen/#")
    assert opened["api_url"].startswith("/psychsafety/api/sessions/")


def test_a_token_in_the_query_opens_nothing():
    team = collecting()
    for query in (f"?token={team.leader}", f"?access_token={team.leader}", f"?Authorization=Bearer%20{team.leader}"):
        is_refused(call(team.api + query), 401, "unauthorized")


def test_replies_are_kept_by_nobody():
    team = collecting()
    for response in (call(team.api, token=team.seats[0]), call(team.api, token="wrong")):
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Content-Type-Options"] == "nosniff"
