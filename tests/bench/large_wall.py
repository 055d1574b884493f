"""A hall of 500: from the leader's command to the first sheet on the screen, in a real browser.

As in a hall, the leader's page is open beside the screen, in the same browser and at the pace that the site names.
"""

from __future__ import annotations

import random
import time

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.large_wall import hang, plausible
from tests.browser.room import PROJECTOR, Room
from tests.browsers import chromium_path

from .report import Report

PEOPLE, HALLS = 500, 5
BAR = 2.0
#: Looks at every picture the screen is about to paint; tells when the one with the first sheet has been painted.
_WATCH = """() => {
  window.firstSheet = new Promise((done) => {
    const look = () => document.querySelector("[data-note]")
      ? requestAnimationFrame(() => done(Date.now()))
      : requestAnimationFrame(look);
    look();
  });
}"""


def measure(port: int, report: Report, *, quick: bool = False) -> None:
    """Reveal some walls on the server on this port."""
    people, halls = (60, 2) if quick else (PEOPLE, HALLS)
    report.section(f"A wall of {people} notes, on the screen")
    chromium = chromium_path()
    if chromium is None:
        report.remark("not measured: there is no chromium")
        return
    commands, sheets, in_groups = [], [], 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(halls):
            command, sheet, grouped = _reveal(browser, f"http://127.0.0.1:{port}", people)
            commands.append(command)
            sheets.append(sheet)
            in_groups += grouped
        browser.close()
    report.add("the command that reveals (each)", _listed(commands))
    report.add("from the command to the first sheet (each)", _listed(sheets), f"max <= {BAR} s", max(sheets) <= BAR)
    report.add("walls that hung in groups", str(in_groups), str(halls), in_groups == halls)


def _reveal(browser: Browser, url: str, people: int) -> tuple[float, float, bool]:
    """Seconds until the command was answered, and until the first sheet hung; and whether notes hung in groups."""
    room = Room(url, browser)
    leader = room.leader()
    leader.convene()
    lead = room.wire.handler("session", leader.slug, "current_session")
    hang(room.wire, lead, plausible(people))
    context = browser.new_context(**PROJECTOR)
    screen = context.new_page()
    screen.goto(lead["screen_url"])
    expect(screen.locator(".psy-room--question")).to_be_visible()
    # Pages ask when they ask, and not when a command has come.
    time.sleep(random.uniform(2, 6))
    screen.evaluate(_WATCH)
    body = {"command": "reveal", "step": room.wire.state(lead)["step"]}
    began = time.time()
    state = room.wire.call("POST", lead["api_url"] + "commands", body, token=lead["token"])
    answered = time.time()
    notes = state["round"]["results"]["notes"]
    if len(notes) != people:
        raise SystemExit(f"a wall of {people} notes was revealed with {len(notes)}")
    grouped = any(note["cluster"] is not None for note in notes)
    shown = screen.evaluate("() => window.firstSheet") / 1000
    context.close()
    room.close()
    return answered - began, shown - began, grouped


def _listed(times: list[float]) -> str:
    return f"{', '.join(f'{one:.2f}' for one in times)} s"
