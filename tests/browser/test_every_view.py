"""Every view, narrow, wide, enlarged, spaced, in forced colours: axe minds nothing, nothing overflows or is too small.

`test_a11y_languages.py` walks the same way in Danish and, from the right, in Arabic.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from psychsafety_xblock.exercises import ready_session
from tests.browser.room import PHONE, Room
from tests.browser.views import edgeless, moving, overflow, serious, small, spaced

#: A phone and a large screen; and a window of 1280 by 1024 at 400 %, upright and on its side.
SIZES = ((320, 900), (1440, 900), (320, 256), (256, 320))

#: How many stand behind a sentence, in the ways in which it may be told.
STANDING = (
    "%(count)s of %(total)s stand behind this.",
    "Most of us stand behind this.",
    "Most of us do not stand behind this yet.",
)
#: How many a tablet thinks that it goes round among.
SHARED = (
    "%(n)s person uses this tablet. If that is not the number of people here, tell your leader.",
    "%(n)s people share this tablet. If that is not the number of people here, tell your leader.",
)


class Inspector:
    """Looks at one view after the other and keeps what is wrong, so that one run tells all of it."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def look_at_colours(self, page: Page, view: str) -> None:
        """Only at what a device that is set to dark changes."""
        page.emulate_media(color_scheme="dark")
        self.keep(f"{view} in the dark", serious(page))
        page.emulate_media(color_scheme="light")

    def look(self, page: Page, view: str) -> None:
        """At both widths, at 400 %, with more space between the letters, and in forced colours."""
        before = page.viewport_size
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            self.keep(f"{view} at {width} x {height}", overflow(page))
        page.set_viewport_size({"width": 320, "height": 900})
        self.keep(view, serious(page) + small(page))
        with spaced(page):
            self.keep(f"{view}, spaced", overflow(page))
        self.keep(f"{view} in forced colours", edgeless(page))
        self.keep(f"{view}, without motion", moving(page))
        page.set_viewport_size(before)

    def keep(self, where: str, found: list[str]) -> None:
        """Remember what is wrong there."""
        self.wrong += [f"{where}: {each}" for each in found]


@pytest.fixture
def inspector():
    made = Inspector()
    yield made
    assert not made.wrong, "\n".join(made.wrong)


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
    "tablet": "/psychsafety/tablet/",
    "summary": "/psychsafety/summary/",
    "figures over all teams": "/psychsafety/insights/",
    "Studio's form of the wall": "/studio/wall/",
    "Studio's form of the session": "/studio/session/",
    "preview of the wall": "/studio/wall/preview/",
    "preview of the session": "/studio/session/preview/",
}


def test_before_a_session(room, inspector):
    page = room.context("visitor").new_page()
    room.leader()
    for view, path in PAGES.items():
        # A page of its own each: the same path with another fragment would not be loaded again.
        page.goto("about:blank")
        page.goto(room.url + path)
        expect(page.get_by_role("heading").first).to_be_visible()
        inspector.look(page, view)
        inspector.look_at_colours(page, view)
    page.goto(room.url + "/course/leader/session/")
    page.get_by_role("button", name=room.say("I convene my team")).click()
    expect(page.get_by_text(room.say("This site answers phones."))).to_be_visible()
    inspector.look(page, "before you start")
    inspector.look_at_colours(page, "before you start")


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
    screen.expect_text(room.say("Take a seat"))
    leader.expect_seats(7)
    for person, who in ((guest, "guest"), (amal, "learner"), (screen, "screen")):
        inspector.look(person.page, f"{who} in the lobby")

    leader.press("Begin")
    expect(leader.button("Start")).to_be_visible()
    inspector.look(leader.page, "leader, begun")
    leader.press("Start")
    leader.expect_text(room.say("Everybody writes in silence."))
    leader.root.get_by_text(room.say("Your own note")).click()
    expect(leader.own.paper).to_be_visible()
    leader.press("More")
    inspector.look(leader.page, "leader collecting, everything open")
    leader.press("More")
    for person, who in ((guest, "guest"), (amal, "learner"), (screen, "screen")):
        expect(screen.root.locator(".psy-room--question") if person is screen else person.paper).to_be_visible()
        inspector.look(person.page, f"{who} collecting")
    guest.write("write to me@example.com")
    inspector.look_at_colours(guest.page, "guest collecting")
    guest.press("Send")
    inspector.look(guest.page, "guest, undo")
    guest.let_go()
    guest.expect_counted()
    inspector.look(guest.page, "guest counted")
    inspector.look_at_colours(guest.page, "guest counted")
    amal.pass_()
    leader.own.send_veiled("from the leader")
    for number, seat in enumerate(others):
        room.wire.answer(seat, "a note " * (5 * number + 1))
    leader.reveal()
    for person, who in ((leader, "leader"), (guest, "guest"), (amal, "learner")):
        person.expect_wall(6)
        inspector.look(person.page, f"{who} revealed")
    # The screen turns pages when notes are long.
    expect(screen.wall.first).to_be_visible()
    inspector.look(screen.page, "screen revealed")
    guest.press("Take a note down")
    inspector.look(guest.page, "guest, which note")
    guest.wall.nth(0).get_by_role("button", name=room.say("This one")).click()
    inspector.look(guest.page, "guest, this note?")
    guest.press("Keep it")
    guest.press("Keep all notes")
    guest.wall.nth(0).get_by_role("button").click()
    inspector.look_at_colours(guest.page, "guest revealed")
    guest.wall.nth(0).get_by_role("button").click()
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
        expect(person.wall.nth(0)).to_contain_text(room.say.like("%(n)s of us could have written this", n=6))
        inspector.look(person.page, f"{who} counted")
    guest.press("What is kept about you")
    guest.root.locator(".psy-kept__row summary").first.click()
    inspector.look(guest.page, "guest, what is kept")
    inspector.look_at_colours(guest.page, "guest, what is kept")
    guest.page.go_back()
    leader.press("Close")
    amal.expect_heading(room.say("Look up."))
    inspector.look(amal.page, "learner, closed")
    leader.end()
    for person, who in ((guest, "guest"), (amal, "learner"), (screen, "screen")):
        person.expect_heading(room.say("This session has ended."))
        inspector.look(person.page, f"{who} ended")


def test_driving(room, inspector):
    leader = room.leader()
    leader.convene()
    leader.press("Drive from my phone")
    expect(leader.page.get_by_role("group", name=room.say("Drive from your phone"))).to_be_visible()
    inspector.look(leader.page, "drive offered")
    leader.press("Cancel")
    lead = room.wire.handler("session", "leader", "current_session")
    code = room.wire.call("POST", lead["api_url"] + "drive", {"do": "offer"}, token=lead["token"])["code"]
    phone = room.context("phone", PHONE).new_page()
    phone.goto(f"{room.url}/psychsafety/drive/#{code}")
    expect(phone.get_by_text(room.say("Does your laptop show the same digits?"))).to_be_visible()
    inspector.look(phone, "phone with the digits")
    expect(leader.button("Yes, hand over")).to_be_visible()
    inspector.look(leader.page, "laptop with the digits")
    leader.press("Yes, hand over")
    expect(phone.get_by_role("button", name=room.say("Begin"))).to_be_visible()
    inspector.look(phone, "phone driving")
    leader.expect_text(room.say("Driven from your phone"))
    inspector.look(leader.page, "laptop driven")


def test_a_whole_session(room, inspector):
    """What an hour has besides the wall, from the agreement to the summary that is taken along."""
    leader = room.leader()
    leader.convene("hour")
    lead = room.wire.handler("hour", "leader", "current_session")
    screen = room.screen(lead["screen_url"])
    guest = room.guest()
    guest.join(lead["join_code"])
    others = room.wire.guests(lead["join_code"], 3)
    leader.press("More")
    inspector.look(leader.page, "More in the lobby")
    for name, group in (("One tablet goes round", "One tablet goes round"), ("Hand the lead to a colleague", None)):
        leader.press(name)
        asked = leader.page.get_by_role("group", name=room.say(group)).last if group else leader.button("Cancel")
        expect(asked).to_be_visible()
        inspector.look(leader.page, name)
        leader.press("Cancel")
        leader.press("More")
    # By their English titles: the agenda is in the leader's language.
    titles = [activity["title"] for activity in ready_session("first-hour").agenda]
    steps = {title: line["id"] for title, line in zip(titles, room.wire.state(lead)["agenda"], strict=True)}
    room.wire.command(lead, "start_round", activity=steps["What takes courage"])
    guest.send("from a phone")
    for seat in others:
        room.wire.answer(seat, "a note")
    room.wire.command(lead, "reveal")
    room.wire.command(lead, "open_echo")
    for person, who in ((guest, "guest"), (leader, "leader"), (screen, "screen")):
        person.expect_heading(room.say("Examples, written by the course’s authors"))
        inspector.look(person.page, f"{who}, the examples")
    room.wire.command(lead, "start_round", activity=steps["What we agree on"])
    guest.expect_heading(room.say("Your team is agreeing on something."))
    inspector.look(guest.page, "guest, before the agreement")
    expect(leader.button("Show it to all")).to_be_visible()
    inspector.look(leader.page, "leader writes the agreement")
    sentences = ["When we plan, we will ask what could go wrong.", "When somebody asks, we will say thank you first."]
    due = (datetime.date.today() + datetime.timedelta(days=28)).isoformat()
    number = room.wire.command(lead, "set_commitments", commitments=sentences, due=due)["round"]["id"]
    expect(guest.root.get_by_role("checkbox", name=sentences[0])).to_be_visible()
    for person, who in ((guest, "guest"), (screen, "screen")):
        person.expect_text(sentences[1])
        inspector.look(person.page, f"{who}, the agreement")
    guest.root.get_by_role("checkbox", name=sentences[0]).check()
    guest.send_off()
    for place, seat in enumerate(others):
        body = {"round": number, "answer": {"stand": ["c1"] if place else []}}
        room.wire.call("POST", seat["api_url"] + "answers", body, token=seat["token"], status=202)
    room.wire.command(lead, "reveal")
    for person, who in ((guest, "guest"), (leader, "leader"), (screen, "screen")):
        person.expect_text(room.say.like(*STANDING))
        inspector.look(person.page, f"{who}, how many stand behind it")
    room.wire.command(lead, "start_round", activity=steps["Which could you have written?"])
    expect(guest.root.locator(".psy-talk")).to_be_visible()
    expect(screen.root.locator(".psy-room__talkform")).to_be_visible()
    inspector.look(guest.page, "guest, a talk about what was shown")
    inspector.look(screen.page, "screen, a talk about what was shown")
    room.wire.command(lead, "show_summary")
    for person, who in ((guest, "guest"), (leader, "leader"), (screen, "screen")):
        person.expect_heading(room.say("What we agreed on"))
        inspector.look(person.page, f"{who}, the summary")
    ended = room.wire.command(lead, "close_session")
    page = room.context("the leader's other browser").new_page()
    page.goto(ended["summary_url"])
    expect(page.get_by_role("button", name=room.say("Print"))).to_be_visible()
    inspector.look(page, "the summary's own page")


def test_the_console(room, inspector):
    leader = room.leader()
    leader.convene("hour")
    lead = room.wire.handler("hour", "leader", "current_session")
    code = room.wire.call("POST", lead["api_url"] + "drive", {"do": "window"}, token=lead["token"])["code"]
    phone = room.context("phone", PHONE).new_page()
    phone.goto(f"{room.url}/psychsafety/drive/#{code}")
    expect(phone.get_by_role("tab", name=room.say("Agenda"))).to_be_visible()
    room.wire.command(lead, "begin")
    room.wire.command(lead, "start_round")
    expect(phone.get_by_text(room.say.like("%(n)s min left")).first).to_be_visible()
    for tab in ("Now", "Agenda", "If …", "Room"):
        phone.get_by_role("tab", name=room.say(tab), exact=True).click()
        inspector.look(phone, f"console, {tab}")
        inspector.look_at_colours(phone, f"console, {tab}")


def test_the_tablet_and_the_rehearsal(room, inspector):
    leader = room.leader()
    leader.convene()
    lead = room.wire.handler("session", "leader", "current_session")
    code = room.wire.call("POST", lead["api_url"] + "tablet", {"seats": 5}, token=lead["token"])["code"]
    tablet = room.context("tablet").new_page()
    tablet.goto(f"{room.url}/psychsafety/tablet/#{code}")
    expect(tablet.get_by_text(room.say.like(*SHARED, n=5))).to_be_visible()
    inspector.look(tablet, "tablet in the lobby")
    room.wire.command(lead, "start_round")
    turn = tablet.get_by_role("button", name=room.say("It is my turn"))
    expect(turn).to_be_visible()
    inspector.look(tablet, "tablet, handed on")
    turn.click()
    expect(tablet.get_by_role("textbox", name=room.say("Your note"))).to_be_visible()
    inspector.look(tablet, "tablet, somebody's turn")
    room.wire.command(lead, "close_session")
    other = room.learner("amal")
    other.open("session")
    other.press("I convene my team")
    other.press("Rehearse with a pretend team")
    expect(other.button("Begin")).to_be_visible()
    inspector.look(other.page, "rehearsal, in the lobby")


def test_a_wall_for_everybody(room, inspector):
    chen = room.learner("chen")
    chen.open("course-wall")
    chen.press("Read and write")
    expect(chen.paper).to_be_visible()
    inspector.look(chen.page, "course wall, writing")


#: The same ways, for those who look at something else on them: in other languages colours are as here.
WAYS: dict[str, Callable[[Room, Inspector], None]] = {
    "before a session": test_before_a_session,
    "a session": test_a_session,
    "driving": test_driving,
    "a whole session": test_a_whole_session,
    "the console": test_the_console,
    "the tablet and the rehearsal": test_the_tablet_and_the_rehearsal,
    "a wall for everybody": test_a_wall_for_everybody,
}
