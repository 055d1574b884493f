"""The ready session of 60 minutes as an author gets it: a leader, four learners, three guests and the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

UNIT = "hour"
#: What a component shows that no author has touched.
TITLES = (
    "Welcome",
    "One word to begin",
    "How it is here",
    "The film, and what stayed",
    "What takes courage",
    "Which could you have written?",
    "What would help",
    "What makes it easier here",
    "What we agree on",
    "One word to end",
)
STATEMENTS = (
    "When I see something differently",
    "I would rather keep a mistake to myself",
    "When I do not know how to go on",
    "I can be as I am here",
    "Here I can try something",
)
SENTENCES = ("When somebody asks for help, we will stop and listen.", "When we disagree, we will say so in the room.")
#: How many of the seats stand behind the first sentence; nobody but one behind the second.
BEHIND = 5


class Hour:
    """The room of this hour, and what must not be seen on its laptop."""

    def __init__(self, room) -> None:
        self.room = room
        self.leader = room.leader()
        self.leader.convene(UNIT)
        self.screen = room.screen(self.leader.screen_address())
        self.seats = room.team(self.leader, guests=3, learners=("amal", "bo", "chen", "dana"), unit=UNIT)
        self.leader.expect_seats(7)
        self.lead = room.wire.handler(UNIT, "leader", "current_session")
        guide = room.wire.call("GET", self.lead["api_url"] + "guide", token=self.lead["token"])["activities"]
        self._private = [
            paragraph
            for each in guide.values()
            for text in (each["script"], each["notes"])
            for paragraph in text.split("\n\n")
            if len(paragraph) > 30
        ]
        assert len(self._private) > 50

    @property
    def everybody(self):
        """All pages of the room."""
        return (self.leader, *self.seats, self.screen)

    def expect_heading(self, text: str) -> None:
        """All pages show this, and the laptop nothing that is only for the leader."""
        for person in self.everybody:
            person.expect_heading(text)
        shown = self.leader.page.locator("body").inner_text()
        assert [paragraph for paragraph in self._private if paragraph in shown] == []
        expect(self.leader.page.locator("[data-card]")).to_have_count(0)

    def expect_nothing_told(self) -> None:
        """No page shows a result, and none was sent one."""
        for person in self.everybody:
            expect(person.results).to_have_count(0)
        assert self.room.witness.told_too_early() == []

    def expect_results(self, count: int) -> None:
        """All see the same rows; the screen turns their pages."""
        seen = (self.leader, *self.seats)
        for person in seen:
            expect(person.results).to_have_count(count)
        expect(self.screen.results).not_to_have_count(0)
        rows = self.leader.results.all_text_contents()
        assert all(person.results.all_text_contents() == rows for person in seen)
        assert all(row in rows for row in self.screen.results.all_text_contents())


def talk_in_the_beginning(hour: Hour) -> None:
    hour.leader.press("Begin")
    hour.leader.press("Start")
    hour.expect_heading("What we promise each other")
    for person in hour.everybody:
        person.expect_text(re.compile(r"\d+ (min|seconds) left"))
    hour.leader.go_on(TITLES[1])
    hour.expect_heading("Which one word says how you are here today?")
    hour.screen.expect_text("Round the table")


def pulse(hour: Hour) -> None:
    hour.leader.go_on(TITLES[2])
    hour.expect_heading("How much does each sentence hold")
    for number, seat in enumerate(hour.seats):
        for at, statement in enumerate(STATEMENTS):
            if number or at != 3:
                seat.rate(statement, 1 + (number + at) % 5)
        seat.send_off()
    hour.expect_nothing_told()
    hour.leader.reveal()
    hour.expect_results(len(STATEMENTS))
    hour.leader.go_on(TITLES[3])
    hour.expect_heading("What stayed with you from the film?")


def wall(hour: Hour) -> str:
    """Into the wall; one seat stays open until the notice has run out. Returns what four could have written."""
    hour.leader.go_on(TITLES[4])
    hour.expect_heading("What does it take courage from you to do?")
    *writers, late = hour.seats
    for number, seat in enumerate(writers):
        seat.send(f"MARK-{number} say it in the meeting")
    late.write("MARK-late")
    hour.expect_nothing_told()
    assert hour.room.witness.received("MARK-") == []
    hour.leader.expect_answers(6)
    hour.leader.reveal_after_notice(late)
    walls = [person.expect_wall(6) for person in hour.everybody]
    assert all(one == walls[0] for one in walls)
    assert hour.room.witness.sent("MARK-late") == []

    for number, seat in enumerate(hour.seats):
        seat.resonate(*([0] if number < 4 else [1] if number < 6 else []))
    for person in hour.everybody:
        assert person.counts() == []
    hour.leader.expect_sent(7)
    hour.leader.press("Count")
    for person in hour.everybody:
        expect(person.wall.nth(0)).to_contain_text("4 of us could have written this")
        assert len(person.counts()) == 1
    hour.leader.go_on(TITLES[5])
    hour.expect_heading("Which of the notes could you have written")
    # They talk about the notes, so the notes stay.
    for person in (*hour.seats, hour.screen):
        expect(person.wall.filter(has_text=walls[0][0])).to_be_visible()
    return walls[0][0]


def choice(hour: Hour) -> None:
    hour.leader.go_on(TITLES[6])
    hour.expect_heading("What would help you most")
    for number, seat in enumerate(hour.seats):
        seat.choose("Being asked" if number < 4 else "Somebody else going first")
        seat.send_off()
    hour.expect_nothing_told()
    hour.leader.reveal()
    hour.expect_results(6)
    hour.leader.go_on(TITLES[7])
    hour.expect_heading("On a good day here")


def commitments(hour: Hour) -> None:
    hour.leader.go_on(TITLES[8])
    hour.expect_heading("What will we do when it takes courage?")
    for seat in hour.seats:
        expect(seat.button("Send")).to_have_count(0)
    hour.leader.agree(*SENTENCES)
    for person in (*hour.seats, hour.screen):
        person.expect_text(SENTENCES[0])
    for number, seat in enumerate(hour.seats):
        seat.stand_behind(*(SENTENCES[:1] if number < BEHIND else ()))
        seat.send_off()
    hour.expect_nothing_told()
    hour.leader.reveal()
    hour.expect_results(len(SENTENCES))
    hour.leader.go_on(TITLES[9])
    hour.expect_heading("Which one word do you leave with?")


def pages_of(document: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", document))


def saved(page: Page, button: str) -> str:
    """What the browser saves when this button is pressed."""
    with page.expect_download() as started:
        page.get_by_role("button", name=button).click()
    download: Download = started.value
    return Path(download.path()).read_text(encoding="utf-8")


def look_at_the_summary(page: Page, liked: str) -> None:
    """The leader's page after the session: nothing that the room has not seen, on paper and as files."""
    expect(page.get_by_text(SENTENCES[0]).first).to_be_visible()
    expect(page.get_by_text(liked)).to_be_visible()
    assert page.locator("body").inner_text().count("MARK-") == 1
    for paper in ("A4", "Letter"):
        document = page.pdf(format=paper)
        assert document.startswith(b"%PDF")
        assert pages_of(document) in (1, 2), paper
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_text(SENTENCES[0]).first).to_be_visible()
    page.emulate_media(media="screen")
    table = saved(page, "Numbers as CSV")
    assert "Being asked" in table and STATEMENTS[0] in table
    assert "MARK-" not in table
    calendar = saved(page, "Calendar entry for the follow-up")
    assert calendar.startswith("BEGIN:VCALENDAR")
    assert "MARK-" not in calendar


@pytest.fixture
def hour(room):
    return Hour(room)


def test_the_whole_hour(room, hour):
    talk_in_the_beginning(hour)
    pulse(hour)
    liked = wall(hour)
    choice(hour)
    commitments(hour)

    hour.leader.press("Show the summary")
    for person in hour.everybody:
        person.expect_heading("What we agreed on")
        person.expect_text(SENTENCES[0])
    for person in hour.seats:
        person.expect_text(liked)
        assert person.root.inner_text().count("MARK-") == 1, "only what three or more could have written"
    assert room.witness.told_too_early() == []
    assert room.witness.asked("leader", "/guide") == 0, "the laptop does not even ask for what the leader says"

    hour.leader.end()
    for person in (*hour.seats, hour.screen):
        person.expect_heading("This session has ended.")
        expect(person.wall).to_have_count(0)
    with hour.leader.page.context.expect_page() as opened:
        hour.leader.root.get_by_role("link", name="Your summary").click()
    look_at_the_summary(opened.value, liked)
