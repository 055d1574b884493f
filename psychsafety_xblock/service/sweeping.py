"""How sessions end and are forgotten: by the leader, by themselves, by age."""

from __future__ import annotations

import datetime

from django.db import transaction

from ..core.errors import Refused
from ..core.privacy import RESONANCE_FLOOR
from ..models import Round, Session, Token
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
    session.phase = Session.Phase.ENDED
    session.ended_on = now().date()
    session.open_slot = None
    session.join_code = None
    session.save(update_fields=["phase", "ended_on", "open_slot", "join_code"])
    Token.objects.filter(session=session).exclude(role=Token.Role.SEAT).delete()


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


def sweep() -> int:
    """End sessions that nobody closed, a few at a time and at most once a minute. Gives how many ended."""
    if not cache().add(key("sweep"), 1, _SWEEP_EVERY_SECONDS):
        return 0
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
        doomed = Session.objects.filter(course_run=course_run)
    else:
        age = option("RETENTION_DAYS") if days is None else days
        doomed = Session.objects.filter(
            phase=Session.Phase.ENDED, ended_on__lte=now().date() - datetime.timedelta(days=age)
        )
    ids = list(doomed.values_list("id", flat=True))
    for session_id in ids:
        # One at a time: a course run's sessions in one transaction would hold up those that still run.
        Session.objects.filter(id=session_id).delete()
        forget_state(session_id)
    return len(ids)
