"""Which notes read alike: by the letters that they share, in any language, without a dictionary and without a model.

A text is cut into all its runs of three and four characters. A run that few of the texts have says much, one that most
have ("it takes courage to") says little. Two texts are as near as the share of what they say that they have in common,
from 0 to 1. docs/grouping.md tells it in plain words and how well it does, docs/adr/0014 why it is this and nothing
bigger.

It needs numpy, which `pip install psychsafety-xblock[grouping]` brings. Without it nothing reads alike, and nothing
else changes. The same texts in the same order give the same groups, always.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: How many characters the runs have, spaces between and around words among them.
RUNS = (3, 4)
#: How near all texts of a group must be to each other, and one text to another that hangs beside it. Chosen on
#: tests/grouping/tuning.yaml: wrong neighbours are worse than missing ones.
NEAR = 0.42
#: More texts than these are not compared: the time it takes grows with their square.
MOST_TEXTS = 1000
#: So many texts at most hang beside one.
MOST_BESIDE = 3
#: Columns of the table that are multiplied at a time, so that it never takes much memory.
_AT_A_TIME = 4096
#: Letters of scripts that are written without spaces: each stands for about a word.
_WITHOUT_SPACES = ("CJK UNIFIED", "CJK COMPATIBILITY", "HIRAGANA", "KATAKANA", "THAI", "LAO ", "KHMER", "MYANMAR")


def is_available() -> bool:
    """Whether notes can be grouped here."""
    return find_spec("numpy") is not None


def groups(texts: Sequence[str]) -> list[int | None]:
    """For each text the number of its group, from 0 for the largest; None where nothing reads alike.

    All texts of a group are near to each other, so that no chain of small steps joins what does not belong together.
    """
    if not is_available() or not 1 < len(texts) <= MOST_TEXTS:
        return [None] * len(texts)
    joined = _joined(_nearness([_plain(text) for text in texts]))
    ordered = sorted(joined, key=lambda members: (-len(members), members[0]))
    found: list[int | None] = [None] * len(texts)
    for number, members in enumerate(ordered):
        for place in members:
            found[place] = number
    return found


def pairs(own: Sequence[str], others: Sequence[str]) -> dict[int, list[int]]:
    """For the place of each own text that has any, the places of the others that are near to it, the nearest first."""
    if not is_available() or not own or not others or len(own) + len(others) > MOST_TEXTS:
        return {}
    table = _nearness([_plain(text) for text in (*own, *others)])[: len(own), len(own) :]
    found = {}
    for place, row in enumerate(table.tolist()):
        near = sorted((-value, other) for other, value in enumerate(row) if value >= NEAR)
        if near:
            found[place] = [other for _, other in near[:MOST_BESIDE]]
    return found


def _plain(text: str) -> str:
    """Small letters, numbers and pictures, with one space between words and around them all; "" for nothing else."""
    kept = []
    for character in unicodedata.normalize("NFKC", text).casefold():
        kind = unicodedata.category(character)
        if kind == "So" or (kind == "Lo" and unicodedata.name(character, "").startswith(_WITHOUT_SPACES)):
            kept.append(f" {character} ")
        elif kind[0] in "LN" or kind in ("Mn", "Mc"):
            kept.append(character)
        elif kind != "Cf" and character not in "'’":
            kept.append(" ")
    words = "".join(kept).split()
    return f" {' '.join(words)} " if words else ""


def _nearness(texts: list[str]) -> NDArray[Any]:
    """How near each text is to each other one: a square table of numbers from 0 to 1."""
    import numpy as np

    count = len(texts)
    rows, runs = _runs_of(texts)
    _names, columns, used = np.unique(runs, return_inverse=True, return_counts=True)
    # Of a run that all texts have a little is left, so that the same text twice is always the same.
    weights = np.log((1.0 + count) / used)[columns]
    lengths = np.sqrt(np.bincount(rows, weights**2, minlength=count))
    lengths[lengths == 0] = 1.0
    # What only one text has makes it longer, and is nothing in common.
    shared = used >= 2
    keep = shared[columns]
    place = np.cumsum(shared) - 1
    rows, columns, weights = rows[keep], place[columns[keep]], (weights / lengths[rows])[keep]
    table = np.zeros((count, count))
    for start in range(0, int(shared.sum()), _AT_A_TIME):
        here = (columns >= start) & (columns < start + _AT_A_TIME)
        part = np.zeros((count, _AT_A_TIME), dtype=np.float32)
        part[rows[here], columns[here] - start] = weights[here]
        table += part @ part.T
    return table


def _runs_of(texts: list[str]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Which text has which run, each once: two columns of the same length, the runs as large numbers."""
    import numpy as np

    letters = np.array([ord(character) for text in texts for character in text], dtype=np.uint64)
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    rows, runs = [], []
    for length in RUNS:
        starts = len(letters) - length + 1
        if starts <= 0:
            continue
        one = np.full(starts, length, dtype=np.uint64)
        for offset in range(length):
            # A character has 21 bits; four are mixed into 64, and that two runs meet there is a chance of 10^-9.
            one = (one ^ letters[offset : offset + starts]) * np.uint64(0x9E3779B97F4A7C15)
            one ^= one >> np.uint64(29)
        whole = owners[:starts] == owners[length - 1 :]
        rows.append(owners[:starts][whole])
        runs.append(one[whole])
    if not rows:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint64)
    both = np.unique(np.stack([np.concatenate(rows).astype(np.uint64), np.concatenate(runs)]), axis=1)
    return both[0].astype(np.int64), both[1]


def _joined(table: NDArray[Any]) -> list[list[int]]:
    """The groups: the two that are nearest are joined, again and again, while all in them are near to each other."""
    import numpy as np

    np.fill_diagonal(table, 0.0)
    candidates = np.flatnonzero(table.max(axis=1) >= NEAR)
    least = table[np.ix_(candidates, candidates)]
    members = [[int(place)] for place in candidates]
    while least.size:
        one, other = divmod(int(least.argmax()), len(members))
        if least[one, other] < NEAR:
            break
        one, other = min(one, other), max(one, other)
        members[one] = sorted(members[one] + members[other])
        # Two groups are as near as those of them that are furthest from each other.
        least[one] = least[:, one] = np.minimum(least[one], least[other])
        least[one, one] = 0.0
        least[other] = least[:, other] = 0.0
        members[other] = []
    return [group for group in members if len(group) > 1]
