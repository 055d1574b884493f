"""The same test on SQLite, MariaDB and PostgreSQL: scratch databases, and Django pointed at one of them for a while.

A test folder imports the fixtures `place` and `_places` into its conftest.py. PostgreSQL is left out unless
PSYCHSAFETY_TEST_ALL_PLACES is set.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import socket
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, connections

from psychsafety_xblock.demo.backends import cache_from_url, database_from_url

MARIADB = "mysql://root@127.0.0.1:3306/"
POSTGRES = "postgres://root@127.0.0.1:5432/"
REDIS = "redis://127.0.0.1:6379/11"
PORTS = {"mysql": 3306, "mariadb": 3306, "postgres": 5432, "postgresql": 5432, "redis": 6379}
LABEL = "psychsafety_xblock"
#: PostgreSQL is as slow as the others together, and what differs there is a word or two: `make test-matrix` goes there.
ALL_PLACES = bool(os.environ.get("PSYCHSAFETY_TEST_ALL_PLACES"))


def server_url() -> str:
    """Where MariaDB or MySQL is, without a database's name and without a slash at its end."""
    return os.environ.get("PSYCHSAFETY_TEST_DATABASE_URL", MARIADB).rstrip("/")


def postgres_url() -> str:
    """Where PostgreSQL is, without a database's name and without a slash at its end."""
    return os.environ.get("PSYCHSAFETY_TEST_POSTGRES_URL", POSTGRES).rstrip("/")


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
def scratch_postgres(prefix: str = "psychsafety_test") -> Iterator[str]:
    """The same on PostgreSQL."""
    import psycopg
    from psycopg import sql

    name = f"{prefix}_{uuid.uuid4().hex[:12]}"

    def run(statement: str) -> None:
        with psycopg.connect(f"{postgres_url()}/postgres", autocommit=True) as server:
            server.execute(sql.SQL(statement).format(sql.Identifier(name)))

    run("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0")
    try:
        yield f"{postgres_url()}/{name}"
    finally:
        # A process that a test killed may still be taken for connected.
        run("DROP DATABASE {} WITH (FORCE)")


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
    from psychsafety_xblock.models import EchoPool, InsightSnapshot, Session

    for model in (Session, EchoPool, InsightSnapshot):
        model.objects.all().delete()


def schema() -> dict[str, list[tuple[str, ...]]]:
    """Our tables in the database that Django works on: their columns, keys and indexes, as the database knows them."""
    found: dict[str, list[tuple[str, ...]]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(LABEL):
                columns = connection.introspection.get_table_description(cursor, table)
                keys = connection.introspection.get_constraints(cursor, table).values()
                found[table] = sorted((one.name, str(one.type_code), str(one.null_ok)) for one in columns) + sorted(
                    (",".join(one["columns"]), str(one["unique"]), str(one["foreign_key"])) for one in keys
                )
    return found


@dataclass(frozen=True)
class Place:
    """Where a test runs: `name` is "sqlite", "mariadb" or "postgres"; the URLs are those of the demo's settings."""

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


@dataclass(frozen=True)
class _Server:
    """A database server that tests may use: its URL, the driver's module, and what makes a scratch database there."""

    url: Callable[[], str]
    driver: str
    scratch: Callable[[], AbstractContextManager[str]]


_SERVERS = {
    "mariadb": _Server(server_url, "MySQLdb", scratch_mariadb),
    "postgres": _Server(postgres_url, "psycopg", scratch_postgres),
}


def scratch_url(name: str, folder: Path) -> AbstractContextManager[str]:
    """The URL of an empty database in one of `PLACES`, on SQLite in this folder."""
    if name == "sqlite":
        return contextlib.nullcontext(f"sqlite:///{folder / 'scratch.sqlite3'}")
    return scratch(name)


def scratch(name: str) -> AbstractContextManager[str]:
    """An empty database on "mariadb" or "postgres", dropped at the end. Skips the test where there is no server."""
    server = _SERVERS[name]
    lack = missing(server.url(), server.driver)
    if lack:
        pytest.skip(lack)
    return server.scratch()


#: For tests that make their own database: `pytest.mark.parametrize("name", databases.PLACES)`.
PLACES = [
    "sqlite",
    pytest.param("mariadb", marks=pytest.mark.mariadb),
    pytest.param("postgres", marks=pytest.mark.postgres),
]
ON_POSTGRES = pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.redis])


@pytest.fixture(
    scope="session",
    params=[
        "sqlite",
        pytest.param("mariadb", marks=[pytest.mark.mariadb, pytest.mark.redis]),
        *([ON_POSTGRES] if ALL_PLACES else []),
    ],
)
def _places(request, tmp_path_factory, django_db_blocker) -> Iterator[Place]:
    """The demo's way, a file and a file cache, and production's: a server and Redis. Tables are made once."""
    folder = tmp_path_factory.mktemp(request.param)
    with contextlib.ExitStack() as stack:
        if request.param == "sqlite":
            place = Place("sqlite", f"sqlite:///{folder / 'place.sqlite3'}", f"file:///{folder / 'cache'}", folder)
        else:
            lack = missing(redis_url(), "redis")
            if lack:
                pytest.skip(lack)
            place = Place(request.param, stack.enter_context(scratch(request.param)), redis_url(), folder)
        with django_db_blocker.unblock(), pointed_at(place.database_url, place.cache_url):
            make_tables()
        yield place


@pytest.fixture
def place(_places: Place, django_db_blocker) -> Iterator[Place]:
    """Django in this process and its threads works on one of them, and finds it empty."""
    with django_db_blocker.unblock(), pointed_at(_places.database_url, _places.cache_url):
        caches["default"].clear()
        yield _places
        empty_tables()
        caches["default"].clear()
