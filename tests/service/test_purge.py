"""`manage.py psychsafety_purge`: by age, course run and block; what it says, and when it refuses."""

import io

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from psychsafety_xblock import service
from psychsafety_xblock.models import Activity, Ballot, InsightSnapshot, Note, Round, Session, Tally, Token
from tests.agendas import AGREE, PULSE, RUN, TALK, WALL, AgendaTeam, count_all, play
from tests.support import Team, call, collecting, handler, is_refused, rows

pytestmark = pytest.mark.django_db

MODELS = (Session, Token, Activity, Round, Tally, Ballot, Note)


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("psychsafety_purge", *arguments, stdout=out)
    return out.getvalue()


def said(text: str) -> dict[str, int]:
    """What a report says of each kind of row, without the zeros."""
    pairs = [line.strip().rsplit(": ", 1) for line in text.splitlines()[1:]]
    return {name: int(count) for name, count in pairs if int(count)}


def held() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in MODELS}


def hour(**where) -> AgendaTeam:
    """A session with a wall and a pulse, ended; all notes have resonated."""
    team = AgendaTeam(WALL, PULSE, **where).fill(guests=5)
    play(team)
    count_all(team)
    play(team)
    team.command("close_session")
    return team


class TestByAge:
    """What cron does each night."""

    def test_only_what_is_over(self, travel):
        hour()
        assert said(run()) == {}
        travel(days=30)
        assert said(run()) == {"sessions reduced to counts": 1, "notes": 5, "seats and other tokens": 6}
        assert Session.objects.get().kept == "counts"
        assert not Note.objects.exists()
        assert said(run()) == {}

    def test_other_days_this_once(self):
        hour()
        assert said(run("--days", "1")) == {}
        assert said(run("--days", "0"))["sessions reduced to counts"] == 1

    def test_what_a_follow_up_needs_stays_a_while(self, travel):
        team = AgendaTeam(AGREE, PULSE).fill(guests=5)
        play(team)
        play(team)
        team.command("close_session")
        travel(days=30)
        assert said(run()) == {"sessions reduced to what their follow-up needs": 1, "seats and other tokens": 5}
        travel(days=5)
        assert said(run()) == {"sessions reduced to counts": 1, "seats and other tokens": 1}

    def test_forgotten_sessions_are_ended(self, travel):
        team = collecting()
        team.answers(["one"])
        travel(hours=13)
        assert said(run()) == {"sessions ended": 1}
        assert Session.objects.get().phase == "ended"
        assert not Note.objects.exists()

    def test_running_sessions_and_course_walls_stay(self):
        Team()
        handler("course-wall", "take_seat", {}, "amal")
        assert said(run("--days", "0")) == {}
        assert Session.objects.count() == 2

    def test_counts_too_where_it_is_meant(self, travel):
        hour()
        travel(days=400)
        run()
        for arguments in (["--everything", "--yes"], ["--everything", "--days", "365"]):
            with pytest.raises(CommandError):
                run(*arguments)
        assert Session.objects.exists()
        run("--everything", "--days", "401", "--yes")
        assert Session.objects.exists()
        run("--everything", "--days", "400", "--yes")
        assert not any(held().values())

    def test_a_negative_age(self):
        with pytest.raises(CommandError):
            run("--days", "-1")


class TestCourseRun:
    """Everything of it."""

    def test_all_sessions_whatever_their_age(self):
        team = collecting()
        handler("course-wall", "take_seat", {}, "amal")
        hour()
        assert said(run("--course-run", "another", "--yes")) == {}
        assert said(run("--course-run", "workbench", "--yes"))["sessions"] == 2
        assert list(Session.objects.values_list("course_run", flat=True)) == [RUN]
        cache.clear()
        is_refused(call(team.api, token=team.leader), 404, "unknown_session")

    def test_counts_too(self, travel):
        hour()
        travel(days=40)
        run()
        assert Session.objects.get().kept == "counts"
        run("--course-run", RUN, "--yes")
        assert not any(held().values())

    def test_its_figures_over_all_teams_too(self, travel):
        hour()
        travel(days=1)
        service.insights(RUN)
        service.insights("course-v1:a+b+c")
        for smaller in (["--days", "0", "--everything", "--yes"], ["--block", "unit", "--yes"]):
            run(*smaller)
            assert InsightSnapshot.objects.count() == 2
        assert said(run("--course-run", RUN, "--yes")) == {"figures over all teams": 1}
        assert InsightSnapshot.objects.get().course_run == "course-v1:a+b+c"


class TestBlock:
    """Everything that one block brought."""

    def both(self) -> AgendaTeam:
        """A session that goes on from the block "first" to the block "second", which has the same leader."""
        team = AgendaTeam(WALL, usage="first").fill(guests=5)
        play(team)
        AgendaTeam(PULSE, usage="second")
        play(team)
        return team

    def test_a_session_of_this_block_alone_goes_whole(self):
        hour(usage="first", leader="anna")
        hour(usage="second", leader="bo")
        assert said(run("--block", "first", "--yes"))["sessions"] == 1
        assert list(Activity.objects.values_list("usage_key", flat=True).distinct()) == ["second"]

    def test_of_a_session_that_went_on_elsewhere_only_its_part_goes_and_it_is_ended_first(self):
        team = self.both()
        assert said(run("--block", "first", "--yes")) == {
            "sessions ended": 1, "activities": 1, "rounds": 1, "notes": 5,
        }  # fmt: skip
        assert Session.objects.get().phase == "ended"
        assert list(Round.objects.values_list("activity__usage_key", flat=True)) == ["second"]
        assert Tally.objects.exists()
        cache.clear()
        is_refused(call(team.api, token=team.leader), 410, "ended")

    def test_another_block_is_left_alone(self):
        self.both()
        before = held()
        assert said(run("--block", "third", "--yes")) == {}
        assert held() == before


@pytest.mark.parametrize("which", [["--days", "0"], ["--course-run", RUN], ["--block", "unit"]])
def test_a_dry_run_says_what_a_run_does_and_changes_nothing(which, travel):
    hour()
    travel(days=1)
    before = rows()
    planned = run(*which, "--dry-run")
    assert planned.startswith("Nothing was changed.")
    assert rows() == before
    counted = held()
    done = run(*which, "--yes")
    assert said(done) == said(planned)
    gone = {model: counted[model] - left for model, left in held().items()}
    assert (gone["Note"], gone["Token"]) == (said(done)["notes"], said(done)["seats and other tokens"])
    assert said(done).get("rounds", 0) == gone["Round"]


@pytest.mark.parametrize("which", [["--course-run", RUN], ["--block", "unit"]])
def test_a_whole_course_or_block_needs_to_be_meant(which):
    hour()
    before = rows()
    with pytest.raises(CommandError, match="--yes") as caught:
        run(*which)
    assert caught.value.returncode == 1
    assert rows() == before


@pytest.mark.parametrize("which", [["--course-run", RUN, "--block", "b"], ["--course-run", RUN, "--days", "3"]])
def test_what_does_not_go_together_is_refused(which):
    with pytest.raises(CommandError):
        run(*which, "--yes")


def test_it_names_nobody_and_no_title(travel):
    team = AgendaTeam(TALK, AGREE, leader="mette").fill(guests=4)
    play(team)
    play(team)
    team.command("close_session")
    travel(days=60)
    text = run("--dry-run") + run() + run("--course-run", RUN, "--yes")
    for found in ("mette", "A team", "thank them", team.session_id, RUN):
        assert found not in text
