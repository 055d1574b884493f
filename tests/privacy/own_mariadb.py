"""A MariaDB of a test run's own, with the logs that an administrator may have switched on."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.privacy.binary_log import Transaction, transactions

#: A power cut may take it all: the files are read while it runs, as the operating system has them.
_CARELESS = "--debug-no-sync"
_PROGRAMS = ("mariadb-install-db", "mariadbd", "mariadb-binlog")


@dataclass
class OwnMariadb:
    """A running server in a folder of its own."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Its database, for Django."""
        return f"mysql://root@127.0.0.1:{self.port}/team"

    @property
    def data(self) -> Path:
        """The server's own files."""
        return self.folder / "data"

    def run(self, *statements: str) -> list[tuple]:
        """Run statements as the administrator; gives the rows of the last one."""
        import MySQLdb

        with contextlib.closing(MySQLdb.connect(host="127.0.0.1", port=self.port, user="root")) as server:
            cursor = server.cursor()
            for statement in statements:
                cursor.execute(statement)
            return list(cursor.fetchall())

    def new_log(self) -> str:
        """Begin a new file of the binary log; gives its name."""
        self.run("FLUSH BINARY LOGS")
        return str(self.run("SHOW MASTER STATUS")[0][0])

    def purge(self) -> None:
        """Delete all files of the binary log but the one that is written to, which is new."""
        newest = self.new_log()
        until = time.monotonic() + 30
        # The one before is kept until the tables' own files hold all of it.
        while len(self.run(f"PURGE BINARY LOGS TO '{newest}'", "SHOW BINARY LOGS")) > 1:
            assert time.monotonic() < until, "the server keeps its old log"
            time.sleep(0.02)

    def binary_log(self, first: str = "") -> list[Transaction]:
        """The transactions in the files of the binary log that are there, from the file `first` on."""
        names = [str(row[0]) for row in self.run("SHOW BINARY LOGS")]
        files = [str(self.data / name) for name in names if name >= first]
        told = subprocess.run(
            ["mariadb-binlog", "--no-defaults", "--base64-output=DECODE-ROWS", "--verbose", *files],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        return list(transactions(told.stdout))

    def places_in_redo_log(self, texts: list[str]) -> set[tuple[int, str]]:
        """Where these texts stand in the log from which InnoDB repairs its tables after a crash."""
        held = (self.data / "ib_logfile0").read_bytes()
        return {(found.start(), text) for text in texts for found in re.finditer(re.escape(text.encode()), held)}

    def general_log(self) -> str:
        """Every statement, as the server was sent it."""
        return (self.data / "general.log").read_text(encoding="utf-8", errors="replace")


@contextlib.contextmanager
def own_mariadb(folder: Path) -> Iterator[OwnMariadb]:
    """Start one with a row-based binary log and a general log; ended with the run. Skips where it is not installed."""
    found = {name: shutil.which(name) or shutil.which(name, path="/usr/sbin") for name in _PROGRAMS}
    for name, path in found.items():
        if path is None:
            pytest.skip(f"{name} is not installed")
    pytest.importorskip("MySQLdb")
    folder.mkdir(parents=True, exist_ok=True)
    server = OwnMariadb(folder, free_port())
    whoami = subprocess.run(["id", "-un"], check=True, capture_output=True, text=True).stdout.strip()
    subprocess.run(
        [found["mariadb-install-db"], "--no-defaults", f"--datadir={server.data}", f"--user={whoami}",
         "--auth-root-authentication-method=normal", "--skip-test-db", _CARELESS],
        check=True, capture_output=True,
    )  # fmt: skip
    with (folder / "mariadb.log").open("wb") as log:
        process = subprocess.Popen(
            [found["mariadbd"], "--no-defaults", f"--user={whoami}", f"--datadir={server.data}",
             "--bind-address=127.0.0.1", f"--port={server.port}", f"--socket={folder}/mariadb.sock",
             f"--pid-file={folder}/mariadb.pid", "--log-bin=binary", "--binlog-format=ROW", "--server-id=1",
             "--general-log", "--general-log-file=general.log", "--innodb-flush-log-at-trx-commit=2",
             "--innodb-buffer-pool-size=32M", "--innodb-log-file-size=8M", _CARELESS],
            stdout=log, stderr=log,
        )  # fmt: skip
    try:
        wait_for_port(server.port, process, folder / "mariadb.log")
        server.run("CREATE DATABASE team CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
        yield server
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, process: subprocess.Popen, log: Path) -> None:
    """Return when a server listens. Raises RuntimeError with its log when it ended instead."""
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
            return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args[0]} did not start:\n{log.read_text(errors='replace')[-2000:]}")
