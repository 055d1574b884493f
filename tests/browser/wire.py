"""The site without a browser, for what a test only needs done: ends sessions, and fills rooms with people."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

from psychsafety_xblock.demo.course import BLOCKS


class Wire:
    """JSON in, JSON out. Raises AssertionError for an answer that the caller did not expect."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._host = urlsplit(url).netloc

    def call(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, token: str = "", language: str = "",
        status: int | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """The body of the answer. `status`: the one expected; without it anything below 400."""
        headers = {"Content-Type": "application/json", "Accept-Language": language}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        connection = http.client.HTTPConnection(self._host, timeout=20)
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        assert (answer.status == status) if status else (answer.status < 400), f"{path}: {answer.status} {text[:300]}"
        return json.loads(text) if text else {}

    def handler(
        self, block: str, student: str, name: str, body: dict[str, Any] | None = None, language: str = ""
    ) -> dict[str, Any]:
        """Call a handler of a block of the demo course, as this student, whose page is in this language."""
        path = f"/handler/{BLOCKS[block].usage_id}/{name}/?student={student}"
        return self.call("POST", path, body or {}, language=language)

    def state(self, lead: dict[str, Any]) -> dict[str, Any]:
        """The session as whoever holds this reply's token sees it."""
        return self.call("GET", lead["api_url"], token=lead["token"])

    def command(self, lead: dict[str, Any], command: str, **more: Any) -> dict[str, Any]:
        """A leader's command with the step of this moment; returns the new state."""
        body = {"command": command, "step": self.state(lead)["step"], **more}
        return self.call("POST", lead["api_url"] + "commands", body, token=lead["token"])

    def end_open_session(self, student: str) -> None:
        """Nothing is left of what an earlier test opened."""
        while (lead := self.handler("session", student, "current_session"))["session_id"]:
            try:
                self.command(lead, "close_session")
            except AssertionError as refusal:
                # A command that a page sent as it closed was faster, perhaps the one that ended it.
                if not any(f'"error": "{code}"' in str(refusal) for code in ("stale_step", "ended")):
                    raise

    def guests(self, join_code: str, count: int) -> list[dict[str, Any]]:
        """So many guest seats, each as `{"api_url", "token"}`."""
        session = self.call("POST", "/psychsafety/api/join", {"join_code": join_code})
        seats = [self.call("POST", session["api_url"] + "seats", {"join_code": join_code}) for _ in range(count)]
        return [{**session, **seat} for seat in seats]

    def answer(self, seat: dict[str, Any], text: str | None) -> None:
        """What this seat answers in the round of this moment; None passes."""
        self.give(seat, {"pass": True} if text is None else {"text": text, "share": False})

    def give(self, seat: dict[str, Any], answer: dict[str, Any]) -> None:
        """The same for an answer of any kind, as the API takes it."""
        body = {"round": self.state(seat)["round"]["id"], "answer": answer}
        self.call("POST", seat["api_url"] + "answers", body, token=seat["token"], status=202)

    def like_the_first(self, seats: list[dict[str, Any]]) -> None:
        """All of these seats could have written the first note, and none of the others."""
        for seat in seats:
            round_ = self.state(seat)["round"]
            body = {"round": round_["id"], "notes": [round_["results"]["notes"][0]["id"]]}
            self.call("POST", seat["api_url"] + "resonance", body, token=seat["token"], status=202)
