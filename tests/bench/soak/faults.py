"""What goes wrong during a soak, one thing after another, each with time to recover from the last."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import cache

from tests.demo_server import DemoServer

from .places import Program

#: Between two faults, in seconds.
PAUSE = (4.0, 8.0)


@dataclass(frozen=True)
class Scene:
    """What can be broken."""

    server: DemoServer
    database: Program
    cache: Program
    clock: Path


def _kill_a_server_process(scene: Scene) -> None:
    assert scene.server.process is not None
    master = scene.server.process.pid
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    os.kill(int(random.choice(workers)), signal.SIGKILL)


def _database_dies(scene: Scene) -> None:
    scene.database.kill()
    time.sleep(1)
    scene.database.start()


def _database_restarts(scene: Scene) -> None:
    scene.database.stop()
    scene.database.start()


def _database_stalls(scene: Scene) -> None:
    """For a slow disk: what is asked of it is done, two seconds later."""
    scene.database.pause()
    time.sleep(2)
    scene.database.go_on()


def _cache_is_flushed(scene: Scene) -> None:
    cache.clear()


def _cache_is_away(scene: Scene) -> None:
    scene.cache.kill()
    time.sleep(4)
    scene.cache.start()


def _cache_hangs(scene: Scene) -> None:
    scene.cache.pause()
    time.sleep(3)
    scene.cache.go_on()


def _clock_jumps(scene: Scene) -> None:
    scene.clock.write_text("3600")
    time.sleep(5)
    scene.clock.unlink()


#: The name that the report gives it, and what it does.
FAULTS: dict[str, Callable[[Scene], None]] = {
    "a server process is killed (kill -9)": _kill_a_server_process,
    "the database is killed and recovers": _database_dies,
    "the database is restarted": _database_restarts,
    "the database stalls for 2 s (SIGSTOP, for a slow disk)": _database_stalls,
    "the cache is flushed": _cache_is_flushed,
    "the cache is away for 4 s and comes back empty": _cache_is_away,
    "the cache hangs for 3 s (SIGSTOP)": _cache_hangs,
    "the clock is an hour ahead for 5 s, then right again": _clock_jumps,
}


async def make_trouble(scene: Scene, until: float, chance: random.Random, done: list[str]) -> None:
    """All faults in an order of chance, again and again, until this moment of the monotonic clock.

    The first round of all is finished whatever the time. Adds the name of each fault to `done`.
    """
    while not done or time.monotonic() < until:
        names = list(FAULTS)
        chance.shuffle(names)
        for name in names:
            if len(done) >= len(FAULTS) and time.monotonic() > until:
                return
            await asyncio.sleep(chance.uniform(*PAUSE))
            await asyncio.to_thread(FAULTS[name], scene)
            done.append(name)
            print(f"  {name}", flush=True)
