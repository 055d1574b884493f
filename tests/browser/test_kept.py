"""What is kept about you: looked at before writing, after sending, after the reveal; nothing that is written is lost.

How it looks is in `test_every_view.py`.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.people import Seated
from tests.browser.room import PHONE

BALLOT, NOTE = (f"psychsafety_xblock_{model}" for model in ("ballot", "note"))


def look(person: Seated) -> None:
    """Open the page from the quiet link, and wait for its rows."""
    person.press("What is kept about you")
    expect(table(person, BALLOT)).to_be_visible()


def table(person: Seated, name: str) -> Locator:
    """The section of one table."""
    return person.root.locator(f"[data-table={name}]")


def rows(person: Seated, name: str) -> Locator:
    """Its rows."""
    return table(person, name).locator(".psy-kept__row")


def look_again(person: Seated) -> None:
    """Read anew, and wait until the page says so."""
    before = person.root.locator(".psy-kept__bar").inner_text()
    person.page.clock.fast_forward(1000)
    person.press("Look again")
    expect(person.root.locator(".psy-kept__bar")).not_to_have_text(before, use_inner_text=True)


@pytest.mark.parametrize("who", ["guest", "learner"])
def test_before_writing_after_sending_after_the_reveal(room, who):
    lead = room.convened("en")
    person = room.guest() if who == "guest" else room.learner("amal", device=PHONE)
    person.join(lead["join_code"])
    others = room.wire.guests(lead["join_code"], 4)
    room.wire.command(lead, "start_round")
    person.write("half a sentence")

    look(person)
    expect(person.paper).to_be_hidden()
    expect(person.root.get_by_role("heading", name="What is kept about you")).to_be_focused()
    expect(table(person, BALLOT)).to_contain_text("Your seat has no mark now.")
    person.button("Back").first.click()
    expect(person.paper).to_have_value("half a sentence")
    expect(person.button("What is kept about you")).to_be_focused()
    look(person)
    person.page.reload()
    expect(person.paper).to_have_value("half a sentence")

    person.send("a whole sentence")
    look(person)
    expect(rows(person, BALLOT)).to_have_count(1)
    expect(rows(person, BALLOT)).to_contain_text("This is the mark that your seat has answered.")
    expect(table(person, NOTE)).to_contain_text("No note is shown now.")
    for seat in others:
        room.wire.answer(seat, "kingfisher")
    look_again(person)
    expect(person.root.locator(".psy-kept__bar")).to_contain_text("Nothing has changed.")
    expect(person.root.get_by_text("kingfisher")).to_have_count(0)

    room.wire.command(lead, "reveal")
    look_again(person)
    expect(rows(person, BALLOT)).to_have_count(0)
    expect(rows(person, NOTE)).to_have_count(5)
    expect(person.root.locator(".psy-kept__bar")).to_contain_text("Changed: Your marks · The notes")
    expect(rows(person, NOTE).filter(has_text="a whole sentence")).to_have_count(1)

    person.page.go_back()
    person.expect_wall(5)
    assert "/course/amal/session/" in person.page.url or "/psychsafety/join/" in person.page.url


def test_the_page_follows_the_language_and_the_end(room):
    """Whoever chooses another language reads on in it; with the session the page goes, and so does its step back."""
    lead = room.convened("en")
    guest = room.guest()
    guest.join(lead["join_code"])
    look(guest)
    entries = guest.page.evaluate("history.length")
    guest.page.get_by_label("Language").select_option("da")
    expect(guest.page.get_by_role("heading", name="Hvad der gemmes om dig")).to_be_visible()
    expect(table(guest, BALLOT)).to_contain_text("Din plads har intet mærke lige nu.")
    assert guest.page.evaluate("history.length") == entries
    guest.page.get_by_label("Sprog").select_option("en")
    expect(table(guest, BALLOT)).to_contain_text("Your seat has no mark now.")
    room.wire.command(lead, "close_session")
    guest.expect_heading("This session has ended.")
    expect(guest.root.locator(".psy-kept")).to_have_count(0)
    guest.page.wait_for_function("!(history.state || {}).psychsafetyKept")


def test_a_part_that_does_not_come_is_said_and_the_way_back_is_there(room):
    lead = room.convened("en")
    guest = room.guest()
    guest.join(lead["join_code"])
    guest.page.route("**/kept.js", lambda route: route.abort())
    guest.press("What is kept about you")
    guest.expect_text("A part of this page did not come. Your session goes on; nothing is lost.")
    guest.page.unroute("**/kept.js")
    guest.press("Try again")
    expect(table(guest, BALLOT)).to_be_visible()
    guest.page.route("**/kept", lambda route: route.abort())
    guest.press("Look again")
    guest.expect_text("The server could not be reached. Please look again.")
    expect(table(guest, BALLOT)).to_be_visible()
