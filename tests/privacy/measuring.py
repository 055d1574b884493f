"""How an attack is measured: many histories, a guess for each answer, and how often it is right beside mere guessing.

Each attacker is a file `test_attacker_*.py` that says what the attacker knows, what is tried and at what, and hands a
function to the fixture `attack`. Histories are seeded (who comes when, who writes what); keys and shuffles are the
product's own. `make attack` runs many of them and prints the table; without it a run is short, with the same bounds.
"""

from __future__ import annotations

import math
import os
import random
import statistics
from collections.abc import Callable
from dataclasses import dataclass

#: Histories for each attempt. `make attack` asks for more.
RUNS = int(os.environ.get("PSYCHSAFETY_ATTACK_RUNS", "12"))

#: A share is better than guessing when it is more than so many standard errors above it; by chance once in a million.
ERRORS = 5.0


@dataclass(frozen=True)
class Attacker:
    """Who attacks, what is in the attacker's hands, and what is done with it: phrases for docs/privacy.md."""

    name: str
    knows: str
    tries: str


@dataclass(frozen=True)
class Guess:
    """One answer that was guessed to be somebody's: whether that was right, and how likely it would be by lot."""

    right: bool
    by_lot: float


@dataclass(frozen=True)
class Figure:
    """What an attempt came to: the share of right guesses, that by lot, and what `leaks`, if they differ."""

    attacker: Attacker
    target: str
    share: float
    by_lot: float
    guesses: int
    runs: int
    leaks: str

    @property
    def line(self) -> str:
        """A row of the table of attackers."""
        told = self.leaks or "no better than guessing"
        return f"| {self.attacker.name} | {self.target} | {self.share:.0%} | {self.by_lot:.0%} | {told} |"


Run = Callable[[random.Random], list[Guess]]


def measure(attacker: Attacker, target: str, run: Run, *, leaks: str = "", runs: int = 0) -> Figure:
    """Play `runs` histories (default: RUNS) and judge the guesses of each.

    `run` is given the history's own randomness and gives its guesses. `leaks` is the sentence of docs/privacy.md about
    what this attacker can find out, and cannot be kept from. Raises AssertionError when the guesses are better than by
    lot and `leaks` is empty, or when they are not and it is there: then the documents say too much.
    """
    runs = runs or RUNS
    gains, rights, lots, errors = [], 0, 0.0, []
    count = 0
    for seed in range(runs):
        guesses = run(random.Random(seed))
        assert guesses, "a history without a guess measures nothing"
        right = sum(guess.right for guess in guesses)
        lot = math.fsum(guess.by_lot for guess in guesses)
        gains.append((right - lot) / len(guesses))
        # That of guesses by lot; of a random matching it is about one hit, whatever its size.
        errors.append(math.sqrt(math.fsum(guess.by_lot * (1 - guess.by_lot) for guess in guesses)) / len(guesses))
        rights, lots, count = rights + right, lots + lot, count + len(guesses)
    figure = Figure(attacker, target, rights / count, lots / count, count, runs, leaks)
    expected = statistics.fmean(errors) / math.sqrt(runs)
    found = statistics.stdev(gains) / math.sqrt(runs) if runs > 1 else 0.0
    better = statistics.fmean(gains) > ERRORS * max(expected, found)
    if not leaks:
        assert not better, f"{attacker.name}, {target}: {figure.share:.0%} right, {figure.by_lot:.0%} by lot"
    else:
        assert better, f"{attacker.name}, {target}: no better than guessing, so docs/privacy.md need not say otherwise"
    return figure
