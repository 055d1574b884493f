"""One device goes round with as many seats as the leader says."""

import pytest

from psychsafety_xblock.models import Session, Token
from tests.agendas import WALL, AgendaTeam
from tests.support import API, call, is_refused

pytestmark = pytest.mark.django_db


def offer(team: AgendaTeam, seats: int) -> str:
    response = call(team.api + "tablet", {"seats": seats}, token=team.leader)
    assert response.status_code == 200, response.content
    assert response.json()["tablet_url"].endswith("#" + response.json()["code"])
    return response.json()["code"]


def claim(code: str):
    return call(API + "tablet", {"code": code})


def with_tablet(team: AgendaTeam, seats: int) -> list[str]:
    response = claim(offer(team, seats))
    assert response.status_code == 200, response.content
    assert response.json()["api_url"] == team.api
    return response.json()["tokens"]


def test_all_see_how_many_seats_it_holds():
    team = AgendaTeam(WALL).fill(guests=1)
    tokens = with_tablet(team, 5)
    assert len(set(tokens)) == 5
    for token in (team.leader, team.screen, team.seats[0], tokens[4]):
        assert team.state(token)["seats"] == {"all": 6, "guests": 6, "tablet": 5, "generation": 1}


def test_each_seat_answers_once():
    team = AgendaTeam(WALL)
    team.seats = with_tablet(team, 4)
    round_id = team.start()
    team.answers(["a", "b", "c", "d"])
    is_refused(team.answer(team.seats[0], "e", round_id), 409, "already_answered")
    assert len(team.command("reveal")["round"]["results"]["notes"]) == 4


def test_the_code_works_once():
    team = AgendaTeam(WALL)
    code = offer(team, 3)
    assert claim(code).status_code == 200
    is_refused(claim(code), 404, "unknown_code")


def test_the_code_is_void_when_the_session_ended():
    team = AgendaTeam(WALL)
    code = offer(team, 3)
    team.command("close_session")
    assert claim(code).status_code in (404, 410)
    assert not Token.objects.filter(tablet=True).exists()


def test_a_second_tablet_replaces_the_first():
    team = AgendaTeam(WALL)
    first = with_tablet(team, 3)
    with_tablet(team, 4)
    assert team.state()["seats"]["all"] == 4
    is_refused(call(team.api, token=first[0]), 401, "unauthorized")


def test_zero_gives_the_seats_back_and_leaves_those_of_phones():
    team = AgendaTeam(WALL).fill(guests=2)
    tokens = with_tablet(team, 3)
    assert call(team.api, token=tokens[0]).status_code == 200
    assert call(team.api + "tablet", {"seats": 0}, token=team.leader).json() == {"done": True}
    assert team.state()["seats"] == {"all": 2, "guests": 2, "tablet": 0, "generation": 1}
    is_refused(call(team.api, token=tokens[0]), 401, "unauthorized")


@pytest.mark.parametrize("seats", [0, 3])
def test_not_while_answers_are_collected(seats):
    team = AgendaTeam(WALL)
    tokens = with_tablet(team, 4)
    team.start()
    is_refused(call(team.api + "tablet", {"seats": seats}, token=team.leader), 409, "not_now")
    assert call(team.api, token=tokens[0]).status_code == 200


def test_a_code_from_before_the_round_waits_until_it_is_over():
    team = AgendaTeam(WALL).fill(guests=4)
    code = offer(team, 4)
    team.start()
    is_refused(claim(code), 409, "not_now")
    assert team.state()["seats"]["all"] == 4
    team.command("close_round")
    assert claim(code).status_code == 200


def test_not_where_accounts_are_needed():
    team = AgendaTeam(WALL)
    Session.objects.update(guests_allowed=False)
    is_refused(call(team.api + "tablet", {"seats": 3}, token=team.leader), 403, "guests_not_admitted")


@pytest.mark.parametrize("seats", [True, False, -1, 51, 10**30, "6", 6.0, None, [6], {"seats": 6}])
def test_seats_are_a_number_from_nought_to_fifty(seats):
    team = AgendaTeam(WALL)
    is_refused(call(team.api + "tablet", {"seats": seats}, token=team.leader), 400, "bad_value")
    assert not Token.objects.filter(tablet=True).exists()


def test_only_the_leader_offers_it():
    team = AgendaTeam(WALL).fill(guests=1)
    for token in (team.seats[0], team.screen):
        is_refused(call(team.api + "tablet", {"seats": 3}, token=token), 403, "wrong_role")


@pytest.mark.parametrize("code", ["", "x", 7, None, ["ABCD"], "A" * 5_000])
def test_a_wrong_code_is_unknown(code):
    is_refused(claim(code), 404, "unknown_code")
