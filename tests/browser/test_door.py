"""The join code stands in a chat: the leader sees it, locks the door, starts over, and the wall runs to its reveal."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Leader
from tests.browser.room import PHONE
from tests.browser.test_every_view import Inspector
from tests.browser.views import overflow, serious

LOCKED = "The door is locked: nobody new can take a seat."
FLOOD = 19


@pytest.fixture
def inspector():
    made = Inspector()
    yield made
    assert not made.wrong, "\n".join(made.wrong)


def test_a_flood_a_lock_a_new_code_and_the_wall(room):
    leader = room.leader()
    old = leader.convene()
    screen = room.screen(leader.screen_address())
    amal, guest = room.team(leader, guests=1, learners=("amal",))
    team = room.wire.guests(old, 3)
    leader.start()
    guest.write("half a sentence")
    amal.send("what Amal wrote")
    strangers = room.wire.guests(old, FLOOD)
    leader.expect_text(f"{FLOOD} seats by code were taken within a minute. Are so many of you new here?")
    for number, seat in enumerate(strangers[:5]):
        room.wire.answer(seat, f"junk {number}")

    # One tap, and nobody new comes in; whoever is in notices nothing but a line.
    leader.press("Lock the door")
    guest.expect_text(LOCKED)
    expect(guest.paper).to_have_value("half a sentence")
    late = room.guest("late")
    late.scan(old)
    late.press("Take a seat")
    late.expect_text(re.compile("^The door is locked.*Ask the leader to open it"))
    bo = room.learner("bo")
    bo.open()
    bo.type_code(old)
    bo.expect_text(re.compile("^The door is locked.*Ask the leader to open it"))

    # All over again, with a code that only the room sees.
    leader.press("More")
    leader.press("Start over with a new code")
    leader.expect_text(f"All {FLOOD + 4} seats by code are taken away; whoever is here scans the new one.")
    leader.expect_text("6 answers are thrown away unread.")
    leader.press("Start over")
    leader.expect_heading("Your team can join now")
    new = leader.code()
    assert new != old
    screen.expect_text(re.compile(re.escape(f"{new[:4]} {new[4:]}")))
    leader.expect_seats(1)
    amal.expect_text("Your leader has started over. The answers so far were thrown away unread.")
    guest.expect_text(re.compile("^Your seat is no longer valid. If your leader has started over, a new code"))
    late.press("Take a seat")
    late.expect_text(re.compile("No session has this code"))
    room.wire.call("GET", team[0]["api_url"], token=team[0]["token"], status=401)

    # The team comes back, and what was begun is on the paper again.
    guest.root.get_by_role("textbox", name="The code on the screen").fill(new)
    guest.press("Take a seat")
    guest.expect_seated()
    back = room.wire.guests(new, 3)
    leader.expect_seats(5)
    leader.press("Lock the door")
    leader.press("Begin")
    leader.press("Ask it again")
    expect(guest.paper).to_have_value("half a sentence")
    guest.send("a whole sentence")
    amal.send("what Amal wrote again")
    for number, seat in enumerate(back):
        room.wire.answer(seat, f"note {number}")
    leader.reveal()
    hung = sorted(screen.expect_wall(5))
    assert hung == ["a whole sentence", "note 0", "note 1", "note 2", "what Amal wrote again"]
    assert room.witness.received("junk") == []
    assert room.witness.received("what Amal wrote") == room.witness.received("what Amal wrote again")


def test_the_phone_locks_with_one_tap_in_the_dock(room):
    leader = room.leader()
    code = leader.convene()
    room.wire.guests(code, 4)
    leader.start()
    held = room.wire.handler("session", "leader", "current_session")
    offered = room.wire.call("POST", held["api_url"] + "drive", {"do": "offer"}, token=held["token"])["code"]
    page = room.context("the leader's phone", PHONE).new_page()
    page.goto(f"{room.url}/psychsafety/drive/#{offered}")
    leader.press("Yes, hand over")
    console = Leader(page, room.url, "leader")
    console.expect_text(re.compile("^4 more answers are needed"))
    room.wire.guests(code, 8)
    lock = console.button("Lock the door").first
    # However far the leader has scrolled in the words to say.
    page.mouse.wheel(0, 400)
    expect(lock).to_be_in_viewport()
    lock.click()
    expect(console.button("Yes, that is us")).to_be_hidden()
    page.get_by_role("tab", name="Room").click()
    console.expect_text(LOCKED)
    expect(leader.root.locator(".psy-rush")).to_be_hidden()
    console.press("Open the door")
    expect(console.root.locator(".psy-gate__line").filter(visible=True)).to_have_count(0)


def test_by_keyboard_alone_and_said_aloud(room):
    leader = room.leader()
    leader.convene()
    said = leader.page.locator(".psy-sr[aria-live]").first
    leader.button("Lock the door").focus()
    leader.page.keyboard.press("Enter")
    expect(said).to_have_text(LOCKED)
    expect(leader.button("Open the door")).to_be_focused()
    leader.page.keyboard.press("Tab")
    expect(leader.button("Start over with a new code")).to_be_focused()
    leader.page.keyboard.press("Enter")
    expect(leader.root.get_by_role("heading", name="Start over with a new code?")).to_be_focused()
    leader.page.keyboard.press("Escape")
    expect(leader.button("Start over with a new code")).to_be_focused()
    leader.page.keyboard.press("Enter")
    leader.page.keyboard.press("Tab")
    leader.page.keyboard.press("Enter")
    leader.expect_heading("Your team can join now")
    expect(said).to_have_text(re.compile("^The new code is shown"))
    leader.button("Lock the door").focus()
    leader.page.keyboard.press("Enter")
    leader.button("Open the door").press("Enter")
    expect(said).to_have_text("The door is open.")
    assert leader.page.evaluate("document.activeElement.dataset.action") == "lock_door"


def test_each_new_state_can_be_used_by_everybody(room, inspector):
    leader = room.leader()
    code = leader.convene()
    screen = room.screen(leader.screen_address())
    guest = room.guest()
    guest.join(code)
    others = room.wire.guests(code, 4)
    leader.press("Lock the door")
    for person, who in ((leader, "leader"), (screen, "screen")):
        person.expect_text(LOCKED)
        inspector.look(person.page, f"{who}, locked")
    leader.press("Open the door")
    leader.start()
    room.wire.answer(others[0], "an answer")
    room.wire.guests(code, 12)
    leader.expect_text(re.compile("seats by code were taken within a minute"))
    in_both_colours(inspector, leader.page, "leader, flooded")
    leader.press("Lock the door")
    leader.press("More")
    leader.press("Start over with a new code")
    leader.expect_text("1 answer is thrown away unread.")
    in_both_colours(inspector, leader.page, "leader, starting over")
    leader.press("Start over")
    guest.expect_text(re.compile("^Your seat is no longer valid"))
    inspector.keep("guest without a seat", serious(guest.page) + overflow(guest.page))


def in_both_colours(inspector: Inspector, page: Page, view: str) -> None:
    """Everything in the light, and in the dark what the colours can change."""
    inspector.look(page, view)
    inspector.look_at_colours(page, view)
