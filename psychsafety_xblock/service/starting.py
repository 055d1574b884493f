"""Starting a round: which activity, in which form, and what is frozen into it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from .. import storage
from ..core import codes
from ..core.activities import Definition, Wall, kind_of
from ..core.errors import Refused
from ..models import Activity, Round, Session
from .clock import now
from .earlier import with_earlier
from .facts import minimum_of, next_activity, was_shown


def activity_to_start(session: Session, raw: object) -> Activity | None:
    """The activity with this id, or the next one. Raises `Refused` `unknown_activity` or `already_done`."""
    activities = list(Activity.objects.filter(session=session).order_by("position"))
    if raw is None:
        started = set(Round.objects.filter(session=session).values_list("activity_id", flat=True))
        return next_activity(activities, started)
    wanted = codes.parse_id(raw, "unknown_activity")
    for activity in activities:
        if activity.id == wanted:
            if not may_start(activity, list(activity.rounds.all())):
                raise Refused("already_done")
            return activity
    raise Refused("unknown_activity")


def may_start(activity: Activity, rounds: list[Round]) -> bool:
    """Whether an activity with these rounds behind it may be run (rule 6).

    Two results of the same people could be subtracted from each other.
    """
    if not rounds:
        return True
    return kind_of(activity.definition).may_run_again(was_shown=any(was_shown(one) for one in rounds))


def definition_to_start(session: Session, activity: Activity, body: Mapping[str, Any]) -> Definition:
    """What a round of the activity would be about, in the form that the leader asks for.

    `instead`: what it becomes with too few people; `paper`: a wall of cards that the leader types. Raises `Refused`
    `bad_value`.
    """
    for field in ("instead", "paper"):
        if not isinstance(body.get(field, False), bool):
            raise Refused("bad_value", field=field)
    definition: Definition = activity.definition
    kind = kind_of(definition)
    if body.get("paper"):
        if body.get("instead") or not isinstance(kind, Wall):
            raise Refused("bad_value", field="paper")
        return {**definition, "paper": True}
    if body.get("instead"):
        definition = {**kind.instead(definition), "guests": definition.get("guests", True)}
    return with_earlier(session, definition)


def start_round(session: Session, number: int, activity: Activity, definition: Definition) -> None:
    """Start a round; inside the caller's transaction."""
    kind = kind_of(definition)
    collects = kind.collects(definition)
    begin = now()
    started = Round.objects.create(
        session=session,
        activity=activity,
        number=number,
        definition=definition,
        minimum=minimum_of(definition),
        open_slot=codes.slot("round", session.id),
        # What collects nothing has nothing to wait for, but a time to end.
        phase=Round.Phase.COLLECTING if collects else Round.Phase.REVEALED,
        ends_at=None if collects else begin + datetime.timedelta(minutes=definition["minutes"]),
        started_at=begin,
    )
    storage.lay_out(started.id, kind.cells(definition))
    Activity.objects.filter(id=activity.id).update(skipped=False)
    session.phase = Session.Phase.RUNNING
    session.shown_round = None
