"""Giving a seat back: nobody answers twice by it, and the numbers stay true."""

import pytest

from psychsafety_xblock.models import Ballot, Token
from tests.agendas import TALK, WALL, AgendaTeam
from tests.support import call, is_refused

pytestmark = pytest.mark.django_db


def leave(team: AgendaTeam, token: str) -> None:
    response = call(team.api + "leave", {}, token=token)
    assert (response.status_code, response.json()) == (202, {"left": True})


def test_a_seat_is_free_at_once_when_it_has_answered_nothing():
    team = AgendaTeam(WALL).fill(guests=4)
    assert call(team.api, token=team.seats[0]).status_code == 200
    leave(team, team.seats[0])
    assert team.state()["seats"]["all"] == 3
    is_refused(call(team.api, token=team.seats[0]), 401, "unauthorized")


def test_also_while_others_answer():
    team = AgendaTeam(WALL).fill(guests=4)
    team.start()
    team.answer(team.seats[1], "mine")
    leave(team, team.seats[0])
    assert team.state()["seats"]["all"] == 3
    is_refused(team.answer(team.seats[0], "from nowhere"), 401, "unauthorized")


def test_who_answers_leaves_and_comes_again_is_seen_by_one_seat_more():
    team = AgendaTeam(WALL).fill(guests=4)
    team.start()
    team.answer(team.seats[0], "once")
    leave(team, team.seats[0])
    assert team.state()["seats"]["all"] == 4
    again = team.guest()
    team.answer(again, "twice")
    for token in (team.leader, team.screen, team.seats[1]):
        assert team.state(token)["seats"]["all"] == 5


def test_the_answer_of_who_left_counts_once_and_the_seat_goes_when_the_round_is_closed():
    team = AgendaTeam(WALL, TALK).fill(guests=4)
    team.start()
    team.answers(["a", "b", "c", "d"])
    leave(team, team.seats[0])
    assert len(team.command("reveal")["round"]["results"]["notes"]) == 4
    team.command("close_round")
    assert team.state()["seats"]["all"] == 3
    assert Token.objects.filter(role="seat").count() == 3


def test_an_account_that_comes_back_sits_on_the_same_seat():
    team = AgendaTeam(WALL).fill(guests=3)
    seat = team.account("amal")
    round_id = team.start()
    team.answer(seat, "once", round_id)
    leave(team, seat)
    assert team.account("amal") == seat
    is_refused(team.answer(seat, "twice", round_id), 409, "already_answered")
    assert Ballot.objects.count() == 1
    team.command("close_round")
    assert team.state()["seats"]["all"] == 4
    assert call(team.api, token=seat).status_code == 200


def test_with_too_few_left_the_next_round_does_not_start():
    team = AgendaTeam(TALK, WALL).fill(guests=3)
    team.start()
    leave(team, team.seats[0])
    is_refused(team.try_command("next"), 409, "too_few_people")


def test_those_who_stay_go_on_to_the_reveal():
    team = AgendaTeam(WALL).fill(guests=5)
    round_id = team.start()
    leave(team, team.seats.pop())
    leave(team, team.seats.pop())
    for number, seat in enumerate(team.seats):
        assert team.answer(seat, f"note {number}", round_id).status_code == 202
    assert team.round["progress"] == "all"
    team.command("reveal")


def test_only_a_seat_is_given_back():
    team = AgendaTeam(WALL).fill(guests=1)
    for token in (team.leader, team.screen):
        is_refused(call(team.api + "leave", {}, token=token), 403, "wrong_role")
    assert call(team.api, token=team.leader).status_code == 200


def test_a_seat_leaves_once():
    team = AgendaTeam(WALL).fill(guests=1)
    leave(team, team.seats[0])
    is_refused(call(team.api + "leave", {}, token=team.seats[0]), 401, "unauthorized")


def test_leaving_takes_no_fields():
    team = AgendaTeam(WALL).fill(guests=1)
    is_refused(call(team.api + "leave", {"why": "tired"}, token=team.seats[0]), 400, "unknown_field")
    assert team.state()["seats"]["all"] == 1


def test_who_left_after_tapping_is_not_counted_for_the_next_round():
    team = AgendaTeam(WALL, {**WALL, "title": "Again"}).fill(guests=3)
    team.start()
    team.answers(["a", "b", "c"])
    team.command("reveal")
    assert team.tap(team.seats[0], []).status_code == 202
    leave(team, team.seats[0])
    state = team.state()
    assert (state["too_few_people"], state["agenda"][1]["missing"]) == (1, 1)
    is_refused(team.try_command("next"), 409, "too_few_people")
