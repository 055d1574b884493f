"""A whole hall scans the code within half a minute: from the scan to a seat that shows where the session is."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter

from psychsafety_xblock.core.activities import checked_definition
from psychsafety_xblock.models import Token

from .latency import at
from .load import http
from .pages import Lines
from .report import Report
from .room import WALL, opened

PEOPLE, SECONDS = 170, 30.0


def measure(port: int, report: Report, *, quick: bool = False) -> None:
    """Everybody joins at a moment of their own within the span."""
    seconds = SECONDS / 6 if quick else SECONDS
    made = opened([checked_definition(WALL)])
    took: list[float] = []
    failures: Counter[str] = Counter()

    async def everybody() -> None:
        await asyncio.gather(
            *(_join(port, made.join_code, random.uniform(0, seconds), took, failures) for _ in range(PEOPLE))
        )

    report.section(f"{PEOPLE} people join within {seconds:.0f} s")
    asyncio.run(everybody())
    seats = Token.objects.filter(session_id=made.session_id, role=Token.Role.SEAT).count()
    if took:
        shown = f"{at(took, 0.5):.2f}, {at(took, 0.95):.2f}, {max(took):.2f} s"
        report.add("from the code to a seat, three calls (p50, p95, max)", shown, "p95 <= 1 s", at(took, 0.95) <= 1)
    report.add("people who did not get in", str(PEOPLE - len(took)), "0", len(took) == PEOPLE)
    report.add("seats beside one for each who did", str(seats - len(took)), "0", seats == len(took))
    if failures:
        report.remark(f"failed: {', '.join(f'{count} {name}' for name, count in failures.items())}")


async def _join(port: int, code: str, moment: float, took: list[float], failures: Counter[str]) -> None:
    await asyncio.sleep(moment)
    lines, began = Lines(port), time.perf_counter()
    try:
        found = await lines.ask(http("POST", "/psychsafety/api/join", body={"join_code": code}))
        api = found.json()["api_url"]
        seat = await lines.ask(http("POST", f"{api}seats", body={"join_code": code}))
        headers = {"Authorization": f"Bearer {seat.json()['token']}"}
        state = await lines.ask(http("GET", api, headers=headers))
        if state.status == 200:
            took.append(time.perf_counter() - began)
        else:
            failures[str(state.status)] += 1
    except (OSError, KeyError) as error:
        failures[type(error).__name__] += 1
    finally:
        lines.close()
