"""Every view, narrow and wide, read from the left and from the right: axe finds nothing serious, nothing overflows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.room import PHONE
from tests.browser.views import overflow, serious

WIDTHS = (320, 1440)


class Inspector:
    """Looks at one view after the other and keeps what is wrong, so that one run tells all of it."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def look_at_colours(self, page: Page, view: str) -> None:
        """Only what the colours can change."""
        self.wrong += [f"{view} in the dark: {each}" for each in serious(page)]

    def look(self, page: Page, view: str) -> None:
        """At both widths, and once with the page turned around."""
        before = page.viewport_size
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            self.wrong += [f"{view} at {width}: {each}" for each in overflow(page)]
            self.wrong += [f"{view} at {width}: {each}" for each in serious(page)]
        page.evaluate("document.documentElement.dir = 'rtl'")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            self.wrong += [f"{view} from the right at {width}: {each}" for each in overflow(page)]
        page.evaluate("document.documentElement.dir = 'ltr'")
        page.set_viewport_size(before)


@pytest.fixture
def inspector():
    made = Inspector()
    yield made
    assert made.wrong == []


#: What stands there before anybody convenes a team.
PAGES = {
    "start": "/",
    "session": "/course/leader/session/",
    "wall": "/course/leader/wall/",
    "course wall": "/course/leader/course-wall/",
    "join": "/psychsafety/join/",
    "join with a code": "/psychsafety/join/#ABCDEFGH",
    "try": "/psychsafety/join/#try",
    "screen": "/psychsafety/screen/",
    "drive": "/psychsafety/drive/",
    "Studio's form of the wall": "/studio/wall/",
    "Studio's form of the session": "/studio/session/",
    "preview of the wall": "/studio/wall/preview/",
    "preview of the session": "/studio/session/preview/",
}


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_before_a_session(room, inspector, colours):
    page = room.context("visitor", color_scheme=colours).new_page()
    room.leader()
    look = inspector.look if colours == "light" else inspector.look_at_colours
    for view, path in PAGES.items():
        # A page of its own each: the same path with another fragment would not be loaded again.
        page.goto("about:blank")
        page.goto(room.url + path)
        expect(page.get_by_role("heading").first).to_be_visible()
        look(page, view)
    page.goto(room.url + "/course/leader/session/")
    page.get_by_role("button", name="I convene my team").click()
    expect(page.get_by_text("This site answers phones.")).to_be_visible()
    look(page, "before you start")


def test_the_room_in_the_dark(room, inspector):
    """The colours of a phone that is set to dark, from the paper to the counts."""
    leader = room.leader()
    code = leader.convene()
    guest = room.guest(context=room.context("guest", {**PHONE, "color_scheme": "dark"}))
    guest.join(code)
    others = room.wire.guests(code, 3)
    leader.expect_seats(4)
    leader.start()
    guest.write("write to me@example.com")
    inspector.look_at_colours(guest.page, "guest collecting")
    guest.send("in the dark")
    inspector.look_at_colours(guest.page, "guest counted")
    for seat in others:
        room.wire.answer(seat, "a note")
    leader.reveal()
    guest.expect_wall(4)
    guest.wall.nth(0).get_by_role("button").click()
    inspector.look_at_colours(guest.page, "guest revealed")


def test_a_session(room, inspector):
    leader = room.leader()
    leader.convene()
    leader.take_part()
    inspector.look(leader.page, "lobby")
    guest = room.guest()
    guest.join(leader.code())
    amal = room.learner("amal")
    amal.join(leader.code())
    others = room.wire.guests(leader.code(), 4)
    screen = room.screen(room.wire.handler("session", "leader", "current_session")["screen_url"])
    screen.expect_text("Take a seat")
    leader.expect_seats(7)
    for person, who in ((guest, "guest"), (amal, "learner"), (screen, "screen")):
        inspector.look(person.page, f"{who} in the lobby")

    leader.press("Begin")
    expect(leader.button("Start")).to_be_visible()
    inspector.look(leader.page, "leader, begun")
    leader.press("Start")
    leader.expect_text("Everybody writes in silence.")
    leader.root.get_by_text("Your own note").click()
    expect(leader.own.paper).to_be_visible()
    leader.press("More")
    inspector.look(leader.page, "leader collecting, everything open")
    leader.press("More")
    for person, who in ((guest, "guest"), (amal, "learner"), (screen, "screen")):
        expect(person.root.get_by_role("heading", name="What does it take courage")).to_be_visible()
        inspector.look(person.page, f"{who} collecting")
    guest.write("write to me@example.com")
    guest.press("Send")
    inspector.look(guest.page, "guest, undo")
    guest.let_go()
    guest.expect_counted()
    inspector.look(guest.page, "guest counted")
    amal.pass_()
    leader.own.send_veiled("from the leader")
    for number, seat in enumerate(others):
        room.wire.answer(seat, "a note " * (5 * number + 1))
    leader.reveal()
    for person, who in ((leader, "leader"), (guest, "guest"), (amal, "learner"), (screen, "screen")):
        person.expect_wall(6)
        inspector.look(person.page, f"{who} revealed")
    guest.press("Take a note down")
    inspector.look(guest.page, "guest, which note")
    guest.wall.nth(0).get_by_role("button", name="This one").click()
    inspector.look(guest.page, "guest, this note?")
    guest.press("Keep it")
    guest.press("Keep all notes")
    guest.resonate(0, 1)
    amal.resonate(0)
    lead = room.wire.handler("session", "leader", "current_session")
    first = room.wire.state(lead)["round"]["results"]["notes"][0]["id"]
    number = room.wire.state(lead)["round"]["id"]
    for seat in others:
        room.wire.call("POST", seat["api_url"] + "resonance", {"round": number, "notes": [first]}, token=seat["token"])
    leader.expect_sent(6)
    leader.press("Count")
    for person, who in ((leader, "leader"), (guest, "guest"), (amal, "learner"), (screen, "screen")):
        expect(person.wall.nth(0)).to_contain_text("6 of us")
        inspector.look(person.page, f"{who} counted")
    leader.press("Close")
    amal.expect_heading("Look up.")
    inspector.look(amal.page, "learner, closed")
    leader.end()
    for person, who in ((guest, "guest"), (amal, "learner"), (screen, "screen")):
        person.expect_heading("This session has ended.")
        inspector.look(person.page, f"{who} ended")


def test_driving(room, inspector):
    leader = room.leader()
    leader.convene()
    leader.press("Drive from my phone")
    expect(leader.page.get_by_role("group", name="Drive from your phone")).to_be_visible()
    inspector.look(leader.page, "drive offered")
    leader.press("Cancel")
    lead = room.wire.handler("session", "leader", "current_session")
    code = room.wire.call("POST", lead["api_url"] + "drive", {"do": "offer"}, token=lead["token"])["code"]
    phone = room.context("phone", PHONE).new_page()
    phone.goto(f"{room.url}/psychsafety/drive/#{code}")
    expect(phone.get_by_text("Does your laptop show the same digits?")).to_be_visible()
    inspector.look(phone, "phone with the digits")
    expect(leader.button("Yes, hand over")).to_be_visible()
    inspector.look(leader.page, "laptop with the digits")
    leader.press("Yes, hand over")
    expect(phone.get_by_role("button", name="Begin")).to_be_visible()
    inspector.look(phone, "phone driving")
    leader.expect_text("Driven from your phone")
    inspector.look(leader.page, "laptop driven")


def test_a_wall_for_everybody(room, inspector):
    chen = room.learner("chen")
    chen.open("course-wall")
    chen.press("Read and write")
    expect(chen.paper).to_be_visible()
    inspector.look(chen.page, "course wall, writing")
