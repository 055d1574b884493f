"""The figures over all teams: whose sessions are told, from when on, and how often they move."""

import datetime
import sys
import time

import pytest

from psychsafety_xblock import service
from psychsafety_xblock.core.activities import checked_agenda
from psychsafety_xblock.core.errors import Refused
from psychsafety_xblock.forgetting import reduce_to_counts
from psychsafety_xblock.models import InsightSnapshot, Session
from psychsafety_xblock.service import insight_facts, open_rehearsal
from psychsafety_xblock.service.insight_facts import facts_of
from psychsafety_xblock.service.insights import (
    COLUMNS,
    has_sessions,
    insight_rows,
    insight_run,
    insight_token,
    insights,
)
from psychsafety_xblock.service.opening import Source
from tests.agendas import RUN, TALK, AgendaTeam
from tests.figures import TODAY, held, met

pytestmark = pytest.mark.django_db


class TestSessions:
    def test_three_teams_are_told_and_two_are_not(self):
        met("a"), met("b")
        assert insights(RUN)["sessions"]["sessions"] == 0
        InsightSnapshot.objects.all().delete()
        met("c")
        found = insights(RUN)["sessions"]
        assert found["completed"] == {"sessions": 3, "people": 18} and found["abandoned"] is None

    def test_the_day_must_be_over(self, travel):
        for team in "abc":
            met(team, ago=0)
        assert insights(RUN)["sessions"]["sessions"] == 0
        travel(days=1)
        assert insights(RUN)["sessions"]["sessions"] == 3

    def test_only_where_something_was_done(self):
        for team in "abc":
            lobby = met(team)
            lobby.rounds.all().delete()
        assert insights(RUN)["sessions"]["sessions"] == 0

    def test_a_flood_of_one_leader_is_one_team(self, travel):
        for ago in range(1, 12):
            met("flood", ago=ago, seats=30)
        met("b")
        assert insights(RUN)["sessions"]["sessions"] == 0
        met("c", ago=0)
        travel(days=1)
        assert insights(RUN)["sessions"]["sessions"] == 13

    def test_a_leader_with_three_colleagues_moves_nothing_alone(self, travel):
        for team in "abc":
            met(team, ratings={"4": 3, "2": 2})
        before = insights(RUN)
        for _ in range(4):
            met("curious", ago=0, seats=3, ratings={"4": 3})
            travel(days=1)
            now = insights(RUN)
            assert now["sessions"] == before["sessions"] and now["statements"] == before["statements"]
            Session.objects.filter(ended_on=TODAY).update(ended_on=TODAY - datetime.timedelta(days=1))

    def test_walls_for_everybody_and_rehearsals_add_nothing(self, travel):
        for team in "abc":
            met(team)
        Session.objects.update(kind="course")
        for leader in "abc":
            # As one would stand there whose deletion died half-way.
            one = met(leader)
            one.rehearsal = True
            one.save()
        assert insights(RUN)["sessions"]["sessions"] == 0

    def test_a_rehearsal_leaves_nothing(self, travel):
        for leader in "abc":
            opened = open_rehearsal(
                source=Source(course_run=RUN, usage_key="unit", block="b"), leader=leader,
                definitions=checked_agenda([TALK]), title="", languages=["en"],
            )  # fmt: skip
            leading = service.authenticate(opened.session_id, opened.token)
            service.run_command(leading, {"command": "start_round", "step": 0})
        travel(days=2)
        service.purge(service.plan_of_retention())
        assert insights(RUN)["sessions"]["sessions"] == 0

    def test_played_ones_and_how_they_ended(self, travel):
        for leader in "abc":
            held(leader, TALK, people=3)
        for leader in "def":
            team = AgendaTeam(TALK, TALK, leader=leader).fill(guests=3)
            team.command("start_round")
            team.command("close_session")
        travel(days=1)
        found = insights(RUN)["sessions"]
        assert found["completed"] == found["abandoned"] == {"sessions": 3, "people": 9}
        assert found["unknown"] is None and len(found["months"]) == 1


class TestOneSnapshotADay:
    def test_two_looks_a_minute_apart_are_the_same(self, travel):
        for team in "ab":
            met(team, ratings={"4": 3, "2": 2})
        first = insights(RUN)
        met("c", ratings={"4": 3, "2": 2})
        travel(minutes=1)
        assert insights(RUN) == first
        assert InsightSnapshot.objects.count() == 1

    @pytest.mark.parametrize("earlier", [False, True], ids=["the first day", "a later day"])
    def test_two_who_ask_at_the_same_time_are_told_the_same(self, monkeypatch, travel, earlier):
        if earlier:
            insights(RUN)
            travel(days=1)
        for team in "abc":
            met(team)
        others = []

        def meanwhile(*arguments):
            facts = facts_of(*arguments)
            if not others:
                # Somebody else reads before this one is done, and finds one session more.
                met("d")
                others.append(None)
                others[0] = insights(RUN)
            return facts

        monkeypatch.setattr(sys.modules[insights.__module__], "facts_of", meanwhile)
        assert insights(RUN) == others[0]
        assert others[0]["sessions"]["sessions"] == 4

    def test_a_clock_that_is_behind_moves_nothing_back(self, travel):
        for team in "abc":
            met(team)
        travel(days=1)
        first = insights(RUN)
        travel(days=-1)
        assert insights(RUN) == first

    def test_course_runs_are_told_each_for_itself(self):
        for team in "abc":
            met(team)
        assert insights("course-v1:another")["sessions"]["sessions"] == 0
        assert not has_sessions("course-v1:third") and has_sessions(RUN) and has_sessions("course-v1:another")


class TestWhatComesLateOrGoes:
    def told(self) -> dict:
        document = insights(RUN)
        return {part: document[part] for part in ("sessions", "statements", "choices", "commitments")}

    def test_sessions_that_are_reduced_to_counts_move_nothing(self, travel):
        for ago, team in enumerate("abcde", 1):
            met(team, ago=ago, ratings={"4": 3, "2": 2}, options={"o1": 4, "o2": 2})
        first = self.told()
        assert first["statements"] and first["choices"]
        facts = facts_of(RUN, TODAY).parts
        travel(days=400)
        service.purge(service.plan_of_retention())
        assert set(Session.objects.values_list("kept", flat=True)) == {"counts"}
        found = facts_of(RUN, TODAY).parts
        assert {name: sorted(parts) for name, parts in found.items()} == {
            name: sorted(parts) for name, parts in facts.items()
        }
        assert self.told() == first

    def test_nor_do_those_that_are_deleted(self, travel):
        for ago, team in enumerate("abcde", 1):
            met(team, ago=10 * ago, ratings={"4": 3, "2": 2})
        first = self.told()
        for days in (25, 1):
            travel(days=1)
            service.purge(service.plan_of_everything(days))
            assert self.told() == first

    def test_with_a_whole_course_run_its_figures_go_too(self):
        for team in "abc":
            met(team)
        insights(RUN), insights("course-v1:another")
        plan = service.plan_of_course_run(RUN)
        assert plan.rows["figures over all teams"] == 1
        service.purge(plan)
        assert list(InsightSnapshot.objects.values_list("course_run", flat=True)) == ["course-v1:another"]
        assert not has_sessions(RUN)

    def test_a_session_that_is_reduced_while_somebody_reads_is_there_once(self, monkeypatch):
        for team in "abc":
            met(team, ratings={"4": 3, "2": 2})
        whole, done = insight_facts._rounds, []

        def rounds(*arguments):
            if not done:
                done.append(True)
                reduce_to_counts(Session.objects.order_by("id")[0])
            return whole(*arguments)

        monkeypatch.setattr(insight_facts, "_rounds", rounds)
        found = insights(RUN)
        assert found["sessions"]["sessions"] == 3 and found["statements"][0]["total"] == 15


class TestTokens:
    def test_opens_its_course_run(self):
        assert insight_run(insight_token(RUN)) == RUN

    @pytest.mark.parametrize("token", ["", "x", insight_token(RUN)[:-1] + "!", RUN])
    def test_no_other_text_does(self, token):
        with pytest.raises(Refused) as refused:
            insight_run(token)
        assert refused.value.code == "unauthorized"

    def test_for_an_hour(self, monkeypatch):
        token = insight_token(RUN)
        late = time.time() + 3601
        monkeypatch.setattr("django.core.signing.time.time", lambda: late)
        with pytest.raises(Refused):
            insight_run(token)


def test_rows_have_the_columns_and_say_what_the_document_says(travel):
    for team in "abc":
        met(team, ratings={"4": 3, "2": 2}, options={"o1": 4, "o2": 2})
    header, *rows = insight_rows(insights(RUN))
    assert header == COLUMNS and all(len(row) == len(COLUMNS) for row in rows)
    month = (TODAY - datetime.timedelta(days=1)).strftime("%Y-%m")
    assert rows == [
        ("sessions", month, "", "completed", 3, 18, "", "", ""),
        ("statements", "", "We ask.", "1", "", "", "", "", "too few to tell"),
        ("statements", "", "We ask.", "2", 6, "", "", "", ""),
        ("statements", "", "We ask.", "3", "", "", "", "", "too few to tell"),
        ("statements", "", "We ask.", "4", 9, "", "", "", ""),
        ("statements", "", "We ask.", "5", "", "", "", "", "too few to tell"),
        ("statements", "", "We ask.", "all", 15, "", "", 3.2, ""),
        ("choices", "", "Where?", "Here", 12, "", "", "", ""),
        ("choices", "", "Where?", "There", 6, "", "", "", ""),
    ]
