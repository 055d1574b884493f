"""How sessions end and are forgotten: by the leader, by themselves, by age."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from .. import events
from ..core.activities import kind_of
from ..core.errors import Refused
from ..core.privacy import RESONANCE_FLOOR
from ..forgetting import keep_what_was_shown
from ..logs import report
from ..models import Activity, Ballot, Round, Session, Token
from ..sqlite_log import empty_log
from ..storage import close_round, retried, take_walls_down
from .cache import cache, forget_pepper, forget_state, key
from .clock import now
from .echo_pool import share_what_closed
from .echo_retention import let_echo_go
from .facts import was_shown
from .retention import due, let_go
from .summary import agreed_until

log = logging.getLogger(__name__)

_SWEEP_EVERY_SECONDS = 60
_AT_ONCE = 20
_SWEPT_KNOWN_SECONDS = 30 * 86400


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

    Of counters that were not shown nothing is left, not even for who can read the database. Hashes of seats stay until
    the retention time is over, so that a browser can show that it held one (`complete`).
    """
    for round_id in Round.objects.filter(session=session, open_slot__isnull=False).values_list("id", flat=True):
        close_round(round_id)
    take_walls_down(session.id, RESONANCE_FLOOR)
    keep_what_was_shown(session.id)
    if session.kind == Session.Kind.TEAM and not session.rehearsal:
        counts = _counts(session)
        session.seats = counts["seats"]
        session.follow_up_on = agreed_until(session)
        session.completed = _completed(session)
        # Robust: a tracking that fails ends no session twice and keeps nobody in the room.
        transaction.on_commit(lambda: events.session_ended(counts), robust=True)
    session.phase = Session.Phase.ENDED
    session.ended_on = now().date()
    session.open_slot = None
    session.join_code = None
    session.begun_at = None
    session.shown_round = None
    session.save(
        update_fields=[
            "phase", "ended_on", "open_slot", "join_code", "begun_at", "shown_round", "seats", "follow_up_on",
            "completed",
        ]
    )  # fmt: skip
    Token.objects.filter(session=session).exclude(role=Token.Role.SEAT).delete()
    Token.objects.filter(session=session, late=True).update(late=False)


def _completed(session: Session) -> bool:
    """Whether a session that ends came to what was planned: to its summary, or through all that was not left out."""
    shown = {one.activity_id for one in Round.objects.filter(session=session).order_by("number") if was_shown(one)}
    if session.phase == Session.Phase.SUMMARY:
        return bool(shown)
    planned = set(Activity.objects.filter(session=session, skipped=False).values_list("id", flat=True))
    return bool(planned) and planned <= shown


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
        empty_log()


@retried
def close_last_round(session_id: str, step: int | None = None) -> None:
    """Close the round that is shown or collects, and copy what may be shared of it and of earlier ones.

    Two transactions, both before the one that ends the session and takes its walls down. With `step`, only if the
    session still stands there.
    """
    with transaction.atomic():
        session = Session.objects.select_for_update().filter(id=session_id, kind=Session.Kind.TEAM).first()
        if session is None or session.phase == Session.Phase.ENDED or step not in (None, session.step):
            return
        for round_id in Round.objects.filter(session=session, open_slot__isnull=False).values_list("id", flat=True):
            close_round(round_id)
    share_what_closed(session_id)


def end_session(session_id: str) -> None:
    """End a session that is still open; does nothing otherwise."""
    close_last_round(session_id)
    _end(session_id)


@retried
def _end(session_id: str) -> None:
    with transaction.atomic():
        session = Session.objects.select_for_update().filter(id=session_id).first()
        if session is None or session.phase == Session.Phase.ENDED:
            return
        end_within(session)
    forget_pepper(session)
    forget_state(session.id)
    forget_rehearsal(session)


def sweep() -> int:
    """End sessions that nobody closed, and let go what the retention time is over for.

    A few at a time and at most once a minute. Gives how many ended. Ballots go that a course-wide wall's last period
    left behind, when the database went away between its end and their deletion.
    """
    if not cache().add(key("sweep"), 1, _SWEEP_EVERY_SECONDS):
        return 0
    cache().set(key("swept"), now().timestamp(), _SWEPT_KNOWN_SECONDS)
    _destroy_left_ballots()
    let_echo_go()
    over = list(due().values_list("id", flat=True)[:_AT_ONCE])
    for session_id in over:
        let_go(session_id)
    ended = sweep_now(_AT_ONCE)
    if over or ended:
        report(log, logging.INFO, "sweep.done", ended=ended, let_go=len(over))
    return ended


def _destroy_left_ballots() -> None:
    left = Ballot.objects.filter(round__phase=Round.Phase.CLOSED).values_list("round_id", flat=True).distinct()
    # Looked for before: a deletion that searches would lock what it passes.
    rounds = list(left[:_AT_ONCE])
    if rounds:
        Ballot.objects.filter(round_id__in=rounds).delete()


def last_sweep() -> float | None:
    """When a request last swept, in seconds since the epoch, as far as the cache knows."""
    found: float | None = cache().get(key("swept"))
    return found


def sweep_now(limit: int) -> int:
    """End up to `limit` sessions whose time is over. Gives how many."""
    ids = list(overdue().order_by("expires_at").values_list("id", flat=True)[:limit])
    for session_id in ids:
        end_session(session_id)
    return len(ids)


def overdue() -> QuerySet[Session]:
    """Sessions of teams that are open though their time is over."""
    open_ones = Session.objects.filter(kind=Session.Kind.TEAM).exclude(phase=Session.Phase.ENDED)
    return open_ones.filter(expires_at__lte=now())
