"""When the platform retires a user, nothing is left that could be led back to the account."""

import io
import sys
import types

import pytest
from django.core.management import call_command
from django.dispatch import Signal

from psychsafety_xblock import service
from psychsafety_xblock.core import codes
from psychsafety_xblock.models import Ballot, EchoPool, EchoReport, EchoTap, EchoVisit, Note, Session, Token
from psychsafety_xblock.service.cache import pepper_of
from psychsafety_xblock.service.echo_pool import hall_mark, reader_mark, team_mark
from psychsafety_xblock.service.opening import leader_mark
from tests.agendas import PULSE, RUN, TALK, WALL, AgendaTeam, play
from tests.echoes import COURAGE, EchoTeam, filled, shared, texts
from tests.support import Team, cached, call, handler, rows

pytestmark = pytest.mark.django_db

ACCOUNT = "7001"
SECOND_RUN = RUN + "2"


def ended(**where) -> AgendaTeam:
    team = AgendaTeam(TALK, **where).fill(guests=1)
    play(team)
    team.token = team.command("close_session")["summary_token"]
    return team


def traces(account: str, secret: str | None = None) -> set[str]:
    """All that can be computed for an account and found in a table or in the cache, while the peppers live."""
    found = {codes.slot(account)}
    for run in (RUN, SECOND_RUN, "workbench"):
        found |= {leader_mark(run, account, secret)}
        found |= {codes.slot(role, run, account) for role in ("lead", "rehearse")}
    for pool in EchoPool.objects.all():
        for run in (RUN, SECOND_RUN, "workbench"):
            team = team_mark(pool.slot, leader_mark(run, account, secret), secret)
            found |= {team, hall_mark(team, secret), reader_mark(team, secret)}
    for session in Session.objects.all():
        pepper = pepper_of(session)
        if pepper is not None:
            digest = codes.token_hash(codes.learner_token(pepper, session.id, f"seat:{account}"))
            found |= {digest, str(codes.key_of(digest))}
    return found


def stored(account: str, secret: str | None = None) -> set[str]:
    everything = repr(rows()) + repr(cached())
    return {trace for trace in traces(account, secret) if trace in everything}


def forget(account: str = ACCOUNT) -> dict[str, int]:
    return {name: count for name, count in service.forget_account(account).items() if count}


def test_sessions_that_it_led_in_all_course_runs():
    for run in (RUN, SECOND_RUN):
        ended(leader=ACCOUNT, run=run)
    ended(leader="another")
    assert len(stored(ACCOUNT)) == 2
    assert forget() == {"leader's marks": 2}
    assert stored(ACCOUNT) == set()
    assert len(stored("another")) == 1
    assert Session.objects.count() == 3, "what the teams did stays"
    assert Token.objects.filter(role="summary").count() == 1


def test_the_summary_opens_to_nobody_any_more():
    team = ended(leader=ACCOUNT)
    assert call(team.api + "summary", token=team.token).status_code == 200
    forget()
    assert call(team.api + "summary", token=team.token).status_code in (401, 404, 410)
    assert service.past_sessions(course_run=RUN, leader=ACCOUNT) == []


def test_a_session_that_it_leads_ends():
    AgendaTeam(TALK, leader=ACCOUNT).command("start_round")
    assert stored(ACCOUNT)
    assert forget() == {"open sessions ended": 1, "leader's marks": 1}
    assert Session.objects.get().phase == "ended"
    assert stored(ACCOUNT) == set()


def test_a_rehearsal_is_deleted():
    Team("hour", leader=ACCOUNT, rehearse=True)
    assert forget() == {"open sessions ended": 1}
    assert not Session.objects.exists()


def test_a_seat_in_a_session_that_is_open_and_the_answer_counts_on():
    team = AgendaTeam(WALL, leader="another").fill(guests=3)
    seat = team.account(ACCOUNT)
    team.start()
    for token in team.seats:
        team.answer(token, "a note")
    assert stored(ACCOUNT)
    assert forget() == {"seats": 1}
    assert stored(ACCOUNT) == set()
    assert call(team.api, token=seat).status_code == 401
    assert team.state()["seats"]["all"] == 3
    assert Ballot.objects.count() == 4
    assert len(team.command("reveal")["round"]["results"]["notes"]) == 4


def test_a_seat_on_a_wall_for_everybody():
    assert handler("course-wall", "take_seat", {}, ACCOUNT).status_code == 200
    assert handler("course-wall", "take_seat", {}, "another").status_code == 200
    assert forget() == {"seats": 1}
    assert stored(ACCOUNT) == set()
    assert Token.objects.count() == 1


def test_marks_under_a_former_key(settings):
    ended(leader=ACCOUNT)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    assert stored(ACCOUNT, former)
    assert forget() == {}
    settings.SECRET_KEY_FALLBACKS = [former]
    assert forget() == {"leader's marks": 1}
    assert stored(ACCOUNT, former) == set()


class TestTheEcho:
    """Its teams' notes stay, as those of a team that nobody can find."""

    def test_what_it_shared_was_shown_tapped_and_reported(self):
        filled()
        shared(ACCOUNT)
        shared(ACCOUNT, people=30)
        team = EchoTeam(ACCOUNT).write().open()
        team.command("report_note", note=team.echo["notes"][0]["id"])
        team.count().command("close_session")
        assert len(stored(ACCOUNT)) == 4, "in the course run, and in the pool its team, its hall, and as a reader"
        before = texts()
        assert forget() == {"leader's marks": 3, "echoes": 1}
        assert stored(ACCOUNT) == set()
        assert texts() == before
        assert not EchoVisit.objects.exists()
        assert EchoTap.objects.exists() and EchoReport.objects.exists()

    def test_its_team_and_its_hall_are_still_one_team(self):
        shared(ACCOUNT)
        shared(ACCOUNT, people=30)
        shared("another")
        forget()
        assert EchoTeam("looks").write().round["echo_offer"] == "pool"
        assert len(texts(live=True)) == 30, "the hall alone: two teams wait on"

    def test_in_a_whole_organisation_and_under_a_former_key(self, settings):
        wide = {**COURAGE, "echo_scope": "organisation"}
        shared(ACCOUNT, wall=wide, run=SECOND_RUN)
        former, settings.SECRET_KEY = settings.SECRET_KEY, "another"
        shared(ACCOUNT, wall=wide)
        settings.SECRET_KEY_FALLBACKS = [former]
        assert len(stored(ACCOUNT)) == len(stored(ACCOUNT, former)) == 2
        assert forget() == {"leader's marks": 2, "echoes": 2}
        assert stored(ACCOUNT) == stored(ACCOUNT, former) == set()
        assert len(texts()) == 10


def test_an_account_that_never_came_changes_nothing():
    team = AgendaTeam(WALL, leader="another").fill(guests=4)
    team.account("amal")
    before = rows()
    assert forget() == {}
    assert rows() == before


def test_the_command_does_the_same_and_names_nobody():
    ended(leader=ACCOUNT)
    out = io.StringIO()
    call_command("psychsafety_forget", "--account", ACCOUNT, stdout=out)
    assert "leader's marks: 1" in out.getvalue()
    assert ACCOUNT not in out.getvalue()
    assert stored(ACCOUNT) == set()


class TestThePlatform:
    """Its real plugin loader connects us to its signals; the modules that hold these stand in for the platform's."""

    @pytest.fixture
    def signals(self, monkeypatch):
        """The two signals, at the places where the platform has them."""
        held = {
            "openedx.core.djangoapps.user_api.accounts.signals": {"USER_RETIRE_LMS_CRITICAL": Signal()},
            "xmodule.modulestore.django": {"COURSE_DELETED": Signal()},
        }
        for path, names in held.items():
            parts = path.split(".")
            for depth in range(1, len(parts) + 1):
                name = ".".join(parts[:depth])
                monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
            for name, signal in names.items():
                setattr(sys.modules[path], name, signal)
        return {name: signal for names in held.values() for name, signal in names.items()}

    def connect(self, project: str) -> None:
        plugins = pytest.importorskip("edx_django_utils.plugins")
        plugins.connect_plugin_receivers(project)

    def test_retirement(self, signals):
        self.connect("lms.djangoapp")
        ended(leader=ACCOUNT)
        user = types.SimpleNamespace(pk=int(ACCOUNT), id=int(ACCOUNT), username="mette", email="m@example.com")
        signals["USER_RETIRE_LMS_CRITICAL"].send(
            sender=object, user=user, retired_username="retired__user_x", retired_email="retired__x@example.com"
        )
        assert stored(ACCOUNT) == set()

    @pytest.mark.parametrize(
        ("project", "key"), [("lms.djangoapp", RUN), ("cms.djangoapp", RUN + "+branch@published-branch")]
    )
    def test_a_course_is_deleted(self, signals, project, key):
        self.connect(project)
        team = AgendaTeam(WALL, PULSE).fill(guests=4)
        play(team)
        ended(run=SECOND_RUN)
        key = pytest.importorskip("opaque_keys.edx.keys").CourseKey.from_string(key)
        ((_, response),) = signals["COURSE_DELETED"].send_robust(sender=object, course_key=key)
        assert response is None, "the platform logs what a receiver gives back"
        assert list(Session.objects.values_list("course_run", flat=True)) == [SECOND_RUN]
        assert not Note.objects.exists()

    def test_a_failure_reaches_the_retirement(self, signals, monkeypatch):
        self.connect("lms.djangoapp")

        def fail(account):
            raise RuntimeError("the database is away")

        monkeypatch.setattr("psychsafety_xblock.service.forget_account", fail)
        with pytest.raises(RuntimeError):
            signals["USER_RETIRE_LMS_CRITICAL"].send(sender=object, user=types.SimpleNamespace(pk=1))

    def test_studio_listens_to_no_retirement(self, signals):
        self.connect("cms.djangoapp")
        assert not signals["USER_RETIRE_LMS_CRITICAL"].receivers
