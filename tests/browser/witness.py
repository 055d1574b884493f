"""What went over the network and what the browsers complained about, of everybody in one test."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request

#: Said by the browser of every answer that is not a success, also of those that the page expects (410 at the end),
#: and of the frame in which Studio, and so the demo's Studio, opens a form.
_EXPECTED = ("Failed to load resource", "An iframe which has both allow-scripts and allow-same-origin")


@dataclass
class Exchange:
    """One request of one page, and what came back."""

    who: str
    url: str
    sent: str
    received: str


@dataclass
class Witness:
    """Attach it to each context; it reads every body as soon as it is complete."""

    host: str
    exchanges: list[Exchange] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    strangers: set[str] = field(default_factory=set)

    def watch(self, context: BrowserContext, who: str) -> None:
        """Record everything of this context, also of pages that it opens later."""
        context.on("requestfinished", lambda request: self._finished(who, request))
        context.on("request", self._asked)
        context.on("page", lambda page: self._page(who, page))

    def _page(self, who: str, page: Page) -> None:
        page.on("console", lambda message: self._console(who, message))
        page.on("pageerror", lambda error: self.complaints.append(f"{who}: {error}"))

    def _console(self, who: str, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(_EXPECTED):
            self.complaints.append(f"{who}: {message.text}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.strangers.add(request.url)

    def _finished(self, who: str, request: Request) -> None:
        if request.resource_type not in ("fetch", "xhr", "document", "ping"):
            return
        try:
            answer = request.response()
            received = answer.text() if answer and answer.status != 304 else ""
        except (Error, UnicodeDecodeError):
            # The page is gone; what it was told it cannot show any more.
            received = ""
        self.exchanges.append(Exchange(who, request.url, request.post_data or "", received))

    def received(self, text: str) -> list[str]:
        """Who was sent this text by the server, in any answer."""
        return [each.who for each in self.exchanges if text in each.received]

    def sent(self, text: str) -> list[str]:
        """Whose browser sent this text."""
        return [each.who for each in self.exchanges if text in each.sent]

    def answers(self) -> int:
        """How many requests with an answer were sent, by anybody."""
        return sum(each.url.endswith("/answers") for each in self.exchanges)

    def asked(self, who: str, path: str) -> int:
        """How often this browser asked for an address that ends so."""
        return sum(each.who == who and urlsplit(each.url).path.endswith(path) for each in self.exchanges)

    def told_too_early(self) -> list[str]:
        """Who was told a result, or anything at all of what was answered, while answers were still collected."""
        return [
            who
            for who, told in self._rounds()
            if told["phase"] == "collecting" and (told["results"] is not None or told["resonance"] != "none")
        ]

    def _rounds(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each round of a team's session that anybody was told about."""
        for each in self.exchanges:
            if '"progress"' not in each.received or "/psychsafety/api/" not in each.url:
                continue
            told = json.loads(each.received)
            if told.get("kind") == "team" and told.get("round"):
                yield each.who, told["round"]
