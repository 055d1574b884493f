"""Rule 3: ballots are destroyed when what they guard ends."""

import pytest

from psychsafety_xblock.models import Ballot, Note, Session, Token
from psychsafety_xblock.service.sweeping import sweep_now
from tests.support import Team, call, collecting, revealed, rows

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


def test_tokens_are_never_stored():
    team = collecting()
    everything = repr(rows())
    for token in [*team.seats, team.leader, team.screen]:
        assert token not in everything
    assert Token.objects.count() >= 7
    assert {len(one.hash) for one in Token.objects.all()} == {64}


def test_a_ballot_says_neither_whose_nor_what():
    team = collecting()
    team.answers(["one"])
    (row,) = Ballot.objects.values()
    assert set(row) == {"id", "round_id", "purpose"}
    assert row["id"] not in set(Token.objects.values_list("id", flat=True))
