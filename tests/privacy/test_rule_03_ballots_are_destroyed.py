"""Rule 3: ballots are destroyed when what they guard ends."""

import hashlib
import hmac

import pytest
from django.core.cache import cache

from psychsafety_xblock.models import Ballot, EchoTap, Note, Round, Session, Token
from psychsafety_xblock.service.sweeping import sweep_now
from tests.echoes import EchoTeam, filled
from tests.support import Team, call, collecting, handler, revealed, rows

pytestmark = pytest.mark.django_db


def ballots() -> dict[str, int]:
    purposes = list(Ballot.objects.values_list("purpose", flat=True))
    return {purpose: purposes.count(purpose) for purpose in sorted(set(purposes))}


def test_answers_ballots_are_gone_at_the_reveal():
    team = collecting()
    team.answers(["one", "two", None, "four", "five"])
    assert ballots() == {"answer": 5}
    team.command("reveal")
    assert ballots() == {}


def test_a_reveal_that_is_refused_destroys_none():
    team = collecting()
    team.answers(["one", "two", "three"])
    assert team.try_command("reveal").status_code == 409
    assert ballots() == {"answer": 3}


def taps(team):
    notes = [note["id"] for note in team.notes()]
    for seat in team.seats:
        assert team.tap(seat, notes[:1]).status_code == 202


def test_resonance_ballots_are_gone_when_it_is_counted():
    team = revealed()
    taps(team)
    assert ballots() == {"resonance": 5}
    team.command("count_resonance")
    assert ballots() == {}


@pytest.mark.parametrize("command", ["close_round", "close_session"])
def test_all_are_gone_when_the_round_or_the_session_closes(command):
    team = revealed()
    taps(team)
    team.take_down(team.seats[0], team.notes()[-1]["id"])
    assert ballots() == {"resonance": 5, "takedown": 1}
    team.command(command)
    assert ballots() == {}


@pytest.mark.parametrize("command", ["count_echo", "close_round", "close_session"])
def test_those_of_the_echo_are_gone_when_it_is_counted_or_the_round_closes(command):
    filled()
    team = EchoTeam("d").write().open()
    for seat in team.seats:
        team.tap_echo(seat, [team.echo["notes"][0]["id"]])
    assert ballots() == {"echo": 4}
    team.command(command)
    assert ballots() == {}
    assert not EchoTap.objects.filter(mark__startswith="round:").exists()


@pytest.mark.parametrize("command", ["close_round", "close_session"])
def test_a_round_that_was_given_up_leaves_nothing(command):
    team = collecting()
    team.answers(["one", "two"])
    team.command(command)
    assert ballots() == {}
    assert not Note.objects.exists()


def test_a_session_that_nobody_closed_is_swept_by_anybodys_later_request(travel):
    team = collecting()
    team.answers(["one", "two", "three"])
    travel(hours=13)
    other = Team(leader="somebody-else")
    assert other.session_id != team.session_id
    from django.core.cache import cache

    cache.clear()
    call("/psychsafety/api/join", {"join_code": other.opened["join_code"]})
    assert ballots() == {}
    assert Session.objects.get(id=team.session_id).phase == "ended"
    assert sweep_now(10) == 0


def test_ballots_that_an_unlucky_end_of_a_period_left_are_swept():
    seat = handler("course-wall", "take_seat", {}, "amal").json()
    round_id = call(seat["api_url"], token=seat["token"]).json()["round"]["id"]
    call(seat["api_url"] + "answers", {"round": round_id, "answer": {"text": "a"}}, token=seat["token"])
    # The period ended, and the database went away before the second step, which destroys them.
    Round.objects.update(phase=Round.Phase.CLOSED, open_slot=None)
    assert Ballot.objects.count() == 1
    other = collecting()
    other.answer(other.seats[0], "b")
    cache.delete("psychsafety:sweep")
    # Anybody's later request.
    Team(leader="somebody")
    assert [one.round.session_id for one in Ballot.objects.all()] == [other.session_id]


def test_tokens_are_never_stored():
    team = collecting()
    everything = repr(rows())
    for token in [*team.seats, team.leader, team.screen]:
        assert token not in everything
    assert Token.objects.count() >= 7
    hashes = {hashlib.sha256(token.encode()).hexdigest() for token in [*team.seats, team.leader, team.screen]}
    assert hashes <= set(Token.objects.values_list("hash", flat=True)), "a hash of the token, and of nothing else"


def test_a_ballot_says_neither_whose_nor_what():
    team = collecting()
    team.answers(["one"])
    (row,) = Ballot.objects.values()
    # `late` is of all guest seats that came after the round had begun.
    assert set(row) == {"id", "round_id", "purpose", "late"}
    assert row["id"] not in set(Token.objects.values_list("id", flat=True))


def test_a_ballot_cannot_be_worked_out_from_what_is_stored():
    """Whoever has the database has the hashes of the seats, and shall not find out which of them has answered."""
    team = collecting()
    team.answers(["one", "two"])
    marks = set(Ballot.objects.values_list("id", flat=True))
    assert len(marks) == 2
    for text in {str(value) for table in rows().values() for row in table for value in row}:
        for purpose in Ballot.Purpose.values:
            said = f"{team.round['id']}:{purpose}"
            tried = [
                hmac.new(text.encode(), said.encode(), hashlib.sha256),
                hmac.new(said.encode(), text.encode(), hashlib.sha256),
                hashlib.sha256(f"{text}:{said}".encode()),
                hashlib.sha256(f"{said}:{text}".encode()),
            ]
            assert not marks & {int(one.hexdigest()[:16], 16) >> 1 for one in tried}
