"""A network that goes away and comes back."""

import pytest
from playwright.sync_api import Route, expect

OFFLINE = "No connection just now"


def one_phone_and(room, others: int):
    """A wall that collects: the leader, one phone that is looked at, and others who answer without a browser."""
    leader = room.leader()
    leader.convene()
    (phone,) = room.team(leader, guests=1)
    seats = room.wire.guests(leader.code(), others)
    leader.expect_seats(others + 1)
    leader.start()
    return leader, phone, seats


def test_an_answer_sent_into_a_dead_network_is_counted_once(room):
    leader, cut, others = one_phone_and(room, 3)
    cut.write("through a tunnel")
    cut.press("Send")
    cut.page.context.set_offline(True)
    cut.let_go()
    cut.expect_text(OFFLINE)
    cut.page.context.set_offline(False)
    cut.expect_counted()
    for seat in others:
        room.wire.answer(seat, "in the open")
    leader.reveal()
    assert sorted(leader.expect_wall(4)) == ["in the open"] * 3 + ["through a tunnel"]


def test_an_answer_whose_receipt_was_lost_is_counted_once(room):
    leader, cut, others = one_phone_and(room, 3)
    lost = []

    def swallow(route):
        lost.append(route.fetch().status)
        route.abort()

    cut.page.route("**/answers", swallow, times=1)
    cut.send("sent twice, counted once")
    assert lost == [202]
    for seat in others:
        room.wire.answer(seat, "once")
    leader.reveal()
    assert sorted(leader.expect_wall(4)) == ["once"] * 3 + ["sent twice, counted once"]


def test_whoever_waits_without_a_network_is_told_and_catches_up(room):
    leader, cut, others = one_phone_and(room, 3)
    cut.send("here")
    for seat in others:
        room.wire.answer(seat, "here")
    cut.page.context.set_offline(True)
    cut.expect_text(OFFLINE)
    leader.reveal()
    leader.expect_wall(4)
    assert cut.notes() == []
    cut.page.context.set_offline(False)
    cut.expect_wall(4)
    expect(cut.page.get_by_text(OFFLINE)).to_be_hidden()


def test_a_note_held_while_the_wall_opens_is_not_sent_anywhere(room):
    leader, late, others = one_phone_and(room, 4)
    for seat in others:
        room.wire.answer(seat, "here")
    leader.expect_answers(4)
    late.write("too late")
    late.press("Send")
    lead = room.wire.handler("session", "leader", "current_session")
    room.wire.command(lead, "reveal")
    late.expect_wall(4)
    late.expect_text("Your note did not leave this device")
    assert room.witness.sent("too late") == []


def test_taps_survive_a_dead_network(room):
    leader, cut, others = one_phone_and(room, 3)
    cut.send("here")
    for seat in others:
        room.wire.answer(seat, "here")
    leader.reveal()
    cut.expect_wall(4)
    cut.wall.nth(0).get_by_role("button").click()
    cut.page.context.set_offline(True)
    cut.press("Send 1")
    cut.page.context.set_offline(False)
    cut.expect_text("Counted.")
    leader.expect_sent(1)


@pytest.mark.parametrize("width", [320, 520, 768, 1440])
def test_the_button_stays_where_it_is_while_phones_are_tested(room, width):
    leader = room.leader()
    leader.page.set_viewport_size({"width": width, "height": 900})
    held: list[Route] = []
    leader.page.route("**/api/ping", lambda route: held.append(route))
    leader.open()
    with leader.page.expect_request("**/api/ping"):
        leader.press("I convene my team")
    leader.expect_text("Testing whether phones reach this site…")
    before = leader.button("Convene my team").bounding_box()
    for route in held:
        route.continue_()
    expect(leader.root.get_by_alt_text("QR code that tells your phone whether it can take part")).to_be_visible()
    assert leader.button("Convene my team").bounding_box() == before
