"""What a page of another site could do with somebody's browser: send forms, ask with cookies, embed. None works."""

import json

import pytest
from django.test import Client

from psychsafety_xblock.demo.course import BLOCKS
from tests import contract
from tests.support import JSON, Team, call, handler, is_refused, rows

pytestmark = pytest.mark.django_db

#: What a browser sends across without asking first ("simple" requests), and what it makes of forms.
SIMPLE = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain; charset=application/json",
    "text/plain;application/json",
    "",
]
HANDLERS = ["open_session", "take_seat", "current_session", "complete", "past_sessions", "save_authored"]
ORIGIN = {"Origin": "https://evil.example", "Referer": "https://evil.example/", "Sec-Fetch-Site": "cross-site"}


def grants(response) -> list[str]:
    return [name for name in response.headers if name.lower().startswith(("access-control-", "cross-origin-resource"))]


def test_no_call_is_opened_to_another_site():
    team = Team().fill(guests=1)
    for method, path in contract.operations():
        address = contract.PREFIX + path.format(session_id=team.session_id)
        for asked in (method, "OPTIONS"):
            asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
            response = call(address, token=team.leader, method=asked, **ORIGIN, **asks)
            assert grants(response) == [], path
            # A preflight that fails is what keeps a browser from sending JSON or a token across.
            assert asked != "OPTIONS" or response.status_code == 405


@pytest.mark.parametrize("content_type", SIMPLE)
def test_the_live_api_takes_no_form(content_type):
    team = Team().fill(guests=1)
    team.state()
    before = rows()
    for method, path in contract.operations():
        if method == "POST":
            address = contract.PREFIX + path.format(session_id=team.session_id)
            token = team.seats[0] if path.endswith("leave") else team.leader
            if path.rsplit("/")[-1] in ("resonance", "echo", "takedowns", "answers"):
                token = team.seats[0]
            response = call(address, "{}", token=token, content_type=content_type, **ORIGIN)
            is_refused(response, 415, "not_json")
    assert rows() == before


@pytest.mark.parametrize("content_type", SIMPLE)
@pytest.mark.parametrize("name", HANDLERS)
def test_no_handler_takes_a_form(content_type, name):
    """The platform's `handler_noauth` asks for no CSRF token, and its cookies are SameSite=None."""
    before = rows()
    response = handler("wall", name, "{}", "leader", content_type=content_type, **ORIGIN)
    is_refused(response, 415, "not_json")
    assert grants(response) == []
    assert rows() == before


@pytest.mark.parametrize("name", HANDLERS)
@pytest.mark.parametrize("student", ["none", ""])
def test_no_handler_works_for_nobody(name, student):
    """`handler_noauth` lets everybody call any handler of a block whose usage key they know."""
    before = rows()
    path = f"/handler/{BLOCKS['wall'].usage_id}/{name}/" + (f"?student={student}" if student else "?student=none")
    body = {"token": "x"} if name == "complete" else {}
    response = Client().post(path, json.dumps(body), JSON)
    assert response.status_code == 403
    assert response.json()["error"] in ("anonymous", "not_in_studio")
    assert rows() == before


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
@pytest.mark.parametrize("name", HANDLERS)
def test_no_handler_works_by_an_image_or_a_link(method, name):
    before = rows()
    path = f"/handler/{BLOCKS['wall'].usage_id}/{name}/?student=leader"
    response = Client().generic(method, path, content_type=JSON)
    assert response.status_code == 405
    assert rows() == before


def test_replies_of_handlers_are_kept_nowhere_and_taken_for_no_page():
    team = Team()
    replies = [
        handler("wall", "open_session", {}, "leader"),
        handler("wall", "take_seat", {"join_code": team.opened["join_code"]}, "amal"),
        handler("wall", "take_seat", {"join_code": "ZZZZ2222"}, "amal"),
        handler("wall", "past_sessions", {}, "leader"),
    ]
    for response in replies:
        assert response["Content-Type"].startswith("application/json")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"


def test_no_reply_can_be_read_as_a_script():
    """A script element sends no token, so all that it could load is what anybody may have."""
    team = Team().fill(guests=1)
    for method, path in contract.operations():
        if method == "GET":
            address = contract.PREFIX + path.format(session_id=team.session_id)
            response = call(address + ("?for=join&callback=steal" if path.endswith("messages") else "?callback=steal"))
            assert response["X-Content-Type-Options"] == "nosniff"
            assert b"steal" not in response.content
            assert response.status_code == (200 if path in ("/api/ping", "/api/try.svg", "/api/messages") else 401)
