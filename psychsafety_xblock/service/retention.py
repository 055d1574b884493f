"""What is kept of ended sessions until when: decided by the day, done by whoever comes by (docs/adr/0013)."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from ..core.retention import DAYS_AFTER_FOLLOW_UP, LONGEST_DAYS, bare_on, notes_go_on
from ..forgetting import forget_notes_and_seats, reduce_to_counts
from ..models import Session
from ..settings import option
from ..sqlite_log import empty_log_afterwards
from ..storage import retried
from .cache import forget_state
from .clock import now


def retention_days() -> int:
    """The site's retention time, in days."""
    return int(option("RETENTION_DAYS"))


def is_kept(session: Session, days: int | None = None) -> bool:
    """Whether more than counts may still be read of an ended session, whether or not anybody has come by since."""
    if session.ended_on is None or session.kept == Session.Kept.COUNTS:
        return False
    return now().date() < bare_on(session.ended_on, _days(days), session.follow_up_on)


def may_be_read(session: Session) -> bool:
    """Whether an ended session's summary opens today; what has to go by now goes first, also if no sweep has come."""
    kept = is_kept(session)
    if not kept or (session.kept == Session.Kept.ALL and now().date() >= _notes_go_on(session)):
        let_go(session.id)
    return kept


def due(days: int | None = None) -> QuerySet[Session]:
    """Ended sessions of which something has to go today; `days` instead of the site's retention time.

    Rehearsals whose deletion died half-way are among them.
    """
    today, ended = now().date(), Session.objects.filter(phase=Session.Phase.ENDED)
    over = Q(ended_on__lte=today - datetime.timedelta(days=_days(days)))
    after = Q(follow_up_on__lte=today - datetime.timedelta(days=DAYS_AFTER_FOLLOW_UP))
    after |= Q(ended_on__lte=today - datetime.timedelta(days=LONGEST_DAYS))
    return ended.filter(
        Q(rehearsal=True) | Q(kept=Session.Kept.ALL) & over | Q(kept=Session.Kept.FOLLOW_UP) & over & after
    ).order_by("ended_on", "id")


@retried
def let_go(session_id: str, days: int | None = None) -> bool:
    """Do what the day asks of an ended session; nothing if that is done. Gives whether it is counts now, or gone."""
    with transaction.atomic():
        session = Session.objects.select_for_update().filter(id=session_id, phase=Session.Phase.ENDED).first()
        if session is None or session.kept == Session.Kept.COUNTS or session.ended_on is None:
            return session is None
        bare = session.rehearsal or not is_kept(session, days)
        if bare:
            reduce_to_counts(session)
        elif session.kept == Session.Kept.ALL and now().date() >= _notes_go_on(session, days):
            forget_notes_and_seats(session)
        empty_log_afterwards()
    forget_state(session_id)
    return bare


def _notes_go_on(session: Session, days: int | None = None) -> datetime.date:
    return notes_go_on(session.ended_on or now().date(), _days(days))


def _days(days: int | None) -> int:
    return retention_days() if days is None else days
