"""The leader's commands: one transaction each, decided by `core.session.plan`, done once (rule 10)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from .. import storage
from ..core import codes
from ..core.activities import Commitments, Definition, Wall, kind_of
from ..core.errors import Refused
from ..core.privacy import LARGE_WALL
from ..core.session import COMMANDS, Effect, plan
from ..models import Activity, Note, Round, Session, Token, random_key
from .afterwards import summary_access
from .board import Holder, state_for
from .cache import forget_pepper, forget_state
from .clock import RANDOMNESS, now
from .door import forget_seats, gather_anew
from .echo import count_echo, move_pool, offer, open_echo, report_note
from .echo_pool import share_what_closed, withdraw
from .facts import earlier_round, facts_of, latest_round
from .near import announce_groups, groups_of
from .seats import admit_latecomers, release_left_seats
from .starting import activity_to_start, definition_to_start, start_round
from .sweeping import close_last_round, end_within, forget_rehearsal, locked

_ALLOWED = {
    "start_round": {"activity", "instead", "paper"},
    "skip": {"activity"},
    "hide_note": {"note"},
    "report_note": {"note"},
    "turn_screen": {"page"},
    "extend": {"seconds", "closing"},
    "add_card": {"text"},
    "set_commitments": {"commitments", "due"},
}
SHORTEST_EXTENSION, LONGEST_EXTENSION = 10, 600
#: More pages than any wall has.
MOST_PAGES = 1000


@dataclass
class _Scene:
    """What a command finds, read under the session's lock, and what its effects may change."""

    session: Session
    current: Round | None
    starting: Activity | None
    definition: Definition | None
    body: Mapping[str, Any]
    effects: tuple[Effect, ...] = field(default=())
    #: Hashes of the tokens that hold no more.
    taken_away: list[str] = field(default_factory=list)
    #: At a reveal: whether the notes are so many that they hang in groups.
    large: bool = False


def run_command(holder: Holder, body: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Do what the leader asks; gives version and state after it.

    `body` holds `command`, `step` (the one that the sender saw) and the command's own fields. Raises `Refused`:
    `wrong_role`, `unknown_command`, `unknown_field`, `bad_value`, `stale_step` when another command came first, what
    `plan` says, `unknown_activity`, `already_done`, `unknown_note`, what a text may be made of, `ended` or `busy`.
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
    for name in set(body) - {"command", "step"} - _ALLOWED.get(command, set()):
        raise Refused("unknown_field", field=str(name)[:40])
    if command == "close_session":
        # Before the end takes the walls down: what may be shared is copied from a round that is closed.
        close_last_round(holder.session_id, step)
    done = _decide_and_do(holder.session_id, command, step, body)
    _finish(holder.session_id, done)
    forget_seats(done.taken_away)
    forget_state(holder.session_id)
    if Effect.END in done.effects:
        return "", _ended(holder, done.session)
    return state_for(holder, at_least=done.session.step)


def _finish(session_id: str, done: _Scene) -> None:
    """What follows a command in transactions of its own: those of notes know no ballot (rule 2)."""
    if Effect.CLOSE_ROUND in done.effects:
        share_what_closed(session_id)
    if done.current is None:
        return
    if Effect.REVEAL in done.effects:
        groups = groups_of(storage.unread_texts(done.current.id)) if done.large else {}
        storage.shuffle_in(done.current.id, RANDOMNESS, groups)
    if Effect.COUNT_ECHO in done.effects:
        move_pool(done.session, done.current)


def _ended(holder: Holder, session: Session) -> dict[str, Any]:
    forget_pepper(session)
    access = summary_access(session)
    forget_rehearsal(session)
    phase = Session.Phase.ENDED.value
    return {"phase": phase, "step": session.step, "role": holder.role, "round": None, **access}


@storage.retried
def _decide_and_do(session_id: str, command: str, step: int, body: Mapping[str, Any]) -> _Scene:
    with transaction.atomic():
        session = locked(session_id)
        if session.step != step:
            raise Refused("stale_step")
        starting = activity_to_start(session, body.get("activity"))
        definition = None
        if starting is not None:
            starts = command in ("start_round", "next")
            definition = definition_to_start(session, starting, body) if starts else starting.definition
        scene = _Scene(session, latest_round(session.id), starting, definition, body)
        offered = command == "open_echo" and scene.current is not None and offer(session, scene.current) is not None
        scene.effects = plan(command, facts_of(session, scene.current, definition, echo_offered=offered))
        for effect in scene.effects:
            _EFFECTS[effect](scene)
        session.step += 1
        session.save(update_fields=["step", "phase", "begun_at", "shown_round", "locked", "screen_page"])
    return scene


def _begin(scene: _Scene) -> None:
    scene.session.phase = Session.Phase.RUNNING
    # A team that gathers anew has begun before, and its hour goes on.
    scene.session.begun_at = scene.session.begun_at or now()


def _end(scene: _Scene) -> None:
    end_within(scene.session)


def _start(scene: _Scene) -> None:
    scene.session.screen_page = None
    if scene.starting is not None and scene.definition is not None:
        number = scene.current.number + 1 if scene.current else 1
        release_left_seats(scene.session.id)
        admit_latecomers(scene.session.id)
        start_round(scene.session, number, scene.starting, scene.definition)


def _close(scene: _Scene) -> None:
    if scene.current is not None:
        storage.close_round(scene.current.id)
        release_left_seats(scene.session.id)
        admit_latecomers(scene.session.id)


def _skip(scene: _Scene) -> None:
    if scene.starting is not None:
        Activity.objects.filter(id=scene.starting.id).update(skipped=True)


def _look_back(scene: _Scene) -> None:
    earlier = earlier_round(scene.session, scene.current)
    scene.session.shown_round = earlier.id if earlier else None
    scene.session.screen_page = None


def _look_ahead(scene: _Scene) -> None:
    scene.session.shown_round = None
    scene.session.screen_page = None


def _summarise(scene: _Scene) -> None:
    scene.session.phase = Session.Phase.SUMMARY


def _reveal(scene: _Scene) -> None:
    """Count under the lock: an answer may have come, or been on its way, since the decision's numbers were read."""
    current = _running(scene)
    needed = facts_of(scene.session, current, None).needed
    answers = storage.seal(current.id, needed)
    if answers is None:
        raise Refused("round_closed")
    if answers < needed:
        raise Refused("too_few_answers", needed=needed, have=answers)
    scene.large = answers >= LARGE_WALL
    if scene.large:
        announce_groups(current.id)


def _count_resonance(scene: _Scene) -> None:
    storage.count_resonance(_running(scene).id)


def _open_echo(scene: _Scene) -> None:
    """Nobody taps on two walls at once: resonance is counted if enough have tapped, and forgotten otherwise."""
    current = _running(scene)
    facts = facts_of(scene.session, current, None)
    if facts.resonance_open and facts.resonance_answers >= facts.resonance_needed:
        storage.count_resonance(current.id)
    else:
        storage.forget_resonance(current.id)
    open_echo(scene.session, current)


def _count_echo(scene: _Scene) -> None:
    count_echo(scene.session, _running(scene))


def _report_note(scene: _Scene) -> None:
    report_note(scene.session, scene.body.get("note"))


def _turn_screen(scene: _Scene) -> None:
    """Which page of a large wall hangs on the screen; none: they turn by themselves."""
    if "page" not in scene.body:
        raise Refused("missing_field", field="page")
    page = scene.body["page"]
    if page is not None and (isinstance(page, bool) or not isinstance(page, int) or not 0 <= page < MOST_PAGES):
        raise Refused("bad_value", field="page")
    scene.session.screen_page = page


def _hide_note(scene: _Scene) -> None:
    """Of any round that was revealed: it may hang on beside a talk, be looked back at, or stand in the summary.

    A copy of it that waits for other teams, or that they are shown, goes with it.
    """
    _running(scene)
    note = codes.parse_id(scene.body.get("note"), "unknown_note")
    rounds = list(Round.objects.filter(session=scene.session).select_related("activity").order_by("number"))
    found = Note.objects.filter(id=note, round__in=rounds, shown=True).values_list("round_id", "text").first()
    storage.remove_note(note, [one.id for one in rounds])
    for one in rounds:
        if found is not None and one.id == found[0]:
            withdraw(scene.session, one, found[1])


def _add_card(scene: _Scene) -> None:
    """A paper card: as an answer it has a ballot, of a random key, since it is nobody's."""
    current = _running(scene)
    kind = kind_of(current.definition)
    if not isinstance(kind, Wall):
        raise Refused("not_now")
    if "text" not in scene.body:
        raise Refused("missing_field", field="text")
    card = kind.card(current.definition, scene.body["text"])
    storage.add_answer(round_id=current.id, ballot=random_key(), text=card.text)


def _set_commitments(scene: _Scene) -> None:
    current = _running(scene)
    kind = kind_of(current.definition)
    if not isinstance(kind, Commitments):
        raise Refused("not_now")
    for name in ("commitments", "due"):
        if name not in scene.body:
            raise Refused("missing_field", field=name)
    written = kind.written(current.definition, scene.body["commitments"], scene.body["due"], now().date())
    storage.lay_out_anew(current.id, written, kind.cells(written) if kind.collects(written) else [])


def _extend(scene: _Scene) -> None:
    current = _running(scene)
    seconds, closing = scene.body.get("seconds", 60), scene.body.get("closing", False)
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        raise Refused("bad_value", field="seconds")
    if not SHORTEST_EXTENSION <= seconds <= LONGEST_EXTENSION or not isinstance(closing, bool):
        raise Refused("bad_value", field="seconds")
    begin = now()
    if current.ends_at is not None and not closing and not current.closing:
        # More time is added to what is left. The notice before a reveal, and taking it back, count from now.
        begin = max(begin, current.ends_at)
    Round.objects.filter(id=current.id).update(ends_at=begin + datetime.timedelta(seconds=seconds), closing=closing)


def _lock(scene: _Scene) -> None:
    scene.session.locked = True


def _unlock(scene: _Scene) -> None:
    scene.session.locked = False


def _gather_anew(scene: _Scene) -> None:
    scene.taken_away = gather_anew(scene.session)


def _running(scene: _Scene) -> Round:
    if scene.current is None:
        raise Refused("not_now")
    return scene.current


_EFFECTS = {
    Effect.BEGIN: _begin,
    Effect.END: _end,
    Effect.START_ROUND: _start,
    Effect.CLOSE_ROUND: _close,
    Effect.SKIP: _skip,
    Effect.LOOK_BACK: _look_back,
    Effect.LOOK_AHEAD: _look_ahead,
    Effect.SUMMARISE: _summarise,
    Effect.REVEAL: _reveal,
    Effect.COUNT_RESONANCE: _count_resonance,
    Effect.OPEN_ECHO: _open_echo,
    Effect.COUNT_ECHO: _count_echo,
    Effect.REPORT_NOTE: _report_note,
    Effect.TURN_SCREEN: _turn_screen,
    Effect.HIDE_NOTE: _hide_note,
    Effect.ADD_CARD: _add_card,
    Effect.SET_COMMITMENTS: _set_commitments,
    Effect.EXTEND: _extend,
    Effect.LOCK: _lock,
    Effect.UNLOCK: _unlock,
    Effect.GATHER_ANEW: _gather_anew,
}
