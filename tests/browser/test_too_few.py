"""Nobody is asked to be brave for nothing."""

from playwright.sync_api import expect


def test_a_team_of_three_is_told_before_anybody_writes(room):
    leader = room.leader()
    leader.convene()
    (guest,) = room.team(leader, guests=1)
    code = leader.code()
    room.wire.guests(code, 2)
    leader.expect_seats(3)
    leader.expect_text("4 seats are needed, 3 are taken.")
    leader.press("Begin")
    expect(leader.button("Start")).to_be_disabled()
    leader.expect_text("4 seats are needed, 3 are taken.")
    expect(guest.paper).to_have_count(0)
    room.wire.guests(code, 1)
    expect(leader.button("Start")).to_be_enabled()


def test_one_more_is_needed_when_the_leader_writes_too(room):
    leader = room.leader()
    leader.convene()
    room.wire.guests(leader.code(), 3)
    leader.take_part()
    leader.expect_text("5 seats are needed, 4 are taken.")
