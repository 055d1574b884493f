"""The blocks' handlers: what they reply, whom they refuse, and that refusing writes nothing."""

import pytest
from django.test import Client

from psychsafety_xblock.demo.course import AUTHOR, BLOCKS
from psychsafety_xblock.demo.runtime import CourseRuntime
from psychsafety_xblock.models import Activity, Session, Token
from tests.support import Team, call, handler, is_refused, revealed, rows

pytestmark = pytest.mark.django_db

HANDLERS = ("open_session", "take_seat", "current_session", "complete")
OPENED = {"session_id", "join_code", "join_url", "screen_url", "api_url", "token"}


def author(slug: str, **fields) -> None:
    """Change fields as an author."""
    block = CourseRuntime(AUTHOR).get_block(BLOCKS[slug].usage_id)
    for name, value in fields.items():
        setattr(block, name, value)
    block.save()


class TestReplies:
    """As docs/api.md, section 1."""

    @pytest.mark.parametrize("block", ["wall", "session"])
    def test_open_session(self, block):
        reply = handler(block, "open_session", {}, "leader").json()
        assert set(reply) == OPENED | {"attached"}
        assert len(reply["attached"]) == 1
        assert Activity.objects.get(id=int(reply["attached"][0])).session_id == reply["session_id"]

    def test_open_session_again_attaches_once_and_another_block_attaches_too(self):
        first = handler("wall", "open_session", {}, "leader").json()
        again = handler("wall", "open_session", {}, "leader").json()
        other = handler("session", "open_session", {}, "leader").json()
        assert first["session_id"] == again["session_id"] == other["session_id"]
        assert first["attached"] == again["attached"] != other["attached"]
        agenda = call(first["api_url"], token=other["token"]).json()["agenda"]
        assert [entry["id"] for entry in agenda] == [*first["attached"], *other["attached"]]

    def test_fresh_closes_the_one_that_is_open(self):
        first = handler("wall", "open_session", {}, "leader").json()
        fresh = handler("wall", "open_session", {"fresh": True}, "leader").json()
        assert fresh["session_id"] != first["session_id"]
        assert fresh["join_code"] != first["join_code"]
        is_refused(call(first["api_url"], token=first["token"]), 410, "ended")

    @pytest.mark.parametrize("fresh", ["yes", 1, None, []])
    def test_fresh_is_true_or_false(self, fresh):
        is_refused(handler("wall", "open_session", {"fresh": fresh}, "leader"), 400, "bad_value")

    def test_current_session(self):
        assert handler("wall", "current_session", {}, "leader").json() == {"session_id": None}
        opened = handler("wall", "open_session", {}, "leader").json()
        reply = handler("session", "current_session", {}, "leader").json()
        assert set(reply) == OPENED
        assert reply["session_id"] == opened["session_id"]
        assert Activity.objects.count() == 1
        assert handler("wall", "current_session", {}, "amal").json() == {"session_id": None}

    def test_take_seat(self):
        team = Team()
        for typed in (team.opened["join_code"], team.opened["join_code"].lower()):
            reply = handler("session", "take_seat", {"join_code": typed}, "amal").json()
            assert set(reply) == {"session_id", "api_url", "token"}
        assert team.state()["seats"] == {"all": 1, "guests": 0, "tablet": 0, "generation": 1}

    @pytest.mark.parametrize("token", [7, ["x"], {"a": 1}, "x" * 201])
    def test_a_token_that_can_be_none(self, token):
        team = Team()
        body = {"join_code": team.opened["join_code"], "token": token}
        is_refused(handler("wall", "take_seat", body, "amal"), 400, "bad_value")

    def test_half_a_character_is_only_a_wrong_token(self):
        team = Team()
        body = {"join_code": team.opened["join_code"], "token": "\ud800"}
        assert handler("wall", "take_seat", body, "amal").status_code == 200
        author("wall", complete_after_session=True)
        is_refused(handler("wall", "complete", {"token": "\ud800"}, "amal"), 401, "unauthorized")

    def test_the_leader_may_sit_down_and_everybody_sees_that_one_more_is_needed(self):
        team = Team()
        assert team.state()["leader_seated"] is False
        team.learner("leader")
        for token in (team.leader, team.seats[0], team.screen):
            assert team.state(token)["leader_seated"] is True


class TestWhoIsRefused:
    """And nothing is written."""

    @pytest.fixture(autouse=True)
    def writes_nothing(self):
        self.team = Team()
        before = rows()
        yield
        assert rows() == before

    def body(self, name: str) -> dict:
        code = self.team.opened["join_code"]
        return {"take_seat": {"join_code": code}, "complete": {"token": self.team.leader}}.get(name, {})

    @pytest.mark.parametrize("name", HANDLERS)
    @pytest.mark.parametrize("block", ["wall", "session", "course-wall"])
    def test_somebody_who_is_not_signed_in(self, block, name):
        is_refused(handler(block, name, self.body(name), "none"), 403, "anonymous")

    @pytest.mark.parametrize("name", HANDLERS)
    @pytest.mark.parametrize("block", ["wall", "session", "course-wall"])
    def test_studios_preview(self, block, name):
        is_refused(handler(block, name, self.body(name), AUTHOR), 403, "preview")

    @pytest.mark.parametrize("name", HANDLERS)
    def test_unknown_fields(self, name):
        is_refused(handler("wall", name, {"prompt": "x"}, "leader"), 400, "unknown_field")

    @pytest.mark.parametrize("name", HANDLERS)
    @pytest.mark.parametrize("body", ["[]", "{", "null", '"x"', "[" * 4000, b"\xff"])
    def test_broken_json(self, name, body):
        is_refused(handler("wall", name, body, "leader"), 400, "bad_json")

    @pytest.mark.parametrize("name", HANDLERS)
    def test_too_large(self, name):
        is_refused(handler("wall", name, '{"join_code": "' + "x" * 5000 + '"}', "leader"), 413, "too_large")

    @pytest.mark.parametrize("name", HANDLERS)
    def test_reading_is_not_doing(self, name):
        path = f"/handler/{BLOCKS['wall'].usage_id}/{name}/?student=leader"
        response = Client().get(path, headers={"Content-Type": "application/json"})
        is_refused(response, 405, "wrong_method")

    def test_a_course_wide_wall_has_no_leader(self):
        is_refused(handler("course-wall", "open_session", {}, "leader"), 403, "may_not_lead")


class TestWhatTheAuthorChose:
    """Who may lead, for whom, with or without guests."""

    def test_course_staff_only(self):
        author("wall", who_may_lead="staff")
        is_refused(handler("wall", "open_session", {}, "leader"), 403, "may_not_lead")
        assert not Session.objects.exists()
        assert handler("wall", "open_session", {}, "staff").status_code == 200

    def test_accounts_only(self):
        author("wall", guests_allowed=False)
        team = Team()
        response = call(team.api + "seats", {"join_code": team.opened["join_code"]})
        is_refused(response, 403, "guests_not_admitted")
        team.fill(learners=4)
        assert team.start()

    def test_a_wall_for_accounts_in_a_session_with_guests(self):
        author("wall", guests_allowed=False)
        team = Team("session").fill(3, 2)
        wall = handler("wall", "open_session", {}, "leader").json()["attached"][0]
        is_refused(team.try_command("start_round", activity=wall), 409, "too_few_people")
        team.learner("one-more")
        current = team.command("start_round", activity=wall)["round"]["id"]
        is_refused(team.answer(team.seats[3], "by a guest", current), 403, "guests_not_admitted")
        assert team.answer(team.seats[0], "by a learner", current).status_code == 202

    def test_a_course_wide_wall_needs_no_code_and_is_one_for_all(self):
        replies = [handler("course-wall", "take_seat", {}, student).json() for student in ("amal", "bo", "amal")]
        assert len({reply["session_id"] for reply in replies}) == 1
        assert replies[0]["token"] == replies[2]["token"] != replies[1]["token"]
        state = call(replies[0]["api_url"], token=replies[0]["token"]).json()
        assert state["kind"] == "course"
        assert state["role"] == "seat"

    def test_a_course_wide_wall_has_no_guests(self):
        seat = handler("course-wall", "take_seat", {}, "amal").json()
        is_refused(call(seat["api_url"] + "seats", {"join_code": ""}), 404, "unknown_code")
        assert Token.objects.count() == 1

    def test_what_runs_is_frozen_and_an_edit_holds_from_the_next_round_on(self):
        team = revealed()
        author("wall", prompt="Another question?")
        handler("wall", "open_session", {}, "leader")
        assert team.round["activity"]["prompt"] == "What does it take courage from you to do?"
        wall = team.state()["agenda"][0]["id"]
        assert team.command("start_round", activity=wall)["round"]["activity"]["prompt"] == "Another question?"
