"""What a gathering answers to an agenda: the numbers and notes that stand there after each step's reveal."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from psychsafety_xblock.core.activities import ABOUT_COMMITMENTS, Cell, Commitments, Definition, Kind, kind_of
from psychsafety_xblock.core.privacy import NOTES_FLOOR
from psychsafety_xblock.demo.world.plan import Gathering
from psychsafety_xblock.demo.world.texts import Writer

#: How statements differ from each other, by their place; it repeats.
_EASIER = (0.1, -0.3, 0.5, 0.2, -0.1)
#: How often "kept", "partly", "not yet" is said of what was agreed on.
_KEPT = (35, 45, 20)
_PASSES = 0.08


@dataclass(frozen=True)
class Written:
    """A note, whether its writer shares it, and how many could have written it."""

    text: str
    share: bool
    taps: int


@dataclass(frozen=True)
class Played:
    """A step that has been done. `definition` holds what the leader wrote into it."""

    definition: Definition
    #: How many answered, passes included; None for a conversation.
    answered: int | None = None
    counts: Mapping[Cell, int] = field(default_factory=dict)
    notes: tuple[Written, ...] = ()


def play(gathering: Gathering, agenda: Sequence[Definition], writer: Writer, chance: random.Random) -> list[Played]:
    """The steps that this gathering came to."""
    return [_step(one, gathering, writer, chance) for one in agenda[: gathering.left_after]]


def _step(definition: Definition, gathering: Gathering, writer: Writer, chance: random.Random) -> Played:
    kind, people = kind_of(definition), gathering.people
    if isinstance(kind, Commitments):
        definition = _agreed(kind, definition, gathering.day, writer, chance)
    if not kind.collects(definition):
        return Played(definition)
    if kind.has_notes:
        return Played(definition, people, notes=_notes(people, writer, chance))
    counts = Counter(dict.fromkeys(kind.cells(definition), 0))
    for _ in range(people):
        if chance.random() > _PASSES / 2:
            counts.update(_votes(kind, definition, gathering.mood, chance))
    return Played(definition, people, counts=dict(counts))


def _agreed(
    kind: Commitments, definition: Definition, day: datetime.date, writer: Writer, chance: random.Random
) -> Definition:
    sentences = writer.agreements(chance.choice((1, 1, 2, 2, 3)))
    due = day + datetime.timedelta(days=chance.choice((21, 28, 28, 35)))
    return kind.written(definition, sentences, due.isoformat(), day)


def _notes(people: int, writer: Writer, chance: random.Random) -> tuple[Written, ...]:
    """One note each, but for those who pass; some rooms share more than others."""
    writers = max(NOTES_FLOOR, sum(chance.random() > _PASSES for _ in range(people)))
    openness = chance.betavariate(6, 4)
    notes = []
    for _ in range(writers):
        common = chance.betavariate(2, 3)
        taps = sum(chance.random() < common for _ in range(people))
        notes.append(Written(writer.note(), chance.random() < openness, taps))
    return tuple(notes)


def _votes(kind: Kind, definition: Definition, mood: float, chance: random.Random) -> list[Cell]:
    if definition["kind"] == "pulse":
        return [
            (one["id"], str(_rating(mood + _EASIER[place % len(_EASIER)], one["reversed"], chance)))
            for place, one in enumerate(definition["statements"])
            if chance.random() > _PASSES / 2
        ]
    if definition["kind"] == "choice":
        options = [(item, option) for item, option in kind.cells(definition)]
        weights = _KEPT if definition["about"] == ABOUT_COMMITMENTS else range(len(options) + 2, 2, -1)
        return chance.choices(options, tuple(weights)[: len(options)])
    stand, no = "stand", "not"
    return [(one["id"], stand if chance.random() < 0.9 else no) for one in definition["commitments"]]


def _rating(level: float, reverse: bool, chance: random.Random) -> int:
    """One person's rating around a level; of a reversed statement, from the other end of the scale."""
    rating = min(5, max(1, round(chance.gauss(level, 0.9))))
    return 6 - rating if reverse else rating
