"""After a session: the leader finds it again, and reads what the room saw, until the retention time is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.crypto import salted_hmac

from ..models import Round, Session, Token
from .links import summary_url
from .opening import issue_token, leader_mark
from .retention import is_kept

_MOST_LISTED = 20


@dataclass(frozen=True, kw_only=True)
class Past:
    """An ended session of a leader, with a token that opens its summary."""

    session_id: str
    title: str
    held_on: str
    token: str


def summary_access(session: Session) -> dict[str, Any]:
    """`summary_url` and `summary_token` of a session that has just ended; null when there is nothing to read."""
    if session.rehearsal or not Round.objects.filter(session=session).exists():
        return {"summary_url": None, "summary_token": None}
    token = _summary_token(session)
    return {"summary_url": summary_url(token), "summary_token": token}


def past_sessions(*, course_run: str, leader: str) -> list[Past]:
    """The ended sessions that this account led in the course run, the latest first."""
    sessions = Session.objects.filter(
        course_run=course_run,
        leader_mark=leader_mark(course_run, leader),
        phase=Session.Phase.ENDED,
        rounds__isnull=False,
    ).distinct()
    return [
        Past(
            session_id=session.id,
            title=session.title,
            held_on=session.ended_on.isoformat() if session.ended_on else "",
            token=_summary_token(session),
        )
        for session in [one for one in sessions.order_by("-ended_on", "id") if is_kept(one)][:_MOST_LISTED]
    ]


def _summary_token(session: Session) -> str:
    """Always the same for a session, so that reading it often leaves one row."""
    token = salted_hmac("psychsafety summary", session.id, algorithm="sha256").hexdigest()
    return issue_token(session, Token.Role.SUMMARY, token)
