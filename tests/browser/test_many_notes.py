"""A wall with 120 notes."""

from playwright.sync_api import expect

from tests.browser.views import overflow

COUNT = 120


def text(number: int) -> str:
    """Of lengths that people write."""
    return f"{number}: " + "it takes courage from me to say this in front of everybody " * (1 + number % 3)


def test_a_hundred_and_twenty_notes_on_every_device(room):
    leader = room.leader()
    leader.convene()
    guest = room.guest()
    guest.join(leader.code())
    seats = room.wire.guests(leader.code(), COUNT)
    lead = room.wire.handler("session", "leader", "current_session")
    room.wire.command(lead, "start_round")
    for number, seat in enumerate(seats):
        room.wire.answer(seat, text(number).strip())
    screen = room.screen(lead["screen_url"])
    guest.pass_()
    room.wire.command(lead, "reveal")

    everything = guest.expect_wall(COUNT)
    assert len(set(everything)) == COUNT
    assert leader.expect_wall(COUNT) == everything
    for person in (leader, guest):
        assert overflow(person.page) == []
    last = guest.wall.nth(COUNT - 1)
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()

    # The projector never scrolls: it turns pages, in the same order, and cuts no note off.
    expect(screen.wall.first).to_be_visible()
    seen: list[str] = []
    while len(seen) < COUNT:
        page = screen.notes()
        assert page[0] not in seen
        seen += page
        assert overflow(screen.page, vertical=True) == []
        screen.page.keyboard.press("ArrowRight")
        expect(screen.wall.first).not_to_have_text(page[0])
    assert seen == everything
