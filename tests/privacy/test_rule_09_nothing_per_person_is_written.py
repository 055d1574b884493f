"""Rule 9: nothing per person is written at the moment of answering, and nothing afterwards but what a browser shows."""

import pytest
from django.db import connection
from workbench.models import XBlockState
from xblock.runtime import Runtime

from psychsafety_xblock.demo.course import AUTHOR, BLOCKS
from psychsafety_xblock.demo.runtime import CourseRuntime
from tests.support import Team, call, collecting, handler, is_refused

pytestmark = pytest.mark.django_db

TABLES = {"psychsafety_xblock_ballot", "psychsafety_xblock_note"}


@pytest.fixture
def published(monkeypatch):
    """Everything that a block publishes: completion, grades, tracking events."""
    found = []
    for runtime in (Runtime, CourseRuntime):
        monkeypatch.setattr(
            runtime, "publish", lambda self, block, kind, data: found.append((kind, data)), raising=False
        )
    return found


def written(action) -> set[str]:
    """The tables that an action writes to."""
    found = set()

    def record(execute, sql, params, many, context):
        words = sql.replace('"', "").replace("`", "").split()
        if words[0] in ("INSERT", "UPDATE", "DELETE"):
            found.add(words[1] if words[0] == "UPDATE" else words[2])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(record):
        assert action().status_code == 202
    return found


def test_an_answer_writes_a_ballot_and_a_note_and_nothing_else(published):
    team = collecting()
    assert written(lambda: team.answer(team.seats[0], "one", team.round["id"])) == TABLES
    assert written(lambda: team.answer(team.seats[1], None, team.round["id"])) == TABLES - {"psychsafety_xblock_note"}
    assert published == []


def test_a_whole_run_leaves_no_state_of_a_user_and_publishes_nothing(published):
    team = collecting()
    team.answers(["one", "two", None, "four", "five"])
    team.command("reveal")
    for seat in team.seats:
        team.tap(seat, [])
    team.command("count_resonance")
    team.command("close_session")
    for student in ("leader", "person-0"):
        for block in BLOCKS.values():
            CourseRuntime(student).get_block(block.usage_id).render("student_view", {})
    assert not XBlockState.objects.exists()
    assert published == []


def test_a_course_wide_wall_too(published):
    seat = handler("course-wall", "take_seat", {}, "amal").json()
    current = call(seat["api_url"], token=seat["token"]).json()["round"]["id"]
    body = {"round": current, "answer": {"text": "one"}}
    assert written(lambda: call(seat["api_url"] + "answers", body, token=seat["token"])) >= TABLES
    assert not XBlockState.objects.exists()
    assert published == []


class TestCompletion:
    """The one thing that is written for a person, and only when the author asked for it."""

    def seated(self, custom: bool = True) -> tuple[Team, str]:
        block = CourseRuntime(AUTHOR).get_block(BLOCKS["wall"].usage_id)
        block.complete_after_session = custom
        block.save()
        team = Team().fill(guests=3)
        return team, team.learner("amal")

    def test_after_the_session_and_not_before(self, published):
        team, token = self.seated()
        is_refused(handler("wall", "complete", {"token": token}, "amal"), 409, "not_now")
        assert published == []
        team.command("close_session")
        assert handler("wall", "complete", {"token": token}, "amal").json() == {"complete": True}
        assert published == [("completion", {"completion": 1.0})]

    def test_not_when_the_author_did_not_ask(self, published):
        team, token = self.seated(custom=False)
        team.command("close_session")
        is_refused(handler("wall", "complete", {"token": token}, "amal"), 409, "not_now")
        assert published == []

    @pytest.mark.parametrize("which", ["leader", "screen", "wrong"])
    def test_only_a_seat_completes(self, published, which):
        team, _ = self.seated()
        token = {"leader": team.leader, "screen": team.screen, "wrong": "wrong"}[which]
        team.command("close_session")
        is_refused(handler("wall", "complete", {"token": token}, "amal"), 401, "unauthorized")
        assert published == []


def test_a_seats_version_does_not_tell_that_somebody_answered():
    """Answers that leave the word for progress as it is leave the seats' and the screen's version as it is."""
    team = collecting(5, 5)
    watcher = team.seats[-1]
    before = {token: team.state(token)["version"] for token in (watcher, team.screen)}
    current = team.round["id"]
    for seat in team.seats[:3]:
        team.answer(seat, "one", current)
        assert team.state(watcher)["round"]["progress"] == "few"
        assert {token: team.state(token)["version"] for token in before} == before
        response = call(team.api, token=watcher, **{"If-None-Match": f'"{before[watcher]}"'})
        assert response.status_code == 304
    team.answer(team.seats[3], "one", current)
    assert team.state(watcher)["round"]["progress"] == "enough"
    assert team.state(watcher)["version"] != before[watcher]
