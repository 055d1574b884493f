"""The whole exercise without a mouse: convene, join, write, undo, send, pass, reveal, tap, take down, sum up, end."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import Keyboard
from tests.browser.people import HOLD_MS
from tests.browser.room import PHONE


@pytest.fixture
def keys():
    """Makes a keyboard for a page; none may have met anything wrong at the end."""
    made: list[Keyboard] = []

    def for_page(page: Page) -> Keyboard:
        made.append(Keyboard(page))
        return made[-1]

    yield for_page
    wrong = sorted({each for keyboard in made for each in keyboard.wrong})
    assert not wrong, "\n".join(wrong)


def test_the_whole_exercise(room, keys):
    leader, amal, chen = room.leader(), room.learner("amal"), room.learner("chen")
    lead, first, second = (keys(person.page) for person in (leader, amal, chen))

    # Convene.
    leader.open()
    lead.use(leader.button("I convene my team"))
    leader.expect_heading("Before you start")
    lead.expect_kept("before the start")
    lead.use(leader.button("Convene my team"))
    leader.expect_heading("Your team can join now")
    lead.expect_kept("in the lobby")
    lead.use(leader.button("Take part myself"), "Space")
    expect(leader.button("Take part myself")).to_be_hidden()
    lead.expect_kept("with a seat")

    # Join: by Enter in the field, and by the button.
    code = leader.code()
    for person, keyboard, by_button in ((amal, first, False), (chen, second, True)):
        person.open()
        keyboard.reach(person.root.get_by_role("textbox", name="The code that your leader shows"))
        keyboard.type(code)
        if by_button:
            keyboard.press("Tab")
            assert keyboard.is_at(person.button("Join"))
        keyboard.press("Enter")
        person.expect_seated()
        keyboard.expect_kept("seated")
    others = room.wire.guests(code, 2)
    leader.expect_seats(5)
    lead.use(leader.button("Begin"))
    expect(leader.button("Start")).to_be_visible()
    lead.expect_kept("begun")
    lead.use(leader.button("Start"))
    leader.expect_text("Everybody writes in silence.")
    lead.expect_kept("started")

    # Write and send, think better of it, send; pass.
    first.reach(amal.paper)
    first.type("say that I do not know")
    only, also = (amal.root.get_by_role("radio", name=name) for name in ("Only my team", "Also other teams"))
    first.reach(only)
    first.press("ArrowDown")
    expect(also).to_be_checked()
    first.press("ArrowUp")
    expect(only).to_be_checked()
    first.use(amal.button("Send"))
    expect(amal.button("Undo")).to_be_visible()
    first.expect_kept("while it can be undone")
    first.press("Enter")
    expect(amal.paper).to_be_visible()
    assert first.is_at(amal.paper), "undone, and back in the text"
    expect(only).to_be_checked()
    first.use(amal.button("Send"), "Space")
    amal.let_go()
    amal.expect_counted()
    first.expect_kept("counted")
    second.use(chen.button("Pass"))
    chen.let_go()
    chen.expect_counted()
    second.expect_kept("passed")

    # The leader's own note, folded away, masked.
    lead.use(leader.root.get_by_text("Your own note"))
    lead.reach(leader.own.paper)
    lead.type("ask for help")
    lead.reach(leader.own.root.get_by_label("The number of your choice."))
    lead.type("1")
    lead.use(leader.own.button("Send"))
    expect(leader.own.button("Undo")).to_be_visible()
    leader.page.clock.fast_forward(HOLD_MS)
    expect(leader.own.paper).to_be_hidden()
    lead.expect_kept("own note sent")
    for seat in others:
        room.wire.answer(seat, "a note")

    # Reveal, tap, take one down.
    leader.expect_text("All have answered.")
    lead.use(leader.button("Reveal"))
    leader.expect_wall(4)
    lead.expect_kept("revealed")
    amal.expect_wall(4)
    first.expect_kept("at the wall")
    tap = amal.wall.nth(0).get_by_role("button")
    first.use(tap, "Space")
    expect(tap).to_have_attribute("aria-pressed", "true")
    assert first.is_at(tap), "a tap leaves the focus where it is"
    first.use(amal.button("Send 1"))
    amal.expect_text(re.compile("^Counted"))
    first.expect_kept("tapped")
    chen.expect_wall(4)
    second.use(chen.button("Take a note down"))
    second.expect_kept("which note?")
    second.use(chen.wall.nth(3).get_by_role("button", name="This one"))
    second.expect_kept("this note?")
    second.use(chen.button("Take it down"))
    chen.expect_wall(3)
    second.expect_kept("taken down")
    leader.expect_wall(3)

    # Sum up, change one's mind about the end, and end.
    lead.use(leader.button("Close"))
    expect(leader.button("Show the summary")).to_be_visible()
    lead.expect_kept("closed")
    lead.use(leader.button("Show the summary"))
    expect(leader.button("Show the summary")).to_be_hidden()
    lead.expect_kept("the summary")
    first.expect_kept("the summary")
    lead.use(leader.button("End the session").first)
    lead.expect_kept("asked about the end")
    lead.press("Escape")
    lead.expect_kept("not ended")
    lead.use(leader.button("End the session").first)
    lead.use(leader.button("End it now"))
    for person, keyboard in ((amal, first), (chen, second)):
        person.expect_heading("This session has ended.")
        keyboard.expect_kept("ended")
    leader.expect_text("The session has ended. All notes are down.")
    lead.expect_kept("ended")


def test_a_guest_types_the_code(room, keys):
    """And rates, chooses and ticks with the keys that such fields have everywhere."""
    leader = room.leader()
    leader.convene("activities")
    guest = room.guest()
    guest.page.goto(f"{room.url}/psychsafety/join/")
    keyboard = keys(guest.page)
    keyboard.reach(guest.root.get_by_role("textbox"))
    keyboard.type(leader.code())
    keyboard.press("Enter")
    guest.expect_seated()
    keyboard.expect_kept("seated")
    others = room.wire.guests(leader.code(), 5)
    lead = room.wire.handler("activities", "leader", "current_session")
    kinds = {line["kind"]: line["id"] for line in room.wire.state(lead)["agenda"]}
    room.wire.command(lead, "start_round", activity=kinds["pulse"])
    groups = guest.root.get_by_role("group").filter(has=guest.page.get_by_role("radio"))
    expect(groups.first).to_be_visible()
    for number in range(groups.count()):
        keyboard.reach(groups.nth(number).get_by_role("radio").first)
        keyboard.press("Space", "ArrowRight", "ArrowRight")
        expect(groups.nth(number).get_by_role("radio", name="3", exact=True)).to_be_checked()
    keyboard.use(guest.button("Send"))
    guest.let_go()
    guest.expect_counted()
    keyboard.expect_kept("rated")
    for seat in others:
        room.wire.give(seat, {"pass": True})
    room.wire.command(lead, "reveal")
    room.wire.command(lead, "close_round")
    room.wire.command(lead, "start_round", activity=kinds["choice"])
    choices = guest.root.get_by_role("radio")
    expect(choices.first).to_be_visible()
    keyboard.reach(choices.first)
    keyboard.press("Space", "ArrowDown")
    expect(choices.nth(1)).to_be_checked()
    keyboard.use(guest.button("Send"))
    guest.let_go()
    guest.expect_counted()
    keyboard.expect_kept("chosen")


def test_the_console_and_the_order_of_the_stops(room, keys):
    """On a small phone with bars above and below; and each stop stands below the one before it."""
    leader = room.leader()
    leader.convene("hour")
    lead = room.wire.handler("hour", "leader", "current_session")
    code = room.wire.call("POST", lead["api_url"] + "drive", {"do": "window"}, token=lead["token"])["code"]
    phone = room.context("phone", {**PHONE, "viewport": {"width": 390, "height": 640}}).new_page()
    phone.goto(f"{room.url}/psychsafety/drive/#{code}")
    keyboard = keys(phone)
    tabs = phone.get_by_role("tab")
    keyboard.use(phone.get_by_role("button", name="Begin"))
    expect(phone.get_by_role("button", name="Start")).to_be_visible()
    keyboard.expect_kept("begun")
    keyboard.reach(tabs.first)
    keyboard.press("ArrowRight")
    expect(phone.get_by_role("tab", name="Agenda")).to_have_attribute("aria-selected", "true")
    assert keyboard.is_at(tabs.nth(1))
    # Through all that the agenda offers, in both directions.
    keyboard.reach(phone.get_by_role("combobox", name="Language"))
    for _ in range(20):
        keyboard.press("Shift+Tab")
        keyboard.look()
    guest = room.guest()
    guest.join(leader.code())
    room.wire.guests(leader.code(), 3)
    wall = next(line["id"] for line in room.wire.state(lead)["agenda"] if line["kind"] == "wall")
    room.wire.command(lead, "start_round", activity=wall)
    expect(guest.paper).to_be_visible()
    stops = keys(guest.page).stops()
    assert len(stops) > 4 and stops == sorted(stops)


def test_the_time_can_be_hidden(room, keys):
    leader = room.leader()
    leader.convene()
    leader.take_part()
    guest = room.guest()
    guest.join(leader.code())
    others = room.wire.guests(leader.code(), 5)
    leader.expect_seats(7)
    leader.start()
    leader.press("One more minute")
    for person in (leader, guest):
        time = person.root.get_by_text(re.compile("min left|seconds left")).filter(visible=True)
        expect(time).to_have_count(1)
        keyboard = keys(person.page)
        keyboard.use(person.button("Hide the time").first, "Space")
        expect(time).to_have_count(0)
        assert keyboard.is_at(person.button("Show the time").first)
    guest.page.reload()
    expect(guest.paper).to_be_visible()
    expect(guest.button("Show the time")).to_be_visible()
    expect(guest.root.get_by_text("min left")).to_be_hidden()
    # What opens in a moment is said all the same.
    for seat in others:
        room.wire.answer(seat, "a note")
    lead = room.wire.handler("session", "leader", "current_session")
    room.wire.command(lead, "extend", seconds=20, closing=True)
    expect(guest.root.locator(".psy-bar__time")).to_be_visible()
    expect(guest.button("Show the time")).to_be_hidden()
