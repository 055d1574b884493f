"""What all tests share: a scratch folder for the demo's files, and where MariaDB, PostgreSQL and Redis are.

``PSYCHSAFETY_REQUIRE_ALL``        any value: a test that would be left out fails instead
``PSYCHSAFETY_TEST_DATABASE_URL``  MariaDB or MySQL with the right to create databases
                                   (default ``mysql://root@127.0.0.1:3306/``)
``PSYCHSAFETY_TEST_POSTGRES_URL``  PostgreSQL with the same right (default ``postgres://root@127.0.0.1:5432/``)
``PSYCHSAFETY_TEST_ALL_PLACES``    any value: what runs on SQLite and MariaDB runs on PostgreSQL too
``PSYCHSAFETY_TEST_CACHE_URL``     Redis (default ``redis://127.0.0.1:6379/11``)
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import databases
from tests.browsers import chromium_path
from tests.demo_server import DemoServer

REQUIRE_ALL = bool(os.environ.get("PSYCHSAFETY_REQUIRE_ALL"))


def pytest_configure(config: pytest.Config) -> None:
    """Point the in-process demo at a folder of this run, before anything is read from or written to it."""
    from django.conf import settings

    folder = tempfile.mkdtemp(prefix="psychsafety-tests-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    settings.CACHES["default"]["LOCATION"] = str(Path(folder) / "cache")
    # A file, as in the demo: threads and pragmas behave otherwise in memory.
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(Path(folder) / "test.sqlite3")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """A test left out is an error where everything has to run."""
    report = yield
    return _require(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector):
    """The same for a module left out as a whole."""
    report = yield
    return _require(report)


def _require(report):
    if REQUIRE_ALL and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"PSYCHSAFETY_REQUIRE_ALL is set, and this was left out: {reason}"
    return report


@pytest.fixture(scope="session")
def mariadb_url() -> Iterator[str]:
    """The URL of an empty database of this run, for PSYCHSAFETY_DEMO_DATABASE_URL; dropped at the end."""
    _leave_out_without(databases.server_url(), "MySQLdb")
    with databases.scratch_mariadb() as url:
        yield url


@pytest.fixture(scope="session")
def redis_url() -> str:
    """The URL of a Redis database that tests may fill, for PSYCHSAFETY_DEMO_CACHE_URL."""
    _leave_out_without(databases.redis_url(), "redis")
    return databases.redis_url()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium, for Playwright's `executable_path`."""
    path = chromium_path()
    if path is None:
        pytest.skip("Chromium is not installed")
    return path


@pytest.fixture(scope="session")
def start_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., DemoServer]]:
    """Start a demo of its own: `start_demo(database_url=..., workers=2)`. All are stopped at the end."""
    servers: list[DemoServer] = []

    def start(**options) -> DemoServer:
        server = DemoServer(options.pop("folder", None) or tmp_path_factory.mktemp("demo"), **options)
        servers.append(server)
        return server.start()

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def demo(start_demo: Callable[..., DemoServer]) -> DemoServer:
    """One demo for the whole run, on SQLite."""
    return start_demo()


def _leave_out_without(url: str, module: str) -> None:
    lack = databases.missing(url, module)
    if lack:
        pytest.skip(lack)
