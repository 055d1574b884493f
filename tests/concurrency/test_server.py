"""The same through real HTTP with two server processes, one of which is killed on the way."""

from __future__ import annotations

import http.client
import json
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from psychsafety_xblock.models import Ballot
from tests.demo_server import DemoServer
from tests.teams import Team, stored_texts

SEATS = 170
#: Phones that send at the same moment.
PHONES = 24


class Server(DemoServer):
    """A server whose tables are there already."""

    def manage(self, *arguments: str) -> str:
        return ""


@pytest.fixture
def server(place, tmp_path):
    server = Server(tmp_path, database_url=place.database_url, cache_url=place.cache_url, workers=2, threads=8)
    try:
        yield server.start()
    finally:
        server.stop()


def call(server: DemoServer, path: str, body: dict, token: str | None = None) -> tuple[int, dict]:
    """Send until somebody answers, as our pages do: a broken connection or "busy" is no answer."""
    headers = {"Content-Type": "application/json"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    until = time.monotonic() + 30
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        try:
            connection.request("POST", path, json.dumps(body), headers)
            reply = connection.getresponse()
            status, text = reply.status, reply.read()
            if status != 503 or time.monotonic() > until:
                return status, json.loads(text)
        except (OSError, http.client.HTTPException):
            if time.monotonic() > until:
                raise
        finally:
            connection.close()
        time.sleep(0.02)


def workers(server: DemoServer) -> list[int]:
    """The server's processes that answer requests."""
    assert server.process is not None
    master = server.process.pid
    return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


@pytest.mark.slow
def test_everybody_joins_and_answers_while_a_process_dies(server, place):
    team = Team(0)
    api = f"/psychsafety/api/sessions/{team.id}/"

    def join(_):
        status, found = call(server, "/psychsafety/api/join", {"join_code": team.join_code})
        assert status == 200
        status, seat = call(server, found["api_url"] + "seats", {"join_code": team.join_code})
        assert status == 201
        return seat["token"]

    with ThreadPoolExecutor(PHONES) as phones:
        began = time.monotonic()
        tokens = list(phones.map(join, range(SEATS)))
        assert time.monotonic() - began < 20
        assert len(set(tokens)) == SEATS

        round_id = team.start()
        arrived = threading.Semaphore(0)

        def answer(seat):
            body = {"round": round_id, "answer": {"text": f"answer {seat:04}"}}
            status, reply = call(server, api + "answers", body, tokens[seat])
            arrived.release()
            return status, reply.get("error")

        sent = phones.map(answer, range(SEATS))
        for _ in range(SEATS // 4):
            assert arrived.acquire(timeout=30)
        os.kill(workers(server)[0], signal.SIGKILL)
        replies = list(sent)

    # Who was answered by nobody sent it again, and learned that it counts or made it count.
    assert set(replies) <= {(202, None), (409, "already_answered")}
    assert stored_texts(round_id) == [f"answer {seat:04}" for seat in range(SEATS)]
    assert Ballot.objects.filter(round_id=round_id).count() == SEATS
    status, state = call(server, api + "commands", {"command": "reveal", "step": 1}, team.leader)
    assert status == 200
    assert len(state["round"]["results"]["notes"]) == SEATS
