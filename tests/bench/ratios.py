"""What the live API costs, as ratios to bare views that do the same work, measured within one run.

Product and bare views run in the same server processes, with the same middleware and connections, in short slices that
take turns; a ratio is the median over the pairs of slices. So neither the machine nor its mood matters much.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable

from .load import Clients, http
from .report import Report
from .room import PULSE, Room

CLIENTS = 4
SEATS = 240
#: Requests of one slice.
ANSWERS, POLLS = 240, 480


def measure(port: int, processes: int, pairs: int, report: Report, *, polls: bool = True) -> None:
    """Run all slices against the server on this port; without `polls` those of the answers only."""
    clients = Clients(port, clients=CLIENTS, processes=processes)
    try:
        room, counted = Room(SEATS), Room(SEATS, PULSE)
        report.remark(f"{CLIENTS} connections, medians of {pairs} pairs of slices")
        _answers(clients, room, pairs, report, "an answer to a wall (ballot, note)")
        _answers(clients, counted, pairs, report, "an answer to a pulse (ballot, 4 counters)")
        if polls:
            _polls(clients, room, pairs, report)
        _size(clients, room, pairs, report)
        for each in (room, counted):
            _twice(clients, each)
        lost, doubled = (sum(both) for both in zip(room.lost_and_doubled(), counted.lost_and_doubled(), strict=True))
    finally:
        clients.stop()
    report.exactly("answers lost, counted twice", lost, doubled)


def _answers(clients: Clients, room: Room, pairs: int, report: Report, name: str) -> None:
    """Answers a second against the bare view's."""
    room.warm()
    bare_round = room.round(counted=False)
    rounds = [room.round() for _ in range(pairs + 1)]

    def ours(turn: int) -> float:
        return seconds(clients, room.answers([rounds[turn]]), 202)

    def bare(turn: int) -> float:
        return seconds(clients, room.bare_answers(bare_round, ANSWERS), 202)

    ratio, rate = compared(bare, ours, pairs, ANSWERS)
    _report(report, f"{name} against a bare view ({rate:.0f}/s)", ratio, at_least=0.7)


def _polls(clients: Clients, room: Room, pairs: int, report: Report) -> None:
    """Unchanged polls a second against the bare view's."""
    from django.core.cache import cache

    room.warm()
    version = room.version()
    cache.set("bare-version", version)
    bare_poll = http(
        "GET",
        "/bare/poll",
        headers={"Authorization": f"Bearer {room.tokens[0]}", "If-None-Match": f'"{version}"'},
    )

    def ours(turn: int) -> float:
        return seconds(clients, room.polls(version, POLLS), 304)

    def bare(turn: int) -> float:
        return seconds(clients, [bare_poll] * POLLS, 304)

    ratio, rate = compared(bare, ours, pairs, POLLS)
    _report(report, f"an unchanged poll against a bare 304 ({rate:.0f}/s)", ratio, at_least=0.8)


def _size(clients: Clients, room: Room, pairs: int, report: Report) -> None:
    """The time of an answer into a round with 10,000 notes against one with 10."""
    turns = pairs + 1
    each, rounds = SEATS // turns, -(-ANSWERS // 3 // (SEATS // turns))
    large = [room.round(10_000) for _ in range(rounds)]
    # New ones each turn, so that the small ones stay small.
    small = [[room.round(10) for _ in range(rounds)] for _ in range(turns)]
    room.warm()

    room.open(large)

    def at_10(turn: int) -> float:
        room.open(small[turn])
        return seconds(clients, room.answers(small[turn], range(turn * each, (turn + 1) * each)), 202)

    def at_10_000(turn: int) -> float:
        return seconds(clients, room.answers(large, range(turn * each, (turn + 1) * each)), 202)

    ratio, _ = compared(at_10_000, at_10, pairs, each * rounds)
    _report(report, "the time of an answer at 10,000 notes to that at 10", ratio, at_most=1.15)


def _twice(clients: Clients, room: Room) -> None:
    """Each seat sends an answer twice. Ends the run when a second one is not recognised."""
    requests = room.answers([room.round()])
    reply = clients.run([request for request in requests for _ in range(2)])
    if reply.statuses != {202: len(requests), 409: len(requests)}:
        raise SystemExit(f"each seat sent its answer twice and the replies were {dict(reply.statuses)}")


def compared(
    above: Callable[[int], float], below: Callable[[int], float], pairs: int, requests: int
) -> tuple[float, float]:
    """The median of the times of `above` over those of `below` in slices that take turns; and below's rate.

    The first pair is not counted. Which of the two comes first alternates.
    """
    ratios, times = [], []
    for turn in range(pairs + 1):
        if turn % 2:
            first = above(turn)
            second = below(turn)
        else:
            second = below(turn)
            first = above(turn)
        if turn:
            ratios.append(first / second)
            times.append(second)
    return statistics.median(ratios), requests / statistics.median(times)


def seconds(clients: Clients, requests: list[bytes], status: int) -> float:
    """How long the requests took. Ends the run when one of them was not answered with `status`."""
    reply = clients.run(requests)
    if reply.statuses != {status: len(requests)}:
        raise SystemExit(f"{len(requests)} requests that should give {status} gave {dict(reply.statuses)}")
    return reply.seconds


def _report(
    report: Report, name: str, ratio: float, *, at_least: float | None = None, at_most: float | None = None
) -> None:
    met = ratio >= at_least if at_least is not None else ratio <= (at_most or 0)
    report.add(name, f"{ratio:.2f}", f">= {at_least}" if at_least is not None else f"<= {at_most}", met)
