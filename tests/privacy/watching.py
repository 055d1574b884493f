"""Histories on production's kind of servers, and everything that those write down: fixtures of the attackers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from psychsafety_xblock.models import Session
from tests.databases import make_tables, pointed_at
from tests.privacy.binary_log import Answer, answers_in, columns
from tests.privacy.measuring import RUNS
from tests.privacy.own_mariadb import OwnMariadb, own_mariadb
from tests.privacy.own_redis import OwnRedis, own_redis
from tests.privacy.recording import Dump, History, dump
from tests.privacy.scene import TEXTS

#: They take longer than histories in memory.
HISTORIES = min(RUNS // 2, 40)


@pytest.fixture(scope="session")
def logging_mariadb(tmp_path_factory, django_db_blocker) -> Iterator[OwnMariadb]:
    """One that logs all it can."""
    with own_mariadb(tmp_path_factory.mktemp("mariadb")) as server:
        with django_db_blocker.unblock(), pointed_at(server.url, "file:///unused"):
            make_tables()
        yield server


@pytest.fixture(scope="session")
def persistent_redis(tmp_path_factory) -> Iterator[OwnRedis]:
    """One that keeps an append-only file."""
    with own_redis(tmp_path_factory.mktemp("persistent"), persistent=True) as server:
        yield server


@pytest.fixture(scope="session")
def volatile_redis(tmp_path_factory) -> Iterator[OwnRedis]:
    """One that keeps nothing, as docs/administrators.md asks for."""
    with own_redis(tmp_path_factory.mktemp("volatile"), persistent=False) as server:
        yield server


@dataclass
class Watched:
    """A history, what lay in the database before its reveals and after its end, and what the servers wrote."""

    history: History
    dumps: dict[str, Dump]
    #: The answers of the binary log in the order of their arrival.
    answers: list[Answer]
    #: What the general log got meanwhile.
    statements: str
    #: The commands in Redis' append-only file.
    commands: list[list[bytes]]
    #: The texts that came up in InnoDB's redo log, in the order in which they stand there.
    redo: list[str]

    def arrived(self, kind: str) -> list[Answer]:
        """The answers of the wall or the pulse."""
        return [one for one in self.answers if one.round_id == self.history.round[kind]]


Watch = Callable[[random.Random], Watched]


def _watching(mariadb: OwnMariadb, redis: OwnRedis, kept: dict[int, Watched]) -> Watch:
    def watch(chance: random.Random) -> Watched:
        seed = chance.getrandbits(64)
        if seed not in kept:
            kept[seed] = _play(seed, mariadb, redis)
        return kept[seed]

    return watch


def _play(seed: int, mariadb: OwnMariadb, redis: OwnRedis) -> Watched:
    dumps: dict[str, Dump] = {}

    def look(moment: str) -> None:
        if moment in ("wall 6", "pulse 6", "ended"):
            dumps[moment] = dump()

    first, before, earlier = mariadb.new_log(), len(mariadb.general_log()), mariadb.places_in_redo_log(TEXTS)
    history = History(random.Random(seed), look)
    answers = answers_in(mariadb.binary_log(first), columns())
    statements = mariadb.general_log()[before:]
    redo = dict.fromkeys(text for _, text in sorted(mariadb.places_in_redo_log(TEXTS) - earlier))
    Session.objects.all().delete()
    return Watched(history, dumps, answers, statements, redis.written(), list(redo))


@pytest.fixture(scope="session")
def _kept() -> dict[str, dict[int, Watched]]:
    return {"persistent": {}, "volatile": {}}


@pytest.fixture
def watch(_kept, own_cache, logging_mariadb, volatile_redis, django_db_blocker) -> Iterator[Watch]:
    """`watch(chance)` plays a history with a cache that does not persist, each once for all attacks of a run."""
    with django_db_blocker.unblock(), pointed_at(logging_mariadb.url, volatile_redis.url):
        yield _watching(logging_mariadb, volatile_redis, _kept["volatile"])


@pytest.fixture
def watch_persistent(_kept, own_cache, logging_mariadb, persistent_redis, django_db_blocker) -> Iterator[Watch]:
    """The same with a cache that persists."""
    with django_db_blocker.unblock(), pointed_at(logging_mariadb.url, persistent_redis.url):
        yield _watching(logging_mariadb, persistent_redis, _kept["persistent"])
