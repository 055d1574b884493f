"""Tallies and what people may see of them (rules 5 and 6): never a number that tells about one person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: The halves of a scale from 1 to 5 in which agreement is told, so that "all" and "all but one" read the same.
_BANDS = {1: [1, 2], 2: [1, 2], 3: [3], 4: [4, 5], 5: [4, 5]}


def shown_item(item: str, counts: Mapping[Any, int], *, needed: int, minimum: int) -> dict[str, Any]:
    """One item with its counts by option, or less.

    `needed` real answers are the floor; below, no number is said. Below twice the `minimum`, an item on which all, or
    all but one, gave the same answer is told in one common form, `most`, without any number: else the one, or
    everybody, would stand there by name.
    """
    total = sum(counts.values())
    if total < needed:
        return {"id": item, "too_few": True}
    first = max(counts, key=lambda option: counts[option])
    if total < 2 * minimum and counts[first] >= total - 1:
        return {"id": item, "most": [first]}
    return {"id": item, "counts": {str(option): count for option, count in counts.items()}, "total": total}


def countable(shown: Mapping[str, Any], floor: int) -> dict[str, int]:
    """The counts by option that are kept of an item once its session has ended: no more than what was shown of it.

    Of `too_few` nothing is left. Of `most`, where one different answer was not told from none, as many as the `floor`
    are left, all on the first option that was named: two items that looked the same are stored the same, and read the
    same again.
    """
    if "most" in shown:
        return {str(shown["most"][0]): floor}
    return {option: count for option, count in shown.get("counts", {}).items() if count}


def rated_item(item: str, counts: Mapping[int, int], *, needed: int, minimum: int) -> dict[str, Any]:
    """As `shown_item` for ratings from 1 to 5, with mean and spread (standard deviation), one decimal each."""
    shown = shown_item(item, counts, needed=needed, minimum=minimum)
    if "most" in shown:
        return {"id": item, "most": _BANDS[shown["most"][0]]}
    if "counts" not in shown:
        return shown
    mean = sum(rating * count for rating, count in counts.items()) / shown["total"]
    variance = sum(count * (rating - mean) ** 2 for rating, count in counts.items()) / shown["total"]
    return {**shown, "mean": round(mean, 1), "spread": round(variance**0.5, 1)}
