"""`make bench`: what the live API costs and how soon pages follow their leader, on MariaDB and Redis.

`ratios.py` and `latency.py` say what is measured, and how. Exit code 1 when an answer was lost or counted twice, 2 when
something needed is not there.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

PROCESSES = 2
#: Pairs of slices that a ratio is the median of.
PAIRS = 20


def main() -> int:
    """Run the whole bench; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=PAIRS, help=f"pairs of slices a ratio is the median of ({PAIRS})")
    parser.add_argument("--only", choices=["ratios", "latency"], help="one half of the bench")
    chosen = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    with tempfile.TemporaryDirectory(prefix="psychsafety-bench-") as folder:
        os.environ["PSYCHSAFETY_DEMO_DIR"] = folder
        import django

        django.setup()
        from tests.databases import missing, redis_url, scratch_mariadb, server_url

        for lack in (missing(server_url(), "MySQLdb"), missing(redis_url(), "redis")):
            if lack:
                print(f"The bench needs MariaDB and Redis: {lack}.", file=sys.stderr)
                return 2
        with scratch_mariadb("psychsafety_bench") as database_url:
            return _on(database_url, redis_url(), Path(folder), chosen)


def _on(database_url: str, cache_url: str, folder: Path, chosen: argparse.Namespace) -> int:
    from django.core.cache import cache

    from tests.databases import pointed_at
    from tests.demo_server import DemoServer

    server = DemoServer(
        folder,
        database_url=database_url,
        cache_url=cache_url,
        workers=PROCESSES,
        threads=4,
        settings="tests.bench.settings",
        environment={"GUNICORN_CMD_ARGS": "--keep-alive 60"},
    )
    with pointed_at(database_url, cache_url):
        try:
            server.start()
            return _measure(server.port, chosen)
        finally:
            server.stop()
            cache.clear()


def _measure(port: int, chosen: argparse.Namespace) -> int:
    from . import latency, ratios

    began = time.monotonic()
    print(f"MariaDB and Redis, {PROCESSES} server processes\n")
    met, safe = [], True
    if chosen.only != "latency":
        met, safe = ratios.measure(port, PROCESSES, chosen.pairs)
    if chosen.only != "ratios":
        met += latency.measure(port, PROCESSES)
    print(f"\n{sum(met)} of {len(met)} targets met, {time.monotonic() - began:.0f} s")
    return 0 if safe else 1


if __name__ == "__main__":
    sys.exit(main())
