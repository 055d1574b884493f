"""A client that behaves as our pages do: it sends until somebody answers, and "busy" is no answer.

Now and then it does what clients on bad lines do: it sends the same thing twice at once, or hangs up in the middle.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, connections

from psychsafety_xblock.core.errors import Refused

from ..load import http
from ..pages import Answer, Lines

T = TypeVar("T")

#: After so many seconds without an answer a client gives up; nothing that breaks here takes that long.
PATIENCE = 90.0
#: How often an answer is sent twice at once, and how often a first try ends in the middle.
TWICE, CUT_OFF = 0.1, 0.1


@dataclass(frozen=True)
class Outcome:
    """The last word of the server, and whether an earlier try, which it never answered, may have arrived."""

    status: int
    body: dict[str, Any]
    doubtful: bool

    @property
    def error(self) -> str:
        """The code of a refusal; "" for anything else."""
        return str(self.body.get("error", ""))


class Wire:
    """The way to the server that all clients of a soak share, with a count of whatever came back."""

    def __init__(self, port: int, chance: random.Random) -> None:
        self.port = port
        self.chance = chance
        #: How often which call was answered with which status and code.
        self.replies: Counter[tuple[str, int, str]] = Counter()
        self.lost = 0

    async def send(
        self, lines: Lines, call: str, path: str, *, token: str = "", body: object = None, doubtful: bool = False
    ) -> Outcome:
        """Send until there is an answer. `doubtful`: it may have arrived already. Raises TimeoutError at last."""
        headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        request = http("GET" if body is None else "POST", path, headers=headers, body=body)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            resent = lines.resent
            try:
                answer = await lines.ask(request)
            except OSError:
                self.lost += 1
                doubtful = True
            else:
                if lines.resent > resent:
                    self.lost += 1
                    doubtful = True
                outcome = self._read(call, answer, doubtful)
                if outcome.status != 503:
                    return outcome
                # The database may have stored it and died before it said so.
                doubtful = True
            await asyncio.sleep(self.chance.uniform(0.2, 1.0))
        raise TimeoutError(f"{call}: no answer within {PATIENCE:.0f} s")

    async def send_badly(self, lines: Lines, call: str, path: str, *, token: str, body: object) -> list[Outcome]:
        """As `send`, by a client on a bad line: cut off before it is sent again, or sent twice at once."""
        doubtful = False
        if self.chance.random() < CUT_OFF:
            doubtful = await self._cut_off(path, token, body)
        sends = [self.send(lines, call, path, token=token, body=body, doubtful=doubtful)]
        if self.chance.random() < TWICE:
            sends.append(self.send(lines, call, path, token=token, body=body, doubtful=doubtful))
        return list(await asyncio.gather(*sends))

    async def _cut_off(self, path: str, token: str, body: object) -> bool:
        """Send all or half of a request, and go. Whether all of it was sent."""
        request = http("POST", path, headers={"Authorization": f"Bearer {token}"}, body=body)
        whole = self.chance.random() < 0.5
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(request if whole else request[:-20])
            await writer.drain()
            writer.close()
        return whole

    def _read(self, call: str, answer: Answer, doubtful: bool) -> Outcome:
        try:
            body = answer.json() if answer.body else {}
        except json.JSONDecodeError:
            body = {"error": "no JSON"}
        outcome = Outcome(answer.status, body, doubtful)
        self.replies[call, answer.status, outcome.error] += 1
        return outcome


async def in_django(call: Callable[[], T]) -> T:
    """Do something with the service or the models in a thread, again while they are busy. Raises TimeoutError."""

    def run() -> T:
        try:
            return call()
        finally:
            connections.close_all()

    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            return await asyncio.to_thread(run)
        except Refused as refusal:
            if refusal.code != "busy":
                raise
        except (OperationalError, InterfaceError):
            pass
        await asyncio.sleep(0.3)
    raise TimeoutError("the database or the cache did not come back")
