"""Who may call what: every call with every role, without a token, and with a wrong one."""

import pytest
from django.core.cache import cache

from psychsafety_xblock.models import Round
from tests.support import Team, call, is_refused, revealed

pytestmark = pytest.mark.django_db

#: Call, method, and who may. The bodies are good ones, so that only the role is in the way.
CALLS = [
    ("", "GET", {"leader", "seat", "screen"}),
    ("answers", "POST", {"seat"}),
    ("resonance", "POST", {"seat"}),
    ("echo", "POST", {"seat"}),
    ("takedowns", "POST", {"seat"}),
    ("commands", "POST", {"leader"}),
    ("drive", "POST", {"leader"}),
    ("qr.svg", "GET", {"leader", "screen"}),
    ("kept", "GET", {"leader", "seat"}),
    ("guide", "GET", {"leader"}),
    ("leave", "POST", {"seat"}),
]
AFTER_THE_END = [
    "",
    "seats",
    "answers",
    "resonance",
    "echo",
    "takedowns",
    "commands",
    "drive",
    "qr.svg",
    "guide",
    "kept",
    "leave",
]


#: What has an address below a session's.
UNDER_A_SESSION = ["seats", *(name for name, _, _ in CALLS)]


def body_of(team: Team, name: str) -> dict | None:
    current = team.round["id"]
    return {
        "answers": {"round": current, "answer": {"text": "late"}},
        "resonance": {"round": current, "notes": []},
        "echo": {"round": current, "notes": []},
        "takedowns": {"round": current, "note": team.notes()[0]["id"]},
        "commands": {"command": "close_round", "step": team.state()["step"]},
        "drive": {"do": "offer"},
        "leave": {},
    }.get(name)


@pytest.mark.parametrize("role", ["leader", "seat", "screen"])
@pytest.mark.parametrize(("name", "method", "who"), CALLS, ids=[name or "state" for name, _, _ in CALLS])
def test_each_call_by_each_role(name, method, who, role):
    team = revealed()
    # As if there were other teams to hear.
    Round.objects.filter(session_id=team.session_id).update(echo=Round.Echo.OPEN, echo_source="pool")
    token = {"leader": team.leader, "seat": team.seats[0], "screen": team.screen}[role]
    response = call(team.api + name, body_of(team, name), token=token)
    if role not in who:
        is_refused(response, 403, "wrong_role")
    elif name == "answers":
        is_refused(response, 409, "round_closed")
    else:
        assert response.status_code in (200, 202), response.content


@pytest.mark.parametrize(("name", "method", "who"), CALLS, ids=[name or "state" for name, _, _ in CALLS])
@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic dXNlcg==", "Bearer wrong", "Bearer " + "x" * 201, "Bearer \xe6\xf8", "\x00"],
)
def test_without_a_token_or_with_a_wrong_one(name, method, who, header):
    team = revealed()
    body = body_of(team, name)
    headers = {"Authorization": header} if header else {}
    is_refused(call(team.api + name, body, **headers), 401, "unauthorized")


@pytest.mark.parametrize(("name", "method", "who"), CALLS, ids=[name or "state" for name, _, _ in CALLS])
def test_a_token_of_another_session(name, method, who):
    team, other = revealed(), Team(leader="somebody-else").fill(guests=1)
    for token in (other.leader, other.seats[0], other.screen):
        is_refused(call(team.api + name, body_of(team, name), token=token), 401, "unauthorized")


@pytest.mark.parametrize(
    "path", ["", "seats", "answers", "resonance", "echo", "takedowns", "commands", "drive", "qr.svg", "kept"]
)
def test_a_session_that_never_was(path):
    body = {
        "seats": {"join_code": "ABCD2345"},
        "answers": {"round": "1", "answer": {}},
        "": None,
        "qr.svg": None,
        "kept": None,
    }
    for session in ("0" * 32, "x", "a b"):
        response = call(f"/psychsafety/api/sessions/{session}/{path}", body.get(path, {}), token="wrong")
        is_refused(response, 404, "unknown_session")


@pytest.mark.parametrize("what", ["offer", "confirm", "refuse", "take_back"])
def test_the_lead_of_an_ended_session_is_nobodys(what):
    team = Team()
    team.state()
    team.command("close_session")
    is_refused(call(team.api + "drive", {"do": what}, token=team.leader), 410, "ended")


@pytest.mark.parametrize("path", AFTER_THE_END)
@pytest.mark.parametrize("ending", ["closed", "expired"])
def test_an_ended_session_says_so_to_everybody(path, ending, travel):
    team = revealed()
    body = body_of(team, path) if path != "seats" else {"join_code": team.opened["join_code"]}
    if ending == "closed":
        team.command("close_session")
    else:
        travel(hours=13)
        cache.clear()  # which forgets within a minute by its own clock
    for role in ("leader", "seat", "screen"):
        token = {"leader": team.leader, "seat": team.seats[0], "screen": team.screen}[role]
        response = call(team.api + path, body, token=token)
        who = next((who for name, _, who in CALLS if name == path), None)
        if who is not None and role not in who and response.status_code == 403:
            continue  # the role was wrong before the session was over
        is_refused(response, 410, "ended")
    is_refused(call("/psychsafety/api/join", {"join_code": team.opened["join_code"]}), 404, "unknown_code")


def test_whoami():
    team = Team().fill(guests=1)
    for role, token in (("leader", team.leader), ("seat", team.seats[0]), ("screen", team.screen)):
        response = call("/psychsafety/api/whoami", token=token)
        assert response.json() == {"session_id": team.session_id, "api_url": team.api, "role": role}
    is_refused(call("/psychsafety/api/whoami"), 401, "unauthorized")
    team.command("close_session")
    is_refused(call("/psychsafety/api/whoami", token=team.seats[0]), 410, "ended")


def test_guests_need_to_be_admitted():
    from psychsafety_xblock.models import Session

    team = Team()
    Session.objects.update(guests_allowed=False)
    response = call(team.api + "seats", {"join_code": team.opened["join_code"]})
    is_refused(response, 403, "guests_not_admitted")
