"""Takes the README's picture: six people answer in a demo of its own, and Chromium looks at the projector's page.

Run by `make picture` as ``make_picture.py docs/wall.png``. Nobody wrote these notes; they are examples.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import expect, sync_playwright

PORT = 8123
SITE = f"http://127.0.0.1:{PORT}"
SIZE = {"width": 1440, "height": 810}
NOTES = (
    "Say that I don’t understand when everybody else nods.",
    "Disagree with somebody who has been here twenty years.",
    "Show a half-finished idea.",
    "Tell my manager that the deadline is not possible.",
    "Ask for help before it is too late.",
    "Speak English in the big meeting.",
)
#: How many of the six tap each note.
TAPS = (6, 5, 2, 4, 6, 3)


def main(target: str) -> None:
    """Write the picture to `target`."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Chromium is not installed")
    with tempfile.TemporaryDirectory() as folder, served(folder), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        lead = convene(browser)
        # Without motion no note is on its way when the picture is taken.
        page = browser.new_page(viewport=SIZE, reduced_motion="reduce")
        page.goto(lead["screen_url"])
        play(lead)
        expect(page.locator("[data-note]")).to_have_count(len(NOTES), timeout=20_000)
        expect(page.get_by_text("of us could have written this").first).to_be_visible()
        page.screenshot(path=target)
        browser.close()


@contextmanager
def served(folder: str) -> Iterator[None]:
    """The demo on an empty database in `folder`."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "psychsafety_xblock.demo.settings",
        "PSYCHSAFETY_DEMO_DIR": folder,
    }
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"], env=environment, check=True
    )
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "psychsafety_xblock.demo.wsgi:application", "--bind", f"127.0.0.1:{PORT}",
         "--threads", "8", "--log-level", "warning"],
        env=environment,
    )  # fmt: skip
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(SITE, timeout=5)
                break
            except OSError:
                time.sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait()


def convene(browser: Any) -> dict[str, Any]:
    """Open a session from the wall's unit, as the leader's page would; returns what the handler gives."""
    page = browser.new_page()
    page.goto(f"{SITE}/course/leader/wall/")
    opened = page.evaluate(
        """async () => {
          const usage = document.querySelector("[data-usage]").dataset.usage;
          const token = document.cookie.match(/csrftoken=([^;]+)/)[1];
          const answer = await fetch(`/handler/${usage}/open_session/?student=leader`, {
            method: "POST",
            headers: {"Content-Type": "application/json", "X-CSRFToken": token},
            body: "{}",
          });
          return answer.json();
        }"""
    )
    page.close()
    return opened


def play(lead: dict[str, Any]) -> None:
    """Everything from the first seat to the counted resonance."""
    api = SITE + lead["api_url"]
    seats = [call(api + "seats", {"join_code": lead["join_code"]})["token"] for _ in NOTES]
    command(api, lead["token"], "begin")
    state = command(api, lead["token"], "start_round")
    number = state["round"]["id"]
    for seat, text in zip(seats, NOTES, strict=True):
        answer = {"text": text, "share": False}
        call(api + "answers", {"round": number, "answer": answer}, seat)
    shown = command(api, lead["token"], "reveal")["round"]["results"]["notes"]
    wanted = dict(zip(NOTES, TAPS, strict=True))
    for place, seat in enumerate(seats):
        tapped = [note["id"] for note in shown if place < wanted[note["text"]]]
        call(api + "resonance", {"round": number, "notes": tapped}, seat)
    command(api, lead["token"], "count_resonance")


def command(api: str, token: str, name: str) -> dict[str, Any]:
    """A command of the leader on the step that the state has now; returns the new state."""
    step = call(api, None, token)["step"]
    return call(api + "commands", {"command": name, "step": step}, token)


def call(url: str, body: dict[str, Any] | None, token: str = "") -> dict[str, Any]:
    """One request of the live API; GET without a body."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers=headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


if __name__ == "__main__":
    main(sys.argv[1])
