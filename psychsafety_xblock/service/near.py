"""Which notes read alike: groups on a large wall, and what hangs beside a team's own notes."""

from __future__ import annotations

import logging
import time

from .. import grouping
from ..core.privacy import LARGE_WALL
from ..logs import report
from ..models import Round
from .cache import cache, key

log = logging.getLogger(__name__)

#: How long others leave a sealed round to the process that is grouping its notes, and how often they look.
LEFT_SECONDS = 2.0
_LOOK_SECONDS = 0.05


def announce_groups(round_id: int) -> None:
    """The notes of a round that is being sealed are about to be grouped: for `let_group`, in all processes."""
    cache().set(key("grouping", round_id), True, LEFT_SECONDS)


def let_group(round_id: int) -> None:
    """Whoever meets a sealed round waits here while another process groups its notes; not for one that died."""
    until = time.monotonic() + LEFT_SECONDS
    while time.monotonic() < until and cache().get(key("grouping", round_id)):
        if not Round.objects.filter(id=round_id, phase=Round.Phase.SEALED).exists():
            return
        time.sleep(_LOOK_SECONDS)


def groups_of(texts: list[str]) -> dict[str, int]:
    """The number of the group that a text is in, from 0 for the largest; empty for a wall that is not large.

    Reckoned between the two halves of a reveal: no answer waits for it, and no note comes in any more, which would hang
    alone and be known as the last. Never fails: a wall without groups is better than none.
    """
    if len(texts) < LARGE_WALL:
        return {}
    try:
        found = grouping.groups(texts)
    except Exception as error:
        _tell(error)
        return {}
    return {text: number for text, number in zip(texts, found, strict=True) if number is not None}


def near(own: list[tuple[int, str]], others: list[tuple[str, str]]) -> dict[str, list[str]]:
    """For the id of each own note that has any, the ids of the other notes that read alike, the nearest first.

    Never fails: an echo without neighbours is better than none.
    """
    try:
        found = grouping.pairs([text for _, text in own], [text for _, text in others])
    except Exception as error:
        _tell(error)
        return {}
    return {str(own[place][0]): [others[other][0] for other in near_by] for place, near_by in found.items()}


def _tell(error: Exception) -> None:
    # The kind of error only: its text could hold a note.
    report(log, logging.ERROR, "notes.not_grouped", error=type(error).__name__)
