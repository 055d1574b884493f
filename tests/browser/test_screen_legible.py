"""The big screen reads from six metres: on 1080 lines no text is smaller than one twenty-fifth of the height."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_activities import OPTIONS, UNIT
from tests.browser.views import overflow

SMALLEST = 1080 / 25
_TOO_SMALL = """(smallest) => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement;
    if (!node.data.trim() || box.closest(".psy-sr, script, style, [aria-hidden=true]:not(.psy-room *)")) continue;
    if (!box.checkVisibility({ visibilityProperty: true })) continue;
    const { width, height } = box.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(box).fontSize);
    if (width > 1 && height > 1 && size < smallest - 0.01) found.push(`${size} px: ${node.data.trim().slice(0, 40)}`);
  }
  return found;
}"""


class Reader:
    """Sits in the last row, and keeps what cannot be read from there."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def look(self, screen, view: str) -> None:
        """The screen as it stands."""
        small = screen.page.evaluate(_TOO_SMALL, SMALLEST)
        self.wrong += [f"{view}: {each}" for each in small + overflow(screen.page, vertical=True)]


@pytest.fixture
def reader():
    made = Reader()
    yield made
    assert made.wrong == []


def test_all_kinds(room, reader):
    leader = room.leader()
    code = leader.convene(UNIT)
    screen = room.screen(leader.screen_address())
    seats = room.wire.guests(code, 5)
    screen.expect_text("5 seats are taken, 5 of them by code.")
    reader.look(screen, "lobby")
    leader.press("Begin")
    leader.press("Start")
    screen.expect_text("In pairs")
    reader.look(screen, "talk")
    leader.go_on("Where we speak up")
    screen.expect_text(OPTIONS[0])
    reader.look(screen, "choice asked")
    for number, seat in enumerate(seats):
        room.wire.give(seat, {"option": f"o{1 + number % 2}"})
    leader.reveal()
    expect(screen.results).not_to_have_count(0)
    reader.look(screen, "choice shown")
    leader.go_on("How it is here")
    expect(screen.root.locator(".psy-outline > li")).not_to_have_count(0)
    reader.look(screen, "pulse asked")
    for number, seat in enumerate(seats):
        room.wire.give(seat, {"ratings": {f"s{at}": 1 + (number + at) % 5 for at in range(1, 5)}})
    leader.reveal()
    expect(screen.results).not_to_have_count(0)
    reader.look(screen, "pulse shown")
    leader.go_on("What takes courage")
    screen.expect_heading("What does it take courage")
    reader.look(screen, "wall asked")
    for number, seat in enumerate(seats):
        room.wire.answer(seat, "say it before everybody else has said something " * (1 + (number == 0)))
    leader.reveal()
    expect(screen.wall).not_to_have_count(0)
    reader.look(screen, "wall")
    room.wire.like_the_first(seats)
    leader.expect_sent(5)
    leader.press("Count")
    screen.expect_text("5 of us could have written this")
    reader.look(screen, "wall counted")
    leader.press("Show the summary")
    screen.expect_heading("All kinds of activity")
    reader.look(screen, "summary")
    leader.end()
    screen.expect_heading("This session has ended.")
    reader.look(screen, "end")


def test_what_is_agreed(room, reader):
    leader = room.leader()
    code = leader.convene("hour")
    screen = room.screen(leader.screen_address())
    seats = room.wire.guests(code, 5)
    leader.expect_seats(5)
    lead = room.wire.handler("hour", "leader", "current_session")
    room.wire.command(lead, "begin")
    agreed = next(line["id"] for line in room.wire.state(lead)["agenda"] if line["kind"] == "commitments")
    room.wire.command(lead, "start_round", activity=agreed)
    screen.expect_heading("What will we do when it takes courage?")
    reader.look(screen, "commitments awaited")
    leader.agree("When somebody asks for help, we will stop and listen.", "When we disagree, we will say so at once.")
    screen.expect_text("When somebody asks for help, we will stop and listen.")
    reader.look(screen, "commitments asked")
    for seat in seats:
        room.wire.give(seat, {"stand": ["c1"]})
    leader.reveal()
    expect(screen.results).not_to_have_count(0)
    reader.look(screen, "commitments shown")
    room.wire.command(lead, "show_summary")
    screen.expect_text("What we agreed on")
    reader.look(screen, "summary of what was agreed")
