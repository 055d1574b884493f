"""From "I convene my team" to the summary through the LMS's own addresses: learners, guests and course staff."""

import json

import pytest
from django.test import Client
from xmodule import services

from psychsafety_xblock.models import Ballot, Note, Session, Token
from tests.agendas import AGREE, CHOICE, PULSE, TALK, WALL, count_all, play
from tests.platform.people import RUN, Browser, PlatformTeam, place
from tests.support import call, is_refused, rows

#: Handlers are not in a transaction here, as on the platform.
pytestmark = pytest.mark.django_db(transaction=True)

AGENDA = [{**one, "picture": ""} for one in (TALK, WALL, PULSE, CHOICE, AGREE)]
FIELDS = {"display_name": "Our hour", "agenda": [TALK, WALL, PULSE, CHOICE, AGREE]}


def test_a_whole_session():
    usage = place("session", **FIELDS)
    team = PlatformTeam(usage).fill(learners=4, guests=3)
    assert team.opened["join_url"].startswith("https://learn.example.com/psychsafety/join/#")
    seats = team.state()["seats"]
    assert (seats["all"], seats["guests"]) == (7, 3)
    for _ in AGENDA:
        kind = play(team)["round"]["activity"]["kind"]
        if kind == "wall":
            count_all(team)
    state = team.command("close_session")
    assert state["phase"] == "ended"
    assert not Ballot.objects.exists()

    past = team.led_by.call(usage, "past_sessions").json()["sessions"]
    assert [one["title"] for one in past] == ["Our hour"]
    summary = call(past[0]["api_url"] + "summary", token=past[0]["token"])
    assert summary.status_code == 200
    told = {one["kind"]: one for one in summary.json()["summary"]["activities"]}
    assert set(told) >= {"wall", "pulse", "choice", "commitments"}
    page = Client().get("/psychsafety/summary/", secure=True)
    assert page.status_code == 200
    assert page["X-Frame-Options"] == "DENY"
    assert team.led_by.call(usage, "current_session").json() == {"session_id": None}


def test_the_lead_is_the_accounts_on_any_device():
    usage = place("session", **FIELDS)
    team = PlatformTeam(usage)
    other_device = Browser("leader-heron")
    again = other_device.call(usage, "open_session").json()
    assert again["session_id"] == team.session_id
    assert call(team.api, token=again["token"]).json()["role"] == "leader"
    assert Browser("amal").call(usage, "current_session").json() == {"session_id": None}


def test_course_staff_only():
    usage = place("session", **FIELDS, who_may_lead="staff")
    is_refused(Browser("amal").call(usage, "open_session"), 403, "may_not_lead")
    assert not Session.objects.exists()
    assert PlatformTeam(usage, leader=Browser("teacher", staff=True)).state()["role"] == "leader"


def test_an_account_has_one_seat_on_all_its_devices():
    team = PlatformTeam(place("session", **FIELDS))
    assert team.learner("amal") == team.learner("amal") != team.learner("bo")
    assert Token.objects.filter(role="seat").count() == 2


def test_a_course_wide_wall():
    usage = place("wall", audience="course", prompt="What takes courage?")
    seats = [Browser(name).call(usage, "take_seat").json() for name in ("amal", "bo", "amal")]
    assert seats[0]["token"] == seats[2]["token"] != seats[1]["token"]
    state = call(seats[0]["api_url"], token=seats[0]["token"]).json()
    answer = {"round": state["round"]["id"], "answer": {"text": "say no"}}
    assert call(seats[0]["api_url"] + "answers", answer, token=seats[0]["token"]).status_code == 202
    assert Note.objects.count() == 1


class TestReRun:
    """The same block in another run of the course: the block's id stays, and nothing is shared."""

    AGAIN = "course-v1:Org+Safety+2027"

    def test_sessions(self):
        first, second = place("session", **FIELDS), place("session", run=self.AGAIN, **FIELDS)
        assert first.split("+block@")[1] == second.split("+block@")[1]
        leader = Browser("leader-heron")
        team = PlatformTeam(first, leader=leader).fill(learners=3)
        assert leader.call(second, "current_session", run=self.AGAIN).json() == {"session_id": None}
        other = PlatformTeam(second, leader=leader, run=self.AGAIN)
        assert other.session_id != team.session_id
        assert other.state()["seats"]["all"] == 0
        assert {one.course_run for one in Session.objects.all()} == {RUN, self.AGAIN}
        assert leader.call(first, "current_session").json()["session_id"] == team.session_id

    def test_course_wide_walls(self):
        walls = [(place("wall", run=run, audience="course"), run) for run in (RUN, self.AGAIN)]
        seats = [Browser("amal").call(usage, "take_seat", run=run).json() for usage, run in walls]
        assert len({seat["session_id"] for seat in seats}) == len({seat["token"] for seat in seats}) == 2

    def test_a_key_of_the_one_in_the_others_address_is_of_the_other(self):
        """The platform maps a usage key into the course of the address."""
        first = place("session", **FIELDS)
        place("session", run=self.AGAIN, **FIELDS)
        opened = Browser("leader-heron").call(first, "open_session", run=self.AGAIN).json()
        assert Session.objects.get(id=opened["session_id"]).course_run == self.AGAIN


class TestCompletion:
    """One event after the session, and no other service of the platform's is asked for."""

    def test_on_view_nothing_is_published(self, monkeypatch):
        team = PlatformTeam(place("session", **FIELDS)).fill(learners=4)
        play(team)
        is_refused(team.browsers[0].call(team.usage, "complete", {"token": team.seats[0]}), 409, "not_now")
        assert services.COMPLETIONS == []

    def test_after_the_session(self):
        usage = place("session", **FIELDS, complete_after_session=True)
        team = PlatformTeam(usage).fill(learners=4, guests=1)
        learner = team.browsers[0]
        play(team)
        play(team)
        assert services.COMPLETIONS == [], "nothing is written at the moment of answering"
        is_refused(learner.call(usage, "complete", {"token": team.seats[0]}), 409, "not_now")
        team.command("close_session")
        before = rows()
        assert learner.call(usage, "complete", {"token": team.seats[0]}).json() == {"complete": True}
        assert [(learner.account, usage, 1.0)] == services.COMPLETIONS
        after = rows()
        ours = [name for name in before if name.startswith("psychsafety")]
        assert {name: before[name] for name in ours} == {name: after[name] for name in ours}

    def test_a_token_of_nobody_completes_nothing(self):
        usage = place("session", **FIELDS, complete_after_session=True)
        team = PlatformTeam(usage).fill(learners=4)
        team.command("close_session")
        is_refused(Browser("amal").call(usage, "complete", {"token": "x" * 40}), 401, "unauthorized")
        assert services.COMPLETIONS == []


def test_what_a_learner_gets_to_see_reads_as_the_page_does():
    usage = place("wall")
    for language, said in [("da", "Anonym væg"), ("en", "Anonymous wall")]:
        page = Browser("amal").get(f"/xblock/{usage}", headers={"Accept-Language": language}, secure=True)
        assert page.status_code == 200
        assert f'lang="{language}"' in page.content.decode()
        assert "psychsafety_xblock/js/anonymous_wall" in page.content.decode()
        assert "X-Frame-Options" not in page.headers, "the courseware shows it in a frame"
        assert said in json.dumps(_started_with(usage, language), ensure_ascii=False)


def _started_with(usage: str, language: str) -> dict:
    from django.contrib.auth.models import AnonymousUser
    from django.utils import translation
    from lms.djangoapps.courseware.block_render import prepare_runtime_for_user
    from opaque_keys.edx.keys import UsageKey

    key = UsageKey.from_string(usage)
    with translation.override(language):
        block = prepare_runtime_for_user(AnonymousUser(), key.course_key).load(None, key)
        return block.student_view({}).json_init_args
