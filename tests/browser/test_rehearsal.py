"""The rehearsal: a whole agenda with people who do not exist, by pressing the one next button, and nothing stays."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.people import Leader, Onlooker
from tests.browser.room import Room

UNIT = "hour"
#: Longer than the last of the pretend team takes.
ALL_OF_THEM_MS = 40_000
RIBBON = "six people who do not exist"


class Practice(Leader):
    """A leader who rehearses: presses the one button that is next, and waits where answers are still to come."""

    @property
    def next_button(self) -> Locator:
        """The one next thing stands last in the bar."""
        return self.root.get_by_role("group", name="Lead the session").get_by_role("button").last

    def rehearse(self) -> None:
        """From the unit into the rehearsal's lobby."""
        self.open(UNIT)
        self.press("I convene my team")
        self.press("Rehearse with a pretend team")
        self.expect_heading("Your pretend team is here")
        self.expect_text(re.compile(RIBBON))

    def after_all_have_done_it(self, label: str, hint: str) -> None:
        """Wind on until all of the pretend team have done what there is to do, then press what is next."""
        expect(self.next_button).to_have_text(label)
        self.page.clock.fast_forward(ALL_OF_THEM_MS)
        self.expect_text(hint)
        self.press_next(label)

    def press_next(self, label: str | re.Pattern[str]) -> None:
        """Press it, and see that it is what it should be."""
        expect(self.next_button).to_have_text(label)
        expect(self.next_button).not_to_have_attribute("aria-disabled", "true")
        self.next_button.click()

    def stored(self) -> str:
        """All that the browser keeps for this site."""
        return self.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")


def known_sessions(room) -> str:
    """What the course can tell a leader about sessions."""
    return json.dumps([room.wire.handler(UNIT, "leader", name) for name in ("current_session", "past_sessions")])


@pytest.fixture
def practice(room) -> Practice:
    return Practice(room.leader().page, room.url, "leader")


def opened(room: Room, practice: Practice) -> str:
    """The rehearsal's session, as the page was told it: the page may know a moment before whoever listens."""
    for _ in range(200):
        for each in room.witness.exchanges:
            if "/open_session" in each.url and "pretend" in each.received:
                return json.loads(each.received)["session_id"]
        practice.page.wait_for_timeout(50)
    raise AssertionError("no rehearsal was opened")


def go_through(practice: Practice, kind: str) -> None:
    """One activity, from its start until what it shows can be talked about."""
    if kind == "talk":
        practice.expect_text("The time left is above. Go on any time.")
        return
    if kind == "commitments":
        practice.agree("When we rehearse, we will press one button.")
    practice.after_all_have_done_it("Reveal", "All have answered.")
    if kind == "wall":
        expect(practice.wall).not_to_have_count(0)
        practice.after_all_have_done_it("Count", "6 have sent. You can count.")
        # The pretend team is the only one.
        practice.press_next("Show the examples")
        practice.expect_heading("Examples, written by the course’s authors")


def test_the_whole_agenda_by_pressing_what_is_next_and_nothing_stays(room, practice):
    before = known_sessions(room)
    practice.rehearse()
    session_id = opened(room, practice)
    lead = json.loads(next(each.received for each in room.witness.exchanges if session_id in each.received))
    assert session_id in practice.stored() or lead["token"] in practice.stored()
    screen = Onlooker(room.context("screen").new_page())
    screen.page.goto(lead["screen_url"])
    screen.expect_text(re.compile("Rehearsal with a pretend team"))
    expect(screen.root.get_by_text("seats are taken")).to_have_count(1)

    agenda = room.wire.state(lead)["agenda"]
    assert len(agenda) == 10
    practice.press_next("Begin")
    for number, activity in enumerate(agenda):
        practice.press_next(re.compile(f"^(Start|Next: {re.escape(activity['title'])})$"))
        if number == len(agenda) // 2:
            practice.page.reload()
            practice.expect_text(re.compile(RIBBON))
        go_through(practice, activity["kind"])
        assert known_sessions(room) == before
    practice.press_next("Show the summary")
    practice.expect_text(re.compile("^Everybody sees the summary"))
    practice.press_next("End the session")
    practice.press("End it now")

    practice.expect_text("The rehearsal is over. Nothing of it was kept.")
    expect(practice.button("I convene my team")).to_be_visible()
    expect(practice.root.get_by_role("link", name="Your summary")).to_have_count(0)
    screen.expect_heading("This session has ended.")
    assert known_sessions(room) == before
    for secret in (session_id, lead["token"], *lead["pretend"]):
        assert secret not in practice.stored()
    room.wire.call("GET", lead["api_url"], token=lead["token"], status=404)
    practice.page.reload()
    expect(practice.button("I convene my team")).to_be_visible()
    expect(practice.root.get_by_text(re.compile(RIBBON))).to_have_count(0)
