"""The leader's commands: one transaction each, decided by `core.session.plan`, done once (rule 10)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from .. import storage
from ..core import codes
from ..core.activities import kind_of
from ..core.errors import Refused
from ..core.session import COMMANDS, Effect, plan
from ..models import Activity, Round, Session, Token
from .board import Holder, state_for
from .cache import forget_pepper, forget_state
from .clock import RANDOMNESS, now
from .facts import facts_of, latest_round, minimum_of, next_activity
from .sweeping import end_within, locked

_ALLOWED = {"start_round": {"activity"}, "hide_note": {"note"}, "extend": {"seconds", "closing"}}
SHORTEST_EXTENSION, LONGEST_EXTENSION = 10, 600


def run_command(holder: Holder, body: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Do what the leader asks; gives version and state after it.

    `body` holds `command`, `step` (the one that the sender saw) and the command's own fields. Raises `Refused`:
    `wrong_role`, `unknown_command`, `unknown_field`, `bad_value`, `stale_step` when another command came first, what
    `plan` says, `unknown_activity`, `unknown_note`, `ended` or `busy`.
    """
    if holder.role != Token.Role.LEADER:
        raise Refused("wrong_role")
    command, step = body.get("command"), body.get("step")
    if not isinstance(command, str) or command not in COMMANDS:
        raise Refused("unknown_command")
    if "step" not in body:
        raise Refused("missing_field", field="step")
    if isinstance(step, bool) or not isinstance(step, int):
        raise Refused("bad_value", field="step")
    for field in set(body) - {"command", "step"} - _ALLOWED.get(command, set()):
        raise Refused("unknown_field", field=str(field)[:40])
    session, effects, round_id = _decide_and_do(holder.session_id, command, step, body)
    if Effect.REVEAL in effects and round_id is not None:
        # The second half of the reveal: notes only, no ballot in this transaction (rule 2).
        storage.shuffle_in(round_id, RANDOMNESS)
    forget_state(session.id)
    if Effect.END in effects:
        forget_pepper(session)
        return "", {"phase": Session.Phase.ENDED.value, "step": session.step, "role": holder.role, "round": None}
    return state_for(holder)


@storage.retried
def _decide_and_do(
    session_id: str, command: str, step: int, body: Mapping[str, Any]
) -> tuple[Session, tuple[Effect, ...], int | None]:
    with transaction.atomic():
        session = locked(session_id)
        if session.step != step:
            raise Refused("stale_step")
        current = latest_round(session.id)
        starting = _activity_to_start(session, body.get("activity"))
        effects = plan(command, facts_of(session, current, starting))
        for effect in effects:
            _do(effect, session, current, starting, body)
        session.step += 1
        session.save(update_fields=["step", "phase"])
    return session, effects, current.id if current else None


def _activity_to_start(session: Session, raw: object) -> Activity | None:
    activities = list(Activity.objects.filter(session=session).order_by("position"))
    if raw is None:
        started = set(Round.objects.filter(session=session).values_list("activity_id", flat=True))
        return next_activity(activities, started)
    wanted = codes.parse_id(raw, "unknown_activity")
    for activity in activities:
        if activity.id == wanted:
            if not kind_of(activity.definition).repeatable and activity.rounds.exists():
                # Two results of the same people could be subtracted from each other (rule 6).
                raise Refused("already_done")
            return activity
    raise Refused("unknown_activity")


def _do(
    effect: Effect,
    session: Session,
    current: Round | None,
    starting: Activity | None,
    body: Mapping[str, Any],
) -> None:
    if effect is Effect.BEGIN:
        session.phase = Session.Phase.RUNNING
    elif effect is Effect.END:
        end_within(session)
    elif effect is Effect.START_ROUND and starting is not None:
        _start_round(session, current, starting)
    elif current is None:
        raise Refused("not_now")
    elif effect is Effect.REVEAL:
        _seal(session, current)
    elif effect is Effect.COUNT_RESONANCE:
        storage.count_resonance(current.id)
    elif effect is Effect.HIDE_NOTE:
        storage.remove_note(codes.parse_id(body.get("note"), "unknown_note"), [current.id])
    elif effect is Effect.EXTEND:
        _extend(current, body)
    elif effect is Effect.CLOSE_ROUND:
        storage.close_round(current.id)


def _start_round(session: Session, current: Round | None, starting: Activity) -> None:
    kind = kind_of(starting.definition)
    started = Round.objects.create(
        session=session,
        activity=starting,
        number=current.number + 1 if current else 1,
        definition=starting.definition,
        minimum=minimum_of(starting.definition),
        open_slot=codes.slot("round", session.id),
        # What collects nothing has nothing to wait for, but a time to end.
        phase=Round.Phase.COLLECTING if kind.collects else Round.Phase.REVEALED,
        ends_at=None if kind.collects else now() + datetime.timedelta(minutes=starting.definition["minutes"]),
    )
    storage.lay_out(started.id, kind.cells(starting.definition))


def _seal(session: Session, current: Round) -> None:
    """Count under the lock: an answer may have come, or been on its way, since the decision's numbers were read."""
    needed = facts_of(session, current, None).needed
    answers = storage.seal(current.id, needed)
    if answers is None:
        raise Refused("round_closed")
    if answers < needed:
        raise Refused("too_few_answers", needed=needed, have=answers)


def _extend(current: Round, body: Mapping[str, Any]) -> None:
    seconds, closing = body.get("seconds", 60), body.get("closing", False)
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        raise Refused("bad_value", field="seconds")
    if not SHORTEST_EXTENSION <= seconds <= LONGEST_EXTENSION or not isinstance(closing, bool):
        raise Refused("bad_value", field="seconds")
    begin = now()
    if current.ends_at is not None and not closing and not current.closing:
        # More time is added to what is left. The notice before a reveal, and taking it back, count from now.
        begin = max(begin, current.ends_at)
    Round.objects.filter(id=current.id).update(ends_at=begin + datetime.timedelta(seconds=seconds), closing=closing)
