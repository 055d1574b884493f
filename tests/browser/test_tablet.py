"""Where there are no phones, one tablet goes round. It shows nobody what somebody else has written on it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

SEATS = 6
#: Longer than a tablet that lies somewhere keeps what was begun on it.
IDLE_MS = 95_000


class Round:
    """A leader with one tablet for six people, and the big screen."""

    def __init__(self, room) -> None:
        self.leader = room.leader()
        self.leader.convene()
        self.screen = room.screen(self.leader.screen_address())
        self.tablet = room.tablet()
        self.leader.press("More")
        self.leader.press("One tablet goes round")
        people = self.leader.root.get_by_role("textbox", name=re.compile("How many people share it"))
        people.fill(str(SEATS))
        self.leader.press("Show the code")
        offer = self.leader.page.get_by_role("group", name="Open this on the tablet")
        code = offer.get_by_text(re.compile("^[A-Z0-9]( [A-Z0-9])+$")).first.text_content() or ""
        self.tablet.open(f"http://{offer.locator('strong').inner_text()}", code.replace(" ", ""))
        self.tablet.expect_text(re.compile(f"{SEATS} people share this tablet"))
        self.leader.press("Done")

    def start(self) -> None:
        """Into the wall, with the tablet in nobody's hands."""
        self.leader.start()
        self.tablet.expect_handed_on()

    def expect_nothing_of(self, text: str) -> None:
        """Neither the page nor what the browser keeps knows this text."""
        expect(self.tablet.paper).to_have_count(0)
        assert text not in self.tablet.page.content()
        kept = self.tablet.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
        assert text not in kept


@pytest.fixture
def going(room) -> Round:
    return Round(room)


def test_it_goes_round_and_wipes_itself(room, going):
    going.leader.expect_seats(SEATS)
    going.screen.expect_text(f"{SEATS} seats are taken, {SEATS} of them by code.")
    going.start()
    for number in range(SEATS):
        going.tablet.write_in_turn(f"MARK-{number}")
        going.expect_nothing_of("MARK-")
        going.leader.expect_answers(number + 1)
        if number < SEATS - 1:
            going.tablet.expect_handed_on()
    going.tablet.expect_heading("All have had the tablet.")
    assert room.witness.received("MARK-") == []
    going.leader.reveal()
    texts = [f"MARK-{number}" for number in range(SEATS)]
    assert sorted(going.screen.expect_wall(SEATS)) == texts
    going.leader.expect_wall(SEATS)

    # It goes round once more: which could each have written?
    for number in range(SEATS):
        going.tablet.press("It is my turn")
        going.tablet.expect_wall(SEATS)
        expect(going.tablet.root.locator("[aria-pressed=true]")).to_have_count(0)
        if number < 4:
            going.tablet.wall.nth(0).get_by_role("button").click()
        going.tablet.press("Send 1" if number < 4 else "None of them")
        going.tablet.hand_on()
    going.tablet.expect_heading("All have had the tablet.")
    going.leader.expect_sent(SEATS)
    going.leader.press("Count")
    expect(going.screen.wall.nth(0)).to_contain_text("4 of us could have written this")
    going.leader.end()
    going.tablet.expect_heading("This session has ended.")
    assert "token" not in going.tablet.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")


def test_neither_reload_nor_the_way_back_shows_what_was_begun(going):
    going.start()
    going.tablet.take_turn()
    going.tablet.write("MARK-begun")
    going.tablet.page.reload()
    going.tablet.expect_handed_on()
    going.expect_nothing_of("MARK-begun")

    going.tablet.take_turn()
    going.tablet.write("MARK-begun")
    going.tablet.page.goto("about:blank")
    going.tablet.page.go_back()
    going.tablet.expect_handed_on()
    going.expect_nothing_of("MARK-begun")

    going.tablet.take_turn()
    going.tablet.write("MARK-begun")
    going.tablet.press("Not my turn: back, and wipe what is here")
    going.tablet.expect_handed_on()
    going.expect_nothing_of("MARK-begun")
    going.leader.expect_text(re.compile("^4 more answers are needed"))


def test_a_tablet_that_lies_about_wipes_itself(going):
    going.start()
    going.tablet.take_turn()
    going.tablet.write("MARK-left")
    going.tablet.page.clock.fast_forward(IDLE_MS - 15_000)
    going.tablet.expect_text(re.compile("Are you still here"))
    going.tablet.press("I am still here")
    expect(going.tablet.paper).to_have_value("MARK-left")
    going.tablet.page.clock.fast_forward(IDLE_MS)
    going.tablet.expect_handed_on()
    going.expect_nothing_of("MARK-left")


def test_what_is_begun_is_not_shown_when_the_wall_opens_first(room, going):
    going.start()
    for number in range(4):
        going.tablet.write_in_turn(f"MARK-{number}")
    going.tablet.take_turn()
    going.tablet.write("MARK-begun")
    going.leader.expect_answers(4)
    going.leader.reveal_after_notice(going.tablet)
    going.screen.expect_wall(4)
    going.tablet.expect_text("It was shown in the meantime. What had not been sent is wiped.")
    going.expect_nothing_of("MARK-begun")
    assert room.witness.sent("MARK-begun") == []
