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
    LOOKING_BACK = "looking_back"  # an earlier round is shown again; whatever was revealed last waits
    SUMMARY = "summary"  # everybody sees what was done, before the session ends
    ENDED = "ended"


class Effect(Enum):
    """What a command does, in the order in which `plan` gives it."""

    BEGIN = "begin"
    START_ROUND = "start_round"
    REVEAL = "reveal"
    COUNT_RESONANCE = "count_resonance"
    OPEN_ECHO = "open_echo"
    COUNT_ECHO = "count_echo"
    REPORT_NOTE = "report_note"
    TURN_SCREEN = "turn_screen"
    HIDE_NOTE = "hide_note"
    ADD_CARD = "add_card"
    SET_COMMITMENTS = "set_commitments"
    SKIP = "skip"
    LOOK_BACK = "look_back"
    LOOK_AHEAD = "look_ahead"
    SUMMARISE = "summarise"
    EXTEND = "extend"
    LOCK = "lock"
    UNLOCK = "unlock"
    GATHER_ANEW = "gather_anew"
    CLOSE_ROUND = "close_round"
    END = "end"


S, E = Situation, Effect

#: The door is locked and opened again whatever is going on: it says who may come in, and touches nobody who is in.
_AT_THE_DOOR: dict[tuple[Situation, str], tuple[Effect, ...]] = {
    (situation, command): (effect,)
    for situation in S
    if situation is not S.ENDED
    for command, effect in (("lock_door", E.LOCK), ("unlock_door", E.UNLOCK))
}

#: What hangs for all to see may be reported, and a large wall turned over, as long as it hangs.
_AT_THE_WALL: dict[tuple[Situation, str], tuple[Effect, ...]] = {
    (situation, command): (effect,)
    for situation in (S.IDLE, S.REVEALED, S.LOOKING_BACK)
    for command, effect in (("report_note", E.REPORT_NOTE), ("turn_screen", E.TURN_SCREEN))
}

#: What each command leads to from each situation. What is not here cannot be done then. Closing a round that still
#: collects gives it up: nothing of it is ever shown.
TRANSITIONS: dict[tuple[Situation, str], tuple[Effect, ...]] = {
    **_AT_THE_DOOR,
    **_AT_THE_WALL,
    # With a new code all seats by code go, and the team gathers once more. What is open is closed first, so that no
    # answer or tap of a seat that is gone counts beside those of the new ones.
    (S.LOBBY, "new_code"): (E.GATHER_ANEW,),
    (S.IDLE, "new_code"): (E.GATHER_ANEW,),
    (S.COLLECTING, "new_code"): (E.CLOSE_ROUND, E.GATHER_ANEW),
    (S.REVEALED, "new_code"): (E.CLOSE_ROUND, E.GATHER_ANEW),
    (S.LOOKING_BACK, "new_code"): (E.LOOK_AHEAD, E.CLOSE_ROUND, E.GATHER_ANEW),
    (S.SUMMARY, "new_code"): (E.GATHER_ANEW,),
    (S.LOBBY, "begin"): (E.BEGIN,),
    (S.LOBBY, "next"): (E.BEGIN,),
    (S.LOBBY, "start_round"): (E.BEGIN, E.START_ROUND),
    (S.LOBBY, "skip"): (E.SKIP,),
    (S.LOBBY, "close_session"): (E.END,),
    (S.IDLE, "start_round"): (E.START_ROUND,),
    (S.IDLE, "next"): (E.START_ROUND,),
    (S.IDLE, "skip"): (E.SKIP,),
    (S.IDLE, "back"): (E.LOOK_BACK,),
    (S.IDLE, "hide_note"): (E.HIDE_NOTE,),
    (S.IDLE, "show_summary"): (E.SUMMARISE,),
    (S.IDLE, "close_session"): (E.END,),
    (S.COLLECTING, "reveal"): (E.REVEAL,),
    (S.COLLECTING, "extend"): (E.EXTEND,),
    (S.COLLECTING, "add_card"): (E.ADD_CARD,),
    (S.COLLECTING, "set_commitments"): (E.SET_COMMITMENTS,),
    (S.COLLECTING, "close_round"): (E.CLOSE_ROUND,),
    (S.COLLECTING, "close_session"): (E.CLOSE_ROUND, E.END),
    (S.REVEALED, "count_resonance"): (E.COUNT_RESONANCE,),
    # Opening the echo ends resonance on the team's own notes: nobody taps on two walls at once.
    (S.REVEALED, "open_echo"): (E.OPEN_ECHO,),
    (S.REVEALED, "count_echo"): (E.COUNT_ECHO,),
    (S.REVEALED, "hide_note"): (E.HIDE_NOTE,),
    (S.REVEALED, "extend"): (E.EXTEND,),
    # Commitments that nobody counts collect nothing, so they are written here.
    (S.REVEALED, "set_commitments"): (E.SET_COMMITMENTS,),
    (S.REVEALED, "close_round"): (E.CLOSE_ROUND,),
    (S.REVEALED, "start_round"): (E.CLOSE_ROUND, E.START_ROUND),
    (S.REVEALED, "next"): (E.CLOSE_ROUND, E.START_ROUND),
    (S.REVEALED, "skip"): (E.SKIP,),
    (S.REVEALED, "back"): (E.LOOK_BACK,),
    (S.REVEALED, "show_summary"): (E.CLOSE_ROUND, E.SUMMARISE),
    (S.REVEALED, "close_session"): (E.CLOSE_ROUND, E.END),
    (S.LOOKING_BACK, "next"): (E.LOOK_AHEAD,),
    (S.LOOKING_BACK, "back"): (E.LOOK_BACK,),
    (S.LOOKING_BACK, "hide_note"): (E.HIDE_NOTE,),
    (S.LOOKING_BACK, "start_round"): (E.LOOK_AHEAD, E.CLOSE_ROUND, E.START_ROUND),
    (S.LOOKING_BACK, "show_summary"): (E.LOOK_AHEAD, E.CLOSE_ROUND, E.SUMMARISE),
    (S.LOOKING_BACK, "close_session"): (E.LOOK_AHEAD, E.CLOSE_ROUND, E.END),
    (S.SUMMARY, "hide_note"): (E.HIDE_NOTE,),
    (S.SUMMARY, "start_round"): (E.START_ROUND,),
    (S.SUMMARY, "close_session"): (E.END,),
}

COMMANDS = frozenset(command for _, command in TRANSITIONS)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The numbers that a decision rests on.

    `has_door`: there is a code to come in by. `has_earlier`: before what is shown, something else was. `takes_cards`
    and `takes_commitments`: the round that runs is one that the leader writes for, and may still be written for.
    `answers` are those that count towards a reveal: late ones do not. `needed_to_start` belongs to the activity that
    would start next, `needed` (for a reveal) and `resonance_needed` to the round that runs; taps on its echo need as
    many. `echo_offered`: there is something to open.
    """

    situation: Situation
    seats: int = 0
    has_door: bool = False
    has_activity: bool = False
    has_earlier: bool = False
    takes_cards: bool = False
    takes_commitments: bool = False
    needed_to_start: int = 0
    needed: int = 0
    answers: int = 0
    resonance_open: bool = False
    resonance_needed: int = 0
    resonance_answers: int = 0
    echo_offered: bool = False
    echo_open: bool = False
    echo_answers: int = 0


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


_ONLY_WHEN = {
    E.LOOK_BACK: "has_earlier",
    E.ADD_CARD: "takes_cards",
    E.SET_COMMITMENTS: "takes_commitments",
    E.OPEN_ECHO: "echo_offered",
    E.LOCK: "has_door",
    E.UNLOCK: "has_door",
    E.GATHER_ANEW: "has_door",
}


def _allow(effect: Effect, facts: Facts) -> None:
    if effect is E.START_ROUND:
        if not facts.has_activity:
            raise Refused("unknown_activity")
        _enough("too_few_people", facts.seats, facts.needed_to_start)
    elif effect is E.SKIP and not facts.has_activity:
        raise Refused("unknown_activity")
    elif effect in _ONLY_WHEN and not getattr(facts, _ONLY_WHEN[effect]):
        raise Refused("not_now")
    elif effect is E.REVEAL:
        _enough("too_few_answers", facts.answers, facts.needed)
    elif effect is E.COUNT_RESONANCE:
        if not facts.resonance_open:
            raise Refused("not_now")
        _enough("too_few_answers", facts.resonance_answers, facts.resonance_needed)
    elif effect is E.COUNT_ECHO:
        if not facts.echo_open:
            raise Refused("not_now")
        _enough("too_few_answers", facts.echo_answers, facts.resonance_needed)


def _enough(code: str, have: int, needed: int) -> None:
    if have < needed:
        raise Refused(code, needed=needed, have=have)
