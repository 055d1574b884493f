"""`make soak`: teams and a course-wide wall under load while one thing after another breaks.

On a MariaDB and a Redis of its own with two server processes. Exit code 1 unless each acknowledged answer is stored
exactly once, every session came to its end, and nobody was told anything that docs/api.md does not name; 2 when
something needed is not there. Nothing here depends on speed.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TEAMS, WRITERS = 6, 6
#: What each call may be answered with, whatever is broken.
DOCUMENTED = {
    "poll": {200, 304, 401, 410, 503},
    "join": {200, 503},
    "seats": {201, 503},
    "answers": {202, 401, 409, 410, 503},
    "late answers": {409, 410, 503},
    "resonance": {202, 409, 410, 503},
    "echo": {202, 409, 410, 503},
    "commands": {200, 401, 409, 410, 503},
}


def main() -> int:
    """Run the soak; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.soak", description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=3.0, help="how long things break (3)")
    parser.add_argument("--seed", type=int, default=0, help="for the order of faults (default: another each time)")
    chosen = parser.parse_args()
    seed = chosen.seed or random.SystemRandom().randrange(1, 10_000)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.soak.settings"
    # Whoever ends it, ends what it has started too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="psychsafety-soak-") as folder:
        os.environ["PSYCHSAFETY_DEMO_DIR"] = folder
        import django

        django.setup()
        return _in(Path(folder), chosen.minutes, seed)


def _in(folder: Path, minutes: float, seed: int) -> int:
    from tests.databases import pointed_at
    from tests.demo_server import DemoServer

    from . import places
    from .faults import Scene
    from .settings import CLOCK_FILE

    try:
        database, cache = places.mariadb(folder), places.redis(folder)
    except FileNotFoundError as error:
        print(f"The soak starts a MariaDB and a Redis of its own: {error}.", file=sys.stderr)
        return 2
    with contextlib.ExitStack() as stack:
        stack.enter_context(database)
        stack.enter_context(cache)
        url = f"mysql://root@127.0.0.1:{database.port}/soak"
        places.create_database(database.port, "soak")
        cache_url = f"redis://127.0.0.1:{cache.port}/0"
        server = DemoServer(
            folder,
            database_url=url,
            cache_url=cache_url,
            workers=2,
            threads=8,
            settings="tests.bench.soak.settings",
            environment={"GUNICORN_CMD_ARGS": "--keep-alive 60"},
        )
        stack.enter_context(pointed_at(url, cache_url))
        stack.callback(server.stop)
        server.start()
        print(f"{TEAMS} teams and a wall for everybody, {minutes:g} minutes of faults, seed {seed}\n", flush=True)
        return asyncio.run(_soak(Scene(server, database, cache, CLOCK_FILE), minutes * 60, seed))


async def _soak(scene, seconds: float, seed: int) -> int:
    from ..pages import Tally
    from . import everybody, hall, team
    from .faults import make_trouble
    from .ledger import Ledger
    from .wire import Wire, in_django

    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(32))
    began = time.monotonic()
    await in_django(hall.share)
    wire, ledger, pages, faults = Wire(scene.server.port, random.Random(seed)), Ledger(), Tally(), []
    trouble = asyncio.create_task(make_trouble(scene, began + seconds, random.Random(seed), faults))
    loads = [team.keep_meeting(wire, ledger, pages, trouble.done) for _ in range(TEAMS)]
    loads += [everybody.keep_writing(wire, ledger, trouble.done) for _ in range(WRITERS)]
    await asyncio.gather(trouble, *loads)
    session_id, _ = await in_django(lambda: everybody.seat_of("the last"))
    published = await in_django(lambda: everybody.settled(session_id, ledger))
    await in_django(ledger.judge_the_rest)
    wire.replies += Counter({("poll", status, ""): count for status, count in pages.polls.items()})
    return _verdict(scene, wire, ledger, pages, faults, published, time.monotonic() - began)


def _verdict(scene, wire, ledger, pages, faults: list[str], published: int, seconds: float) -> int:
    problems = list(ledger.problems)
    for (call, status, code), count in wire.replies.items():
        if status not in DOCUMENTED[call]:
            problems.append(f"{call}: answered {count} times with {status} {code}")
    busy = sum(count for (_, status, _), count in wire.replies.items() if status == 503)
    lost = wire.lost + sum(count for name, count in pages.failures.items() if not name.isdigit())
    errors = [line for line in scene.server.log_lines() if " failed with " in line and "psychsafety_xblock.web" in line]
    print(
        f"\n{len(faults)} faults of {len(set(faults))} kinds in {seconds:.0f} s; "
        f"{ledger.sessions} sessions from opening to end, {ledger.rounds} rounds and periods compared\n"
        f"{sum(wire.replies.values())} replies, {busy} of them 503 (sent again), {lost} connections lost (sent again)\n"
        f"{ledger.acknowledged} answers and taps acknowledged, {ledger.doubtful} told that they may have arrived, "
        f"{published} notes of the wall for everybody published"
    )
    problems += [f"the server's log: {line[:300]}" for line in errors]
    if not ledger.sessions:
        problems.append("no session came to its end")
    for line in problems[:30]:
        print(f"WRONG: {line}")
    print("Nothing lost, nothing doubled, nobody stuck." if not problems else f"{len(problems)} problems.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
