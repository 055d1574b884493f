"""The leader's phone takes the controls, and gives them back."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import Leader
from tests.browser.room import PHONE


def offered_code(leader: Leader) -> tuple[str, str]:
    """Ask the laptop for a code; returns the address and the code as somebody would type them."""
    leader.press("Drive from my phone")
    offer = leader.page.get_by_role("group", name="Drive from your phone")
    expect(offer).to_be_visible()
    address = offer.locator("strong").inner_text()
    code = offer.get_by_text(re.compile("^[A-Z0-9]( [A-Z0-9])+$")).first.text_content() or ""
    return address, code.replace(" ", "")


def take(room, leader: Leader) -> Page:
    """Type the code on a phone; returns the phone's page, which shows two digits."""
    address, code = offered_code(leader)
    phone = room.context("the leader's phone", PHONE).new_page()
    phone.goto(f"http://{address}")
    phone.get_by_role("textbox", name="The code on your laptop").fill(code)
    phone.get_by_role("button", name="Drive", exact=True).click()
    expect(phone.get_by_text(re.compile(r"^\d\d$"))).to_be_visible()
    return phone


def test_code_digits_confirm_drive_take_back(room):
    leader = room.leader()
    leader.convene()
    (seated,) = room.team(leader, guests=1)
    others = room.wire.guests(leader.code(), 3)
    leader.expect_seats(4)
    phone = take(room, leader)
    asked = leader.page.get_by_role("group", name="Does your phone show these digits?")
    expect(asked).to_be_visible()
    digits = re.compile(r"^\d\d$")
    assert asked.get_by_text(digits).inner_text() == phone.get_by_text(digits).inner_text()
    asked.get_by_role("button", name="Yes, hand over").click()

    console = Leader(phone, room.url, "leader")
    expect(console.button("Begin")).to_be_visible()
    leader.expect_text("Driven from your phone")
    expect(leader.button("Begin")).to_be_hidden()
    console.press("Begin")
    console.press("Start")
    seated.send("driven")
    for seat in others:
        room.wire.answer(seat, "driven")
    console.expect_text("All have answered.")
    console.press("Reveal")
    for one in (leader, console, seated):
        one.expect_wall(4)

    leader.press("Take back")
    expect(leader.button("Count")).to_be_visible()
    console.expect_text("The laptop has the controls again.")
    expect(console.button("Count")).to_have_count(0)


def test_a_refused_phone_drives_nothing(room):
    leader = room.leader()
    leader.convene()
    phone = take(room, leader)
    leader.press("Refuse")
    expect(phone.get_by_text("The laptop did not confirm.")).to_be_visible()
    expect(leader.button("Begin")).to_be_visible()


def test_a_code_works_once(room):
    leader = room.leader()
    leader.convene()
    address, code = offered_code(leader)
    first, second = (room.context(name, PHONE).new_page() for name in ("phone", "thief"))
    first.goto(f"http://{address}#{code}")
    expect(first.get_by_text(re.compile(r"^\d\d$"))).to_be_visible()
    assert code not in first.url
    second.goto(f"http://{address}#{code}")
    expect(second.get_by_text("This code does not work any more.")).to_be_visible()
