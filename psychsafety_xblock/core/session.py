"""A team's session as a transition table: who may do what when, and what follows.

`plan` is the only place that decides whether a leader's command is possible. It knows numbers, never answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .errors import Refused


class Situation(Enum):
    """Where a session stands, as far as commands are concerned."""

    LOBBY = "lobby"  # opened, people take their seats
    IDLE = "idle"  # running, no round open (none yet, or the last one is closed)
    COLLECTING = "collecting"
    REVEALED = "revealed"
    ENDED = "ended"


class Effect(Enum):
    """What a command does, in the order in which `plan` gives it."""

    BEGIN = "begin"
    START_ROUND = "start_round"
    REVEAL = "reveal"
    COUNT_RESONANCE = "count_resonance"
    HIDE_NOTE = "hide_note"
    EXTEND = "extend"
    CLOSE_ROUND = "close_round"
    END = "end"


S, E = Situation, Effect

#: What each command leads to from each situation. What is not here cannot be done then. Closing a round that still
#: collects gives it up: nothing of it is ever shown.
TRANSITIONS: dict[tuple[Situation, str], tuple[Effect, ...]] = {
    (S.LOBBY, "begin"): (E.BEGIN,),
    (S.LOBBY, "next"): (E.BEGIN,),
    (S.LOBBY, "start_round"): (E.BEGIN, E.START_ROUND),
    (S.LOBBY, "close_session"): (E.END,),
    (S.IDLE, "start_round"): (E.START_ROUND,),
    (S.IDLE, "next"): (E.START_ROUND,),
    (S.IDLE, "hide_note"): (E.HIDE_NOTE,),
    (S.IDLE, "close_session"): (E.END,),
    (S.COLLECTING, "reveal"): (E.REVEAL,),
    (S.COLLECTING, "extend"): (E.EXTEND,),
    (S.COLLECTING, "close_round"): (E.CLOSE_ROUND,),
    (S.COLLECTING, "close_session"): (E.CLOSE_ROUND, E.END),
    (S.REVEALED, "count_resonance"): (E.COUNT_RESONANCE,),
    (S.REVEALED, "hide_note"): (E.HIDE_NOTE,),
    (S.REVEALED, "extend"): (E.EXTEND,),
    (S.REVEALED, "close_round"): (E.CLOSE_ROUND,),
    (S.REVEALED, "start_round"): (E.CLOSE_ROUND, E.START_ROUND),
    (S.REVEALED, "next"): (E.CLOSE_ROUND, E.START_ROUND),
    (S.REVEALED, "close_session"): (E.CLOSE_ROUND, E.END),
}

COMMANDS = frozenset(command for _, command in TRANSITIONS)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The numbers that a decision rests on.

    `needed_to_start` belongs to the activity that would start next, `needed` (for a reveal) and `resonance_needed` to
    the round that runs.
    """

    situation: Situation
    seats: int = 0
    has_activity: bool = False
    needed_to_start: int = 0
    needed: int = 0
    answers: int = 0
    resonance_open: bool = False
    resonance_needed: int = 0
    resonance_answers: int = 0


def plan(command: str, facts: Facts) -> tuple[Effect, ...]:
    """The effects of a command, in order.

    Raises `Refused`: `unknown_command`, `ended`, `not_now`, `too_few_people` or `too_few_answers` (both with the
    numbers `needed` and `have`).
    """
    if command not in COMMANDS:
        raise Refused("unknown_command")
    if facts.situation is S.ENDED:
        raise Refused("ended")
    effects = TRANSITIONS.get((facts.situation, command), ())
    if command == "next" and not facts.has_activity:
        # After the last activity, what follows is only that its round is closed.
        effects = tuple(effect for effect in effects if effect is not E.START_ROUND)
    if not effects:
        raise Refused("not_now")
    for effect in effects:
        _allow(effect, facts)
    return effects


def _allow(effect: Effect, facts: Facts) -> None:
    if effect is E.START_ROUND:
        if not facts.has_activity:
            raise Refused("unknown_activity")
        _enough("too_few_people", facts.seats, facts.needed_to_start)
    elif effect is E.REVEAL:
        _enough("too_few_answers", facts.answers, facts.needed)
    elif effect is E.COUNT_RESONANCE:
        if not facts.resonance_open:
            raise Refused("not_now")
        _enough("too_few_answers", facts.resonance_answers, facts.resonance_needed)


def _enough(code: str, have: int, needed: int) -> None:
    if have < needed:
        raise Refused(code, needed=needed, have=have)
