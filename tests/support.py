"""A team in a test: opened through the blocks' handlers, run over the live API, by real requests of Django's client."""

from __future__ import annotations

import datetime
import json
import pickle
import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from psychsafety_xblock.demo.course import BLOCKS
from psychsafety_xblock.service.cache import forget_state

JSON = "application/json"
API = "/psychsafety/api/"


@pytest.fixture(autouse=True)
def own_cache(settings, monkeypatch):
    """A cache in memory for each test, so that no test finds another's peppers and versions.

    The minute in which wrong codes are counted does not turn in the middle of a test.
    """
    monkeypatch.setattr("django_ratelimit.core.time", SimpleNamespace(time=lambda: 1_800_000_000.0))
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": uuid.uuid4().hex}
    }
    # Publishing times are those of the test that asks for them.
    settings.PSYCHSAFETY = {**settings.PSYCHSAFETY, "PUBLISH_INTERVAL_SECONDS": 60}


@pytest.fixture
def travel(monkeypatch):
    """`travel(hours=12)` moves the service's clock on and holds it still there; gives the time."""
    from django.utils import timezone

    start = timezone.now()
    gone = datetime.timedelta()
    monkeypatch.setattr("psychsafety_xblock.service.clock.timezone.now", lambda: start + gone)

    def move(**by: float) -> datetime.datetime:
        nonlocal gone
        gone += datetime.timedelta(**by)
        return start + gone

    return move


def cached() -> dict[str, Any]:
    """All keys and values of the test's cache, as they are stored."""
    from django.core.cache import caches

    store = caches["default"]
    return {key: pickle.loads(value) for key, value in store._cache.items()}


def call(path: str, body: Any = None, *, token: str | None = None, method: str | None = None, **headers: str):
    """One request to the live API by a client without cookies; `body` is sent as JSON."""
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    method = method or ("GET" if body is None else "POST")
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    more = {} if body is None else {"data": data, "content_type": headers.pop("content_type", JSON)}
    return Client(raise_request_exception=False).generic(method, path, headers=headers, **more)


def handler(block: str, name: str, body: Any, student: str, content_type: str = JSON, **headers: str) -> HttpResponse:
    """Call a handler of one of the demo's blocks through the workbench's runtime, as this student."""
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    path = f"/handler/{BLOCKS[block].usage_id}/{name}/?student={student}"
    client = Client(raise_request_exception=False)
    return client.generic("POST", path, data=data, content_type=content_type, headers=headers)


def is_refused(response: HttpResponse, status: int, code: str) -> bool:
    """Whether a reply says no in the documented way. Fails with what it said instead."""
    body = response.json()
    assert (response.status_code, body.get("error")) == (status, code), (response.status_code, body)
    assert set(body) == {"error", "detail"}
    assert len(body["detail"]) > 10
    assert "%(" not in body["detail"]
    return True


class Team:
    """A session and those in it: `leader` and `screen` are tokens, `seats` a list of tokens."""

    def __init__(self, block: str = "wall", leader: str = "leader", **body: Any) -> None:
        response = handler(block, "open_session", body, leader)
        assert response.status_code == 200, response.content
        self.opened = response.json()
        self.leader = self.opened["token"]
        self.screen = self.opened["screen_url"].split("#")[1]
        self.session_id = self.opened["session_id"]
        self.api = self.opened["api_url"]
        self.seats: list[str] = []

    def learner(self, student: str, **body: Any) -> str:
        """Seat an account; gives its token."""
        response = handler("wall", "take_seat", {"join_code": self.opened["join_code"], **body}, student)
        assert response.status_code == 200, response.content
        token = response.json()["token"]
        if token not in self.seats:
            self.seats.append(token)
        return token

    def guest(self) -> str:
        """Seat a guest; gives the token."""
        response = call(self.api + "seats", {"join_code": self.opened["join_code"]})
        assert response.status_code == 201, response.content
        self.seats.append(response.json()["token"])
        return self.seats[-1]

    def fill(self, learners: int = 0, guests: int = 0) -> Team:
        """Seat so many of each."""
        for number in range(learners):
            self.learner(f"person-{number}")
        for _ in range(guests):
            self.guest()
        return self

    def state(self, token: str | None = None) -> dict[str, Any]:
        """What the holder of a token (the leader) sees now, not a second ago."""
        forget_state(self.session_id)
        response = call(self.api, token=token or self.leader)
        assert response.status_code == 200, response.content
        return response.json()

    @property
    def round(self) -> dict[str, Any]:
        """The round as the leader sees it."""
        return self.state()["round"]

    def try_command(self, command: str, step: int | None = None, token: str | None = None, **fields: Any):
        """The reply to a command, with the step of now unless one is given."""
        if step is None:
            step = self.state()["step"]
        body = {"command": command, "step": step, **fields}
        return call(self.api + "commands", body, token=token or self.leader)

    def command(self, command: str, **fields: Any) -> dict[str, Any]:
        """Do a command that works; gives the new state."""
        response = self.try_command(command, **fields)
        assert response.status_code == 200, response.content
        return response.json()

    def start(self) -> str:
        """Begin a round of the next activity; gives its id."""
        return self.command("start_round")["round"]["id"]

    def answer(self, token: str, answer: Any, round_id: str | None = None) -> HttpResponse:
        """Send an answer: a text, or the JSON of it. None passes."""
        if answer is None:
            answer = {"pass": True}
        elif isinstance(answer, str):
            answer = {"text": answer}
        return call(self.api + "answers", {"round": round_id or self.round["id"], "answer": answer}, token=token)

    def answers(self, texts: list[str | None]) -> None:
        """The seats in turn answer with these texts, all counted."""
        round_id = self.round["id"]
        for token, text in zip(self.seats, texts, strict=False):
            response = self.answer(token, text, round_id)
            assert response.status_code == 202, response.content

    def tap(self, token: str, notes: list[str]) -> HttpResponse:
        """Send the notes that a seat could have written."""
        return call(self.api + "resonance", {"round": self.round["id"], "notes": notes}, token=token)

    def take_down(self, token: str, note: str) -> HttpResponse:
        """Take a note down."""
        return call(self.api + "takedowns", {"round": self.round["id"], "note": note}, token=token)

    def notes(self, token: str | None = None) -> list[dict[str, Any]]:
        """The notes that the holder of a token (the leader) sees."""
        return self.state(token)["round"]["results"]["notes"]


def collecting(learners: int = 3, guests: int = 2) -> Team:
    """A team whose first round collects."""
    team = Team().fill(learners, guests)
    team.start()
    return team


def revealed(texts: list[str | None] | None = None, learners: int = 3, guests: int = 2) -> Team:
    """A team whose first round is revealed; each seat wrote one note unless `texts` says otherwise."""
    team = collecting(learners, guests)
    team.answers(texts or [f"note of seat {number}" for number in range(learners + guests)])
    team.command("reveal")
    return team


def rows() -> dict[str, list[tuple]]:
    """Every table of the database with all its rows, as stored."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchall()
    return found
