"""The same votes through xblock-poll in its own workbench: how many a second, and how many its tally has lost.

It lives in a virtual environment of its own, made once in a folder for caches, because it and we need different
packages. Its votes go the way that they go there: a handler of the block, a tally in a field of all users. The
database is the bench's, and there are as many server processes as of ours.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psychsafety_xblock.demo.backends import database_from_url
from psychsafety_xblock.models import Round
from tests.demo_server import _free_port

from .load import Clients, Line, http, line_to, server_processes
from .ratios import CLIENTS, compared, seconds
from .report import Report
from .room import CHOICE, Room

#: Pinned, so that the same thing is measured next year.
PACKAGES = ("xblock-poll==1.16.1", "xblock-sdk==0.15.2", "XBlock==6.3.4", "Django==5.2.19", "setuptools<82")
DRIVERS = ("mysqlclient", "psycopg[binary]", "gunicorn")
VOTES = 240
#: The first of its own scenarios: one question, four colours.
PATH = "/handler/default-poll.poll.d0.u0/{}/?student={}"
CHOSEN = {"choice": "R"}
WORKBENCH = Path(__file__).parent / "poll_workbench"


class UnavailableError(Exception):
    """It cannot be installed or run here."""


def measure(port: int, processes: int, database_url: str, folder: Path, report: Report, *, slices: int) -> None:
    """Votes through a bare view, through ours and through xblock-poll, on this database."""
    report.section("The same votes: a bare view, ours, and xblock-poll 1.16.1 in its workbench")
    clients = Clients(port, clients=CLIENTS, processes=processes)
    try:
        room = Room(VOTES, CHOICE)
        room.warm()
        bare_round, rounds = room.round(), [room.round() for _ in range(slices + 1)]
        ratio, rate = compared(
            lambda turn: seconds(clients, _expected(room, bare_round), 202),
            lambda turn: seconds(clients, room.answers([rounds[turn]]), 202),
            slices,
            VOTES,
        )
        lost, doubled = room.lost_and_doubled()
    finally:
        clients.stop()
    votes = VOTES * slices
    report.add("a bare view: votes a second", f"{rate / ratio:.0f}")
    report.add("ours: votes a second", f"{rate:.0f}")
    of = 2 * VOTES * (slices + 1)
    report.exactly(f"ours and the bare view: of {of} acknowledged votes lost, counted twice", lost, doubled)
    try:
        theirs, acknowledged, counted = _theirs(database_url, folder, processes, votes)
    except UnavailableError as error:
        report.remark(f"xblock-poll could not be measured here: {error}")
        return
    report.add("xblock-poll: votes a second", f"{acknowledged / theirs:.0f}")
    report.add(f"xblock-poll: of {acknowledged} acknowledged votes lost by its tally", f"{acknowledged - counted}")


def _expected(room: Room, one: Round) -> list[bytes]:
    room.expect(one, VOTES)
    return room.bare_answers(one, VOTES)


def _theirs(database_url: str, folder: Path, processes: int, votes: int) -> tuple[float, int, int]:
    """Seconds, acknowledged votes, and what the tally says of them. Raises `UnavailableError`."""
    with _served(_python(), database_url, folder, processes) as port:
        for pid in server_processes(port, processes):
            # Each process makes its scenarios when somebody looks at its first page.
            line = line_to(port, pid)
            line.send(http("GET", "/"))
            line.close()
        # The row of the tally is made by the first vote; several at once would make several.
        _vote(port, "first")
        before = _tally(port)
        requests = [http("POST", PATH.format("vote", f"voter_{number}"), body=CHOSEN) for number in range(votes)]
        clients = Clients(port, clients=CLIENTS, processes=processes)
        try:
            reply = clients.run(requests)
        finally:
            clients.stop()
        return reply.seconds, reply.statuses[200], _tally(port) - before


def _vote(port: int, voter: str) -> None:
    status, body = _ask(port, PATH.format("vote", voter))
    if status != 200 or not json.loads(body)["success"]:
        raise UnavailableError(f"a vote was answered with {status} {body[:200]!r}")


def _tally(port: int) -> int:
    """The votes that it counts."""
    status, body = _ask(port, PATH.format("get_results", "first"))
    if status != 200:
        raise UnavailableError(f"its results were answered with {status}")
    return int(json.loads(body)["total"])


def _ask(port: int, path: str) -> tuple[int, bytes]:
    line = Line(port)
    try:
        return line.send(http("POST", path, body=CHOSEN))
    except OSError as error:
        raise UnavailableError(f"it does not answer: {error}") from None
    finally:
        line.close()


@contextmanager
def _served(python: Path, database_url: str, folder: Path, processes: int) -> Iterator[int]:
    """Its workbench on an empty database; gives the port. Raises `UnavailableError`."""
    (folder / "var").mkdir(exist_ok=True)
    port = _free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "poll_settings",
        "PYTHONPATH": str(WORKBENCH),
        "PYTHONWARNINGS": "ignore",
        "WORKBENCH_DATABASES": json.dumps({"default": database_from_url(database_url)}),
        "GUNICORN_CMD_ARGS": "--keep-alive 60",
    }
    run = [str(python), "-m"]
    tables = subprocess.run(
        [*run, "django", "migrate", "--noinput", "--run-syncdb", "--verbosity", "0"],
        env=environment, cwd=folder, capture_output=True, text=True,
    )  # fmt: skip
    if tables.returncode:
        raise UnavailableError(f"its tables cannot be made: {tables.stderr.strip()[-300:]}")
    with (folder / "workbench.log").open("ab") as log:
        server = subprocess.Popen(
            [*run, "gunicorn", "workbench.wsgi:application", "--bind", f"127.0.0.1:{port}", "--workers", str(processes),
             "--threads", "4", "--worker-class", "gthread", "--log-level", "warning"],
            env=environment, cwd=folder, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                server_processes(port, processes)
                break
            except OSError:
                if time.monotonic() > until or server.poll() is not None:
                    raise UnavailableError((folder / "workbench.log").read_text()[-300:]) from None
                time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _python() -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "psychsafety-bench"
    home = cache / f"xblock-poll-{sys.version_info.major}.{sys.version_info.minor}"
    python = home / "bin" / "python"
    done = home / "complete"
    if not done.exists():
        venv.create(home, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "install", "--quiet", *PACKAGES, *DRIVERS]
        made = subprocess.run(install, capture_output=True, text=True)
        if made.returncode:
            raise UnavailableError(f"installation failed: {made.stderr.strip().splitlines()[-1:]}")
        done.touch()
    return python
