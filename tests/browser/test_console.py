"""The leader's console: on a phone, in a private window, and in a colleague's hands."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.people import Leader
from tests.browser.room import PHONE

#: What it becomes with too few people, said beforehand.
INSTEAD = re.compile("With fewer people")
NEEDED = re.compile("^4 more answers are needed")


def lead(room, unit: str):
    """What the wire needs to know about the open session."""
    return room.wire.handler(unit, "leader", "current_session")


def take_to_the_phone(room, leader: Leader, unit: str) -> Leader:
    """The leader's phone has the controls."""
    held = lead(room, unit)
    code = room.wire.call("POST", held["api_url"] + "drive", {"do": "offer"}, token=held["token"])["code"]
    page = room.context("the leader's phone", PHONE).new_page()
    page.goto(f"{room.url}/psychsafety/drive/#{code}")
    leader.press("Yes, hand over")
    console = Leader(page, room.url, "leader")
    expect(console.button("Begin")).to_be_visible()
    return console


def turn_to(console: Leader, tab: str) -> None:
    """Another part of the console."""
    console.root.get_by_role("tab", name=tab).click()


def spoken(room, unit: str) -> list[dict]:
    """What the leader says and should know, activity by activity."""
    held = lead(room, unit)
    guide = room.wire.call("GET", held["api_url"] + "guide", token=held["token"])["activities"]
    return [guide[line["id"]] for line in room.wire.state(held)["agenda"]]


def test_the_phone_shows_what_to_say_and_the_laptop_does_not(room):
    leader = room.leader()
    leader.convene("hour")
    room.wire.guests(leader.code(), 4)
    guide = spoken(room, "hour")
    console = take_to_the_phone(room, leader, "hour")
    console.press("Begin")
    console.press("Start")
    for number, entry in enumerate(guide[:2]):
        if number:
            console.go_on(entry["title"])
        for text in (entry["script"], entry["notes"]):
            first = text.split("\n\n")[0].strip()
            console.expect_text(first)
            assert first not in leader.page.content()
    console.expect_text(re.compile(f"^Then: {guide[2]['title']}, about 6 minutes"))
    console.expect_text(re.compile(r"\d+ min left"))
    turn_to(console, "Agenda")
    expect(console.root.get_by_role("tabpanel", name="Agenda").locator(".psy-agenda > li")).to_have_count(10)
    turn_to(console, "If …")
    console.root.get_by_text("Nobody writes").click()
    expect(console.root.locator("[data-card][open]")).to_have_count(1)
    assert room.witness.asked("leader", "/guide") == 0
    expect(leader.page.locator("[data-card]")).to_have_count(0)


def test_skip_back_and_back_again(room):
    leader = room.leader()
    leader.convene("hour")
    screen = room.screen(leader.screen_address())
    room.wire.guests(leader.code(), 4)
    console = take_to_the_phone(room, leader, "hour")
    console.press("Begin")
    console.press("Start")
    screen.expect_heading("What we promise each other")
    turn_to(console, "Agenda")
    console.press("Skip: One word to begin")
    # Another step comes next, so the console shows what is said there.
    expect(console.root.get_by_role("tab", name="Now")).to_have_attribute("aria-selected", "true")
    turn_to(console, "Agenda")
    console.press("Skip: How it is here")
    console.go_on("The film, and what stayed")
    screen.expect_heading("What stayed with you from the film?")
    turn_to(console, "Agenda")
    console.press("Look back one step")
    screen.expect_heading("What we promise each other")
    screen.expect_text("We look back")
    console.press("Back to where we were")
    screen.expect_heading("What stayed with you from the film?")
    # What was skipped can be brought back.
    turn_to(console, "Agenda")
    console.press("Start now: One word to begin")
    console.press("Start now")
    screen.expect_heading("Which one word says how you are here today?")


def test_a_wall_is_run_again_as_a_new_round(room):
    leader = room.leader()
    leader.convene()
    screen = room.screen(leader.screen_address())
    seats = room.wire.guests(leader.code(), 4)
    console = take_to_the_phone(room, leader, "session")
    console.press("Begin")
    console.press("Start")
    console.expect_text(NEEDED)
    for seat in seats:
        room.wire.answer(seat, "the first time")
    console.reveal()
    screen.expect_wall(4)
    console.press("Close")
    # A new step turns the console back to what comes now.
    expect(console.button("Close")).to_have_count(0)
    turn_to(console, "Agenda")
    console.press("Run again: What takes courage")
    console.press("Run again")
    console.expect_text(NEEDED)
    expect(screen.wall).to_have_count(0)
    for seat in seats:
        room.wire.answer(seat, "the second time")
    console.reveal()
    assert set(screen.expect_wall(4)) == {"the second time"}


def test_the_notes_in_a_private_window(room):
    leader = room.leader()
    leader.convene("hour")
    leader.press("More")
    leader.press("My notes in a private window")
    with leader.page.context.expect_page() as opened:
        leader.press("It is not mirrored: open them")
    window = Leader(opened.value, room.url, "leader")
    expect(window.button("Begin")).to_be_visible()
    window.expect_text(spoken(room, "hour")[0]["script"].split("\n\n")[0].strip())
    leader.expect_text("Driven from your window")
    expect(leader.button("Begin")).to_be_hidden()
    leader.press("Take back")
    expect(leader.button("Begin")).to_be_visible()


def hand_over(room, leader: Leader) -> Leader:
    """The lead goes to a colleague by a one-time code, typed on the colleague's phone."""
    leader.press("More")
    leader.press("Hand the lead to a colleague")
    offer = leader.page.get_by_role("group", name="Hand the lead to a colleague")
    code = offer.get_by_text(re.compile("^[A-Z0-9]( [A-Z0-9])+$")).first.text_content() or ""
    page = room.context("the colleague", PHONE).new_page()
    page.goto(f"http://{offer.locator('strong').inner_text()}")
    page.get_by_role("textbox", name="The code on your laptop").fill(code.replace(" ", ""))
    page.get_by_role("button", name="Drive", exact=True).click()
    asked = leader.page.get_by_role("group", name="Does your colleague see these digits?")
    digits = re.compile(r"^\d\d$")
    assert asked.get_by_text(digits).inner_text() == page.get_by_text(digits).inner_text()
    leader.press("Yes, hand the lead over")
    colleague = Leader(page, room.url, "colleague")
    expect(colleague.button("Begin")).to_be_visible()
    return colleague


def test_the_lead_goes_to_a_colleague_and_the_convener_takes_it_back(room):
    leader = room.leader()
    leader.convene()
    room.wire.guests(leader.code(), 4)
    colleague = hand_over(room, leader)
    leader.expect_text(re.compile("Your colleague leads the session now"))
    expect(leader.button("Begin")).to_have_count(0)
    colleague.press("Begin")
    expect(colleague.button("Start")).to_be_visible()
    leader.page.reload()
    leader.press("Continue it")
    leader.press("Take back")
    expect(leader.button("Start")).to_be_visible()
    expect(colleague.button("Start")).to_have_count(0)
    colleague.expect_text("The laptop has the controls again.")


def test_with_three_seats_it_says_beforehand_what_it_does_instead_and_does_it(room):
    leader = room.leader()
    leader.convene("activities")
    screen = room.screen(leader.screen_address())
    room.wire.guests(leader.code(), 3)
    leader.expect_seats(3)
    leader.root.get_by_text("If nobody else comes").click()
    leader.expect_text(INSTEAD)
    console = take_to_the_phone(room, leader, "activities")
    turn_to(console, "Agenda")
    expect(console.root.locator(".psy-agenda__note").filter(has_text=INSTEAD)).to_have_count(3)
    console.press("Begin")
    console.press("Start")
    screen.expect_heading("What would you need today")
    for heading in ("Where is it easiest", "How much does this hold for us?", "What does it take courage"):
        console.expect_text(INSTEAD)
        console.press("Do that instead")
        screen.expect_heading(re.compile(heading))
        expect(screen.root.get_by_text("Not enough have answered yet")).to_have_count(0)
    assert room.wire.state(lead(room, "activities"))["round"]["activity"]["instead_of"] == "wall"
    expect(console.button("Show the summary")).to_be_visible()
