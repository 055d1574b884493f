"""Six people and a projector, from the start page to the end of the session."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.people import Leader
from tests.browser.room import Room

#: One marked text a person; Bo passes, so there is none.
TEXTS = {
    "leader": "MARK-1 say no to my own boss",
    "amal": "MARK-2 show a half-finished thing",
    "chen": "It takes courage from me to MARK-3 ask",
    "guest 1": 'MARK-4 a < b & "quotes" 🙂',
    "guest 2": "MARK-5 say that I am lonely here",
}


def arrive(room: Room) -> Leader:
    """The leader comes from the start page of the demo, as a new user would."""
    context = room.context("leader")
    page = context.new_page()
    page.goto(room.url)
    leader = room.leader(context=context)
    with context.expect_page() as opened:
        page.get_by_role("link", name=re.compile("^Mette")).click()
    page.close()
    leader.page.close()
    return Leader(opened.value, room.url, "leader")


def test_from_start_to_end(room):
    leader = arrive(room)
    code = leader.convene_here()
    screen = room.screen(leader.screen_address())
    screen.expect_text("Take a seat")
    amal, bo, chen, *guests = room.team(leader, guests=2, learners=("amal", "bo", "chen"))
    leader.take_part()
    leader.expect_seats(6)
    screen.expect_text("6 seats are taken, 2 of them by code.")
    assert code not in screen.page.url

    leader.start()
    for person in (amal, bo, chen, *guests):
        expect(person.paper).to_be_visible()
        person.expect_text("6 seats are taken, 2 of them by code.")
        person.expect_text(re.compile("Passing is just as good."))
    screen.expect_heading("What does it take courage from you to do?")

    # The leader's own paper is folded away, and masked when it is open: the room sees this screen.
    own = leader.own
    expect(own.paper).to_be_hidden()
    leader.root.get_by_text("Your own note").click()
    own.write(TEXTS["leader"])
    assert own.paper.evaluate("field => getComputedStyle(field).webkitTextSecurity") == "disc"
    own.send_veiled(TEXTS["leader"])

    # Undo: nothing has left, the text is back.
    amal.write(TEXTS["amal"])
    amal.press("Send")
    amal.press("Undo")
    expect(amal.paper).to_have_value(TEXTS["amal"])
    assert room.witness.sent(TEXTS["amal"]) == []
    amal.send(TEXTS["amal"])
    bo.pass_()
    chen.press("It takes courage from me to")
    chen.paper.press_sequentially("MARK-3 ask")
    chen.send(TEXTS["chen"])
    leader.expect_answers(4)
    expect(leader.button("Reveal")).to_be_disabled()
    guests[0].send(TEXTS["guest 1"])
    leader.expect_answers(5)
    for person in (amal, bo, chen, guests[0], screen):
        person.expect_text(re.compile("^(Enough|Most) have answered"))

    # One seat is open: the page offers a minute or a warning, never a reveal at once.
    leader.press("Reveal")
    offer = leader.page.get_by_role("group", name="Some are still writing.")
    expect(offer.get_by_role("button", name="One more minute")).to_be_visible()
    offer.get_by_role("button", name="Show in 20 seconds").click()
    guests[1].expect_text(re.compile("The wall opens in"))
    screen.expect_text(re.compile("The wall opens in"))
    guests[1].send(TEXTS["guest 2"])
    leader.expect_answers(6)

    # Nobody, not even the own laptop, was told a single text by the server so far.
    assert room.witness.received("MARK-") == []
    assert room.witness.answers() == 6
    leader.reveal()

    everybody = [leader, amal, bo, chen, *guests, screen]
    walls = [person.expect_wall(5) for person in everybody]
    assert sorted(walls[0]) == sorted(TEXTS.values())
    assert all(wall == walls[0] for wall in walls)
    expect(leader.own.root).to_be_hidden()

    # "I could have written this": counts from 3 up, on all notes together.
    liked = walls[0].index(TEXTS["chen"])
    lonely = walls[0].index(TEXTS["amal"])
    amal.resonate(liked, lonely)
    bo.resonate(liked)
    chen.resonate()
    assert all(person.counts() == [] for person in everybody)
    expect(leader.button("Count")).to_be_disabled()
    for guest in guests:
        guest.resonate(liked)
    leader.expect_sent(5)
    leader.press("Count")
    for person in everybody:
        expect(person.wall.nth(liked)).to_contain_text("4 of us could have written this")
        assert len(person.counts()) == 1

    # One seat takes a note down, the leader hides one; both look the same to everybody.
    bo.take_down(walls[0].index(TEXTS["amal"]))
    for person in everybody:
        person.expect_wall(4)
        person.expect_text("1 note was taken down.")
    expect(bo.button("Take a note down")).to_be_hidden()
    leader.hide(leader.notes().index(TEXTS["guest 2"]))
    for person in everybody:
        person.expect_wall(3)
        person.expect_text("2 notes were taken down.")

    leader.press("Close")
    for person in (amal, bo, chen, *guests):
        person.expect_heading("Look up.")
    leader.end()
    for person in (amal, bo, chen, *guests, screen):
        person.expect_heading("This session has ended.")
        expect(person.wall).to_have_count(0)
    leader.expect_text("The session has ended. All notes are down.")
    expect(leader.button("I convene my team")).to_be_visible()


def test_a_reveal_with_a_seat_still_open_comes_after_the_warning(room):
    leader = room.leader()
    leader.convene()
    (late,) = room.team(leader, guests=1)
    others = room.wire.guests(leader.code(), 4)
    leader.expect_seats(5)
    leader.start()
    for seat in others:
        room.wire.answer(seat, "in time")
    leader.expect_answers(4)
    late.write("almost done")
    leader.reveal_after_notice(late)
    leader.expect_wall(4)
    late.expect_wall(4)
    assert room.witness.sent("almost done") == []


def test_one_more_minute_is_seen_on_the_phones(room):
    leader = room.leader()
    leader.convene()
    (late,) = room.team(leader, guests=1)
    others = room.wire.guests(leader.code(), 4)
    leader.expect_seats(5)
    leader.start()
    for seat in others:
        room.wire.answer(seat, "in time")
    leader.expect_answers(4)
    leader.press("Reveal")
    offer = leader.page.get_by_role("group", name="Some are still writing.")
    offer.get_by_role("button", name="One more minute").click()
    late.expect_text(re.compile(r"\d+ (seconds|min) left"))
