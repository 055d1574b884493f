"""The same test on SQLite and on MariaDB: scratch databases, and Django pointed at one of them for a while.

A test folder imports the fixtures `place` and `_places` into its conftest.py.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import socket
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, connections

from psychsafety_xblock.demo.backends import cache_from_url, database_from_url

MARIADB = "mysql://root@127.0.0.1:3306/"
REDIS = "redis://127.0.0.1:6379/11"
PORTS = {"mysql": 3306, "mariadb": 3306, "redis": 6379}
LABEL = "psychsafety_xblock"


def server_url() -> str:
    """Where MariaDB or MySQL is, without a database's name and without a slash at its end."""
    return os.environ.get("PSYCHSAFETY_TEST_DATABASE_URL", MARIADB).rstrip("/")


def redis_url() -> str:
    """The Redis database that these tests and the bench may fill and empty."""
    return os.environ.get("PSYCHSAFETY_TEST_CACHE_URL", REDIS)


def missing(url: str, module: str) -> str | None:
    """Why the server at `url` cannot be used with the driver `module`, or None when it can."""
    if importlib.util.find_spec(module) is None:
        return f"{module} is not installed"
    parts = urlsplit(url)
    address = parts.hostname or "127.0.0.1", parts.port or PORTS[parts.scheme]
    try:
        socket.create_connection(address, timeout=2).close()
    except OSError:
        return "nothing listens on {}:{}".format(*address)
    return None


@contextlib.contextmanager
def scratch_mariadb(prefix: str = "psychsafety_test") -> Iterator[str]:
    """An empty database of a name of its own; gives its URL and drops it at the end, whatever happened."""
    import MySQLdb

    parts = urlsplit(server_url())
    name = f"{prefix}_{uuid.uuid4().hex[:12]}"

    def run(statement: str) -> None:
        server = MySQLdb.connect(
            host=parts.hostname, port=parts.port or 3306, user=parts.username or "root", password=parts.password or ""
        )
        with contextlib.closing(server), server.cursor() as cursor:
            cursor.execute(statement)

    run(f"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
    try:
        yield f"{server_url()}/{name}"
    finally:
        run(f"DROP DATABASE {name}")


@contextlib.contextmanager
def pointed_at(database_url: str, cache_url: str) -> Iterator[None]:
    """Django's default database and cache in this process, in threads started meanwhile too.

    Puts the former ones back at the end, and closes what this thread opened. Other threads close their own.
    """
    before = connections.settings["default"], caches.settings["default"]
    kept = connections["default"]
    database = {**database_from_url(database_url), "CONN_MAX_AGE": 0}
    connections.settings["default"] = connections.configure_settings({"default": database})["default"]
    caches.settings["default"] = cache_from_url(cache_url)
    _forget_objects()
    try:
        yield
    finally:
        connection.close()
        connections.settings["default"], caches.settings["default"] = before
        _forget_objects()
        connections["default"] = kept


def _forget_objects() -> None:
    for handler in (connections, caches):
        with contextlib.suppress(AttributeError):
            del handler["default"]


def make_tables() -> None:
    """Our tables, by our migrations."""
    call_command("migrate", LABEL, verbosity=0, interactive=False)


def empty_tables() -> None:
    """Delete everything in our tables."""
    from psychsafety_xblock.models import Session

    Session.objects.all().delete()


@dataclass(frozen=True)
class Place:
    """Where a test runs: `name` is "sqlite" or "mariadb"; the URLs are those of the demo's settings."""

    name: str
    database_url: str
    cache_url: str
    folder: Path

    @property
    def file(self) -> Path:
        """SQLite's database file."""
        return self.folder / "place.sqlite3"

    @property
    def environment(self) -> dict[str, str]:
        """What a process of its own needs to work in the same place."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "psychsafety_xblock.demo.settings",
            "PSYCHSAFETY_DEMO_DIR": str(self.folder),
            "PSYCHSAFETY_DEMO_DATABASE_URL": self.database_url,
            "PSYCHSAFETY_DEMO_CACHE_URL": self.cache_url,
            "PYTHONWARNINGS": "ignore:pkg_resources",
        }


@pytest.fixture(
    scope="session",
    params=["sqlite", pytest.param("mariadb", marks=[pytest.mark.mariadb, pytest.mark.redis])],
)
def _places(request, tmp_path_factory, django_db_blocker) -> Iterator[Place]:
    """The demo's way, a file and a file cache, and production's: MariaDB and Redis. Tables are made once."""
    folder = tmp_path_factory.mktemp(request.param)
    with contextlib.ExitStack() as stack:
        if request.param == "sqlite":
            place = Place("sqlite", f"sqlite:///{folder / 'place.sqlite3'}", f"file:///{folder / 'cache'}", folder)
        else:
            for lack in (missing(server_url(), "MySQLdb"), missing(redis_url(), "redis")):
                if lack:
                    pytest.skip(lack)
            place = Place("mariadb", stack.enter_context(scratch_mariadb()), redis_url(), folder)
        with django_db_blocker.unblock(), pointed_at(place.database_url, place.cache_url):
            make_tables()
        yield place


@pytest.fixture
def place(_places: Place, django_db_blocker) -> Iterator[Place]:
    """Django in this process and its threads works on one of both, and finds it empty."""
    with django_db_blocker.unblock(), pointed_at(_places.database_url, _places.cache_url):
        caches["default"].clear()
        yield _places
        empty_tables()
        caches["default"].clear()
