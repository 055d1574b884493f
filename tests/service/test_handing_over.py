"""The lead goes to a private window, or to a colleague, and comes back to whoever convened."""

import pytest

from psychsafety_xblock.models import Session, Token
from tests.support import API, Team, call, handler, is_refused

pytestmark = pytest.mark.django_db


def drive(team: Team, what: str, token: str | None = None):
    return call(team.api + "drive", {"do": what}, token=token or team.leader)


def claim(team: Team, what: str) -> dict:
    """Offer the lead and claim it from another device; gives claim and check."""
    offered = drive(team, what)
    assert offered.status_code == 200, offered.content
    response = call(API + "drive", {"code": offered.json()["code"]})
    assert response.status_code == 200, response.content
    return response.json()


def collect(claimed: dict):
    return call(API + "drive", {"claim": claimed["claim"]})


def handed_over(team: Team) -> str:
    """Hand the lead over; gives the colleague's token."""
    claimed = claim(team, "hand_over")
    assert team.state()["drive"] == {"phase": "claimed", "check": claimed["check"]}
    assert collect(claimed).status_code == 202
    assert drive(team, "confirm").status_code == 200
    return collect(claimed).json()["token"]


def test_a_private_window_collects_at_once():
    team = Team()
    response = collect(claim(team, "window"))
    assert response.status_code == 200
    assert team.state(response.json()["token"])["device"] == "phone"
    assert team.state()["drive"] == {"phase": "driving"}


@pytest.mark.parametrize("whom", ["offer", "hand_over"])
def test_anybody_else_waits_for_the_laptop(whom):
    team = Team()
    claimed = claim(team, whom)
    assert collect(claimed).json() == {"waiting": True}
    assert Token.objects.filter(role="leader").count() == 1


@pytest.mark.parametrize("whom", ["offer", "hand_over"])
def test_who_is_refused_gets_nothing(whom):
    team = Team()
    claimed = claim(team, whom)
    drive(team, "refuse")
    is_refused(collect(claimed), 404, "unknown_code")
    assert team.state()["role"] == "leader"


def test_a_later_offer_makes_the_earlier_code_void():
    team = Team()
    code = drive(team, "window").json()["code"]
    drive(team, "hand_over")
    is_refused(call(API + "drive", {"code": code}), 404, "unknown_code")


def test_the_code_works_once():
    team = Team()
    code = drive(team, "window").json()["code"]
    assert call(API + "drive", {"code": code}).status_code == 200
    is_refused(call(API + "drive", {"code": code}), 404, "unknown_code")


def test_the_colleague_leads_and_all_other_tokens_of_the_leader_end():
    team = Team().fill(guests=4)
    phone = collect(claim(team, "window")).json()["token"]
    assert team.state(phone)["role"] == "leader"
    assert team.state()["leader_seated"] is False
    colleague = handed_over(team)
    for token in (team.leader, phone):
        is_refused(call(team.api, token=token), 401, "unauthorized")
        is_refused(team.try_command("start_round", step=0, token=token), 401, "unauthorized")
    assert team.state(colleague)["leader_seated"] is True
    is_refused(team.try_command("start_round", step=0, token=colleague, paper=7), 400, "bad_value")
    assert team.try_command("begin", step=0, token=colleague).status_code == 200


def test_with_a_colleague_leading_one_answer_more_is_needed():
    team = Team().fill(guests=4)
    colleague = handed_over(team)
    is_refused(team.try_command("start_round", step=0, token=colleague), 409, "too_few_people")


def test_the_convener_takes_it_back_from_any_device():
    team = Team()
    colleague = handed_over(team)
    again = handler("wall", "current_session", {}, "leader").json()
    assert again["session_id"] == team.session_id
    assert drive(team, "take_back", again["token"]).status_code == 200
    is_refused(call(team.api, token=colleague), 401, "unauthorized")
    team.leader = again["token"]
    assert team.command("begin")["phase"] == "running"


def test_the_colleagues_account_does_not_become_the_convener():
    team = Team()
    handed_over(team)
    assert handler("wall", "current_session", {}, "amal").json() == {"session_id": None}
    assert Session.objects.get().id == team.session_id


@pytest.mark.parametrize("what", ["", "steal", None, 7, True, ["offer"], {"do": "offer"}])
def test_other_words_are_refused(what):
    is_refused(drive(Team(), what), 400, "bad_value")


@pytest.mark.parametrize("what", ["offer", "window", "hand_over", "confirm", "take_back"])
def test_nobody_but_the_leader_hands_anything_over(what):
    team = Team().fill(guests=1)
    for token in (team.seats[0], team.screen):
        is_refused(drive(team, what, token), 403, "wrong_role")
