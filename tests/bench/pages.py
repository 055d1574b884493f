"""A page as a browser keeps it: it asks at the pace that the server names, on connections that stay open.

The same as `frontend/src/lib/poll.js` and `api.js` do, and light enough that hundreds of pages live in one process.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .load import http

#: As in poll.js and api.js.
FIRST_PACE, JITTER, LONGEST_BACK_OFF, TIMEOUT = 3.0, 0.1, 20.0, 15.0


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    etag: str
    body: bytes

    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)


@dataclass
class Tally:
    """What many pages came to: polls by status, and what failed, by its name."""

    polls: Counter[int] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)


class Lines:
    """The connections of one page. One that is idle is used again; a request meanwhile opens another."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        #: Requests sent once more because the server had hung up: perhaps after it had read them.
        self.resent = 0

    async def ask(self, request: bytes) -> Answer:
        """Send a request. Raises OSError (a time-out is one) when no answer comes."""
        async with asyncio.timeout(TIMEOUT):
            while self._idle:
                line = self._idle.pop()
                try:
                    return await self._over(line, request)
                except (ConnectionError, asyncio.IncompleteReadError) as error:
                    if getattr(error, "partial", b""):
                        raise ConnectionResetError("the server hung up in the middle of an answer") from error
                    # The server had closed what was idle: like a browser, try a new one.
                    self.resent += 1
            try:
                return await self._over(await asyncio.open_connection("127.0.0.1", self._port), request)
            except asyncio.IncompleteReadError as error:
                raise ConnectionResetError("the server hung up") from error

    def close(self) -> None:
        """Hang up."""
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()

    async def _over(self, line: tuple[asyncio.StreamReader, asyncio.StreamWriter], request: bytes) -> Answer:
        reader, writer = line
        try:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            status, headers = int(head[9:12]), _headers(head)
            length = 0 if status == 304 else int(headers.get("content-length", "0"))
            body = await reader.readexactly(length) if length else b""
        except BaseException:
            writer.close()
            raise
        if headers.get("connection", "").lower() == "close":
            writer.close()
        else:
            self._idle.append(line)
        return Answer(status, headers.get("etag", ""), body)


def _headers(head: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:])
    return {name.lower(): value.strip() for name, _, value in lines if name}


class Page:
    """Whoever holds this token looks at a page of theirs. `on_state` is given each changed state."""

    def __init__(self, port: int, api: str, token: str, tally: Tally, on_state: Callable[[Page, Any], None]) -> None:
        self._lines = Lines(port)
        self._api = api
        self._headers = {"Accept": "application/json", "Authorization": f"Bearer {token}"}
        self._tally = tally
        self._on_state = on_state
        self._nudged = asyncio.Event()
        self._etag = ""
        self._pace = FIRST_PACE
        self._failures = 0
        #: The step that this page shows.
        self.step = -1

    async def live(self, opens_in: float) -> None:
        """Open the page after so many seconds and follow the session until cancelled."""
        try:
            await asyncio.sleep(opens_in)
            whole = True
            while True:
                await self._poll(whole)
                try:
                    async with asyncio.timeout(self._delay()):
                        await self._nudged.wait()
                except TimeoutError:
                    pass
                whole = self._nudged.is_set()
                self._nudged.clear()
        finally:
            self._lines.close()

    def nudge(self) -> None:
        """Ask at once, for the whole state."""
        self._nudged.set()

    async def post(self, path: str, body: object) -> Answer:
        """Send something; what the server was too busy for is sent again. Raises OSError."""
        while True:
            answer = await self._lines.ask(http("POST", self._api + path, headers=self._headers, body=body))
            if answer.status != 503:
                return answer
            self._tally.failures["busy"] += 1
            await asyncio.sleep(random.uniform(0.5, 1.5))

    def show(self, state: Any) -> None:
        """A state has arrived."""
        self._pace = state.get("poll_after") or self._pace
        self._on_state(self, state)
        self.step = max(self.step, state["step"])

    async def _poll(self, whole: bool) -> None:
        headers = self._headers if whole or not self._etag else {**self._headers, "If-None-Match": self._etag}
        try:
            answer = await self._lines.ask(http("GET", self._api, headers=headers))
        except OSError as error:
            self._failed(type(error).__name__)
            return
        self._tally.polls[answer.status] += 1
        if answer.status not in (200, 304):
            self._failed(str(answer.status))
            return
        self._failures = 0
        if answer.status == 200:
            self._etag = answer.etag
            self.show(answer.json())

    def _failed(self, name: str) -> None:
        self._failures += 1
        self._tally.failures[name] += 1

    def _delay(self) -> float:
        delay = self._pace
        if self._failures:
            delay = max(delay, min(LONGEST_BACK_OFF, 2 ** (self._failures - 1)))
        return delay * (1 + JITTER * (2 * random.random() - 1))


async def watch_loop(lags: list[float], every: float = 0.02) -> None:
    """How late this process itself is, in seconds: what it measures can be that much too long. Until cancelled."""
    while True:
        due = time.perf_counter() + every
        await asyncio.sleep(every)
        lags.append(max(0.0, time.perf_counter() - due))
