"""A Redis of a test run's own, that persists or does not, and what its append-only file says."""

from __future__ import annotations

import contextlib
import pickle
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.privacy.own_mariadb import free_port, wait_for_port


@dataclass
class OwnRedis:
    """A running server in a folder of its own."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """For Django's settings."""
        return f"redis://127.0.0.1:{self.port}/0"

    def files(self) -> dict[str, bytes]:
        """Everything that it has written to the disk, but for what it said while starting."""
        there = [path for path in self.folder.rglob("*") if path.is_file() and path.name != "redis.log"]
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in there}

    def written(self) -> list[list[bytes]]:
        """The commands in its append-only files, in order; empty when it does not keep any."""
        files = {name: held for name, held in sorted(self.files().items()) if name.endswith(".aof")}
        return [command for held in files.values() for command in _commands(held)]

    def rewrite(self) -> None:
        """Have it write its file anew, with what it holds now, and wait until it has."""
        self.run("BGREWRITEAOF")
        until = time.monotonic() + 30
        while any(self.run("INFO", "persistence")[f"aof_rewrite_{what}"] for what in ("in_progress", "scheduled")):
            assert time.monotonic() < until, "the file is not written anew"
            time.sleep(0.02)

    def run(self, *command: str) -> Any:
        """Send it a command."""
        import redis

        with contextlib.closing(redis.Redis(port=self.port)) as client:
            return client.execute_command(*command)


def _commands(held: bytes) -> Iterator[list[bytes]]:
    """The commands of a file in Redis' own protocol; the part that is a snapshot is passed over."""
    place = held.find(b"*")
    while 0 <= place < len(held) and held[place : place + 1] == b"*":
        end = held.index(b"\r\n", place)
        count, place = int(held[place + 1 : end]), end + 2
        command = []
        for _ in range(count):
            end = held.index(b"\r\n", place)
            length = int(held[place + 1 : end])
            command.append(held[end + 2 : end + 2 + length])
            place = end + 2 + length + 2
        yield command


def peppers_in(commands: list[list[bytes]]) -> list[bytes]:
    """The secrets of seats that were ever put into the cache, deleted since or not."""
    found = []
    for command in commands:
        if command[0].upper() == b"SET" and b":pepper:" in command[1]:
            found.append(bytes.fromhex(pickle.loads(command[2])))
    return found


@contextlib.contextmanager
def own_redis(folder: Path, *, persistent: bool) -> Iterator[OwnRedis]:
    """Start one; ended with the run. Skips the test where Redis is not installed."""
    path = shutil.which("redis-server")
    if path is None:
        pytest.skip("redis-server is not installed")
    pytest.importorskip("redis")
    folder.mkdir(parents=True, exist_ok=True)
    server = OwnRedis(folder, free_port())
    keeps = ["--appendonly", "yes", "--appendfsync", "always"] if persistent else ["--appendonly", "no"]
    with (folder / "redis.log").open("wb") as log:
        process = subprocess.Popen(
            [path, "--port", str(server.port), "--bind", "127.0.0.1", "--save", "", *keeps, "--dir", str(folder)],
            stdout=log, stderr=log,
        )  # fmt: skip
    try:
        wait_for_port(server.port, process, folder / "redis.log")
        yield server
    finally:
        process.terminate()
        process.wait(30)
