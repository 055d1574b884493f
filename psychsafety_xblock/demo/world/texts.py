"""What the people of the world write: files in `texts/`, one a language, and how a note comes out of them."""

from __future__ import annotations

import functools
import random
from dataclasses import dataclass
from pathlib import Path

import yaml

LANGUAGES = ("en", "da", "de")
#: So many notes that are put together for each one that was written as it is.
_PUT_TOGETHER = 2


@dataclass(frozen=True)
class Texts:
    """A language. An act and a moment make a note, a "when" and a "will" an agreement."""

    notes: tuple[str, ...]
    acts: tuple[str, ...]
    moments: tuple[str, ...]
    whens: tuple[str, ...]
    wills: tuple[str, ...]


@functools.cache
def texts_in(language: str) -> Texts:
    """The texts of one of `LANGUAGES`."""
    raw = yaml.safe_load((Path(__file__).parent / f"texts/{language}.yaml").read_text(encoding="utf-8"))
    return Texts(**{name: tuple(lines) for name, lines in raw.items()})


class Writer:
    """Writes in one language, and comes back to a note only when there is nothing else left to say."""

    def __init__(self, language: str, chance: random.Random) -> None:
        self._texts = texts_in(language)
        self._chance = chance
        self._stack: list[str] = []

    def note(self) -> str:
        """A note for a wall, as untidy as people type."""
        if not self._stack:
            self._stack = self._pile()
        text = self._stack.pop()
        if self._chance.random() < 0.35:
            text = text.removesuffix(".")
        if self._chance.random() < 0.12:
            text = text[0].lower() + text[1:]
        return text

    def agreements(self, count: int) -> list[str]:
        """Different sentences that a team agrees on."""
        whens, wills = self._chance.sample(self._texts.whens, count), self._chance.sample(self._texts.wills, count)
        return [f"{when}, {will}." for when, will in zip(whens, wills, strict=True)]

    def _pile(self) -> list[str]:
        """Everything that was written as it is, and some of what can be put together, in any order."""
        whole = self._texts.notes
        every = [f"{act} {moment}." for act in self._texts.acts for moment in self._texts.moments]
        pile = [*whole, *self._chance.sample(every, min(len(every), _PUT_TOGETHER * len(whole)))]
        self._chance.shuffle(pile)
        return pile
