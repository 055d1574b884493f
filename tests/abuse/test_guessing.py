"""Guessing what opens a session. A guess that is nearly right is told and costs the same as one that is not."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from psychsafety_xblock.core import codes
from psychsafety_xblock.models import Session, Token
from tests.support import API, Team, call, handler, is_refused

pytestmark = pytest.mark.django_db

NEVER = "ZZZZ2222"


def nearly(code: str) -> str:
    """The code with its last letter changed."""
    return code[:-1] + codes.ALPHABET[(codes.ALPHABET.index(code[-1]) + 1) % len(codes.ALPHABET)]


def measured(path: str, body: dict | None = None, **more) -> tuple[int, bytes, dict, int]:
    """All that whoever guesses can go by: status, body, headers, and how much work it was for the database."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = call(path, body, **more)
    return response.status_code, response.content, dict(response.headers), len(queries)


@pytest.fixture
def team() -> Team:
    return Team().fill(1, 1)


def test_a_join_code_that_is_nearly_right(team):
    code = team.opened["join_code"]
    former = Team(leader="somebody-else")
    former.command("close_session")
    guesses = [NEVER, nearly(code), former.opened["join_code"], code[::-1]]
    for path in (API + "join", team.api + "seats"):
        assert len({repr(measured(path, {"join_code": guess})) for guess in guesses}) == 1


def test_a_session_id_that_is_nearly_right(team):
    near = team.session_id[:-1] + ("0" if team.session_id[-1] != "0" else "1")
    for name, body in (("", None), ("seats", {"join_code": NEVER}), ("commands", {}), ("qr.svg", None)):
        found = {repr(measured(f"{API}sessions/{guess}/{name}", body, token="wrong")) for guess in ("0" * 32, near)}
        assert len(found) == 1
        assert "unknown_session" in found.pop()


def test_a_token_that_is_nearly_right(team):
    near = [token[:-1] + ("A" if token[-1] != "A" else "B") for token in (team.leader, team.seats[0], team.screen)]
    # In the order in which a site meets them: the first look at a session reads more than the next.
    call(team.api, token="x")
    assert len({repr(measured(team.api, token=guess)) for guess in ["A" * 43, *near]}) == 1
    assert len({repr(measured(API + "whoami", token=guess)) for guess in ["A" * 43, *near]}) == 1


def test_a_one_time_code_that_is_nearly_right(team):
    phone = call(team.api + "drive", {"do": "offer"}, token=team.leader).json()["code"]
    tablet = call(team.api + "tablet", {"seats": 3}, token=team.leader).json()["code"]
    for path, code in (("drive", phone), ("tablet", tablet)):
        found = {
            repr(measured(API + path, {"code": guess})) for guess in (NEVER, nearly(code), team.opened["join_code"])
        }
        assert len(found) == 1
        # Nor is a try held against whoever has the right one.
        assert call(API + path, {"code": code}).status_code == 200


def test_a_claim_that_is_nearly_right(team):
    code = call(team.api + "drive", {"do": "offer"}, token=team.leader).json()["code"]
    claim = call(API + "drive", {"code": code}).json()["claim"]
    near = claim[:-1] + ("A" if claim[-1] != "A" else "B")
    assert len({repr(measured(API + "drive", {"claim": guess})) for guess in ("A" * 43, near)}) == 1
    assert call(API + "drive", {"claim": claim}).status_code == 202


def test_a_whole_alphabet_at_the_last_place_finds_nothing_and_is_slowed_down(team):
    """A guesser who somehow has all letters but one still gets no more tries a minute than anybody else."""
    start = team.opened["join_code"][:-1]
    wrong = [start + letter for letter in codes.ALPHABET if start + letter != team.opened["join_code"]]
    statuses = [call(API + "join", {"join_code": guess}).status_code for guess in wrong * 2]
    assert statuses == [404] * 30 + [429] * (len(wrong) * 2 - 30)


@pytest.mark.parametrize("path", ["drive", "tablet"])
def test_one_time_codes_are_guessed_no_faster_than_join_codes(path):
    statuses = [call(API + path, {"code": NEVER}).status_code for _ in range(32)]
    assert statuses == [404] * 30 + [429] * 2
    is_refused(call(API + "join", {"join_code": NEVER}), 429, "too_many_wrong_codes")


def test_guessing_leaves_no_row(team):
    before = Token.objects.count(), Session.objects.count()
    for number in range(40):
        call(API + "join", {"join_code": f"ZZZZ22{number:02}".replace("0", "A").replace("1", "B")})
        call(team.api, token=f"guess-{number}")
    assert (Token.objects.count(), Session.objects.count()) == before


class TestAForgedAddress:
    """The count goes by the connection's address, or what the site's own proxy makes of it."""

    FORGED = {
        "X-Forwarded-For": "10.0.0.{}",
        "X-Real-IP": "10.0.0.{}",
        "Forwarded": "for=10.0.0.{}",
        "Client-IP": "10.0.0.{}",
        "CF-Connecting-IP": "10.0.0.{}",
        "True-Client-IP": "10.0.0.{}",
    }

    @pytest.mark.parametrize("name", FORGED)
    def test_a_header_buys_no_more_tries(self, name):
        tries = [
            call(API + "join", {"join_code": NEVER}, **{name: self.FORGED[name].format(number)}).status_code
            for number in range(32)
        ]
        assert tries == [404] * 30 + [429] * 2

    def test_a_header_gives_nobody_elses_tries_away(self):
        for _ in range(40):
            call(API + "join", {"join_code": NEVER}, **{"X-Forwarded-For": "192.0.2.7"})
        response = Client(REMOTE_ADDR="192.0.2.7").post(
            API + "join", json.dumps({"join_code": NEVER}), "application/json"
        )
        is_refused(response, 404, "unknown_code")

    def test_an_account_cannot_change_its_name_by_a_header(self):
        for _ in range(31):
            handler("wall", "take_seat", {"join_code": NEVER}, "guesser")
        response = handler("wall", "take_seat", {"join_code": NEVER}, "guesser", **{"X-Forwarded-For": "192.0.2.9"})
        is_refused(response, 429, "too_many_wrong_codes")
        assert int(response["Retry-After"]) > 0
