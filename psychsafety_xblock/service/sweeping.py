"""How sessions end and are forgotten: by the leader, by themselves, by age."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from .. import events
from ..core.activities import kind_of
from ..core.errors import Refused
from ..core.privacy import RESONANCE_FLOOR
from ..models import Activity, Round, Session, Token
from ..settings import option
from ..storage import close_round, retried, take_walls_down
from .cache import cache, forget_pepper, forget_state, key
from .clock import now

_SWEEP_EVERY_SECONDS = 60
_AT_ONCE = 20


def is_over(session: Session) -> bool:
    """Whether a team's session has ended, also when nobody has said so yet. A course-wide wall never ends by itself."""
    if session.phase == Session.Phase.ENDED:
        return True
    return session.kind == Session.Kind.TEAM and session.expires_at <= now()


def locked(session_id: str) -> Session:
    """An open session with its row held, inside the caller's transaction. Raises `unknown_session` or `ended`."""
    session = Session.objects.select_for_update().filter(id=session_id).first()
    if session is None:
        raise Refused("unknown_session")
    if is_over(session):
        raise Refused("ended")
    return session


def end_within(session: Session) -> None:
    """End a session inside the caller's transaction: the walls come down and nothing says who led it any more.

    Hashes of seats stay until the session is purged, so that a browser can show that it held one (`complete`).
    """
    for round_id in Round.objects.filter(session=session, open_slot__isnull=False).values_list("id", flat=True):
        close_round(round_id)
    take_walls_down(session.id, RESONANCE_FLOOR)
    if session.kind == Session.Kind.TEAM and not session.rehearsal:
        counts = _counts(session)
        # Robust: a tracking that fails ends no session twice and keeps nobody in the room.
        transaction.on_commit(lambda: events.session_ended(counts), robust=True)
    session.phase = Session.Phase.ENDED
    session.ended_on = now().date()
    session.open_slot = None
    session.join_code = None
    session.begun_at = None
    session.shown_round = None
    session.save(update_fields=["phase", "ended_on", "open_slot", "join_code", "begun_at", "shown_round"])
    Token.objects.filter(session=session).exclude(role=Token.Role.SEAT).delete()


def _counts(session: Session) -> dict[str, Any]:
    """What the one event of a session says: how many seats, how much was done. Nothing of any answer."""
    seats = Token.objects.filter(session=session, role=Token.Role.SEAT)
    done = [kind_of(one.definition).name for one in Round.objects.filter(session=session).order_by("number")]
    return {
        "course_run": session.course_run,
        "seats": seats.count(),
        "guest_seats": seats.filter(guest=True).count(),
        "activities": Activity.objects.filter(session=session).count(),
        "rounds": {name: done.count(name) for name in sorted(set(done))},
    }


def forget_rehearsal(session: Session) -> None:
    """Delete an ended rehearsal with everything in it; does nothing to a real session."""
    if session.rehearsal:
        Session.objects.filter(id=session.id, rehearsal=True).delete()


@retried
def end_session(session_id: str) -> None:
    """End a session that is still open; does nothing otherwise."""
    with transaction.atomic():
        session = Session.objects.select_for_update().filter(id=session_id).first()
        if session is None or session.phase == Session.Phase.ENDED:
            return
        end_within(session)
    forget_pepper(session)
    forget_state(session.id)
    forget_rehearsal(session)


def sweep() -> int:
    """End sessions that nobody closed, and delete what is older than the retention time.

    A few at a time and at most once a minute. Gives how many ended.
    """
    if not cache().add(key("sweep"), 1, _SWEEP_EVERY_SECONDS):
        return 0
    _delete(list(_older_than(option("RETENTION_DAYS"))[:_AT_ONCE]))
    return sweep_now(_AT_ONCE)


def sweep_now(limit: int) -> int:
    """End up to `limit` sessions whose time is over. Gives how many."""
    over = Session.objects.filter(kind=Session.Kind.TEAM, expires_at__lte=now()).exclude(phase=Session.Phase.ENDED)
    ids = list(over.order_by("expires_at").values_list("id", flat=True)[:limit])
    for session_id in ids:
        end_session(session_id)
    return len(ids)


def purge(*, days: int | None = None, course_run: str | None = None) -> int:
    """Delete ended sessions with everything in them; gives how many.

    `days`: ended at least so many days ago (default: the site's retention time). With `course_run`, all sessions of
    that course run, running ones and course-wide walls included, whatever their age.
    """
    while sweep_now(_AT_ONCE):
        pass
    if course_run is not None:
        ids = list(Session.objects.filter(course_run=course_run).values_list("id", flat=True))
    else:
        ids = list(_older_than(option("RETENTION_DAYS") if days is None else days))
    _delete(ids)
    return len(ids)


def _older_than(days: int) -> QuerySet[Session, str]:
    """Ids of sessions that ended at least so many days ago, and of rehearsals whose deletion died half-way."""
    last = now().date() - datetime.timedelta(days=days)
    over = Session.objects.filter(phase=Session.Phase.ENDED)
    return over.filter(Q(ended_on__lte=last) | Q(rehearsal=True)).values_list("id", flat=True)


def _delete(ids: list[str]) -> None:
    for session_id in ids:
        # One at a time: a course run's sessions in one transaction would hold up those that still run.
        Session.objects.filter(id=session_id).delete()
        forget_state(session_id)
