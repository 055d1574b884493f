"""How sessions end: by the leader, by themselves, by age; and what is left of them."""

import datetime

import pytest
from django.core.cache import cache

from psychsafety_xblock import service
from psychsafety_xblock.models import Ballot, Note, Session, Token
from tests.support import Team, cached, call, collecting, handler, is_refused, revealed

pytestmark = pytest.mark.django_db


def counted() -> Team:
    """A team whose resonance is counted: 5 taps on the first note, 3 on the second, 2 on the third."""
    team = revealed()
    notes = [note["id"] for note in team.notes()]
    for number, seat in enumerate(team.seats):
        assert team.tap(seat, notes[: 3 if number < 2 else 2 if number < 3 else 1]).status_code == 202
    team.command("count_resonance")
    assert [note["resonance"] for note in team.notes()] == [5, 3, None, None, None]
    return team


@pytest.fixture(params=["by the leader", "by itself", "by a new one"])
def end(request, travel):
    """Ends a team's session in one of three ways."""

    def now(team: Team) -> None:
        if request.param == "by the leader":
            team.command("close_session")
        elif request.param == "by itself":
            travel(hours=12, seconds=1)
            cache.clear()
            assert service.sweep() == 1
        else:
            assert handler("wall", "open_session", {"fresh": True}, "leader").status_code == 200

    return now


def test_the_walls_come_down_but_for_what_resonated(end):
    team = counted()
    kept = {note["text"] for note in team.notes()[:2]}
    end(team)
    left = Note.objects.filter(round__session_id=team.session_id)
    assert {note.text for note in left} == kept
    assert {note.resonance for note in left} == {5, 3}
    assert not Ballot.objects.exists()


def test_resonance_that_was_never_counted_keeps_nothing(end):
    team = revealed()
    notes = [note["id"] for note in team.notes()]
    for seat in team.seats:
        team.tap(seat, notes)
    end(team)
    assert not Note.objects.exists()
    assert not Ballot.objects.exists()


def test_what_was_not_revealed_is_deleted_unread(end):
    team = collecting()
    team.answers(["one", "two", "three", "four", "five"])
    end(team)
    assert not Note.objects.exists()


def test_nothing_says_any_more_who_led_and_by_which_code(end):
    team = counted()
    end(team)
    session = Session.objects.get(id=team.session_id)
    assert (session.phase, session.open_slot, session.join_code) == ("ended", None, None)
    assert session.ended_on is not None
    # What opens the summary is made by the leader's own last command, and says nothing of who that was.
    assert not Token.objects.filter(session=session).exclude(role__in=["seat", "summary"]).exists()
    assert not any(f"pepper:{team.session_id}" in key for key in cached())
    is_refused(call("/psychsafety/api/join", {"join_code": team.opened["join_code"]}), 404, "unknown_code")


def test_the_day_of_the_end_is_a_day_and_no_time():
    team = Team()
    team.command("close_session")
    assert type(Session.objects.get().ended_on) is datetime.date


def test_a_session_that_runs_is_not_swept(travel):
    team = collecting()
    travel(hours=11, minutes=59)
    assert service.sweep() == 0
    assert team.state()["phase"] == "running"


def test_the_site_sets_how_long_it_lasts(settings, travel):
    settings.PSYCHSAFETY = {**settings.PSYCHSAFETY, "SESSION_HOURS": 1}
    team = Team()
    travel(hours=1, seconds=1)
    cache.clear()
    is_refused(call(team.api, token=team.leader), 410, "ended")
    assert handler("wall", "current_session", {}, "leader").json() == {"session_id": None}


def test_sweeping_is_done_at_most_once_a_minute(travel):
    Team()
    travel(hours=13)
    cache.clear()
    assert service.sweep() == 1
    Session.objects.update(phase="running")
    assert service.sweep() == 0
