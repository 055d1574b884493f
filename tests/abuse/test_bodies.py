"""Bodies that trickle, lie about their length or stop: they cost their sender a thread and nobody else anything."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Iterator

import pytest

from tests.browser.wire import Wire
from tests.demo_server import DemoServer

pytestmark = pytest.mark.slow


@contextlib.contextmanager
def connected(demo: DemoServer) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", demo.port), timeout=20) as line:
        yield line


def head(path: str, token: str, length: int | str, *more: str) -> bytes:
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {token}",
        "Content-Type: application/json",
        f"Content-Length: {length}",
        "Connection: close",
        *more,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def status_of(line: socket.socket) -> int:
    """The status of the reply; reads to its end."""
    received = b""
    while chunk := line.recv(65536):
        received += chunk
    return int(received.split(b" ", 2)[1]) if received else 0


@pytest.fixture
def wall(demo: DemoServer):
    """A wall that collects: the wire, its leader, its seats and the round's id."""
    wire = Wire(demo.url)
    wire.end_open_session("leader")
    lead = wire.handler("wall", "leader", "open_session")
    seats = wire.guests(lead["join_code"], 6)
    round_id = wire.command(lead, "start_round")["round"]["id"]
    yield wire, lead, seats, round_id
    wire.end_open_session("leader")


def body_of(round_id: str, text: str) -> bytes:
    return json.dumps({"round": round_id, "answer": {"text": text}}).encode()


def test_answers_that_trickle_block_nobody_and_hold_no_transaction(demo, wall):
    """SQLite has one writer: a transaction held by any of these would make the others wait for it."""
    wire, lead, seats, round_id = wall
    body = body_of(round_id, "written slowly")
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(connected(demo)) for _ in seats[:3]]
        for line, seat in zip(slow, seats, strict=False):
            line.sendall(head(seat["api_url"] + "answers", seat["token"], len(body)) + body[:10])
        for seat in seats[3:]:
            answer = {"round": round_id, "answer": {"text": "in the meantime"}}
            wire.call("POST", seat["api_url"] + "answers", answer, token=seat["token"], status=202)
        assert wire.command(lead, "extend", seconds=60)["round"]["answers"] == 3
        for line in slow:
            line.sendall(body[10:])
            assert status_of(line) == 202
    assert wire.command(lead, "extend", seconds=60)["round"]["answers"] == 6


def test_half_an_answer_is_none_and_can_be_sent_again(demo, wall):
    wire, lead, seats, round_id = wall
    body = body_of(round_id, "half of it")
    with connected(demo) as line:
        line.sendall(head(seats[0]["api_url"] + "answers", seats[0]["token"], len(body)) + body[:-10])
        line.shutdown(socket.SHUT_WR)
        # Whatever is said to somebody who has hung up, it is not that the answer counts.
        assert status_of(line) in (0, 400)
    assert wire.command(lead, "extend", seconds=60)["round"]["answers"] == 0
    with connected(demo) as line:
        line.sendall(head(seats[0]["api_url"] + "answers", seats[0]["token"], len(body)) + body)
        assert status_of(line) == 202
    lines = demo.log_lines()
    assert not [line for line in lines if "half of it" in line or "failed with" in line]


@pytest.mark.parametrize("length", [40_000, 50_000_000, 10**15])
def test_a_body_that_is_said_to_be_large_is_refused_before_it_is_sent(demo, wall, length):
    _, _, seats, _ = wall
    with connected(demo) as line:
        line.sendall(head(seats[0]["api_url"] + "answers", seats[0]["token"], length))
        assert status_of(line) == 413


@pytest.mark.parametrize("length", ["-1", "many", "1, 2", "0x10"])
def test_a_length_that_is_none(demo, wall, length):
    _, _, seats, round_id = wall
    with connected(demo) as line:
        line.sendall(head(seats[0]["api_url"] + "answers", seats[0]["token"], length) + body_of(round_id, "x"))
        assert status_of(line) in (400, 413)


def test_one_request_is_one_request(demo, wall):
    """A second request hidden in the first one's body, by two ways to say its length, is never done."""
    wire, lead, seats, _ = wall
    hidden = head(seats[1]["api_url"] + "leave", seats[1]["token"], 2) + b"{}"
    body = b"0\r\n\r\n" + hidden
    with connected(demo) as line:
        line.sendall(
            head(seats[0]["api_url"] + "answers", seats[0]["token"], len(body), "Transfer-Encoding: chunked") + body
        )
        assert status_of(line) in (0, 400)
    assert wire.state(lead)["seats"]["all"] == 6


def test_a_head_that_never_ends_is_cut_off(demo):
    with connected(demo) as line:
        line.sendall(b"GET /psychsafety/api/ping HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 100_000 + b"\r\n\r\n")
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):
            assert status_of(line) in (0, 400, 431)
    assert demo.get("/psychsafety/api/ping")[0] == 200
