"""Until when the echo is kept, how it is purged, and what tells the sessions of one team from others'."""

import pytest
from django.core.cache import cache
from django.core.management import call_command

from psychsafety_xblock import service
from psychsafety_xblock.models import (
    EchoNote,
    EchoPool,
    EchoReport,
    EchoShown,
    EchoTap,
    EchoVisit,
    Session,
)
from psychsafety_xblock.models import (
    EchoTeam as TeamRow,
)
from psychsafety_xblock.service.echo_retention import let_echo_go
from tests.agendas import RUN, TALK, AgendaTeam, play
from tests.echoes import COURAGE, EchoTeam, filled, pool, shared, texts
from tests.support import Team, rows

pytestmark = pytest.mark.django_db

ALL = (EchoNote, TeamRow, EchoVisit, EchoShown, EchoTap, EchoReport)


def sweep() -> None:
    cache.clear()
    service.sweep()


def days(settings, number: int) -> None:
    settings.PSYCHSAFETY = {**settings.PSYCHSAFETY, "ECHO_DAYS": number}


class TestByAge:
    """ECHO_DAYS after the step that a note came with."""

    def test_all_of_a_step_together_with_what_was_shown_of_it(self, travel):
        filled()
        EchoTeam("d").write(share=False).open().count().command("close_session")
        travel(days=364)
        sweep()
        assert len(texts()) == 15
        travel(days=1)
        sweep()
        assert "leader 1 2" not in repr(rows())
        assert [model for model in ALL if model.objects.exists()] == [EchoVisit], "which leads to nothing any more"
        travel(days=32)
        sweep()
        assert not EchoVisit.objects.exists()

    def test_after_that_a_team_is_given_another_sample(self, travel):
        filled()
        EchoTeam("d").write(share=False).open().command("close_session")
        assert EchoVisit.objects.get().made_on.day == 1, "a day would tell which of that day's sessions it was"
        travel(days=365 + 31)
        sweep()
        filled()
        assert len(EchoTeam("d").write().open().heard()) == 12

    def test_what_waits_goes_by_the_month_in_which_the_first_came(self, settings, travel):
        days(settings, 60)
        travel(days=2)
        shared("a")
        first = pool().waiting_since
        assert first.day == 1, "a day would tell which of that day's sessions it was"
        travel(days=20)
        sweep()
        assert len(texts()) == 5
        travel(days=60)
        sweep()
        assert texts() == []
        assert pool().waiting_since is None
        assert not TeamRow.objects.exists()

    def test_a_request_deletes_some_and_the_command_all(self, monkeypatch, travel):
        monkeypatch.setattr("psychsafety_xblock.service.echo_retention._AT_ONCE", 4)
        filled()
        EchoTeam("d").write(share=False)
        travel(days=365)
        sweep()
        assert len(texts()) == 11
        call_command("psychsafety_purge", "--dry-run")
        assert len(texts()) == 11
        call_command("psychsafety_purge")
        assert texts() == []

    def test_nothing_to_do_costs_three_queries(self, django_assert_num_queries):
        with django_assert_num_queries(3):
            let_echo_go()


class TestPurging:
    """On request."""

    def test_a_course_run_takes_its_pools_along(self, capsys):
        filled()
        shared("e", run="course-v1:x+y+2")
        team = EchoTeam("d").write().open()
        team.tap_echo(team.seats[0], [team.echo["notes"][0]["id"]])
        call_command("psychsafety_purge", "--course-run", RUN, "--yes")
        assert "shared notes: 15" in capsys.readouterr().out
        assert texts() == sorted(f"e {number}" for number in range(5))
        assert list(EchoPool.objects.values_list("scope", flat=True)) == ["course-v1:x+y+2"]
        assert not EchoTap.objects.exists()

    def test_a_running_session_leaves_no_taps_in_a_pool_that_stays(self):
        wide = {**COURAGE, "echo_scope": "organisation"}
        filled(wall=wide, run="course-v1:x+y+2")
        team = EchoTeam("d", wall=wide).write().open()
        team.tap_echo(team.seats[0], [team.echo["notes"][0]["id"]])
        call_command("psychsafety_purge", "--course-run", RUN, "--yes")
        assert len(texts()) == 15
        assert not EchoTap.objects.exists()

    def test_a_block_takes_along_the_walls_that_its_author_wrote(self):
        own = {**COURAGE, "exercise": ""}
        filled(2, wall=own, usage="block 1")
        filled(2, wall=own, usage="block 11")
        running = EchoTeam("d", wall=own, usage="block 1").write()
        service.purge(service.plan_of_block("block 1"))
        assert running.session_id not in Session.objects.values_list("id", flat=True)
        assert {one.exercise for one in EchoPool.objects.all()} == {"own:block 11#0"}

    def test_also_what_a_session_shares_that_is_ended_for_it(self):
        own = {**COURAGE, "exercise": ""}
        team = EchoTeam("d", wall=own, usage="block 1")
        AgendaTeam(TALK, leader="d", usage="block 2")
        team.write()
        service.purge(service.plan_of_block("block 1"))
        assert Session.objects.filter(id=team.session_id).exists()
        assert texts() == []
        assert not EchoPool.objects.exists()

    def test_everything_is_everything(self):
        filled()
        EchoTeam("d").write().open()
        shared("waits")
        call_command("psychsafety_purge", "--everything", "--days", "0", "--yes")
        assert not any(model.objects.exists() for model in ALL)


class TestTeams:
    """A random mark that the sessions of one leader in a course run share."""

    def marks(self) -> list[str]:
        return list(Session.objects.filter(rehearsal=False).values_list("team", flat=True))

    def test_the_same_for_the_same_leader_and_another_for_all_else(self):
        AgendaTeam(TALK, leader="a").command("close_session")
        AgendaTeam(TALK, leader="a")
        assert len(set(self.marks())) == 1
        AgendaTeam(TALK, leader="b")
        AgendaTeam(TALK, leader="a", run="course-v1:x+y+2")
        assert len(set(self.marks())) == 3
        assert all(len(mark) == 32 for mark in self.marks())

    def test_it_survives_as_a_count_and_then_leads_nowhere(self, travel):
        played = AgendaTeam(TALK, leader="a")
        play(played)
        played.command("close_session")
        (mark,) = self.marks()
        travel(days=30)
        sweep()
        assert Session.objects.get().kept == "counts"
        assert self.marks() == [mark]
        AgendaTeam(TALK, leader="a")
        assert len(set(self.marks())) == 2, "nobody knows any more who led the first"

    def test_a_retired_account_keeps_none(self):
        AgendaTeam(TALK, leader="a").command("close_session")
        service.forget_account("a")
        AgendaTeam(TALK, leader="a")
        assert len(set(self.marks())) == 2

    def test_a_rehearsal_and_a_wall_for_everybody_have_none(self):
        Team("hour", rehearse=True)
        assert Session.objects.get().team == ""


class TestCompleted:
    """Whether a team came to what it had planned."""

    def completed(self) -> bool | None:
        return Session.objects.get().completed

    def test_not_known_before_the_end(self):
        AgendaTeam(TALK)
        assert self.completed() is None

    def test_with_the_summary(self):
        team = AgendaTeam(TALK, TALK)
        play(team)
        team.command("show_summary")
        team.command("close_session")
        assert self.completed() is True

    def test_through_all_that_was_not_left_out(self):
        team = AgendaTeam(TALK, TALK)
        play(team)
        team.command("close_round")
        team.command("skip")
        team.command("close_session")
        assert self.completed() is True

    def test_not_in_the_middle_of_it(self, travel):
        play(AgendaTeam(TALK, TALK))
        travel(hours=13)
        sweep()
        assert self.completed() is False

    def test_not_with_a_wall_that_was_given_up(self):
        team = EchoTeam("a")
        team.start()
        team.command("close_session")
        assert self.completed() is False

    def test_nor_where_nothing_was_done(self):
        AgendaTeam(TALK).command("close_session")
        assert self.completed() is False
