"""Answers over real HTTP, from an address for each person, to a web server that logs who asked for what and when."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.core.cache import caches

from psychsafety_xblock.models import Session
from tests.agendas import WALL, AgendaTeam
from tests.databases import pointed_at
from tests.privacy.own_mariadb import free_port, wait_for_port
from tests.privacy.scene import TEXTS
from tests.support import JSON

_LINE = re.compile(r'(\S+) \S+ \S+ \[[^:]+:(\d\d:\d\d:\d\d)[^\]]*\] "(\S+) (\S+) [^"]*" (\d+)')


@dataclass(frozen=True)
class Line:
    """A line of the web server's log: address, second, and what was asked for."""

    address: str
    second: str
    method: str
    path: str


@dataclass
class Room:
    """A wall that people with addresses write on. `wrote` is the truth."""

    team: AgendaTeam
    round_id: str
    seats: dict[str, str]
    wrote: dict[str, str]
    order: list[str] = field(default_factory=list)


@dataclass
class Served:
    """A running web server and its log."""

    port: int
    log: Path

    def room(self, chance, people: int = 4) -> Room:
        """A team whose wall collects."""
        team = AgendaTeam(WALL, leader=f"leader-{chance.getrandbits(40):x}")
        addresses = [f"127.0.{chance.randrange(1, 255)}.{number}" for number in chance.sample(range(2, 254), people)]
        seats = {address: team.account(f"account of {address}") for address in addresses}
        wrote = dict(zip(addresses, chance.sample(TEXTS, people), strict=True))
        order = chance.sample(addresses, people)
        return Room(team, team.command("start_round")["round"]["id"], seats, wrote, order)

    def send(self, room: Room, address: str) -> None:
        """One person sends, and waits for the reply."""
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(address, 0))
        body = json.dumps({"round": room.round_id, "answer": {"text": room.wrote[address]}})
        headers = {"Content-Type": JSON, "Authorization": f"Bearer {room.seats[address]}"}
        client.request("POST", f"{room.team.api}answers", body, headers)
        reply = client.getresponse()
        assert reply.status == 202, reply.read()
        client.close()

    def send_at_once(self, room: Room) -> None:
        """All send at the same moment."""
        start = threading.Barrier(len(room.order))

        def go(address: str) -> None:
            start.wait(30)
            self.send(room, address)

        threads = [threading.Thread(target=go, args=[address]) for address in room.order]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)

    def send_seconds_apart(self, rooms: Iterable[Room]) -> None:
        """In each room one person sends, and the next one when the clock shows another second."""
        for senders in zip(*([(room, address) for address in room.order] for room in rooms), strict=True):
            for room, address in senders:
                self.send(room, address)
            until = int(time.time()) + 1
            while time.time() < until:
                time.sleep(until - time.time())

    def answers_to(self, room: Room) -> list[Line]:
        """The lines of those who sent an answer in a room, as they stand in the log, once it holds all of them."""
        until = time.monotonic() + 30
        while len(found := self._answers_to(room)) < len(room.order):
            # A line is written after the reply.
            assert time.monotonic() < until, "a request is not in the log"
            time.sleep(0.01)
        return found

    def _answers_to(self, room: Room) -> list[Line]:
        lines = [Line(*found.groups()[:4]) for raw in self.lines() if (found := _LINE.match(raw))]
        return [line for line in lines if line.method == "POST" and line.path == f"{room.team.api}answers"]

    def lines(self) -> list[str]:
        """Everything in the log."""
        return self.log.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="session")
def web_server(tmp_path_factory, logging_mariadb, volatile_redis) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    served = Served(free_port(), folder / "access.log")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "psychsafety_xblock.demo.settings",
        "PSYCHSAFETY_DEMO_DIR": str(folder),
        "PSYCHSAFETY_DEMO_DATABASE_URL": logging_mariadb.url,
        "PSYCHSAFETY_DEMO_CACHE_URL": volatile_redis.url,
        "PYTHONWARNINGS": "ignore:pkg_resources",
    }
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "psychsafety_xblock.demo.wsgi:application",
             "--bind", f"127.0.0.1:{served.port}", "--workers", "1", "--threads", "8", "--worker-class", "gthread",
             "--access-logfile", str(served.log)],
            env=environment, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        wait_for_port(served.port, process, folder / "server.log")
        yield served
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture
def serve(own_cache, web_server, logging_mariadb, volatile_redis, django_db_blocker) -> Iterator[Served]:
    """The web server, and Django in this process on the same database and cache."""
    with django_db_blocker.unblock(), pointed_at(logging_mariadb.url, volatile_redis.url):
        yield web_server
        Session.objects.all().delete()
        caches["default"].clear()
