"""Many more seats than people: the session holds, stays cheap, and everybody can see that something is wrong."""

import json
import secrets

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from psychsafety_xblock.core.codes import ballot_key, key_of, token_hash
from psychsafety_xblock.models import Ballot, Note, Session, Token
from psychsafety_xblock.service.cache import forget_state
from tests.support import Team, call, collecting

pytestmark = pytest.mark.django_db

MANY = 10_000


def flood(team: Team, seats: int) -> list[str]:
    """So many guest seats, as `take_guest_seat` stores them, at once."""
    tokens = [secrets.token_urlsafe() for _ in range(seats)]
    digests = [token_hash(token) for token in tokens]
    Token.objects.bulk_create(
        Token(id=key_of(digest), session_id=team.session_id, hash=digest, role="seat", guest=True) for digest in digests
    )
    forget_state(team.session_id)
    return tokens


def polled(team: Team, token: str, **headers: str) -> tuple[int, int, int]:
    """Status and size of a poll, and how many queries it took."""
    with CaptureQueriesContext(connection) as queries:
        response = call(team.api, token=token, **headers)
    return response.status_code, len(response.content), len(queries)


def test_ten_thousand_seats():
    team = collecting(learners=3, guests=2)
    small = call(team.api, token=team.leader).content
    tokens = flood(team, MANY)
    for token, cost in ((team.leader, len(small)), (team.seats[0], len(small)), (team.screen, len(small))):
        forget_state(team.session_id)
        status, size, queries = polled(team, token)
        assert (status, size < cost + 40, queries <= 14) == (200, True, True), (size, cost, queries)
    state = call(team.api, token=team.leader)
    # Not even one query: a thousand phones that ask are answered by the cache.
    assert polled(team, team.leader, **{"If-None-Match": state["ETag"]}) == (304, 0, 0)
    assert state.json()["seats"] == {"all": MANY + 5, "guests": MANY + 2, "tablet": 0, "generation": 1}
    # Slower phones, so that many do not become a load.
    assert state.json()["poll_after"] >= 6
    # But the one screen does not keep the room waiting.
    assert call(team.api, token=team.screen).json()["poll_after"] == 1.0
    assert state.json()["round"]["progress"] == "few"
    they_pass(team, tokens[: MANY // 2])
    assert team.round["progress"] == "enough"
    they_pass(team, tokens[MANY // 2 :])
    assert team.round["progress"] == "most"
    team.answers(["one", "two", "three", "four", "five"])
    round_state = team.round
    assert (round_state["progress"], round_state["answers"]) == ("all", MANY + 5)
    assert len(team.command("reveal")["round"]["results"]["notes"]) == 5


def they_pass(team: Team, tokens: list[str]) -> None:
    """These seats pass, as `add_answer` stores it."""
    round_id = int(team.round["id"])
    Ballot.objects.bulk_create(
        Ballot(id=ballot_key(round_id, "answer", token), round_id=round_id, purpose="answer") for token in tokens
    )
    forget_state(team.session_id)


def test_seats_without_answers_open_nothing():
    """Whoever floods a wall with seats alone cannot bring its reveal about, nor keep it from happening."""
    team = collecting(learners=3, guests=2)
    flood(team, 500)
    team.answers(["one", "two", "three"])
    assert team.try_command("reveal").status_code == 409
    team.answer(team.seats[3], "four")
    assert len(team.command("reveal")["round"]["results"]["notes"]) == 4


def test_everybody_can_see_it_before_they_write():
    team = collecting(learners=3, guests=2)
    for _ in range(40):
        team.guest()
    for token in (team.leader, team.screen, team.seats[0]):
        assert team.state(token)["seats"] == {"all": 45, "guests": 42, "tablet": 0, "generation": 1}


def test_a_flood_with_the_code_fills_one_session_and_no_other():
    team, other = Team(), Team(leader="somebody-else").fill(1, 1)
    flood(team, 500)
    assert other.state()["seats"]["all"] == 2
    assert other.state()["poll_after"] == 1.5


def test_many_notes_are_sent_once_a_change_and_not_once_a_poll():
    team = collecting(learners=3, guests=2)
    round_id = int(team.round["id"])
    tokens = flood(team, 1_000)
    they_pass(team, tokens)
    Note.objects.bulk_create(
        Note(round_id=round_id, text=f"note {number}", share=False, shown=False, resonance=0) for number in range(1_000)
    )
    state = team.command("reveal")
    assert len(state["round"]["results"]["notes"]) == 1_000
    response = call(team.api, token=tokens[0])
    assert len(response.content) < 150_000
    assert polled(team, tokens[1], **{"If-None-Match": response["ETag"]})[:2] == (304, 0)


def test_what_a_flood_leaves_behind_goes_with_the_session():
    team = collecting(learners=3, guests=2)
    they_pass(team, flood(team, 500))
    team.command("close_session")
    assert not Ballot.objects.exists()
    assert Session.objects.get(id=team.session_id).open_slot is None


def test_a_takedown_costs_a_seat_each():
    """Guest seats could take a wall down note by note: each is told to all, and the leader sees them sit down."""
    team = collecting(learners=3, guests=2)
    team.answers(["one", "two", "three", "four", "five"])
    team.command("reveal")
    notes = [note["id"] for note in team.notes()]
    assert team.take_down(team.seats[0], notes[0]).status_code == 202
    again = team.take_down(team.seats[0], notes[1])
    assert (again.status_code, json.loads(again.content)["error"]) == (409, "already_answered")
    assert team.state(team.screen)["round"]["results"]["hidden"] == 1
