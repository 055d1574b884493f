"""A load generator that costs little itself: processes with one open connection each, sending prepared bytes."""

from __future__ import annotations

import json
import multiprocessing
import socket
import time
from collections import Counter
from dataclasses import dataclass
from multiprocessing.connection import Connection

#: More than enough for chance to find every server process.
CONNECT_TRIES = 400


@dataclass(frozen=True)
class Reply:
    """What a slice of load came to: seconds from its first byte to its last, and how often each status came."""

    seconds: float
    statuses: Counter[int]


def http(method: str, path: str, *, headers: dict[str, str] | None = None, body: object = None) -> bytes:
    """A request as it goes over the wire."""
    data = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(data)}"]
    return "\r\n".join([*lines, "", ""]).encode() + data


class Line:
    """One connection that stays open."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def send(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the reply. Raises OSError when the server hangs up."""
        self._socket.sendall(request)
        while b"\r\n\r\n" not in self._rest:
            self._receive()
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        status = int(head[9:12])
        length = 0
        at = head.lower().find(b"content-length:")
        if at >= 0 and status != 304:
            length = int(head[at + 15 :].split(b"\r\n", 1)[0])
        while len(self._rest) < length:
            self._receive()
        body, self._rest = self._rest[:length], self._rest[length:]
        return status, body

    def close(self) -> None:
        self._socket.close()

    def _receive(self) -> None:
        more = self._socket.recv(65536)
        if not more:
            raise OSError("the server closed the connection")
        self._rest += more


def process_of(line: Line) -> int:
    """The server process at the other end of a connection."""
    status, body = line.send(http("GET", "/bare/process"))
    if status != 200:
        raise OSError(f"/bare/process answered {status}")
    return int(json.loads(body)["pid"])


def line_to(port: int, pid: int) -> Line:
    """A connection to this process of the server; the kernel deals them out by chance."""
    for _ in range(CONNECT_TRIES):
        line = Line(port)
        if process_of(line) == pid:
            return line
        line.close()
        time.sleep(0.005)
    raise OSError(f"no connection came to server process {pid}")


def server_processes(port: int, expected: int) -> list[int]:
    """The server's processes, once all of them have answered."""
    found: set[int] = set()
    for _ in range(CONNECT_TRIES):
        line = Line(port)
        found.add(process_of(line))
        line.close()
        if len(found) == expected:
            return sorted(found)
        time.sleep(0.005)
    raise OSError(f"{len(found)} of {expected} server processes answered")


def _client(pipe: Connection, port: int, pid: int) -> None:
    line = line_to(port, pid)
    pipe.send("ready")
    while (requests := pipe.recv()) is not None:
        statuses: Counter[int] = Counter()
        pipe.send("loaded")
        pipe.recv()
        for request in requests:
            statuses[line.send(request)[0]] += 1
        pipe.send(statuses)
    line.close()


class Clients:
    """As many clients as asked for, spread evenly over the server's processes."""

    def __init__(self, port: int, *, clients: int, processes: int) -> None:
        pids = server_processes(port, processes)
        context = multiprocessing.get_context("spawn")
        self._pipes: list[Connection] = []
        self._processes = []
        for number in range(clients):
            ours, theirs = context.Pipe()
            client = context.Process(target=_client, args=(theirs, port, pids[number % processes]), daemon=True)
            client.start()
            self._pipes.append(ours)
            self._processes.append(client)
        self._gather()

    def run(self, requests: list[bytes]) -> Reply:
        """Send these requests, dealt out over the clients, as fast as the server answers them."""
        count = len(self._pipes)
        for number, pipe in enumerate(self._pipes):
            pipe.send(requests[number::count])
        self._gather()
        began = time.perf_counter()
        for pipe in self._pipes:
            pipe.send("go")
        statuses = self._gather()
        return Reply(time.perf_counter() - began, sum(statuses, Counter()))

    def stop(self) -> None:
        """End the clients."""
        for pipe in self._pipes:
            pipe.send(None)
        for client in self._processes:
            client.join(10)

    def _gather(self) -> list:
        gathered = []
        for pipe in self._pipes:
            if not pipe.poll(90):
                raise OSError("a client of the load did not answer")
            gathered.append(pipe.recv())
        return gathered
