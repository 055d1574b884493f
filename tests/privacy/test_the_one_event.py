"""The one event of a session: at its end, with counts, and without anybody in it."""

import json
import logging

import pytest
from django.core.cache import cache
from eventtracking import tracker as tracking

from psychsafety_xblock import service
from psychsafety_xblock.models import Session
from tests.agendas import CHOICE, TALK, WALL, AgendaTeam, play
from tests.support import Team, handler

#: The event is sent when the transaction that ends the session is through.
pytestmark = pytest.mark.django_db(transaction=True)

#: As the platform sets it for each request, and for each call of a handler.
SOMEBODY = {
    "username": "heron-user", "user_id": 987123, "ip": "198.51.100.77", "session": "heron-session",
    "host": "heron-host", "agent": "heron-agent", "referer": "https://heron/", "path": "/heron",
    "accept_language": "heron-language", "client_id": "heron-client", "course_id": "course-v1:heron+b+c",
    "org_id": "heron", "enterprise_uuid": "heron", "module": {"display_name": "heron", "usage_key": "heron"},
}  # fmt: skip


class Kept:
    """A backend that keeps what it is sent."""

    def __init__(self) -> None:
        self.events: list[dict] = []

    def send(self, event: dict) -> None:
        self.events.append(event)


@pytest.fixture
def kept():
    """A real tracker, in a request of somebody."""
    backend = Kept()
    tracker = tracking.Tracker({"kept": backend})
    before = dict(tracking.TRACKERS)
    tracking.register_tracker(tracker)
    with tracker.context("edx.course.browser", SOMEBODY):
        yield backend
    tracking.TRACKERS.clear()
    tracking.TRACKERS.update(before)


def numbers_only(event: dict, team: Team) -> None:
    """It is the one event, with counts, and nobody is in it."""
    assert event["name"] == "psychsafety.session.ended"
    assert set(event["data"]) == {"course_run", "seats", "guest_seats", "activities", "rounds"}
    counts = {**event["data"], "course_run": 0, "rounds": 0}
    assert all(type(count) is int for count in [*counts.values(), *event["data"]["rounds"].values()])
    said = json.dumps(event, default=str)
    for word in ("heron", "987123", "198.51", "mette", "note ", "Courage", team.session_id, team.opened["join_code"]):
        assert word not in said
    assert not any(event["context"].values())


def test_it_is_sent_once_when_the_leader_ends_the_session(kept):
    team = AgendaTeam(TALK, WALL, CHOICE).fill(guests=4)
    team.account("amal")
    for _ in range(3):
        play(team)
    assert kept.events == []
    team.command("close_session")
    service.sweep()
    (event,) = kept.events
    numbers_only(event, team)
    assert event["data"]["seats"] == 5
    assert event["data"]["guest_seats"] == 4
    assert event["data"]["rounds"] == {"choice": 1, "talk": 1, "wall": 1}


def test_also_when_a_sweep_in_the_request_of_somebody_else_ends_it(kept, travel):
    team = AgendaTeam(TALK)
    team.command("start_round")
    travel(hours=13)
    cache.clear()
    handler("wall", "take_seat", {"join_code": "NONE"}, "heron-user")
    (event,) = kept.events
    numbers_only(event, team)


def test_nothing_is_sent_of_a_rehearsal(kept):
    team = Team("hour", rehearse=True)
    team.seats = team.opened["pretend"]
    play(team)
    team.command("close_session")
    assert kept.events == []


def test_a_tracking_that_fails_keeps_nobody_in_the_room(kept, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)

    def fail(self, event):
        raise RuntimeError("the tracking is down")

    monkeypatch.setattr(Kept, "send", fail)
    monkeypatch.setattr(tracking.Tracker, "emit", fail)
    team = AgendaTeam(TALK)
    assert team.command("close_session")["phase"] == "ended"
    assert Session.objects.get().phase == "ended"


def test_without_a_tracking_it_is_one_line_of_a_log(caplog):
    caplog.set_level(logging.INFO, logger="psychsafety_xblock.events")
    team = AgendaTeam(TALK)
    team.command("close_session")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "psychsafety_xblock.events"]
    assert line.startswith("psychsafety.session.ended {")
    assert "mette" not in line
    assert team.session_id not in line
