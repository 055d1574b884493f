"""A course-wide wall that people write on without a pause, each with an account of their own."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable

from psychsafety_xblock import service
from psychsafety_xblock.core.activities import checked_definition
from psychsafety_xblock.service.cache import cache, key
from psychsafety_xblock.service.opening import Source
from psychsafety_xblock.service.sweeping import sweep

from ..pages import Lines
from ..room import ASKED
from .ledger import Ledger
from .wire import Wire, in_django

SOURCE = Source(course_run="soak", usage_key="soak-wall", block="soak")
WALL = checked_definition({"kind": "wall", "prompt": ASKED, "audience": "course"})
#: How long somebody writes, in seconds.
WRITES = (0.1, 0.5)


def seat_of(account: str) -> tuple[str, str]:
    """The session and the seat of an account, as the block's handler gives them."""
    session = service.open_course_wall(source=SOURCE, definition=WALL, title="Soak", language="en")
    return session.id, service.take_account_seat(session, account=account)


async def keep_writing(wire: Wire, ledger: Ledger, over: Callable[[], bool]) -> None:
    """One person after the other writes a note, until nothing breaks any more."""
    lines = Lines(wire.port)
    while not over():
        account = f"person-{secrets.token_hex(6)}"
        try:
            await _write(wire, ledger, lines, account)
        except TimeoutError as error:
            ledger.problems.append(f"the wall for everybody: {error}")
    lines.close()


async def _write(wire: Wire, ledger: Ledger, lines: Lines, account: str) -> None:
    session_id, token = await in_django(lambda: seat_of(account))
    api = f"/psychsafety/api/sessions/{session_id}/"
    state = await wire.send(lines, "poll", api, token=token)
    if state.status != 200:
        # 401: the cache lost the period's secret and a new period began. The page would ask for a seat again.
        return
    round_id = state.body["round"]["id"]
    await asyncio.sleep(wire.chance.uniform(*WRITES))
    answer = {"text": f"note {secrets.token_hex(8)}", "share": False}
    body = {"round": round_id, "answer": answer}
    ledger.note(round_id, answer, await wire.send_badly(lines, "answers", api + "answers", token=token, body=body))


def settled(session_id: str, ledger: Ledger) -> int:
    """Compare, once the sweep has passed that any later request starts; gives how many notes are published."""
    cache().delete(key("sweep"))
    sweep()
    return ledger.judge_course(session_id)
