"""A wall on paper: the leader types the shuffled cards, and the rules of a wall hold."""

import pytest

from psychsafety_xblock.models import Ballot, Note
from tests.agendas import CHOICE, WALL, AgendaTeam
from tests.support import is_refused

pytestmark = pytest.mark.django_db


def typing(seats: int = 0, **fields) -> AgendaTeam:
    """A team whose cards are about to be typed."""
    team = AgendaTeam({**WALL, **fields}, CHOICE).fill(guests=seats)
    team.command("start_round", paper=True)
    return team


def type_cards(team: AgendaTeam, how_many: int) -> None:
    for number in range(how_many):
        team.command("add_card", text=f"card {number}")


def test_it_starts_without_any_seat_and_says_that_it_is_on_paper():
    team = typing()
    assert team.round["activity"]["paper"] is True
    assert team.round["phase"] == "collecting"


def test_nobody_sees_a_card_before_the_reveal_not_even_the_leader():
    team = typing(seats=2)
    type_cards(team, 3)
    for token in (team.leader, team.screen, team.seats[0]):
        assert "card 1" not in str(team.state(token))
    assert team.round["answers"] == 3


def test_as_many_cards_are_needed_as_answers_would_be():
    team = typing(minimum=4)
    type_cards(team, 3)
    is_refused(team.try_command("reveal"), 409, "too_few_answers")
    type_cards(team, 1)
    assert len(team.command("reveal")["round"]["results"]["notes"]) == 4


def test_with_the_leader_seated_one_more_is_needed():
    team = AgendaTeam(WALL)
    team.account("mette")
    team.command("start_round", paper=True)
    type_cards(team, 3)
    is_refused(team.try_command("reveal"), 409, "too_few_answers")
    type_cards(team, 1)
    team.command("reveal")


def test_seats_answer_nothing():
    team = typing(seats=4)
    for answer in ("mine", None):
        is_refused(team.answer(team.seats[0], answer), 409, "not_now")
    assert not Note.objects.exists()


def test_the_notes_have_new_keys_and_another_order_and_the_ballots_are_gone():
    team = typing()
    type_cards(team, 12)
    keys = set(Note.objects.values_list("id", flat=True))
    texts = [note["text"] for note in team.command("reveal")["round"]["results"]["notes"]]
    assert not keys & set(Note.objects.values_list("id", flat=True))
    assert sorted(texts) == sorted(f"card {number}" for number in range(12))
    assert texts != [f"card {number}" for number in range(12)]
    assert not Ballot.objects.exists()


def test_no_card_is_added_after_the_reveal():
    team = typing()
    type_cards(team, 3)
    team.command("reveal")
    is_refused(team.try_command("add_card", text="late"), 409, "not_now")


def test_no_card_without_paper():
    team = AgendaTeam(WALL).fill(guests=4)
    team.start()
    is_refused(team.try_command("add_card", text="card"), 409, "not_now")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "missing_field"),
        ({"text": ""}, "empty_text"),
        ({"text": "x" * 201}, "text_too_long"),
        ({"text": "<i>a</i>"}, "text_not_plain"),
        ({"text": 7}, "bad_value"),
        ({"text": ["a"]}, "bad_value"),
        ({"text": "a", "share": True}, "unknown_field"),
    ],
)
def test_a_card_is_a_text_as_a_note_is(fields, code):
    team = typing()
    is_refused(team.try_command("add_card", **fields), 400, code)
    assert not Note.objects.exists()


@pytest.mark.parametrize("fields", [{"paper": True, "instead": True}, {"paper": 1}, {"paper": "yes"}, {"paper": None}])
def test_paper_is_true_or_false_and_not_both(fields):
    is_refused(AgendaTeam(WALL).try_command("start_round", **fields), 400, "bad_value")


def test_only_a_wall_is_on_paper():
    is_refused(AgendaTeam(CHOICE).try_command("start_round", paper=True), 400, "bad_value")
