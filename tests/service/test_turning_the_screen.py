"""The leader turns the pages of a large wall: everybody's state says which one hangs on the screen."""

from __future__ import annotations

import pytest

from tests.support import collecting, is_refused, revealed

pytestmark = pytest.mark.django_db


def test_the_page_that_was_turned_to_stands_in_every_state():
    team = revealed()
    assert team.state()["screen_page"] is None
    assert team.command("turn_screen", page=3)["screen_page"] == 3
    assert all(team.state(token)["screen_page"] == 3 for token in (team.leader, team.screen, *team.seats))
    assert team.command("turn_screen", page=None)["screen_page"] is None


@pytest.mark.parametrize("page", [-1, 1000, 10**20, 1.5, "1", True, [1]])
def test_what_is_no_page_is_refused(page):
    team = revealed()
    is_refused(team.try_command("turn_screen", page=page), 400, "bad_value")
    assert team.state()["screen_page"] is None


def test_a_page_has_to_be_named():
    is_refused(revealed().try_command("turn_screen"), 400, "missing_field")


def test_nothing_is_turned_while_answers_are_collected():
    is_refused(collecting().try_command("turn_screen", page=1), 409, "not_now")


def test_the_next_wall_begins_at_its_first_page():
    team = revealed()
    team.command("turn_screen", page=3)
    team.command("close_round")
    assert team.command("start_round", activity=team.state()["agenda"][0]["id"])["screen_page"] is None
