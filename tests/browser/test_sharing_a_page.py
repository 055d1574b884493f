"""Two blocks on one page, two people in one browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from psychsafety_xblock.demo.course import BLOCKS
from tests.browser.people import Leader, Seated


def part(person, kind: str) -> Seated:
    """One block of the unit `both`, as a place to look at."""
    return Seated(person.page, person.page.locator(f".psy-block[data-kind={kind}]"))


def test_only_the_block_whose_round_runs_shows_it(room):
    leader = room.leader()
    leader.open("both")
    session = Leader(leader.page, leader.url, leader.slug)
    session.root = part(leader, "team_session").root
    wall = part(leader, "wall")
    expect(wall.root.get_by_text(BLOCKS["both-wall"].fields["prompt"])).to_be_visible()
    code = session.convene_here()
    expect(leader.button("Begin")).to_have_count(1)

    amal = room.learner("amal")
    amal.open("both")
    first, second = part(amal, "team_session"), part(amal, "wall")
    first.root.get_by_role("textbox", name="The code that your leader shows").fill(code)
    first.press("Join")
    first.expect_text("You are in.")
    expect(amal.root.get_by_text("You are in.").filter(visible=True)).to_have_count(1)
    others = room.wire.guests(code, 3)
    session.expect_seats(4)

    session.press("Begin")
    wall.press("Start this wall with your team")
    expect(second.paper).to_be_visible()
    expect(amal.paper).to_have_count(1)
    expect(leader.button("Reveal")).to_have_count(1)
    first.expect_text(re.compile(BLOCKS["both-wall"].title))
    second.send("I learned from the other block")
    for seat in others:
        room.wire.answer(seat, "I learned from a phone")
    wall.expect_text("All have answered.")
    wall.press("Reveal")
    second.expect_wall(4)
    wall.expect_wall(4)
    expect(first.wall).to_have_count(0)
    expect(part(leader, "team_session").wall).to_have_count(0)


def test_labels_and_ids_of_two_blocks_do_not_collide(room):
    amal = room.learner("amal")
    amal.open("both")
    expect(amal.page.get_by_role("textbox", name="The code that your leader shows")).to_have_count(2)
    ids = amal.page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))
    for kind, block in (("team_session", BLOCKS["both-session"]), ("wall", BLOCKS["both-wall"])):
        place = part(amal, kind)
        place.root.get_by_text("The code that your leader shows").click()
        expect(place.root.get_by_role("textbox")).to_be_focused()
        assert block.title


def test_two_people_in_one_browser_find_nothing_of_each_other(room):
    shared = room.context("one browser")
    leader = room.leader(context=shared)
    code = leader.convene()
    amal = room.learner("amal", context=shared)
    amal.join(code)
    expect(amal.button("Begin")).to_have_count(0)
    bo = room.learner("bo", context=shared)
    bo.open()
    expect(bo.button("I convene my team")).to_be_visible()
    expect(bo.button("Leave this seat")).to_have_count(0)
    bo.type_code(code)
    bo.expect_seated()
    leader.expect_seats(2)
    guest = room.guest(context=shared)
    guest.page.goto(f"{room.url}/psychsafety/join/")
    expect(guest.page.get_by_role("textbox", name="The code on the screen")).to_have_value("")
    guest.join(code)
    other = room.guest(context=shared)
    other.join(code)
    leader.expect_seats(4)

    leader.start()
    amal.write("a draft of Amal")
    guest.write("a draft on a phone")
    for person in (bo, other):
        expect(person.paper).to_have_value("")
    for person in (amal, bo, guest, other):
        person.page.reload()
    expect(amal.paper).to_have_value("a draft of Amal")
    expect(bo.paper).to_have_value("")
    expect(guest.paper).to_have_value("a draft on a phone")
    expect(other.paper).to_have_value("")
    amal.send("a draft of Amal")
    bo.send("and one of Bo")
    leader.expect_answers(2)
    kept = amal.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert "draft of Amal" not in kept
    assert "one of Bo" not in kept
