"""A wall with 500 notes: at once on the screen, in groups everywhere, turned and searched from the console."""

import re
import time

from playwright.sync_api import expect

from tests.browser.large_wall import hang, plausible
from tests.browser.views import overflow

COUNT = 500
#: From the leader's command to the first page on the screen; the poll's pace is on top of it.
REVEAL_SECONDS = 2.0
NEEDLE = "The lighthouse keeper never asks"
ON_SCREEN = re.compile(r"On the screen: page (\d+) of (\d+), notes (\d+) to (\d+)")


def test_five_hundred_notes_in_groups_and_on_pages(room):
    leader = room.leader()
    leader.convene()
    guest = room.guest()
    guest.join(leader.code())
    lead = room.wire.handler("session", "leader", "current_session")
    hang(room.wire, lead, [*plausible(COUNT - 1), NEEDLE])
    guest.pass_()
    screen = room.screen(lead["screen_url"])
    expect(screen.page.locator(".psy-room--question")).to_be_visible()

    begun = time.monotonic()
    state = room.wire.command(lead, "reveal")
    expect(screen.wall.first).to_be_visible()
    # The demo asks for news every 1.8 seconds with so many.
    assert time.monotonic() - begun < REVEAL_SECONDS + 1.8 * 1.1

    notes = state["round"]["results"]["notes"]
    groups = [note["cluster"] for note in notes if note["cluster"] is not None]
    assert len(notes) == COUNT
    assert len(groups) > COUNT / 4

    # Everywhere in the same order: the largest group first, each below a line that says how many.
    everything = guest.expect_wall(COUNT)
    assert leader.expect_wall(COUNT) == everything
    largest = groups.count(0)
    assert {note["text"] for note in notes if note["cluster"] == 0} == set(everything[:largest])
    for person in (leader, guest):
        assert person.root.locator(".psy-wall__group").first.text_content() == f"{largest} notes that read alike"
        assert person.root.locator(".psy-wall__group").last.text_content() == "Each by itself"
        assert overflow(person.page) == []

    # The leader turns the page, and the screen keeps it.
    expect(leader.root.get_by_text("The pages on the screen turn by themselves.")).to_be_visible()
    first = screen.notes()
    assert first == everything[: len(first)]
    where = leader.root.get_by_text(ON_SCREEN)
    leader.press("Next page")
    expect(where).to_contain_text("page 1 of")
    leader.press("Next page")
    expect(where).to_contain_text("page 2 of")
    expect(screen.wall.first).to_have_text(everything[len(first)])
    assert overflow(screen.page, vertical=True) == []

    # Somebody means a note: it is found by a word, and its page hangs.
    field = leader.root.get_by_role("searchbox", name="Find a note")
    field.fill("LIGHTHOUSE never")
    expect(leader.root.get_by_text("1 note says that.")).to_be_visible()
    leader.press("Show on the screen")
    expect(screen.page.get_by_text(NEEDLE)).to_be_visible()
    page, pages, start, end = map(int, ON_SCREEN.search(where.text_content()).groups())
    assert 1 < page <= pages
    assert start - 1 <= everything.index(NEEDLE) < end
    assert screen.notes() == everything[start - 1 : end]
    assert overflow(screen.page, vertical=True) == []
    field.fill("")
    leader.press("Let the pages turn by themselves")
    expect(leader.root.get_by_text("The pages on the screen turn by themselves.")).to_be_visible()
