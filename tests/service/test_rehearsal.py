"""A rehearsal with a pretend team: it is a whole session, and afterwards nothing of it was ever there."""

import logging

import pytest
from django.core.cache import cache

from psychsafety_xblock import service
from psychsafety_xblock.demo.course import AUTHOR, BLOCKS
from psychsafety_xblock.demo.runtime import CourseRuntime
from psychsafety_xblock.models import Activity, Session
from psychsafety_xblock.service.links import api_url
from tests.agendas import count_all, play
from tests.support import Team, call, handler, is_refused, rows

pytestmark = pytest.mark.django_db


class Rehearsal(Team):
    """A rehearsal, with its pretend seats."""

    def __init__(self, block: str = "hour", leader: str = "leader") -> None:
        super().__init__(block, leader, rehearse=True)
        self.seats = self.opened["pretend"]


@pytest.fixture
def before():
    """Every table once the workbench has made what it makes for any call."""
    handler("hour", "current_session", {}, "leader")
    return rows()


def whole(team: Rehearsal) -> None:
    """Go through the whole agenda."""
    for line in team.state()["agenda"]:
        play(team)
        if line["kind"] == "wall":
            count_all(team)
    state = team.command("show_summary")
    assert [one["status"] for one in state["agenda"]] == ["done"] * len(state["agenda"])
    assert len(state["summary"]["activities"]) == len(state["agenda"])


def test_the_whole_agenda_runs_and_leaves_no_trace(before, caplog):
    caplog.set_level(logging.INFO)
    team = Rehearsal()
    assert team.state()["rehearsal"] is True
    whole(team)
    assert rows() != before
    ended = team.command("close_session")
    assert (ended["summary_url"], ended["summary_token"]) == (None, None)
    assert rows() == before
    assert "psychsafety.session.ended" not in caplog.text


def test_a_hall_can_be_rehearsed_too(before):
    block = CourseRuntime(AUTHOR).get_block(BLOCKS["hour"].usage_id)
    block.ready_session = "leaders-kick-off"
    block.save()
    team = Rehearsal()
    assert max(one.definition["minimum"] for one in Activity.objects.all()) == 5
    whole(team)
    team.command("close_session")
    real = Team("hour")
    assert max(one.definition["minimum"] for one in Activity.objects.all()) == 12, "only the pretend team's is lower"
    real.command("close_session")


def test_what_is_left_open_is_swept_away(before, travel, caplog):
    caplog.set_level(logging.INFO)
    team = Rehearsal()
    play(team)
    travel(hours=2, seconds=1)
    cache.clear()
    assert service.sweep() == 1
    assert rows() == before
    assert "psychsafety.session.ended" not in caplog.text
    is_refused(call(team.api, token=team.leader), 404, "unknown_session")


def test_one_whose_deletion_died_half_way_is_deleted_by_whoever_comes_next(before, monkeypatch):
    team = Rehearsal()
    with monkeypatch.context() as broken:
        broken.setattr("psychsafety_xblock.service.commands.forget_rehearsal", lambda session: None)
        team.command("close_session")
    assert Session.objects.get(id=team.session_id).phase == "ended"
    cache.clear()
    service.sweep()
    assert rows() == before


def test_the_next_one_takes_the_place_of_the_one_before(before):
    first = Rehearsal()
    play(first)
    second = Rehearsal()
    assert list(Session.objects.values_list("id", flat=True)) == [second.session_id]
    second.command("close_session")
    assert rows() == before


def test_two_leaders_rehearse_beside_each_other():
    mine, yours = Rehearsal(), Rehearsal(leader="amal")
    mine.command("close_session")
    assert yours.state()["phase"] == "lobby"


def test_the_real_session_is_not_disturbed():
    real = Team("hour").fill(guests=4)
    play(real)
    states = [real.state(token) for token in (real.leader, real.screen, real.seats[0])]
    kept = {table: set(map(str, found)) for table, found in rows().items()}
    rehearsal = Rehearsal()
    whole(rehearsal)
    # The version tells of the screen's address and such; what is looked at is what all of them see.
    for token, state in zip((real.leader, real.screen, real.seats[0]), states, strict=True):
        assert real.state(token) == state
    rehearsal.command("close_session")
    assert {table: set(map(str, found)) for table, found in rows().items()} == kept


def test_ending_the_real_session_leaves_the_rehearsal():
    real, rehearsal = Team("hour"), Rehearsal()
    real.command("close_session")
    assert rehearsal.state()["phase"] == "lobby"


def test_it_is_nowhere_listed():
    rehearsal = Rehearsal()
    play(rehearsal)
    assert handler("hour", "current_session", {}, "leader").json() == {"session_id": None}
    assert handler("hour", "past_sessions", {}, "leader").json() == {"sessions": []}
    rehearsal.command("close_session")
    assert handler("hour", "past_sessions", {}, "leader").json() == {"sessions": []}


def test_nobody_can_join_it():
    rehearsal = Rehearsal()
    assert rehearsal.opened["join_code"] == ""
    for code in ("", "-", None, rehearsal.session_id):
        assert call(rehearsal.api + "seats", {"join_code": code}).status_code in (400, 404)
        assert call("/psychsafety/api/join", {"join_code": code}).status_code in (400, 404)
        assert handler("hour", "take_seat", {"join_code": code}, "amal").status_code in (400, 404)
    is_refused(call(rehearsal.api + "tablet", {"seats": 3}, token=rehearsal.leader), 403, "guests_not_admitted")
    assert rehearsal.state()["seats"]["all"] == len(rehearsal.seats)


def test_a_pretend_seat_does_not_open_a_seat_in_a_real_session():
    rehearsal, real = Rehearsal(), Team("hour", leader="bo")
    seat = real.learner("amal", token=rehearsal.seats[0])
    assert seat != rehearsal.seats[0]
    is_refused(call(api_url(real.session_id), token=rehearsal.seats[0]), 401, "unauthorized")


@pytest.fixture
def completing():
    """The demo's block with the author's switch "after the session"."""
    from psychsafety_xblock.team_session import TeamSessionXBlock

    switch = TeamSessionXBlock.complete_after_session
    default, switch._default = switch._default, True
    yield
    switch._default = default


@pytest.mark.usefixtures("completing")
def test_nobody_completes_anything_by_a_pretend_seat():
    rehearsal = Rehearsal()
    play(rehearsal)
    is_refused(handler("hour", "complete", {"token": rehearsal.seats[0]}, "amal"), 401, "unauthorized")
    rehearsal.command("close_session")
    is_refused(handler("hour", "complete", {"token": rehearsal.seats[0]}, "amal"), 401, "unauthorized")


@pytest.mark.usefixtures("completing")
def test_a_real_seat_does_complete():
    """So that the refusal above is not the switch's."""
    real = Team("hour")
    seat = real.learner("amal")
    is_refused(handler("hour", "complete", {"token": seat}, "amal"), 409, "not_now")
    real.command("close_session")
    assert handler("hour", "complete", {"token": seat}, "amal").json() == {"complete": True}


@pytest.mark.parametrize("body", [{"rehearse": 1}, {"rehearse": "yes"}, {"rehearse": None}, {"rehearse": []}])
def test_rehearse_is_true_or_false(body):
    is_refused(handler("hour", "open_session", body, "leader"), 400, "bad_value")
    assert not Session.objects.exists()
