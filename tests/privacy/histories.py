"""Random histories of a team's session, as plain data: what happens, and the same with others giving the answers.

A history is played by tests/privacy/playing.py. `with_others_answers` and `in_another_order` give a second history that
differs in nothing but who gave which answer, or in which order they came: nobody may ever be told the difference.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any

KINDS = ("wall", "pulse", "choice", "commitments")
STATEMENTS = ("s1", "s2")
OPTIONS = ("o1", "o2", "o3")
SENTENCES = ("c1", "c2")
PASS = {"pass": True}
#: Who hides a note on behalf of nobody's seat.
LEADER = -1


@dataclass(frozen=True)
class Part:
    """One round: who answers what in which order, and what becomes of it. People are numbers."""

    kind: str
    answers: dict[int, dict[str, Any]]
    #: Who answers before the leader reveals; whoever else has an answer comes too late.
    order: tuple[int, ...]
    #: Who gives the seat back, by the number of answers at that moment.
    leaving: dict[int, int]
    reveals: bool
    #: On a wall: which texts each of these could have written, whether that is counted, and what is taken down by whom.
    taps: dict[int, tuple[str, ...]] = field(default_factory=dict)
    counts: bool = False
    down: tuple[tuple[int, str], ...] = ()
    looks_back: bool = False


@dataclass(frozen=True)
class History:
    """A session from joining to its end. `pace` says, for each event in turn, how many seconds pass and who looks."""

    accounts: tuple[bool, ...]
    leader_seated: bool
    parts: tuple[Part, ...]
    pace: tuple[tuple[float, tuple[int, ...]], ...]
    summary: bool

    @property
    def people(self) -> int:
        return len(self.accounts)


def a_history(chance: random.Random) -> History:
    """A session of three to six people with one or two rounds."""
    people = chance.choice((3, 4, 5, 5, 6, 6))
    parts = []
    here = list(range(people))
    for _ in range(chance.choice((1, 1, 1, 2))):
        parts.append(_part(chance, here))
        here = [person for person in here if person not in parts[-1].leaving.values()]
    return History(
        accounts=tuple(chance.random() < 0.7 for _ in range(people)),
        leader_seated=chance.random() < 0.3,
        parts=tuple(parts),
        pace=tuple(_pace(chance, people) for _ in range(40)),
        summary=chance.random() < 0.7,
    )


def _pace(chance: random.Random, people: int) -> tuple[float, tuple[int, ...]]:
    looking = tuple(chance.sample(range(people), 2)) if chance.random() < 0.4 else ()
    return chance.choice((0.0, 0.0, 0.4, 2.0)), looking


def _part(chance: random.Random, here: list[int]) -> Part:
    kind = chance.choice(("wall", *KINDS))
    answering = [person for person in here if chance.random() < 0.95]
    chance.shuffle(answering)
    # Whoever agrees is what small groups are protected for.
    agreed = chance.random() < 0.4
    answers = {person: _answer(chance, kind, person, agreed) for person in answering}
    late = chance.choice((0, 0, 0, 0, 1))
    in_time = answering[: len(answering) - late]
    leaving = {chance.randint(0, len(in_time)): person for person in here if chance.random() < 0.08}
    order: list[int] = []
    for person in in_time:
        # Whoever has left does not answer any more.
        if person not in [gone for place, gone in leaving.items() if place <= len(order)]:
            order.append(person)
    part = Part(kind=kind, answers=answers, order=tuple(order), leaving=leaving, reveals=chance.random() < 0.9)
    if kind != "wall":
        return part
    texts = [answer["text"] for answer in answers.values() if "text" in answer]
    staying = [person for person in here if person not in leaving.values()]
    return replace(
        part,
        taps={
            person: tuple(text for text in texts if chance.random() < 0.6)
            for person in staying
            if chance.random() < 0.8
        },
        counts=chance.random() < 0.8,
        down=tuple((chance.choice([LEADER, *staying[:1]]), text) for text in texts if chance.random() < 0.08),
        looks_back=chance.random() < 0.2,
    )


def _answer(chance: random.Random, kind: str, person: int, agreed: bool) -> dict[str, Any]:
    if chance.random() < 0.12:
        return PASS
    if kind == "wall":
        return {"text": f"what {person} wrote"}
    alone = not agreed or chance.random() < 0.1
    if kind == "choice":
        return {"option": chance.choice(OPTIONS) if alone else OPTIONS[0]}
    if kind == "commitments":
        return {"stand": [one for one in SENTENCES if not alone or chance.random() < 0.6]}
    rated = [one for one in STATEMENTS if chance.random() < 0.85] or [STATEMENTS[0]]
    return {"ratings": {one: chance.randint(1, 5) if alone else 4 for one in rated}}


def with_others_answers(history: History, chance: random.Random) -> History:
    """The same, but those who answered in time gave each other's answers, and those who tapped each other's taps."""
    return replace(history, parts=tuple(_dealt_anew(part, chance) for part in history.parts))


def _dealt_anew(part: Part, chance: random.Random) -> Part:
    return replace(
        part,
        answers={**part.answers, **_dealt({person: part.answers[person] for person in part.order}, chance)},
        taps=_dealt(part.taps, chance),
    )


def _dealt(given: dict[int, Any], chance: random.Random) -> dict[int, Any]:
    values = list(given.values())
    chance.shuffle(values)
    return dict(zip(given, values, strict=True))


def in_another_order(history: History, chance: random.Random) -> History:
    """The same, but those who answered in time came in another order.

    Whoever gives the seat back keeps the place: whether such a seat had answered can be seen (docs/privacy.md).
    """
    return replace(history, parts=tuple(_reordered(part, chance) for part in history.parts))


def _reordered(part: Part, chance: random.Random) -> Part:
    staying = [person for person in part.order if person not in part.leaving.values()]
    chance.shuffle(staying)
    anew = iter(staying)
    order = tuple(person if person in part.leaving.values() else next(anew) for person in part.order)
    taps = list(part.taps.items())
    chance.shuffle(taps)
    return replace(part, order=order, taps=dict(taps))
