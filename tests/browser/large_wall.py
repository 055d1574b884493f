"""A wall of hundreds: notes as people write them, and the people who send them, without a browser."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.browser.wire import Wire
from tests.grouping.labelled import load

#: What makes two notes of one meaning two notes.
ENDS = ("", " when the others are silent", " in front of my team", ", even here", " this year", ". It always has")
AT_ONCE = 6


def plausible(count: int, seed: int = 7) -> list[str]:
    """So many notes in two languages, some that read alike among them; the same for the same seed."""
    chance = random.Random(seed)
    written = [note.text for half in ("tuning", "judging") for note in load(half)]
    return [chance.choice(written) + chance.choice(ENDS) for _ in range(count)]


def hang(wire: Wire, lead: dict[str, Any], texts: list[str]) -> list[dict[str, Any]]:
    """Seat a guest for each text, start the wall, and let them all send; gives their seats.

    Nothing is revealed yet. `lead` is what `open_session` or `current_session` gave.
    """
    code = {"join_code": lead["join_code"]}
    session = wire.call("POST", "/psychsafety/api/join", code)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = list(pool.map(lambda _: wire.call("POST", session["api_url"] + "seats", code), texts))
        round_id = wire.command(lead, "start_round")["round"]["id"]

        def send(token: str, text: str) -> None:
            body = {"round": round_id, "answer": {"text": text, "share": False}}
            wire.call("POST", session["api_url"] + "answers", body, token=token, status=202)

        list(pool.map(send, [seat["token"] for seat in taken], texts))
    return [{**session, **seat} for seat in taken]
