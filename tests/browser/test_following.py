"""The phone follows the session; the leader walks from unit to unit."""

import re

from playwright.sync_api import expect


def test_every_seat_follows_to_the_wall_of_the_next_unit(room):
    leader = room.leader()
    leader.convene()
    amal, *guests = room.team(leader, guests=3, learners=("amal",))
    bo = room.learner("bo")
    bo.join(leader.code())
    leader.press("Begin")
    expect(leader.button("Start")).to_be_visible()

    # The wall attaches itself and offers to start; the phones have not been touched.
    leader.open("wall")
    leader.press("Start this wall with your team")
    leader.expect_text("Everybody writes in silence.")
    for person in (amal, bo, *guests):
        expect(person.paper).to_be_visible()
    # Somebody who opens the wall's own unit is in the same place.
    bo.open("wall")
    expect(bo.paper).to_be_visible()
    bo.send("from the wall's unit")
    amal.send("from the session's unit")
    for number, guest in enumerate(guests):
        guest.send(f"from phone {number}")
    leader.reveal()
    for person in (leader, amal, bo, *guests):
        person.expect_wall(5)

    # Elsewhere in the course the leader keeps the lead, and the session's unit shows it too.
    leader.open("session")
    leader.expect_wall(5)


def test_a_wall_whose_round_does_not_run_says_where_the_team_is(room):
    leader = room.leader()
    leader.convene()
    (amal,) = room.team(leader, learners=("amal",))
    room.wire.guests(leader.code(), 3)
    leader.expect_seats(4)
    leader.start()
    expect(amal.paper).to_be_visible()
    amal.open("wall")
    amal.expect_text(re.compile("^The team is at: "))
    expect(amal.paper).to_have_count(0)
    leader.open("wall")
    leader.expect_text(re.compile("^The team is still at: "))
    expect(leader.button("Start this wall with your team")).to_be_hidden()
