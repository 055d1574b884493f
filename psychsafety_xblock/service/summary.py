"""The one-page summary: what was done and what everybody saw of it, the same for all who may read it."""

from __future__ import annotations

import datetime
from typing import Any

from ..core.activities import kind_of
from ..core.errors import Refused
from ..core.privacy import RESONANCE_FLOOR
from ..models import Note, Round, Session
from .clock import now
from .earlier import shown_items
from .facts import was_shown

_KEPT_FIELDS = ("kind", "title", "prompt", "minutes", "form", "statements", "options", "commitments")


def summary_of(session: Session) -> dict[str, Any]:
    """The summary of a session (docs/api.md, section 6)."""
    activities: list[dict[str, Any]] = []
    commitments: list[str] = []
    due: str | None = None
    talked: set[int] = set()
    for one in Round.objects.filter(session=session).order_by("number"):
        if not was_shown(one) or one.activity_id in talked:
            continue
        kind = kind_of(one.definition)
        if not kind.collects(one.definition) and not kind.leader_writes:
            # A conversation that was taken up again is one conversation.
            talked.add(one.activity_id)
        activities.append(_activity(one))
        if one.definition.get("commitments"):
            commitments = [sentence["text"] for sentence in one.definition["commitments"]]
            due = one.definition["due"]
    return {
        "title": session.title,
        "held_on": (session.ended_on or now().date()).isoformat(),
        "due": due,
        "commitments": commitments,
        "activities": activities,
    }


def due_date(session: Session) -> datetime.date:
    """The date of the follow-up. Raises `Refused` `not_now` when none was agreed on."""
    due = agreed_until(session)
    if due is None:
        raise Refused("not_now")
    return due


def agreed_until(session: Session) -> datetime.date | None:
    """The date of the follow-up that the team saw, or None."""
    for one in Round.objects.filter(session=session).order_by("-number"):
        if one.definition.get("commitments") and was_shown(one):
            return datetime.date.fromisoformat(one.definition["due"])
    return None


def _activity(one: Round) -> dict[str, Any]:
    kind = kind_of(one.definition)
    public = kind.public(one.definition)
    shown: dict[str, Any] = {field: public[field] for field in _KEPT_FIELDS if field in public}
    if kind.has_notes:
        notes = Note.objects.filter(
            round=one, shown=True, resonance__gte=RESONANCE_FLOOR, round__resonance=Round.Resonance.COUNTED
        )
        rows = notes.order_by("-resonance", "id").values_list("text", "resonance")
        shown["notes"] = [{"text": text, "resonance": taps} for text, taps in rows]
        shown["hidden"] = one.hidden
    elif kind.collects(one.definition):
        shown["items"] = shown_items(one)
    return shown
