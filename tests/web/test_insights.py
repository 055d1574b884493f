"""The figures over all teams by HTTP: who gets them, in which forms, and that all forms say the same."""

import csv
import io
import json

import pytest

from psychsafety_xblock import service
from psychsafety_xblock.models import InsightSnapshot
from tests.agendas import PULSE, AgendaTeam, play
from tests.support import API, Team, call, handler, is_refused

pytestmark = pytest.mark.django_db

#: All plain usages are one course run.
RUN = "workbench"
FORMS = ("insights", "insights.csv")


def meet(teams: int, people: int = 6) -> None:
    """So many teams of the demo's course run hold a session with a pulse."""
    for number in range(teams):
        team = AgendaTeam(PULSE, leader=f"leader {number}", run=RUN).fill(guests=people)
        play(team)
        team.command("close_session")


def token(block: str = "session", student: str = "staff") -> str:
    reply = handler(block, "insights", {}, student)
    assert reply.status_code == 200, reply.content
    assert set(reply.json()) == {"insights_url", "token"}
    return reply.json()["token"]


class TestTheHandler:
    """Course staff only, and no more than a key to the course run."""

    @pytest.mark.parametrize("block", ["session", "wall"])
    def test_staff_get_a_key_to_the_page(self, block):
        reply = handler(block, "insights", {}, "staff").json()
        assert reply["insights_url"] == f"http://testserver/psychsafety/insights/#{reply['token']}"

    @pytest.mark.parametrize("student", ["leader", "amal"])
    def test_nobody_else_does(self, student):
        is_refused(handler("session", "insights", {}, student), 403, "staff_only")

    def test_nor_does_whoever_is_not_signed_in(self):
        is_refused(handler("session", "insights", {}, "none"), 403, "anonymous")

    def test_it_takes_no_course_run_from_a_browser(self):
        is_refused(handler("session", "insights", {"course_run": "course-v1:a+b+c"}, "staff"), 400, "unknown_field")

    def test_a_key_tells_nothing_of_who_asked(self, monkeypatch):
        monkeypatch.setattr("django.core.signing.time.time", lambda: 1_800_000_000)
        assert token(student="staff") == service.insight_token(RUN)


class TestTheKey:
    """It opens one course run for an hour, and nothing else."""

    @pytest.mark.parametrize("form", FORMS)
    def test_without_one(self, form):
        is_refused(call(API + form), 401, "unauthorized")

    @pytest.mark.parametrize("form", FORMS)
    @pytest.mark.parametrize("wrong", ["x", "x" * 601, "ImNvdXJzZSI:1:2", "\ud83d\ude00"])
    def test_a_wrong_one(self, form, wrong):
        is_refused(call(API + form, token=wrong.encode("unicode_escape").decode()), 401, "unauthorized")

    @pytest.mark.parametrize("form", FORMS)
    def test_after_an_hour(self, form, monkeypatch):
        key = token()
        assert call(API + form, token=key).status_code == 200
        monkeypatch.setattr("django.core.signing.time.time", lambda: 4_000_000_000)
        is_refused(call(API + form, token=key), 401, "unauthorized")

    def test_it_opens_no_session_and_a_session_opens_no_figures(self):
        team = Team()
        is_refused(call(team.api, token=token()), 401, "unauthorized")
        for key in (team.leader, team.screen):
            is_refused(call(API + "insights", token=key), 401, "unauthorized")

    def test_the_longest_course_run_fits(self):
        key = service.insight_token("course-v1:" + "".join(f"{number:x}-" for number in range(70))[:245])
        assert call(API + "insights", token=key).status_code == 200

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
    def test_it_changes_nothing(self, method):
        is_refused(call(API + "insights", token=token(), method=method, body={}), 405, "wrong_method")


class TestTheForms:
    """One frozen document behind all of them."""

    def test_json_and_csv_say_the_same(self, travel):
        meet(3)
        travel(days=1)
        key = token()
        reply = call(API + "insights", token=key)
        assert reply["Cache-Control"] == "no-store"
        document = reply.json()
        assert document["sessions"]["completed"] == {"sessions": 3, "people": 18}
        file = call(API + "insights.csv", token=key)
        assert file["Content-Disposition"] == 'attachment; filename="insights.csv"'
        rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
        assert rows == [[str(cell) for cell in row] for row in service.insight_rows(document)]
        assert ["sessions", document["sessions"]["months"][0]["month"], "", "completed", "3", "18", "", "", ""] in rows

    def test_they_stay_the_same_all_day(self, travel):
        meet(3)
        travel(days=1)
        before = call(API + "insights", token=token()).json()
        meet(3)
        InsightSnapshot.objects.get()
        assert call(API + "insights", token=token()).json() == before

    def test_two_teams_are_told_nothing_of(self, travel):
        meet(2)
        travel(days=1)
        document = call(API + "insights", token=token()).json()
        assert document["sessions"] == {
            "months": [], "completed": None, "abandoned": None, "unknown": None, "sessions": 0, "people": 0
        }  # fmt: skip
        assert document["statements"] == document["choices"] == document["commitments"] == document["notes"] == []

    def test_no_person_no_session_and_no_team_is_in_it(self, travel):
        meet(4)
        travel(days=1)
        written = json.dumps(call(API + "insights", token=token()).json())
        for number in range(4):
            assert f"leader {number}" not in written
        for word in ("session_id", "leader", "mark", "token", "team_session"):
            assert f'"{word}"' not in written
