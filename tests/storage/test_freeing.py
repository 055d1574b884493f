"""After the command no file in which a database keeps its tables holds the text: looked for in their raw bytes."""

import contextlib
import datetime
import getpass
import io
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from psychsafety_xblock.models import Activity, Note, Round, Session, random_key
from tests.databases import make_tables, pointed_at

DAY = datetime.date(2026, 1, 1)
MARK = "shearwater"
NOTES = 60


def a_session(word: str) -> None:
    """An ended session whose title, commitments and notes hold the word; the notes are enough to fill some pages."""
    session = Session.objects.create(
        kind="team", course_run="r", phase="ended", ended_on=DAY, expires_at="2026-01-01T00:00:00Z",
        title=f"title {word}", pepper_fingerprint="x",
    )  # fmt: skip
    definition = {"kind": "commitments", "prompt": "?", "commitments": [{"id": "c1", "text": f"sentence {word}"}]}
    activity = Activity.objects.create(
        session=session, usage_key="u", index=0, position=0, block="b", definition=definition
    )
    one = Round.objects.create(
        session=session, activity=activity, number=1, definition={**definition, "due": "2026-01-02"}, minimum=3
    )
    for number in range(NOTES):
        # One by one, so that pages are split and filled again as in a room.
        Note.objects.create(id=random_key(), round=one, text=f"{word} {number} " + "writes a note of a length " * 3)


def holding(folder: Path, word: str = MARK) -> set[str]:
    """The files below the folder that hold the word."""
    found = set()
    for file in folder.rglob("*"):
        with contextlib.suppress(OSError):
            if file.is_file() and word.encode() in file.read_bytes():
                found.add(file.name)
    return found


def purge() -> None:
    call_command("psychsafety_purge", "--days", "1", stdout=io.StringIO())


@pytest.fixture
def sqlite(tmp_path, django_db_blocker) -> Iterator[Path]:
    """Django on a database file of its own."""
    file, files = tmp_path / "db" / "place.sqlite3", tmp_path / "cache"
    file.parent.mkdir()
    with django_db_blocker.unblock(), pointed_at(f"sqlite:///{file}", f"file:///{files}"):
        make_tables()
        yield file.parent


def test_on_sqlite_neither_the_file_nor_its_log_holds_it(sqlite):
    a_session("kittiwake")
    a_session(MARK)
    assert holding(sqlite) == {"place.sqlite3-wal"}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(FULL)")
    assert "place.sqlite3" in holding(sqlite)
    purge()
    assert holding(sqlite) == set()
    assert holding(sqlite, "kittiwake") == set()
    assert Session.objects.filter(kept="counts").count() == 2


def test_on_sqlite_a_reader_in_the_way_is_told(sqlite):
    import sqlite3

    a_session(MARK)
    reader = sqlite3.connect(sqlite / "place.sqlite3")
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM psychsafety_xblock_note").fetchone()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
    with pytest.raises(BaseException, match="next run tries again") as caught:
        purge()
    assert caught.value.returncode == 3
    reader.close()
    purge()
    assert holding(sqlite) == set()


@pytest.fixture(scope="module")
def own_mariadb(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """A MariaDB of its own, whose files can be read; gives its address and its folder."""
    program = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin")
    install = shutil.which("mariadb-install-db")
    if program is None or install is None:
        pytest.skip("MariaDB's server is not installed")
    pytest.importorskip("MySQLdb")
    folder = tmp_path_factory.mktemp("mariadb")
    data, user = folder / "data", getpass.getuser()
    subprocess.run(
        [install, "--no-defaults", f"--datadir={data}", f"--user={user}", "--auth-root-authentication-method=normal",
         "--skip-test-db", "--skip-name-resolve"],
        check=True, capture_output=True,
    )  # fmt: skip
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [program, "--no-defaults", f"--user={user}", f"--datadir={data}", "--bind-address=127.0.0.1",
             f"--port={port}", f"--socket={folder / 's'}", f"--pid-file={folder / 'pid'}", "--log-bin=binlog",
             "--innodb-flush-log-at-trx-commit=0", "--sync-binlog=0"],
            stdout=log, stderr=log,
        )  # fmt: skip
    try:
        _wait_for(port, server)
        yield f"mysql://root@127.0.0.1:{port}", data
    finally:
        server.terminate()
        server.wait(60)


def _wait_for(port: int, server: subprocess.Popen) -> None:
    while server.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.05)
    raise AssertionError("MariaDB did not start")


@pytest.mark.mariadb
def test_on_mariadb_no_file_of_a_table_holds_it(own_mariadb, tmp_path, django_db_blocker):
    import MySQLdb

    url, data = own_mariadb
    with contextlib.closing(MySQLdb.connect(host="127.0.0.1", port=int(url.rsplit(":", 1)[1]), user="root")) as server:
        server.cursor().execute("CREATE DATABASE kept CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
        with django_db_blocker.unblock(), pointed_at(f"{url}/kept", f"file:///{tmp_path / 'cache'}"):
            make_tables()
            a_session(MARK)
            # Pages reach the files when the server likes; this makes it write them.
            server.cursor().execute("SET GLOBAL innodb_max_dirty_pages_pct = 0")
            tables = data / "kept"
            wanted = {f"psychsafety_xblock_{name}.ibd" for name in ("note", "round", "activity", "session")}
            for _ in range(600):
                if wanted <= holding(tables):
                    break
                time.sleep(0.05)
            assert wanted <= holding(tables)
            purge()
            assert holding(tables) == set()
            # What it cannot reach, and docs/admin.md says so: the logs of what was written.
            assert {name.split(".")[0] for name in holding(data)} <= {"binlog", "ib_logfile0"}
