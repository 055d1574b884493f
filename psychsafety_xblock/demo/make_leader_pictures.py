"""Takes the pictures of docs/leader.md: a demo of its own, six people who do not exist, and Chromium.

Run by `make picture` as ``make_leader_pictures.py docs/leader``.
"""

from __future__ import annotations

import datetime
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from .make_picture import NOTES, SITE, TAPS, call, command, served

LAPTOP = {"width": 1100, "height": 760}
PROJECTOR = {"width": 1440, "height": 810}
PHONE = {"width": 390, "height": 760}


def main(target: str) -> None:
    """Write the pictures into the folder `target`."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Chromium is not installed")
    folder = Path(target)
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, served(scratch), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        laptop = page_of(browser, LAPTOP)
        lead = convene(laptop, folder)
        screen = page_of(browser, PROJECTOR)
        screen.goto(lead["screen_url"])
        seats = [call(lead["api"] + "seats", {"join_code": lead["join_code"]})["token"] for _ in NOTES]
        expect(laptop.locator(".psy-lobby__seats", has_text="6 seats are taken")).to_be_visible(timeout=20_000)
        taken(laptop.locator(".psy-block").first, folder / "lobby.png")
        phone = console(browser, lead)
        play(lead, seats, screen, phone, folder)
        taken(page_with_summary(browser, lead), folder / "summary.png")
        browser.close()


def page_of(browser: Browser, size: dict[str, int]) -> Page:
    """A page without motion, so that nothing is on its way when its picture is taken."""
    return browser.new_page(viewport=size, reduced_motion="reduce", device_scale_factor=1)


def taken(what: Any, path: Path) -> None:
    """Take the picture of a page or of a part of one."""
    what.screenshot(path=str(path))


def convene(laptop: Page, folder: Path) -> dict[str, Any]:
    """From the unit to the lobby; returns what the leader's browser holds, with `api` as a full address."""
    laptop.goto(f"{SITE}/course/leader/hour/")
    laptop.get_by_role("button", name="I convene my team").click()
    laptop.get_by_text("This site answers phones.").wait_for()
    taken(laptop.locator(".psy-block").first, folder / "before.png")
    with laptop.expect_response(lambda response: "/open_session/" in response.url) as opened:
        laptop.get_by_role("button", name="Convene my team").click()
    lead: dict[str, Any] = opened.value.json()
    return {**lead, "api": SITE + lead["api_url"]}


def console(browser: Browser, lead: dict[str, Any]) -> Page:
    """The leader's phone, with the controls."""
    phone = page_of(browser, PHONE)
    code = call(lead["api"] + "drive", {"do": "window"}, lead["token"])["code"]
    phone.goto(f"{SITE}/psychsafety/drive/#{code}")
    phone.get_by_role("tab", name="Agenda").wait_for(timeout=20_000)
    return phone


def play(lead: dict[str, Any], seats: list[str], screen: Page, phone: Page, folder: Path) -> None:
    """The wall of the hour and an agreement, with pictures on the way."""
    api, token = lead["api"], lead["token"]
    steps = {one["kind"]: one["id"] for one in call(api, None, token)["agenda"] if one["kind"] != "talk"}
    start(api, token, steps["wall"])
    number = call(api, None, token)["round"]["id"]
    for seat, text in zip(seats[:4], NOTES, strict=False):
        call(api + "answers", {"round": number, "answer": {"text": text, "share": False}}, seat)
    expect(screen.get_by_text(re.compile("^Enough have answered"))).to_be_visible(timeout=20_000)
    taken(screen, folder / "screen.png")
    expect(phone.get_by_text("4 answers")).to_be_visible(timeout=20_000)
    taken(phone, folder / "phone.png")
    for seat, text in zip(seats[4:], NOTES[4:], strict=True):
        call(api + "answers", {"round": number, "answer": {"text": text, "share": False}}, seat)
    shown = command(api, token, "reveal")["round"]["results"]["notes"]
    wanted = dict(zip(NOTES, TAPS, strict=True))
    for place, seat in enumerate(seats):
        tapped = [note["id"] for note in shown if place < wanted[note["text"]]]
        call(api + "resonance", {"round": number, "notes": tapped}, seat)
    command(api, token, "count_resonance")
    expect(screen.get_by_text("6 of us")).not_to_have_count(0, timeout=20_000)
    taken(screen, folder / "wall.png")
    agree(api, token, seats, steps["commitments"])


def agree(api: str, token: str, seats: list[str], activity: str) -> None:
    """Two sentences, and who stands behind them."""
    start(api, token, activity)
    sentences = [
        "When somebody says that they do not know, we will say thank you first.",
        "When we plan, we will ask what could go wrong.",
    ]
    step = call(api, None, token)["step"]
    body = {"command": "set_commitments", "step": step, "commitments": sentences, "due": in_four_weeks()}
    number = call(api + "commands", body, token)["round"]["id"]
    for place, seat in enumerate(seats):
        answer = {"stand": ["c1"] if place < 2 else ["c1", "c2"]}
        call(api + "answers", {"round": number, "answer": answer}, seat)
    command(api, token, "reveal")
    command(api, token, "show_summary")


def in_four_weeks() -> str:
    """The day of the follow-up."""
    return (datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=28)).isoformat()


def start(api: str, token: str, activity: str) -> None:
    """Start a round of this activity."""
    step = call(api, None, token)["step"]
    call(api + "commands", {"command": "start_round", "step": step, "activity": activity}, token)


def page_with_summary(browser: Browser, lead: dict[str, Any]) -> Page:
    """End the session; returns the page with what is left of it."""
    ended = command(lead["api"], lead["token"], "close_session")
    page = page_of(browser, {"width": 820, "height": 900})
    page.goto(ended["summary_url"])
    page.get_by_role("button", name="Print").wait_for(timeout=20_000)
    return page


if __name__ == "__main__":
    main(sys.argv[1])
