"""How much one process and one core bear, alone and behind the platform's middleware: what sizing starts from."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from psychsafety_xblock.service.cache import forget_state

from .load import Clients, server_processes
from .machine import Load
from .ratios import ANSWERS, CLIENTS, POLLS, SEATS, seconds
from .report import Report
from .room import Room


@dataclass(frozen=True)
class Rate:
    """Requests a second that all processes answered, and what a second of one core was good for."""

    together: float
    per_core: float | None


def measure(port: int, processes: int, name: str, report: Report, *, slices: int) -> None:
    """Answers and unchanged polls against the server on this port, as fast as it goes."""
    pids = server_processes(port, processes)
    clients = Clients(port, clients=CLIENTS, processes=processes)
    try:
        room = Room(SEATS)
        room.warm()
        rounds = [room.round() for _ in range(slices + 1)]
        rates = {"answers": _rate(clients, pids, [room.answers([one]) for one in rounds], 202, ANSWERS)}
        forget_state(room.session.id)
        polls = room.polls(room.version(), POLLS)
        rates["unchanged polls"] = _rate(clients, pids, [polls] * (slices + 1), 304, POLLS)
        lost, doubled = room.lost_and_doubled()
    finally:
        clients.stop()
    for what, rate in rates.items():
        report.add(f"{what} a second and process, {name}", f"{rate.together / processes:.0f}")
        if rate.per_core is not None:
            report.add(f"{what} for a second of one core, {name}", f"{rate.per_core:.0f}")
    report.exactly(f"answers lost, counted twice, {name}", lost, doubled)


def _rate(clients: Clients, pids: list[int], slices: list[list[bytes]], status: int, requests: int) -> Rate:
    """The first slice warms up and is not counted."""
    seconds(clients, slices[0], status)
    load = Load(pids)
    rates = [requests / seconds(clients, one, status) for one in slices[1:]]
    used = load.server_seconds()
    return Rate(statistics.median(rates), None if not used else requests * len(rates) / used)
