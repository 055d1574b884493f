"""A team in a session, made and driven through the service, and many threads at once."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

from psychsafety_xblock import service
from psychsafety_xblock.core.activities import checked_definition
from psychsafety_xblock.core.codes import key_of, token_hash
from psychsafety_xblock.core.errors import Refused
from psychsafety_xblock.models import Note, Round, Session, Token
from psychsafety_xblock.service.opening import Source

#: How often a client sends something again that the server was too busy for.
RETRIES = 20


def wall(**fields: Any) -> dict[str, Any]:
    """A checked wall with the lowest minimum."""
    return checked_definition({"kind": "wall", "prompt": "What takes courage?", "minimum": 3, **fields})


def open_team(*, leader: str = "leader", usage_key: str = "wall-1", **options: Any) -> service.Opened:
    """Open a session with one wall, or attach to the one that is open."""
    return service.open_session(
        source=Source(course_run="course-v1:x+y+z", usage_key=usage_key, block=usage_key),
        leader=leader,
        definitions=[wall()],
        title="A team",
        languages=["en"],
        guests_allowed=True,
        **options,
    )


def outcome(call: Callable[[], Any]) -> Any:
    """What a client comes to: the result, or the code of the refusal; "busy" is sent again, as our pages do."""
    for attempt in range(RETRIES):
        try:
            return call()
        except Refused as refusal:
            if refusal.code != "busy":
                return refusal.code
            time.sleep(0.01 * attempt)
    return "busy"


def in_threads(threads: int, calls: Iterable[Callable[[], Any]]) -> list[Any]:
    """The outcomes of the calls, in their order, made by so many threads that all start at once."""
    calls = list(calls)
    threads = min(threads, len(calls))
    start = threading.Barrier(threads)
    results: list[Any] = [None] * len(calls)

    def work(number: int) -> None:
        try:
            start.wait(30)
            for index in range(number, len(calls), threads):
                results[index] = outcome(calls[index])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work, number) for number in range(threads)]:
            done.result()
    return results


class Team:
    """An open session with seats. `tokens` are those of the seats, `leader` is the leader's."""

    def __init__(self, seats: int, leader: str = "leader") -> None:
        opened = open_team(leader=leader)
        self.id, self.leader, self.join_code = opened.session_id, opened.token, opened.join_code
        self.tokens = [secrets.token_urlsafe() for _ in range(seats)]
        digests = [token_hash(token) for token in self.tokens]
        # As `take_guest_seat` stores them, at once: a thousand people joining is another test's matter.
        Token.objects.bulk_create(
            Token(id=key_of(digest), session_id=self.id, hash=digest, role="seat", guest=True) for digest in digests
        )

    def seat(self, number: int) -> service.Holder:
        """The holder of a seat, as the live API finds it."""
        return service.authenticate(self.id, self.tokens[number])

    def command(self, name: str, **fields: Any) -> dict[str, Any]:
        """A leader's command with the step that holds now; gives the state. Raises `Refused`."""
        return self.command_at(Session.objects.get(id=self.id).step, name, **fields)

    def command_at(self, step: int, name: str, **fields: Any) -> dict[str, Any]:
        """A leader's command with the step that this client saw."""
        leader = service.authenticate(self.id, self.leader)
        return service.run_command(leader, {"command": name, "step": step, **fields})[1]

    def start(self) -> str:
        """Begin and start the wall; gives the round's id."""
        return self.command("start_round")["round"]["id"]

    def answer(self, number: int, round_id: str, text: str | None = None, *, share: bool = False) -> bool:
        """A seat answers, or passes without a text. Raises `Refused`."""
        answer = {"pass": True} if text is None else {"text": text, "share": share}
        service.submit_answer(self.seat(number), round_id, answer)
        return True

    def revealed(self, notes: int) -> tuple[str, list[str]]:
        """Run a wall with so many notes to its reveal; gives the ids of the round and of the notes."""
        round_id = self.start()
        for number in range(notes):
            self.answer(number, round_id, f"note {number:04}")
        state = self.command("reveal")
        return round_id, [note["id"] for note in state["round"]["results"]["notes"]]


def stored_texts(round_id: str) -> list[str]:
    """The texts of a round's notes, sorted."""
    return sorted(Note.objects.filter(round_id=int(round_id)).values_list("text", flat=True))


def round_of(round_id: str) -> Round:
    """A round as it is stored."""
    return Round.objects.get(id=int(round_id))
