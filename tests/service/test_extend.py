"""More time is added to what is left; the notice before a reveal counts from now."""

import datetime

import pytest

from tests.support import Team, collecting


def left(team: Team, now: datetime.datetime) -> float:
    return (datetime.datetime.fromisoformat(team.round["ends_at"]) - now).total_seconds()


@pytest.mark.django_db
def test_a_minute_more_of_a_talk_is_a_minute_more(travel):
    team = Team("activities").fill(guests=1)
    now = travel()
    team.command("start_round")
    assert left(team, now) == 180
    now = travel(seconds=60)
    team.command("extend", seconds=60)
    assert left(team, now) == 180
    now = travel(seconds=500)
    team.command("extend", seconds=60)
    assert left(team, now) == 60


@pytest.mark.django_db
def test_the_notice_and_its_end_count_from_now(travel):
    team = collecting()
    now = travel()
    team.command("extend", seconds=60)
    team.command("extend", seconds=60)
    assert left(team, now) == 120
    team.command("extend", seconds=20, closing=True)
    assert (left(team, now), team.round["closing"]) == (20, True)
    team.command("extend", seconds=60)
    assert (left(team, now), team.round["closing"]) == (60, False)
