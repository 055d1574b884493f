"""What the live API costs, as ratios to bare views that do the same work, measured within one run.

Product and bare views run in the same server processes, with the same middleware and connections, in short slices that
take turns; a ratio is the median over the pairs of slices. So neither the machine nor its mood matters much.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable

from .load import Clients, http
from .room import Room

CLIENTS = 4
SEATS = 240
#: Requests of one slice.
ANSWERS, POLLS = 240, 480


def measure(port: int, processes: int, pairs: int) -> tuple[list[bool], bool]:
    """Run all slices against the server on this port; says which targets were met.

    The second value is false when an answer was lost or counted twice.
    """
    clients = Clients(port, clients=CLIENTS, processes=processes)
    try:
        room = Room(SEATS)
        print(f"{CLIENTS} connections, medians of {pairs} pairs of slices")
        met = [_answers(clients, room, pairs), _polls(clients, room, pairs), _size(clients, room, pairs)]
        lost, doubled = _lost(clients, room)
    finally:
        clients.stop()
    safe = lost == doubled == 0
    print(
        f"{'answers lost, counted twice':<44}{f'{lost}, {doubled}':>6}   target 0, 0      {'met' if safe else 'MISSED'}"
    )
    return [*met, safe], safe


def _answers(clients, room, pairs: int) -> bool:
    """Answers a second against the bare view's."""
    room.warm()
    bare_round = room.round(counted=False)
    rounds = [room.round() for _ in range(pairs + 1)]

    def ours(turn: int) -> float:
        return _seconds(clients, room.answers([rounds[turn]]), 202)

    def bare(turn: int) -> float:
        return _seconds(clients, room.bare_answers(bare_round, ANSWERS), 202)

    ratio, rate = _ratio(bare, ours, pairs, ANSWERS)
    return _report(f"answers against a bare view ({rate:.0f}/s)", ratio, at_least=0.7)


def _polls(clients, room, pairs: int) -> bool:
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
        return _seconds(clients, room.polls(version, POLLS), 304)

    def bare(turn: int) -> float:
        return _seconds(clients, [bare_poll] * POLLS, 304)

    ratio, rate = _ratio(bare, ours, pairs, POLLS)
    return _report(f"unchanged poll against a bare 304 ({rate:.0f}/s)", ratio, at_least=0.8)


def _size(clients, room, pairs: int) -> bool:
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
        return _seconds(clients, room.answers(small[turn], range(turn * each, (turn + 1) * each)), 202)

    def at_10_000(turn: int) -> float:
        return _seconds(clients, room.answers(large, range(turn * each, (turn + 1) * each)), 202)

    ratio, _ = _ratio(at_10_000, at_10, pairs, each * rounds)
    return _report("an answer at 10,000 notes against one at 10", ratio, at_most=1.15)


def _lost(clients, room) -> tuple[int, int]:
    """Answers that were acknowledged and are not stored, and stored ones beyond those; each seat sends one twice."""
    requests = room.answers([room.round()])
    reply = clients.run([request for request in requests for _ in range(2)])
    if reply.statuses != {202: len(requests), 409: len(requests)}:
        raise SystemExit(f"each seat sent its answer twice and the replies were {dict(reply.statuses)}")
    return room.lost_and_doubled()


def _ratio(above: Callable[[int], float], below: Callable[[int], float], pairs: int, requests: int):
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


def _seconds(clients, requests: list[bytes], status: int) -> float:
    """How long the requests took. Ends the run when one of them was not answered with `status`."""
    reply = clients.run(requests)
    if reply.statuses != {status: len(requests)}:
        raise SystemExit(f"{len(requests)} requests that should give {status} gave {dict(reply.statuses)}")
    return reply.seconds


def _report(name: str, ratio: float, *, at_least: float | None = None, at_most: float | None = None) -> bool:
    met = ratio >= at_least if at_least is not None else ratio <= (at_most or 0)
    target = f">= {at_least}" if at_least is not None else f"<= {at_most}"
    print(f"{name:<44}{ratio:6.2f}   target {target:<9}{'met' if met else 'MISSED'}", flush=True)
    return met
