"""What an administrator wants to see at a glance: numbers and settings, nobody and no title."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, QuerySet

from .. import __version__, cache_facts
from ..models import Session
from ..settings import DEFAULTS, option
from .clock import now
from .retention import due
from .sweeping import last_sweep, overdue

LABEL = "psychsafety_xblock"
#: A course run with fewer sessions is not named, for its one session would be somebody's.
SMALLEST_COURSE = 3
#: So long after its day nobody has come by, and no command was run: then it is a problem.
_GRACE_DAYS = 2
_VERSIONS = {"sqlite": "SELECT sqlite_version()", "mysql": "SELECT version()", "postgresql": "SHOW server_version"}


def status() -> dict[str, Any]:
    """The state of the installation; `problems` lists what is wrong, as texts that name settings and ids only.

    Raises what the database raises when it cannot be asked.
    """
    missing = _missing_migrations()
    found: dict[str, Any] = {
        "version": __version__,
        "migrations": {"missing": missing},
        "database": _database(),
        "cache": _cache(),
        "settings": {name: option(name) for name, default in DEFAULTS.items() if option(name) != default},
        "checks": [message.id for message in _messages()],
    }
    if not missing:
        found |= {"sessions": _sessions(), "courses": _courses()}
    return {**found, "problems": _problems(found)}


def _missing_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    targets = [key for key in executor.loader.graph.leaf_nodes() if key[0] == LABEL]
    return [migration.name for migration, _ in executor.migration_plan(targets) if migration.app_label == LABEL]


def _database() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS[connection.vendor])
        (version,) = cursor.fetchone()
        level = ""
        if connection.vendor == "mysql":
            # MariaDB knows the first name only.
            cursor.execute("SHOW SESSION VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')")
            level = cursor.fetchall()[0][1]
        elif connection.vendor == "postgresql":
            cursor.execute("SHOW transaction_isolation")
            (level,) = cursor.fetchone()
    isolation = level.lower().replace("-", " ")
    return {"engine": connection.vendor, "version": version, "isolation": isolation or None}


def _cache() -> dict[str, Any]:
    """`keeps_on_disk` is null where the server does not say."""
    return {
        "alias": option("CACHE"),
        "backend": cache_facts.backend(),
        "alive": cache_facts.is_alive(),
        "shared": not cache_facts.is_per_process(),
        "keeps_on_disk": cache_facts.keeps_on_disk(),
    }


def _sessions() -> dict[str, Any]:
    ended = Session.objects.filter(phase=Session.Phase.ENDED)
    waiting, today = due(), now().date()
    oldest = waiting.values_list("ended_on", flat=True).first()
    swept = last_sweep() if cache_facts.is_alive() else None
    return {
        "open": Session.objects.filter(kind=Session.Kind.TEAM).exclude(phase=Session.Phase.ENDED).count(),
        "open_too_long": overdue().count(),
        "walls_for_everybody": Session.objects.filter(kind=Session.Kind.COURSE).exclude(phase="ended").count(),
        "ended_and_kept": ended.filter(kept=Session.Kept.ALL).count(),
        "kept_for_a_follow_up": ended.filter(kept=Session.Kept.FOLLOW_UP).count(),
        "counts_only": ended.filter(kept=Session.Kept.COUNTS).count(),
        "over_the_retention_time": waiting.count(),
        "oldest_of_them_ended_days_ago": (today - oldest).days if oldest else None,
        "over_it_for_long": _forgotten(waiting).count(),
        "last_sweep": datetime.datetime.fromtimestamp(swept, datetime.UTC).isoformat(timespec="minutes")
        if swept
        else None,
    }


def _forgotten(waiting: QuerySet[Session]) -> QuerySet[Session]:
    """Those that have waited for some days; what a follow-up kept a while may be counted a few days early."""
    days = int(option("RETENTION_DAYS")) + _GRACE_DAYS
    return waiting.filter(ended_on__lte=now().date() - datetime.timedelta(days=days), kept=Session.Kept.ALL)


def _courses() -> dict[str, int]:
    rows = Session.objects.filter(rehearsal=False).values("course_run").annotate(n=Count("id")).order_by("course_run")
    return {row["course_run"]: row["n"] for row in rows if row["n"] >= SMALLEST_COURSE}


def _messages() -> list[CheckMessage]:
    messages = run_checks(tags=["psychsafety"], include_deployment_checks=not settings.DEBUG)
    return [message for message in messages if not message.is_silenced()]


def _problems(found: dict[str, Any]) -> list[str]:
    problems = [f"migration {name} is not applied" for name in found["migrations"]["missing"]]
    if not found["cache"]["alive"]:
        problems.append("the cache does not give back what is put into it")
    problems += [f"{message.id}: {message.msg}" for message in _messages()]
    sessions = found.get("sessions", {})
    if sessions.get("over_it_for_long"):
        problems.append("sessions are over the retention time for days: run psychsafety_purge from cron")
    return problems
