"""A MariaDB and a Redis of the soak's own, which it may kill: folders and ports that nobody else uses."""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from tests.demo_server import _free_port

#: A database that recovers from a crash on a slow disk takes its time.
PATIENCE = 60.0


class Program:
    """A server program that can be stopped, killed, paused and started again on the same port."""

    def __init__(self, command: list[str], port: int, log: Path) -> None:
        self.port = port
        self._command = command
        self._log = log
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        """Run it; returns when it takes connections. Raises RuntimeError with its log when it does not."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"{self._command[0]} did not start:\n{self._log.read_text(errors='replace')[-2000:]}")

    def pause(self) -> None:
        """It hangs: connections are taken and nothing is answered."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """It hangs no longer."""
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """It dies as in a power cut."""
        self._signal(signal.SIGKILL)
        if self._process is not None:
            self._process.wait()

    def stop(self) -> None:
        """It ends in good order, or at last by force."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self.go_on()
            self._process.terminate()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
        self._process = None

    def __enter__(self) -> Program:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _signal(self, number: int) -> None:
        if self._process is not None and self._process.poll() is None:
            os.kill(self._process.pid, number)


def mariadb(folder: Path) -> Program:
    """A MariaDB with an empty data folder, not started yet. root has no password there. Raises FileNotFoundError."""
    data, log, port = folder / "mariadb", folder / "mariadb.log", _free_port()
    data.mkdir()
    me = getpass.getuser()
    install = [_found("mariadb-install-db"), "--no-defaults", f"--datadir={data}", f"--user={me}",
               "--auth-root-authentication-method=normal", "--skip-test-db"]  # fmt: skip
    subprocess.run(install, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    serve = [_found("mariadbd"), "--no-defaults", f"--user={me}", f"--datadir={data}", "--bind-address=127.0.0.1",
             f"--port={port}", f"--socket={data / 'socket'}", f"--pid-file={data / 'pid'}",
             "--max-connections=300"]  # fmt: skip
    return Program(serve, port, log)


def create_database(port: int, name: str) -> None:
    """An empty database in the soak's own server."""
    import MySQLdb

    server = MySQLdb.connect(host="127.0.0.1", port=port, user="root")
    with contextlib.closing(server), server.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")


def redis(folder: Path) -> Program:
    """A Redis that keeps nothing, as docs/administrators.md asks for; not started yet. Raises FileNotFoundError."""
    port = _free_port()
    command = [_found("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
               "--dir", str(folder)]  # fmt: skip
    return Program(command, port, folder / "redis.log")


def _found(name: str) -> str:
    path = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if path is None:
        raise FileNotFoundError(f"{name} is not installed")
    return path
