"""The labelled notes, and how well groups do on them: precision (how many neighbours are right) and recall."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

import yaml

from psychsafety_xblock import grouping

LANGUAGES = ("en", "da")


@dataclass(frozen=True)
class Labelled:
    """A note with what it means, None for one that means what no other does."""

    text: str
    meaning: str | None
    language: str


@dataclass(frozen=True)
class Measured:
    """Counted in pairs of notes. `expected`: pairs of one meaning in one language, for letters cannot translate."""

    right: int
    wrong: int
    expected: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.expected)


def load(half: str) -> list[Labelled]:
    read = yaml.safe_load((Path(__file__).parent / f"{half}.yaml").read_text(encoding="utf-8"))
    notes = [
        Labelled(text, group["meaning"], language)
        for group in read["groups"]
        for language in LANGUAGES
        for text in group.get(language, [])
    ]
    return notes + [Labelled(text, None, "") for text in read["alone"]]


def measure(notes: list[Labelled]) -> Measured:
    found = grouping.groups([note.text for note in notes])
    right = wrong = expected = 0
    for (one, group), (other, its) in itertools.combinations(zip(notes, found, strict=True), 2):
        same = one.meaning is not None and one.meaning == other.meaning
        expected += same and one.language == other.language
        if group is not None and group == its:
            right, wrong = right + same, wrong + (not same)
    return Measured(right, wrong, expected)
