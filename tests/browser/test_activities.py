"""One session through all four kinds of activity: a talk, a choice, a pulse and a wall."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_view import Inspector

UNIT = "activities"
QUESTION = "Where is it easiest for you"
OPTIONS = ("In the team meeting", "One to one", "In writing", "Nowhere yet")
STATEMENTS = (
    "I can say that I made a mistake before somebody else finds it.",
    "When I ask for help, it counts as good work.",
    "Whoever disagrees here pays for it later.",
    "We try things although we do not know how they end.",
)


@pytest.fixture
def inspector():
    made = Inspector()
    yield made
    assert made.wrong == []


class Team:
    """A leader, two learners, three guests and the screen in the session that has all kinds."""

    def __init__(self, room) -> None:
        self.leader = room.leader()
        code = self.leader.convene(UNIT)
        self.screen = room.screen(self.leader.screen_address())
        self.amal, self.bo = room.learner("amal"), room.learner("bo")
        for learner in (self.amal, self.bo):
            learner.join(code, UNIT)
        self.guests = [room.guest(f"guest {number}") for number in (1, 2, 3)]
        for guest in self.guests:
            guest.join(code)
        self.leader.expect_seats(5)

    @property
    def seats(self):
        """Everybody with a seat."""
        return (self.amal, self.bo, *self.guests)

    @property
    def everybody(self):
        """All pages of the room."""
        return (self.leader, *self.seats, self.screen)

    def look(self, inspector, view: str) -> None:
        """One page of each role."""
        roles = (("leader", self.leader), ("learner", self.amal), ("guest", self.guests[0]), ("screen", self.screen))
        for role, person in roles:
            inspector.look(person.page, f"{role}, {view}")


@pytest.fixture
def team(room):
    return Team(room)


def talk_about_arriving(team) -> None:
    """From the lobby into the talk, which everybody sees with its time."""
    team.leader.press("Begin")
    team.leader.press("Start")
    for person in team.everybody:
        person.expect_heading("What would you need today")
        person.expect_text("In pairs")
        person.expect_text("Whoever travelled farthest begins.")
        person.expect_text("3 min left")


def choose(team) -> None:
    """Into the choice: one seat passes, another takes a choice back; nobody sees anything before the reveal."""
    team.leader.press("Next: Where we speak up")
    for seat in team.seats:
        seat.expect_heading(re.compile(QUESTION))
        seat.expect_text(re.compile("Your team sees only how many chose what"))
        seat.expect_text("5 seats are taken, 3 of them by code.")
    team.screen.expect_text(OPTIONS[3])
    team.leader.expect_text("Everybody answers in silence.")
    amal, bo, *guests = team.seats
    amal.choose(OPTIONS[1])
    amal.press("Send")
    amal.press("Undo")
    expect(amal.root.get_by_role("radio", name=OPTIONS[1])).to_be_checked()
    amal.choose(OPTIONS[2])
    amal.send_off()
    for seat, option in ((bo, 0), (guests[0], 2), (guests[1], 0)):
        seat.choose(OPTIONS[option])
        seat.send_off()
    team.leader.expect_answers(4)
    for person in team.everybody:
        expect(person.results).to_have_count(0)
    guests[2].pass_()
    team.leader.reveal()


def rate(team) -> None:
    """Into the pulse: everybody rates the first two statements, one seat leaves the last two out."""
    team.leader.press("Next: How it is here")
    for number, seat in enumerate(team.seats):
        seat.expect_heading("How much does this hold for us?")
        seat.rate(STATEMENTS[0], 1 + number)
        seat.rate(STATEMENTS[1], 5)
        seat.rate(STATEMENTS[2], 2)
        if number:
            seat.rate(STATEMENTS[3], 1 + number % 2)
        else:
            skipped = seat.root.get_by_role("group", name=STATEMENTS[2])
            skipped.get_by_role("button", name="Skip").click()
            expect(skipped.get_by_role("radio", checked=True)).to_have_count(0)
    for person in team.everybody:
        expect(person.results).to_have_count(0)
    for seat in team.seats:
        seat.send_off()
    team.leader.expect_text("All have answered.")
    for person in team.everybody:
        expect(person.results).to_have_count(0)
    team.leader.reveal()


def test_through_all_four_kinds(room, team):
    talk_about_arriving(team)
    team.leader.press("One more minute")
    for person in team.everybody:
        person.expect_text(re.compile(r"\d+ (min|seconds) left"))
    for person in team.seats:
        expect(person.button("Send")).to_have_count(0)

    choose(team)
    for person in team.everybody:
        expect(person.results).not_to_have_count(0)
    shown = [person.results.all_inner_texts() for person in team.everybody]
    assert all(one == shown[0] for one in shown), "everybody sees the same"
    expect(team.leader.button("Count")).to_have_count(0)
    expect(team.leader.button("Hide a note")).to_have_count(0)
    team.leader.expect_text("Talk about it: what surprises you?")

    rate(team)
    for person in team.everybody:
        expect(person.results).to_have_count(4)
        expect(person.results.nth(0)).to_contain_text("Mean 3.0")
        expect(person.results.nth(0)).to_contain_text("far apart (spread 1.4)")
        expect(person.results.nth(2)).to_contain_text("Here a low number is good.")
    # All gave the same, so that a number would tell each of them.
    agreed = team.guests[0].results.nth(1)
    expect(agreed).to_contain_text(re.compile("Most of us: (4–)?5"))
    expect(agreed).not_to_contain_text(re.compile(r"Mean|\bof [0-9]"))
    expect(team.leader.button("Hide a note")).to_have_count(0)

    team.leader.press("Next: What takes courage")
    for number, seat in enumerate(team.seats):
        seat.send(f"MARK-{number}")
    assert room.witness.received("MARK-") == []
    team.leader.reveal()
    for person in team.everybody:
        person.expect_wall(5)
    team.leader.press("Close")
    # What is asked before the step has changed is no longer asked after it.
    expect(team.leader.button("Close")).to_have_count(0)
    team.leader.end()
    for person in team.seats:
        person.expect_heading("This session has ended.")


def test_every_view_of_the_kinds(team, inspector):
    team.look(inspector, "lobby of all kinds")
    talk_about_arriving(team)
    team.look(inspector, "talk")
    team.leader.press("Next: Where we speak up")
    team.amal.choose(OPTIONS[1])
    team.guests[0].press("Send")
    team.guests[0].expect_text("Choose one first, or pass.")
    team.screen.expect_text(OPTIONS[3])
    team.look(inspector, "choice")
    for number, seat in enumerate(team.seats):
        seat.choose(OPTIONS[number % 2])
        seat.send_off()
    team.leader.reveal()
    for person in team.everybody:
        expect(person.results).not_to_have_count(0)
    team.look(inspector, "choice shown")
    team.leader.press("Next: How it is here")
    team.screen.expect_heading("How much does this hold for us?")
    for number, seat in enumerate(team.seats):
        seat.rate(STATEMENTS[0], 1 + number)
        seat.rate(STATEMENTS[1], 5)
        if number % 2:
            seat.rate(STATEMENTS[2], 3)
        seat.rate(STATEMENTS[3], 2 + number % 3)
    team.look(inspector, "pulse")
    for seat in team.seats:
        seat.send_off()
    team.leader.reveal()
    for person in team.everybody:
        expect(person.results).to_have_count(4)
    team.look(inspector, "pulse shown")
    team.leader.press("Close")
    team.amal.expect_heading("Look up.")
    team.look(inspector, "pulse closed")


def test_the_leaders_own_answers_are_masked(room):
    leader = room.leader()
    code = leader.convene(UNIT)
    leader.take_part()
    room.wire.guests(code, 4)
    leader.expect_seats(5)
    leader.press("Begin")
    leader.press("Start")
    expect(leader.own.root).to_be_hidden()
    leader.press("Next: Where we speak up")
    leader.root.get_by_text("Your own answer").click()
    own = leader.own
    expect(own.root.get_by_role("radio")).to_have_count(0)
    field = own.root.get_by_label(re.compile("The number of your choice"))
    assert field.get_attribute("type") == "password"
    field.fill("3")
    own.press("Send")
    own.let_go()
    expect(field).to_be_hidden()
    leader.expect_answers(1)
