"""`manage.py psychsafety_status`: what it tells, when it says that something is wrong, and whom it never names."""

import io
import json

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from psychsafety_xblock import __version__, service
from psychsafety_xblock.models import Session
from tests.agendas import AGREE, RUN, SENTENCES, TALK, AgendaTeam, play
from tests.support import Team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def well(settings, own_cache):
    """A site on which all is well, but that this test runs on SQLite and in one process."""
    settings.SILENCED_SYSTEM_CHECKS = [f"psychsafety.{one}" for one in ("W002", "W010")]
    settings.PSYCHSAFETY = {"ROOT_URL": "https://testserver"}
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def run(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("psychsafety_status", *arguments, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue()
    return 0, out.getvalue()


def told() -> dict:
    return json.loads(run("--json")[1])


def ended(number: int = 1, **where) -> None:
    for _ in range(number):
        team = AgendaTeam(TALK, **where)
        play(team)
        team.command("close_session")


def test_all_is_well():
    code, text = run()
    assert (code, told()["problems"]) == (0, [])
    assert f"version: {__version__}" in text
    assert told()["settings"] == {"ROOT_URL": "https://testserver"}
    assert told()["database"]["engine"] == connection.vendor
    assert told()["database"]["isolation"] in (None, "read committed")
    assert told()["cache"] == {
        "alias": "default", "backend": "django.core.cache.backends.locmem.LocMemCache",
        "alive": True, "shared": False, "keeps_on_disk": False,
    }  # fmt: skip


def test_it_counts_sessions_by_what_is_left_of_them(travel):
    ended(2)
    team = AgendaTeam(AGREE, leader="bo").fill(guests=4)
    play(team)
    team.command("close_session")
    travel(days=30)
    cache.clear()
    service.sweep()
    ended(1)
    Team()
    sessions = told()["sessions"]
    assert sessions.pop("last_sweep").endswith("+00:00")
    assert sessions == {
        "open": 1, "open_too_long": 0, "walls_for_everybody": 0, "ended_and_kept": 1, "kept_for_a_follow_up": 1,
        "counts_only": 2, "over_the_retention_time": 0, "oldest_of_them_ended_days_ago": None, "over_it_for_long": 0,
    }  # fmt: skip


def test_what_is_over_its_time_is_a_problem_after_some_days_only(travel):
    ended()
    travel(days=31)
    assert told()["sessions"]["over_the_retention_time"] == 1
    assert run()[0] == 0
    travel(days=1)
    assert told()["sessions"]["oldest_of_them_ended_days_ago"] == 32
    assert run()[0] == 1
    service.purge(service.plan_of_retention())
    assert run()[0] == 0


def test_a_migration_that_is_missing():
    last = MigrationRecorder.Migration.objects.filter(app="psychsafety_xblock").order_by("name").last()
    last.delete()
    code, text = run()
    assert code == 1
    assert f"migration {last.name} is not applied" in text
    assert "sessions" not in told()


def test_a_cache_that_is_not_there(settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    }
    code, text = run()
    assert code == 1
    assert "alive: no" in text
    assert "keeps_on_disk: unknown" in text


def test_a_check_that_says_something(settings):
    settings.PSYCHSAFETY = {**settings.PSYCHSAFETY, "MINIMUM_FLOOR": 1}
    assert run()[0] == 1
    assert told()["checks"] == ["psychsafety.W004"]
    settings.SILENCED_SYSTEM_CHECKS = [*settings.SILENCED_SYSTEM_CHECKS, "psychsafety.W004"]
    assert run()[0] == 0


def test_a_course_run_is_named_from_three_sessions_up():
    ended(2)
    assert told()["courses"] == {}
    ended(1)
    assert told()["courses"] == {RUN: 3}


def test_nobody_and_no_title_is_in_it():
    team = AgendaTeam(AGREE, leader="mette-77").fill(guests=4)
    play(team)
    team.command("close_session")
    text = run()[1] + run("--json")[1]
    for found in ("mette-77", "A team", SENTENCES[0], team.session_id, Session.objects.get().leader_mark, RUN):
        assert found not in text
