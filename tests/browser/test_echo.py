"""Three teams run the courage wall; the next ones see what they shared, and how many could have written it.

Nobody is told which team wrote what: every answer of the site that the browsers of the last team got is searched.
"""

from __future__ import annotations

import itertools
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from psychsafety_xblock.models import EchoPool
from tests.browser.keyboard import Keyboard
from tests.browser.people import Onlooker
from tests.browser.room import Room
from tests.browser.test_every_view import Inspector
from tests.browser.wire import Wire
from tests.demo_server import DemoServer

TEAMS = ("amal", "bo", "chen")
PEOPLE = 8


def note(team: str, number: int) -> str:
    return f"To say it, {team.upper()}-{number}."


def team_shares(wire: Wire, slug: str) -> None:
    """A team that writes, shares all but one, and ends."""
    lead = wire.handler("session", slug, "open_session", language="en")
    seats = wire.guests(lead["join_code"], PEOPLE)
    wire.command(lead, "start_round", activity=wall_of(wire, lead))
    for number, seat in enumerate(seats):
        wire.give(seat, {"text": note(slug, number), "share": number > 0})
    wire.command(lead, "reveal")
    wire.command(lead, "close_session")


def wall_of(wire: Wire, lead: dict[str, Any]) -> str:
    agenda = wire.state(lead)["agenda"]
    return next(one["id"] for one in agenda if one["kind"] == "wall")


def team_taps(room: Room, slug: str) -> None:
    """A team that hears the echo, all of whom could have written all of it."""
    lead = room.convened("en", slug)
    wire = room.wire
    seats = wire.guests(lead["join_code"], 4)
    wire.command(lead, "start_round", activity=wall_of(wire, lead))
    for number, seat in enumerate(seats):
        wire.give(seat, {"text": note(slug, 50 + number), "share": False})
    wire.command(lead, "reveal")
    heard = wire.command(lead, "open_echo")["round"]
    body = {"round": heard["id"], "notes": [one["id"] for one in heard["echo"]["notes"]]}
    for seat in seats:
        wire.call("POST", seat["api_url"] + "echo", body, token=seat["token"], status=202)
    wire.command(lead, "count_echo")
    wire.command(lead, "close_session")


def a_day_passes(site: DemoServer) -> None:
    """The pools have moved yesterday, so that they may move again."""
    with closing(sqlite3.connect(site.folder / "demo.sqlite3", timeout=20)) as database:
        table = EchoPool._meta.db_table
        database.execute(f"UPDATE {table} SET moved_on = date(moved_on, '-1 day') WHERE moved_on IS NOT NULL")
        database.commit()


@pytest.fixture(scope="module")
def site(start_demo: Callable[..., DemoServer]) -> Iterator[DemoServer]:
    """A demo of its own: what others wrote would come up in the walls of other tests."""
    server = start_demo(settings="tests.browser.settings")
    for slug in TEAMS:
        team_shares(Wire(server.url), slug)
    yield server
    server.stop()


def test_the_fourth_team_hears_the_others_and_cannot_tell_them_apart(room):
    leader = room.leader()
    leader.convene()
    screen = room.screen(leader.screen_address())
    guests = room.team(leader, guests=4)
    leader.start()
    inspector = Inspector()
    for number, guest in enumerate(guests):
        # Nothing is chosen beforehand, and nothing is sent without a choice.
        guest.paper.fill(note("mette", number))
        guest.press("Send")
        guest.expect_text("One thing more: who may read your note? Choose, then send.")
        if not number:
            inspector.look_at_colours(guest.page, "guest, asked who may read it")
        guest.send(note("mette", number), share=number % 2 == 0)
    leader.expect_answers(4)
    leader.reveal()
    leader.expect_wall(4)
    for guest in guests:
        guest.resonate()
    leader.expect_sent(4)
    leader.press("Count")
    keys = {person: Keyboard(person.page) for person in (leader, guests[1])}
    keys[leader].use(leader.button("Open the echo"))

    for person in (leader, *guests, screen):
        expect(echo_of(person).locator("[data-note]")).not_to_have_count(0)
    keys[leader].expect_kept("the echo is open")
    told_by_three_teams(echo_of(guests[0]).locator("[data-note] .psy-note__text").all_inner_texts())
    for person, who in ((leader, "leader"), (guests[0], "guest"), (screen, "screen")):
        inspector.look(person.page, f"{who}, the echo")
        inspector.look_at_colours(person.page, f"{who}, the echo")

    for guest in guests:
        tap = echo_of(guest).locator("[data-note] button").first
        send = echo_of(guest).get_by_role("button", name="Send 1")
        if guest in keys:
            keys[guest].use(tap, "Space")
            # What is tapped and not yet sent outlives a reload.
            guest.page.reload()
            expect(tap).to_have_attribute("aria-pressed", "true")
            keys[guest].use(send)
        else:
            tap.click()
            send.click()
        guest.expect_text("Counted.")
    keys[guests[1]].expect_kept("tapped in the echo")
    expect(leader.button("Count")).to_be_enabled()
    keys[leader].use(leader.button("Count"))
    expect(leader.button("Count")).to_be_hidden()
    keys[leader].expect_kept("the echo is counted")
    assert echo_of(guests[0]).get_by_text("could have written this").count() == 0
    nothing_tells_a_team(room)
    leader.end()
    wrong = inspector.wrong + [each for keyboard in keys.values() for each in keyboard.wrong]
    assert not wrong, "\n".join(wrong)


def echo_of(person: Onlooker) -> Locator:
    """The echo where this person reads it."""
    return person.root.get_by_role("region", name="From other teams")


def told_by_three_teams(heard: list[str]) -> None:
    """Notes of all teams, none twice in a row of the same one, and none that was not shared."""
    assert 3 <= len(heard) <= 12
    whose = [re.search(r"(AMAL|BO|CHEN)-\d", text) for text in heard]
    assert all(whose), heard
    teams = [found[1] for found in whose if found]
    assert len(set(teams)) == 3
    assert all(one != other for one, other in itertools.pairwise(teams))
    assert not any(text == note(slug, 0) for slug in TEAMS for text in heard)


def nothing_tells_a_team(room: Room) -> None:
    """All that the browsers were told of the echo: texts and numbers, and nothing that two notes have in common."""
    found = 0
    for each in room.witness.exchanges:
        if "/psychsafety/api/" not in each.url or '"echo"' not in each.received:
            continue
        round_ = json.loads(each.received).get("round")
        if not round_ or not round_.get("echo"):
            continue
        found += 1
        echo = round_["echo"]
        assert set(echo) == {"source", "phase", "notes", "near", "progress"}
        for told in echo["notes"]:
            assert set(told) <= {"id", "text", "people", "reported"}
    assert found > 3
    for slug in TEAMS:
        assert not room.witness.received(f'"{slug}"')


def test_the_number_comes_when_three_teams_have_tapped_on_a_note(room, site):
    """Of the seven notes of each team six teams are given four each: some are given to three of them in any case."""
    a_day_passes(site)
    for number in range(6):
        team_taps(room, f"somebody-{number}")
    leader = room.leader()
    leader.convene()
    guests = room.team(leader, guests=4)
    leader.start()
    for number, guest in enumerate(guests):
        guest.send(note("mette", number))
    leader.expect_answers(4)
    leader.reveal()
    for guest in guests:
        guest.resonate()
    leader.expect_sent(4)
    leader.press("Count")
    leader.press("Open the echo")
    for guest in guests:
        echo_of(guest).get_by_role("button", name="None of them").click()
    leader.press("Count")
    told = re.compile(r"^(12 people in 3|16 people in 4|[2-4][0-9] people in [0-9]+) teams could have written this$")
    expect(guests[0].root.get_by_text(told).first).to_be_visible()
    leader.end()
