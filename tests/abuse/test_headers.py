"""Headers of a request: nothing that stands in one comes out of another, or of a page."""

import http.client

import pytest
from django.core.exceptions import DisallowedHost
from django.test import Client

from tests.support import API, Team, call, handler, is_refused

pytestmark = pytest.mark.django_db

SPLITTING = [
    "x\r\nSet-Cookie: stolen=1",
    "x\nX-Injected: 1",
    "x\r\n\r\n<script>kingfisher</script>",
    "x\u010d\u010aX-Injected: 1",
    "x\x00",
    "%0d%0aX-Injected:%201",
    "\u560a\u560dX-Injected: 1",
    "a" * 5_000,
    '"\r\nX-Injected: 1"',
]
READ = ["If-None-Match", "Accept-Language", "X-Psychsafety-Language", "Authorization", "Content-Type"]


@pytest.fixture
def team() -> Team:
    return Team().fill(guests=1)


def lines_of(response) -> str:
    return "\n".join(f"{name}: {value}" for name, value in response.headers.items())


def is_whole(response) -> None:
    """Neither another header nor another body came of it."""
    assert "X-Injected" not in lines_of(response)
    assert "stolen" not in lines_of(response)
    assert not response.cookies
    assert b"kingfisher" not in response.content


@pytest.mark.parametrize("name", READ)
def test_what_we_read_is_never_written_back(team, name):
    for value in SPLITTING:
        headers = {"Authorization": f"Bearer {team.seats[0]}", name: value}
        state = call(team.api, **headers)
        assert state.status_code in (200, 401)
        is_whole(state)
        for path in (team.api + "nothing", "/psychsafety/join/", API + "messages?for=join", API + "whoami"):
            is_whole(call(path, **headers))
        more = {"content_type": value} if name == "Content-Type" else {name: value}
        is_whole(call(API + "join", {"join_code": "ZZZZ2222"}, **more))


def test_a_version_is_known_in_each_way_of_writing_it(team):
    version = team.state()["version"]
    for value in ('W/"{}"', '"{}"', "{}"):
        response = call(team.api, token=team.leader, **{"If-None-Match": value.format(version)})
        assert response.status_code == 304
        assert response["ETag"] == f'"{version}"'
    for value in ("*", '""', "W/", '"', "0" * 20, '"x", "y"', "\xe6"):
        assert call(team.api, token=team.leader, **{"If-None-Match": value}).status_code == 200


def test_a_version_of_another_role_is_no_oracle(team):
    """A seat that learns the leader's version learns nothing: it is told the state of its own role."""
    leaders = call(team.api, token=team.leader)["ETag"]
    assert call(team.api, token=team.seats[0], **{"If-None-Match": leaders}).status_code == 200


@pytest.mark.parametrize("value", SPLITTING, ids=lambda value: ascii(value[:16]))
def test_a_field_that_is_refused_comes_back_as_json_only(value):
    response = call(API + "join", {"join_code": "x", value: 1})
    is_refused(response, 400, "unknown_field")
    assert response["Content-Type"] == "application/json"
    assert "X-Injected" not in lines_of(response)


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host"])
def test_a_forged_host_is_refused_by_django_or_comes_to_nothing(team, name, settings, caplog):
    settings.ALLOWED_HOSTS = ["testserver"]
    told = team.state()["join_url"]
    for path in (team.api, team.api + "qr.svg", API + "try.svg", "/psychsafety/join/"):
        response = call(path, token=team.leader, **{name: "evil.example"})
        assert response.status_code == (400 if name == "Host" else 200), path
        assert b"evil.example" not in response.content
    assert team.state()["join_url"] == told
    # A fault of ours would be logged as one.
    assert "failed with" not in caplog.text
    opened = handler("wall", "open_session", {}, "leader", **{"X-Forwarded-Host": "evil.example"})
    assert b"evil.example" not in opened.content


def test_a_forged_host_is_not_taken_for_a_fault_of_ours(settings, rf, caplog):
    """Where no middleware of the site has looked at the host before us."""
    from psychsafety_xblock.web import public

    settings.ALLOWED_HOSTS = ["testserver"]
    with pytest.raises(DisallowedHost):
        public.try_qr(rf.get(API + "try.svg", headers={"Host": "evil.example"}))
    assert "failed with" not in caplog.text


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_a_method_is_the_one_of_the_request(team, name):
    response = call(team.api, token=team.leader, **{name: "DELETE"})
    assert response.status_code == 200
    is_refused(call(team.api + "leave", token=team.seats[0], **{name: "POST"}), 405, "wrong_method")
    assert team.state()["seats"]["all"] == 1


@pytest.mark.parametrize("header", ["X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Script-Name"])
def test_an_address_is_the_one_of_the_request(team, header):
    response = call(API + "ping", token=team.leader, **{header: team.api})
    assert response.json() == {"psychsafety": "ok"}


def test_over_a_real_connection(demo):
    """The test client takes any header; a server does not, and what it lets through splits nothing."""
    for line in (b"X-Psychsafety-Language: da\rX-Injected: 1", b'If-None-Match: "\x00"', b"Accept-Language: da\n X: 1"):
        connection = http.client.HTTPConnection("127.0.0.1", demo.port, timeout=20)
        connection.connect()
        connection.sock.sendall(b"GET /psychsafety/api/whoami HTTP/1.1\r\nHost: 127.0.0.1\r\n" + line + b"\r\n\r\n")
        answer = connection.sock.recv(65536)
        connection.close()
        assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 401")), answer
        assert b"\nX-Injected" not in answer


def test_no_cookie_is_set_or_heard(team, client: Client):
    client.cookies.load({"sessionid": "x", "csrftoken": "y", "token": team.leader, "django_language": "da"})
    response = client.get(team.api)
    is_refused(response, 401, "unauthorized")
    assert "da" not in response.json()["detail"].split()
    for path in (team.api, API + "ping", API + "join", "/psychsafety/join/"):
        assert not call(path, token=team.leader).cookies
