"""Tricks with addresses: other spellings of an id are no ids, and nothing outside the described addresses answers."""

import http.client

import pytest
from django.test import Client

from psychsafety_xblock.models import Session
from tests.support import API, Team, call, is_refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return Team().fill(guests=1)


ODD_IDS = [
    "0" * 31,
    "0" * 33,
    "0" * 5_000,
    "\uff11" * 32,
    "\u0661" * 32,
    "\u00b2" * 32,
    "%00" * 8,
    "0" * 32 + "%00",
    "0" * 32 + "%0a",
    "..",
    ".",
    "*",
    "%2e%2e",
    "%252e%252e",
    "' OR 1=1 --",
    "\ud7ff" * 8,
    "psychsafety:pepper",
]


@pytest.mark.parametrize("name", ["", "seats", "commands"])
def test_an_id_that_is_none(team, name, django_assert_num_queries):
    """Not looked for at all, so neither a cache's rules for keys nor a database's for letters matter."""
    body = {"seats": {"join_code": "x"}, "commands": {}}.get(name)
    for session_id in ODD_IDS:
        with django_assert_num_queries(0):
            address = f"{API}sessions/{session_id}/{name}"
            response = call(address, body, token=team.leader, **{"If-None-Match": '"x"'})
        assert response.status_code == 404, ascii(session_id)
        if response["Content-Type"] == "application/json":
            is_refused(response, 404, "unknown_session")


def test_another_spelling_of_a_real_id(team):
    """Some databases take capital letters and wide digits for the same."""
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in team.session_id)
    for spelling in (team.session_id.upper(), wide, f"{team.session_id[:8]}-{team.session_id[8:]}"):
        if spelling != team.session_id:
            is_refused(call(f"{API}sessions/{spelling}/", token=team.leader), 404, "unknown_session")


OTHER_ADDRESSES = [
    "{api}/",
    "{api}/answers",
    "{api}answers/",
    "{api}./",
    "{api}../{id}/",
    "{api}%2e/",
    "{api}qr.svg/",
    "{api}qr.svg%00",
    "{api}QR.SVG",
    "{api}tallies.csv;x=1",
    "{api}%2fqr.svg",
    "/psychsafety//api/ping",
    "/psychsafety/api//ping",
    "/psychsafety/api/ping/",
    "/psychsafety/api/ping%2f",
    "/psychsafety/api/ping%20",
    "/psychsafety/api/",
    "/psychsafety/api",
    "/psychsafety/",
    "/psychsafety/join/x",
    "/psychsafety/..;/api/ping",
    "/PSYCHSAFETY/api/ping",
    "/psychsafety/static/../api/ping",
]


def test_no_other_address_answers(team):
    for path in OTHER_ADDRESSES:
        address = path.format(api=team.api, id=team.session_id)
        for method in ("GET", "POST", "DELETE"):
            response = call(address, token=team.leader, method=method)
            assert response.status_code == 404, (method, address)
            assert team.leader.encode() not in response.content
    assert Session.objects.count() == 1


def test_a_page_without_its_slash_moves_nobody_to_another_site():
    for address in ("/psychsafety/join", "/psychsafety/join//evil.example", "//evil.example/psychsafety/join"):
        response = Client().get(address)
        assert response.status_code in (301, 404)
        assert response.get("Location", "/psychsafety/join/").startswith("/psychsafety/")


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "BREW"])
def test_pages_are_read_by_one_method(method):
    for name in ("join", "screen", "drive", "tablet", "summary"):
        response = Client().generic(method, f"/psychsafety/{name}/")
        assert response.status_code == 405
        assert response["Allow"] == "GET"


def test_a_trace_shows_no_token(team):
    response = call(team.api, token=team.leader, method="TRACE")
    is_refused(response, 405, "wrong_method")
    assert team.leader.encode() not in response.content


def test_over_a_real_connection(demo):
    """As bytes on the line, where no client tidies them up first."""
    targets = [
        b"/psychsafety/api/../api/ping",
        b"/psychsafety/%2e%2e/psychsafety/api/ping",
        b"/psychsafety/api/sessions/%ff%fe/",
        b"/psychsafety/api/sessions/\xff/",
        b"//psychsafety/api/ping",
        b"http://evil.example/psychsafety/api/whoami",
        b"*",
        b"/psychsafety/api/ping\x00",
        b"/psychsafety/api/sessions/" + b"0" * 3_000 + b"/",
    ]
    for target in targets:
        connection = http.client.HTTPConnection("127.0.0.1", demo.port, timeout=20)
        connection.connect()
        connection.sock.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        answer = connection.sock.recv(65536)
        connection.close()
        assert answer[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 401", b"HTTP/1.1 404"), (target, answer[:200])
        assert b"Traceback" not in answer
    assert not [line for line in demo.log_lines() if "failed with" in line]
