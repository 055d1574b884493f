"""`make bench`: what the product costs and bears, beside bare Django views and beside xblock-poll.

On MariaDB (or PostgreSQL) and Redis with two server processes; docs/performance.md says how to read it. Exit code 1
when an answer was lost or counted twice, 2 when something needed is not there.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PROCESSES = 2
#: Pairs of slices that a ratio is the median of, and slices of a rate; the short run's are a quarter of it.
PAIRS = 20
PARTS = ("ratios", "budget", "storm", "course", "latency", "world", "large-wall", "sizing", "beside", "other")


def main() -> int:
    """Run the whole bench; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, help=f"pairs of slices a ratio is the median of ({PAIRS})")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=list(PARTS), help="some parts of the bench")
    parser.add_argument("--database", choices=["mariadb", "postgres"], default="mariadb", help="where all is measured")
    parser.add_argument("--quick", action="store_true", help="a short run, to see that it works")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the figures between the markers of this page")
    chosen = parser.parse_args()
    chosen.pairs = chosen.pairs or (PAIRS // 4 if chosen.quick else PAIRS)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    # Whoever ends it, ends what it has started too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="psychsafety-bench-") as folder:
        os.environ["PSYCHSAFETY_DEMO_DIR"] = folder
        import django

        django.setup()
        from tests.databases import missing, redis_url

        for lack in (_lack(chosen.database), missing(redis_url(), "redis")):
            if lack:
                print(f"The bench needs a database and Redis: {lack}.", file=sys.stderr)
                return 2
        return _run(Path(folder), chosen)


def _run(folder: Path, chosen: argparse.Namespace) -> int:
    from .report import Report

    began, report = time.monotonic(), Report()
    if chosen.quick:
        report.caution = "A short run, which shows that it works: its figures mean little."
    with _server(folder, chosen.database) as (port, _):
        report.servers += [*_versions(chosen.database), f"{PROCESSES} gunicorn processes of 4 threads"]
        print(f"{report.servers[0]} and {report.servers[1]}, {PROCESSES} server processes", flush=True)
        for name, measure in _parts(port, chosen, report).items():
            if name in chosen.only:
                measure()
    if "world" in chosen.only:
        from . import world

        with _server(folder, chosen.database) as (port, _):
            world.measure(port, report, quick=chosen.quick)
    if "large-wall" in chosen.only:
        from . import large_wall

        with _server(folder, chosen.database) as (port, _):
            large_wall.measure(port, report, quick=chosen.quick)
    if "sizing" in chosen.only:
        _sizing(folder, chosen, report)
    if "beside" in chosen.only:
        from . import beside

        with _server(folder, chosen.database) as (port, _), _scratch(chosen.database) as theirs:
            beside.measure(port, PROCESSES, theirs, folder, report, slices=max(2, chosen.pairs // 4))
    if "other" in chosen.only:
        _other(folder, chosen, report)
    met = report.targets()
    print(f"\n{sum(met)} of {len(met)} targets met, {time.monotonic() - began:.0f} s")
    if chosen.write:
        report.write(chosen.write, f"python -m tests.bench {' '.join(sys.argv[1:])}".strip())
    return 0 if report.safe else 1


def _parts(port: int, chosen: argparse.Namespace, report) -> dict[str, Callable[[], None]]:
    """What is measured on the one server, by its name."""
    from . import budget, course, latency, ratios, storm

    def all_ratios() -> None:
        report.section(f"The live API against bare Django views ({chosen.database})")
        ratios.measure(port, PROCESSES, chosen.pairs, report)

    return {
        "ratios": all_ratios,
        "budget": lambda: budget.measure(report),
        "storm": lambda: storm.measure(port, report, quick=chosen.quick),
        "course": lambda: course.measure(port, PROCESSES, report, quick=chosen.quick),
        "latency": lambda: latency.measure(port, PROCESSES, report, quick=chosen.quick),
    }


def _sizing(folder: Path, chosen: argparse.Namespace, report) -> None:
    """Once as the demo runs, once behind the platform's middleware."""
    from . import sizing

    report.section("Sizing: the most that the server does, all processes busy")
    for name, settings in (("alone", "tests.bench.settings"), ("in the platform", "tests.bench.platform_settings")):
        with _server(folder, chosen.database, settings) as (port, _):
            sizing.measure(port, PROCESSES, name, report, slices=max(3, chosen.pairs // 2))
    report.remark("a second of one core of the server's processes; database, cache and load need theirs beside it")


def _other(folder: Path, chosen: argparse.Namespace, report) -> None:
    """The ratios of the answers once more on the other database."""
    from . import ratios

    other = "postgres" if chosen.database == "mariadb" else "mariadb"
    report.section(f"The live API against bare Django views ({other})")
    lack = _lack(other)
    if lack:
        report.remark(f"not measured: {lack}")
        return
    with _server(folder, other) as (port, _):
        report.servers += _versions(other)[:1]
        ratios.measure(port, PROCESSES, max(3, chosen.pairs // 2), report, polls=False)


@contextlib.contextmanager
def _server(folder: Path, database: str, settings: str = "tests.bench.settings") -> Iterator[tuple[int, str]]:
    """A server on an empty database, and Django in this process pointed at the same; gives port and database URL."""
    from django.core.cache import cache

    from tests.databases import pointed_at, redis_url
    from tests.demo_server import DemoServer

    with _scratch(database) as url, pointed_at(url, redis_url()):
        server = DemoServer(
            folder,
            database_url=url,
            cache_url=redis_url(),
            workers=PROCESSES,
            threads=4,
            settings=settings,
            environment={"GUNICORN_CMD_ARGS": "--keep-alive 60"},
        )
        try:
            server.start()
            yield server.port, url
        finally:
            server.stop()
            cache.clear()


def _scratch(database: str) -> contextlib.AbstractContextManager[str]:
    from tests.databases import scratch_mariadb, scratch_postgres

    return (scratch_mariadb if database == "mariadb" else scratch_postgres)("psychsafety_bench")


def _lack(database: str) -> str | None:
    from tests.databases import missing, postgres_url, server_url

    return missing(server_url(), "MySQLdb") if database == "mariadb" else missing(postgres_url(), "psycopg")


def _versions(database: str) -> list[str]:
    """The database and the cache as they call themselves."""
    from django.core.cache import cache
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT version()")
        version = str(cursor.fetchone()[0])
    names = {"mariadb": f"MariaDB or MySQL {version}", "postgres": " ".join(version.split()[:2])}
    redis = cache._cache.get_client().info("server")["redis_version"]
    return [names[database], f"Redis {redis}"]


if __name__ == "__main__":
    sys.exit(main())
