"""Deleting on request, by age, course run or block. A plan says what would go, and is what is carried out."""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from ..echo_taps import end_echo
from ..logs import report
from ..models import Activity, Ballot, EchoNote, EchoPool, InsightSnapshot, Note, Round, Session, Tally, Token
from ..settings import option
from ..sqlite_log import empty_log_afterwards
from .cache import forget_pepper, forget_state
from .clock import now
from .echo_retention import let_echo_go, notes_over, pools_of_block, pools_of_course_run
from .retention import due, is_kept, let_go
from .sweeping import end_session, overdue

log = logging.getLogger(__name__)

#: What hangs on a session, by the name that a report calls it.
_ROWS: dict[str, tuple[type[Model], str]] = {
    "activities": (Activity, "session"),
    "rounds": (Round, "session"),
    "tallies": (Tally, "round__session"),
    "notes": (Note, "round__session"),
    "seats and other tokens": (Token, "session"),
    "ballots": (Ballot, "round__session"),
}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a purge does, by ids, and `rows`: how many of each kind go. No title and nobody is in a report of it."""

    days: int | None = None
    end: list[str] = field(default_factory=list)
    reduce: list[str] = field(default_factory=list)
    delete: list[str] = field(default_factory=list)
    activities: list[int] = field(default_factory=list)
    #: Whole pools of the echo, and how many days its notes are kept; None: those of other pools stay.
    pools: list[int] = field(default_factory=list)
    echo_days: int | None = None
    #: The figures over all teams of course runs of which nothing stays.
    figures: list[int] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)


def plan_of_retention(days: int | None = None) -> Plan:
    """What the retention time is over for; `days` instead of the site's. Sessions that nobody closed are ended."""
    reduce = list(due(days))
    bare = [one.id for one in reduce if one.rehearsal or not is_kept(one, days)]
    kept = [one.id for one in reduce if one.id not in set(bare)]
    gone = _rows(bare, without=("activities", "rounds", "tallies"))
    less = {"notes": _count("notes", kept), "seats and other tokens": _seats(kept)}
    rows = {
        "sessions reduced to counts": len(bare),
        "sessions reduced to what their follow-up needs": len(kept),
        **{name: gone[name] + less.get(name, 0) for name in gone},
    }
    rows["shared notes"] = notes_over().count()
    end = list(overdue().values_list("id", flat=True))
    return Plan(
        days=days,
        end=end,
        reduce=[one.id for one in reduce],
        echo_days=int(option("ECHO_DAYS")),
        rows={"sessions ended": len(end), **rows},
    )


def plan_of_everything(days: int) -> Plan:
    """Whole sessions that ended at least so many days ago, their counts included, and notes shared so long ago."""
    last = now().date() - datetime.timedelta(days=days)
    whole = _whole(Session.objects.filter(phase=Session.Phase.ENDED, ended_on__lte=last))
    return replace(whole, echo_days=days, rows={**whole.rows, "shared notes": notes_over(days).count()})


def plan_of_course_run(course_run: str) -> Plan:
    """All sessions of a course run whatever their age, running ones, walls for everybody and counts included.

    The figures over all its teams go with them; where only some sessions are deleted, what was told of many stays.
    """
    plan = _with_pools(_whole(Session.objects.filter(course_run=course_run)), pools_of_course_run(course_run))
    figures = list(InsightSnapshot.objects.filter(course_run=course_run).values_list("id", flat=True))
    return replace(plan, figures=figures, rows={**plan.rows, "figures over all teams": len(figures)})


def plan_of_block(usage_key: str) -> Plan:
    """Everything that a block brought into sessions, whatever their age.

    A session that has nothing of another block goes whole. One that has, and is still open, is ended first: nobody may
    find the step gone that they are in.
    """
    of_block = Session.objects.filter(activities__usage_key=usage_key)
    others = Activity.objects.exclude(usage_key=usage_key).values("session")
    shared = of_block.filter(id__in=others).distinct()
    whole = _whole(of_block.exclude(id__in=others).distinct())
    parts = Activity.objects.filter(usage_key=usage_key, session__in=shared)
    rows = {
        "activities": parts.count(),
        "rounds": Round.objects.filter(activity__in=parts).count(),
        "tallies": Tally.objects.filter(round__activity__in=parts).count(),
        "notes": Note.objects.filter(round__activity__in=parts).count(),
        "ballots": Ballot.objects.filter(round__activity__in=parts).count(),
    }
    end = list(shared.exclude(phase=Session.Phase.ENDED).values_list("id", flat=True))
    plan = Plan(
        end=end,
        delete=whole.delete,
        activities=list(parts.values_list("id", flat=True)),
        rows={"sessions ended": len(end), **{name: n + rows.get(name, 0) for name, n in whole.rows.items()}},
    )
    return _with_pools(plan, pools_of_block(usage_key))


def purge(plan: Plan) -> None:
    """Carry a plan out, one session at a time: all in one transaction would hold up those that still run."""
    for session_id in plan.end:
        end_session(session_id)
    # A session that was ended just now may be over its time at once, where that is no days.
    reduce = [*plan.reduce, *(one for one in plan.end if not plan.delete and not plan.activities)]
    for session_id in reduce:
        let_go(session_id, plan.days)
    for session in Session.objects.filter(id__in=plan.delete):
        with transaction.atomic():
            for round_id in Round.objects.filter(session=session, echo=Round.Echo.OPEN).values_list("id", flat=True):
                end_echo(round_id)
            session.delete()
            empty_log_afterwards()
        forget_pepper(session)
        forget_state(session.id)
    usages = set(Activity.objects.filter(id__in=plan.activities).values_list("usage_key", flat=True))
    for activity_id in plan.activities:
        Activity.objects.filter(id=activity_id).delete()
    # With what sessions that were ended just now have shared.
    fresh = [one for usage in usages for one in pools_of_block(usage).values_list("id", flat=True)]
    for pool_id in {*plan.pools, *fresh}:
        with transaction.atomic():
            EchoPool.objects.filter(id=pool_id).delete()
            empty_log_afterwards()
    InsightSnapshot.objects.filter(id__in=plan.figures).delete()
    if plan.echo_days is not None:
        let_echo_go(plan.echo_days, whole=True)
    report(log, logging.INFO, "purge.done", **{name.replace(" ", "_"): n for name, n in plan.rows.items()})


def _with_pools(plan: Plan, pools: QuerySet[EchoPool]) -> Plan:
    ids = list(pools.order_by("id").values_list("id", flat=True))
    return replace(plan, pools=ids, rows={**plan.rows, "shared notes": EchoNote.objects.filter(pool__in=ids).count()})


def _whole(sessions: QuerySet[Session]) -> Plan:
    ids = list(sessions.order_by("id").values_list("id", flat=True))
    return Plan(delete=ids, rows={"sessions": len(ids), **_rows(ids)})


def _rows(ids: list[str], without: tuple[str, ...] = ()) -> dict[str, int]:
    return {name: _count(name, ids) for name in _ROWS if name not in without}


def _count(name: str, ids: list[str]) -> int:
    model, session = _ROWS[name]
    return model._default_manager.filter(Q(**{f"{session}__in": ids})).count()


def _seats(ids: list[str]) -> int:
    return Token.objects.filter(session__in=ids, role=Token.Role.SEAT).count()
