"""Taps on the echo while a round collects them: counters of the round, which belong to no team yet.

A tap is added by `storage.add_echo`, beside its ballot.
"""

from __future__ import annotations

from collections.abc import Iterable

from .core.codes import slot
from .models import Ballot, EchoTap, Round
from .sqlite_log import empty_log_afterwards

#: What the mark of taps on the echo begins with while they are collected: they are a round's, and not yet a team's.
COLLECTING = "round:"


def collecting_mark(round_id: int) -> str:
    """Under which mark a round collects its taps on the echo."""
    return COLLECTING + slot("echo taps", round_id)[: 64 - len(COLLECTING)]


def lay_out_echo(round_id: int, note_ids: Iterable[int]) -> None:
    """Make the counters of taps on the echo, all at zero; inside the caller's transaction."""
    mark = collecting_mark(round_id)
    EchoTap.objects.bulk_create(EchoTap(note_id=note_id, mark=mark) for note_id in note_ids)


def end_echo(round_id: int) -> dict[int, int]:
    """End tapping on the echo, if it is open: destroy its ballots and the round's counters.

    Gives how many tapped on each note; who does not count them forgets them. Inside the caller's transaction.
    """
    if not Round.objects.filter(id=round_id, echo=Round.Echo.OPEN).update(echo=Round.Echo.COUNTED):
        return {}
    collected = EchoTap.objects.filter(mark=collecting_mark(round_id))
    taps = dict(collected.order_by("note_id").values_list("note_id", "people"))
    collected.delete()
    Ballot.objects.filter(round_id=round_id, purpose=Ballot.Purpose.ECHO).delete()
    empty_log_afterwards()
    return taps
