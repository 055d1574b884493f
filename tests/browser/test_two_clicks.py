"""Two clicks at once do a thing once, and nobody is blamed for it."""

from playwright.sync_api import expect


def ready(room):
    """A wall on which all have answered: the leader, and one of the phones."""
    leader = room.leader()
    leader.convene()
    (phone,) = room.team(leader, guests=1)
    others = room.wire.guests(leader.code(), 3)
    leader.expect_seats(4)
    leader.start()
    phone.send("here")
    for seat in others:
        room.wire.answer(seat, "here")
    leader.expect_text("All have answered.")
    return leader, phone


def test_two_tabs_of_the_leader_reveal_at_once(room):
    leader, phone = ready(room)
    again = room.leader(context=leader.page.context)
    again.open()
    again.expect_text("All have answered.")
    # Both clicks are under way before either is answered.
    for one in (leader, again):
        one.button("Reveal").evaluate("(button) => setTimeout(() => button.click())")
    first, second = leader.expect_wall(4), again.expect_wall(4)
    assert first == second == phone.expect_wall(4)
    for one in (leader, again):
        expect(one.button("Count")).to_be_visible()
        expect(one.page.get_by_role("alert").filter(visible=True, has_text="not work")).to_have_count(0)


def test_two_devices_of_the_leader_reveal_at_once(room):
    leader, phone = ready(room)
    again = room.leader(context=room.context("the other laptop"))
    again.open()
    again.press("Continue it")
    again.expect_text("All have answered.")
    for one in (leader, again):
        one.button("Reveal").evaluate("(button) => setTimeout(() => button.click())")
    assert leader.expect_wall(4) == again.expect_wall(4) == phone.expect_wall(4)


def test_a_double_click_reveals_once_and_counts_nothing(room):
    leader, _ = ready(room)
    leader.button("Reveal").dblclick()
    leader.expect_wall(4)
    expect(leader.button("Count")).to_be_disabled()
    assert sum(each.url.endswith("/commands") and '"reveal"' in each.sent for each in room.witness.exchanges) == 1
    expect(leader.page.get_by_text("did not work")).to_have_count(0)


def test_a_double_click_on_send_takes_one_answer(room):
    leader = room.leader()
    leader.convene()
    (guest,) = room.team(leader, guests=1)
    room.wire.guests(leader.code(), 3)
    leader.expect_seats(4)
    leader.start()
    guest.write("once")
    guest.button("Send").dblclick()
    guest.let_go()
    guest.expect_counted()
    leader.expect_answers(1)
    assert room.witness.answers() == 1
