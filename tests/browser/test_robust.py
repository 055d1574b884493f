"""What goes wrong in an hour: a laptop dies, a phone sleeps, people come late and leave, there are no phones."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.people import Learner

_SLEEP = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  const word = hidden ? "hidden" : "visible";
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => word });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def fall_asleep(person: Learner) -> None:
    """The phone's screen goes dark, and its network with it."""
    person.page.evaluate(_SLEEP, True)
    person.page.context.set_offline(True)
    # No timer goes on in a pocket: after waking, only the event itself can ask for news.
    person.page.clock.pause_at(person.page.evaluate("Date.now()") / 1000 + 5)


def wake(person: Learner) -> None:
    """Somebody takes it up again."""
    person.page.context.set_offline(False)
    person.page.evaluate(_SLEEP, False)


def test_the_laptop_dies_and_the_lead_is_taken_back_on_another(room):
    leader = room.leader()
    leader.convene()
    seats = room.wire.guests(leader.code(), 4)
    leader.expect_seats(4)
    leader.start()
    for seat in seats[:2]:
        room.wire.answer(seat, "before it died")
    leader.expect_answers(2)
    leader.page.context.close()
    again = room.leader(context=room.context("another laptop"))
    again.open()
    again.press("Continue it")
    again.expect_answers(2)
    for seat in seats[2:]:
        room.wire.answer(seat, "after it died")
    again.reveal()
    again.expect_wall(4)


def test_a_phone_sleeps_through_the_reveal_and_catches_up_at_once(room):
    leader = room.leader()
    leader.convene()
    (phone,) = room.team(leader, guests=1)
    others = room.wire.guests(leader.code(), 3)
    leader.expect_seats(4)
    leader.start()
    phone.send("before the nap")
    fall_asleep(phone)
    for seat in others:
        room.wire.answer(seat, "awake")
    leader.reveal()
    leader.expect_wall(4)
    assert phone.notes() == []
    wake(phone)
    phone.expect_wall(4)
    phone.page.clock.resume()
    phone.resonate(0)


def test_a_late_comer_joins_in_the_middle(room):
    leader = room.leader()
    code = leader.convene()
    seats = room.wire.guests(code, 3)
    (early,) = room.team(leader, guests=1)
    leader.expect_seats(4)
    leader.start()
    early.send("on time")
    leader.press("More")
    leader.expect_text("Somebody is late? The code still works:")
    late = room.guest("late")
    late.join(code)
    late.send("just in time")
    for seat in seats:
        room.wire.answer(seat, "on time")
    leader.reveal()
    leader.expect_wall(5)
    after = room.guest("very late")
    after.join(code)
    after.expect_wall(5)


def test_nobody_waits_for_whoever_leaves_while_others_write(room):
    leader = room.leader()
    code = leader.convene()
    (guest,) = room.team(leader, guests=1)
    others = room.wire.guests(code, 4)
    leader.expect_seats(5)
    leader.start()
    expect(guest.paper).to_be_visible()
    guest.press("Leave this seat")
    guest.press("Leave")
    expect(guest.page.get_by_role("textbox", name="The code on the screen")).to_be_visible()
    for seat in others:
        room.wire.answer(seat, "stays")
    leader.reveal()
    leader.expect_wall(4)


def test_cards_of_paper_are_typed_by_the_leader(room):
    leader = room.leader()
    leader.convene()
    screen = room.screen(leader.screen_address())
    leader.press("Begin")
    leader.press("Without phones: type paper cards")
    leader.press("Start with paper")
    expect(leader.button("Reveal")).to_be_disabled()
    texts = [f"card {number}" for number in range(4)]
    for text in texts:
        leader.root.get_by_role("textbox").first.fill(text)
        leader.press("Add card")
        expect(leader.root.get_by_role("textbox").first).to_have_value("")
        assert text not in screen.page.content()
    leader.press("Reveal")
    leader.press("Show them")
    assert sorted(screen.expect_wall(4)) == texts
    expect(screen.root.get_by_text(re.compile("No note has a name"))).to_have_count(0)
