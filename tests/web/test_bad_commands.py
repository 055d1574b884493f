"""Bad input to the commands and calls of a whole session: the documented refusal, and nothing changes."""

import pytest

from psychsafety_xblock.core.errors import Refused
from tests.agendas import AGREE, CHOICE, TALK, WALL, AgendaTeam, play
from tests.support import API, call, is_refused, rows

pytestmark = pytest.mark.django_db

HUGE = 10**40


@pytest.fixture
def team():
    """A team that talks, with a wall before it."""
    team = AgendaTeam(TALK, WALL, CHOICE, AGREE).fill(guests=4)
    play(team)
    return team


@pytest.mark.parametrize("command", ["skip", "start_round"])
@pytest.mark.parametrize("activity", ["", "x", "0", "-1", str(HUGE), HUGE, 7, True, [], {}, "a" * 5_000, 1.5])
def test_an_activity_is_one_of_the_agenda(team, command, activity):
    before = rows()
    is_refused(team.try_command(command, activity=activity), 404, "unknown_activity")
    assert rows() == before


@pytest.mark.parametrize(
    ("command", "field"),
    [
        ("back", "round"),
        ("next", "instead"),
        ("skip", "instead"),
        ("show_summary", "title"),
        ("close_session", "fresh"),
        ("start_round", "prompt"),
        ("start_round", "minimum"),
        ("start_round", "options"),
        ("set_commitments", "counted"),
        ("add_card", "share"),
        ("begin", "x" * 3_000),
    ],
)
def test_nothing_but_the_documented_fields(team, command, field):
    before = rows()
    is_refused(team.try_command(command, **{field: True}), 400, "unknown_field")
    assert rows() == before


@pytest.mark.parametrize("step", [None, "1", True, 1.0, [], {}])
def test_a_step_is_a_number(team, step):
    body = {"command": "next", "step": step}
    is_refused(call(team.api + "commands", body, token=team.leader), 400, "bad_value")


@pytest.mark.parametrize("step", [-1, 0, 99, HUGE, -HUGE])
def test_another_step_does_nothing(team, step):
    is_refused(team.try_command("back", step=step), 409, "stale_step")


@pytest.mark.parametrize("command", ["skip", "back", "show_summary", "set_commitments", "add_card", "start_round"])
def test_only_the_leader_commands(team, command):
    for token in (team.seats[0], team.screen):
        is_refused(team.try_command(command, token=token), 403, "wrong_role")
    is_refused(team.try_command(command, token="nobody"), 401, "unauthorized")


@pytest.mark.parametrize("name", ["summary", "tallies.csv", "follow-up.ics", "guide"])
def test_what_is_read_is_read_only_and_needs_a_token(team, name):
    assert call(team.api + name).status_code == 401
    assert call(team.api + name, token="x" * 3_000).status_code == 401
    is_refused(call(team.api + name, {}, token=team.leader), 405, "wrong_method")


@pytest.mark.parametrize("name", ["tablet", "leave", "drive", "commands"])
def test_what_changes_something_takes_json_by_post(team, name):
    is_refused(call(team.api + name, token=team.leader), 405, "wrong_method")
    token = team.seats[0] if name == "leave" else team.leader
    is_refused(call(team.api + name, "{", token=token), 400, "bad_json")
    is_refused(call(team.api + name, "[]", token=token), 400, "bad_json")
    form = call(team.api + name, "seats=3", token=token, content_type="application/x-www-form-urlencoded")
    is_refused(form, 415, "not_json")


@pytest.mark.parametrize(("body", "code"), [({}, "missing_field"), ({"seats": 3, "name": "x"}, "unknown_field")])
def test_a_tablet_takes_its_seats_and_nothing_else(team, body, code):
    is_refused(call(team.api + "tablet", body, token=team.leader), 400, code)


@pytest.mark.parametrize(("body", "code"), [({}, "missing_field"), ({"code": "x", "seats": 50}, "unknown_field")])
def test_a_tablet_does_not_set_its_own_seats(body, code):
    is_refused(call(API + "tablet", body), 400, code)


def test_an_agenda_of_two_hundred_steps_is_refused():
    with pytest.raises(Refused):
        AgendaTeam(*[TALK] * 200)
