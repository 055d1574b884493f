"""Some weeks later: what the same leader's team agreed on and rated comes back, where both times may be shown."""

import pytest

from psychsafety_xblock.models import Session
from tests.agendas import AGREE, PULSE, RUN, SENTENCES, AgendaTeam, due, play

pytestmark = pytest.mark.django_db

KEPT = {
    "kind": "choice", "title": "How it went", "prompt": "How did it go?", "minimum": 3, "about": "commitments",
    "options": ["Kept", "Partly", "Not yet"],
}  # fmt: skip
COMPARED = {**PULSE, "compare": True}


def first(seats: int = 6, **where) -> AgendaTeam:
    """A first session, ended."""
    team = AgendaTeam(PULSE, AGREE, **where).fill(guests=seats)
    team.items = play(team)["round"]["results"]["items"]
    play(team)
    team.command("close_session")
    return team


def later(*agenda, seats: int = 6, **where) -> AgendaTeam:
    return AgendaTeam(*(agenda or (KEPT, COMPARED)), **where).fill(guests=seats)


def test_what_was_agreed_on_comes_back():
    first()
    team = later()
    team.start()
    for token in (team.leader, team.screen, team.seats[0]):
        recall = team.state(token)["round"]["activity"]["recall"]
        assert recall == {"commitments": SENTENCES, "due": due()}


@pytest.mark.parametrize("where", [{"leader": "another"}, {"run": RUN + "2"}])
def test_not_of_another_leader_and_not_of_another_course_run(where):
    first()
    team = later(**where)
    assert play(team)["round"]["activity"]["recall"] is None
    assert not any("before" in item for item in play(team)["round"]["results"]["items"])


def test_not_of_what_was_never_shown():
    team = AgendaTeam(AGREE).fill(guests=4)
    team.start()
    team.command("set_commitments", commitments=SENTENCES, due=due())
    team.command("close_session")
    again = later()
    again.start()
    assert again.round["activity"]["recall"] is None


def test_the_earlier_ratings_stand_beside_the_new_ones():
    items = first().items
    team = later(COMPARED)
    now = play(team)["round"]["results"]["items"]
    assert [item["before"] for item in now] == items
    for token in (team.screen, team.seats[0]):
        assert team.state(token)["round"]["results"]["items"] == now


def test_never_before_the_reveal():
    first()
    team = later(COMPARED)
    team.start()
    for seat in team.seats:
        team.answer(seat, {"ratings": {"s1": 1, "s2": 2}})
    for token in (team.leader, team.screen, team.seats[0]):
        state = str(team.state(token))
        assert "before" not in state
        assert "counts" not in state
    assert "before" in str(team.command("reveal"))


def test_not_where_too_few_rated_the_first_time():
    team = AgendaTeam(PULSE).fill(guests=4)
    team.start()
    for number, seat in enumerate(team.seats):
        team.answer(seat, {"ratings": {"s1": 1 + number, **({"s2": 3} if number < 2 else {})}})
    team.command("reveal")
    team.command("close_session")
    first_item, second_item = play(later(COMPARED))["round"]["results"]["items"]
    assert "before" in first_item
    assert "before" not in second_item


def test_not_where_too_few_rate_now():
    first()
    team = later(COMPARED)
    team.start()
    for number, seat in enumerate(team.seats):
        team.answer(seat, {"ratings": {"s1": 1 + number % 5, **({"s2": 3} if number < 2 else {})}})
    first_item, second_item = team.command("reveal")["round"]["results"]["items"]
    assert "before" in first_item
    assert second_item == {"id": "s2", "too_few": True}


def test_not_for_a_statement_that_was_changed_or_turned_round():
    first()
    changed = {**COMPARED, "statements": ["We ask again.", {"text": "We try.", "reversed": True}]}
    assert not any("before" in item for item in play(later(changed))["round"]["results"]["items"])


def test_not_of_a_session_that_was_deleted():
    team = first()
    Session.objects.filter(id=team.session_id).delete()
    again = later()
    again.start()
    assert again.round["activity"]["recall"] is None


def test_nor_when_the_author_does_not_compare():
    first()
    assert not any("before" in item for item in play(later(PULSE))["round"]["results"]["items"])
