"""The pages without an LMS around them, and what no page may ask for."""

import pytest
from playwright.sync_api import expect

POLICY_BREACHES = "addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective))"


@pytest.mark.parametrize("page_name", ["join", "screen", "drive"])
def test_the_policy_allows_nothing_inline_and_no_other_host(room, page_name):
    page = room.context("visitor").new_page()
    answer = page.goto(f"{room.url}/psychsafety/{page_name}/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers
    assert page.locator("script:not([src]), [style], style").count() == 0


def test_a_whole_round_breaks_no_policy_and_asks_no_other_host(room):
    """The room's end asserts that no browser complained; this adds the policy's own events."""
    leader = room.leader()
    leader.page.context.add_init_script(POLICY_BREACHES)
    code = leader.convene()
    phone = room.guest()
    phone.page.context.add_init_script(POLICY_BREACHES)
    phone.join(code)
    address = room.wire.handler("session", "leader", "current_session")["screen_url"]
    screen = room.screen(address)
    screen.page.add_init_script(POLICY_BREACHES)
    screen.page.reload()
    others = room.wire.guests(code, 4)
    expect(screen.page.get_by_role("img")).to_be_visible()
    leader.expect_seats(5)
    leader.start()
    phone.send("one of them")
    for seat in others:
        room.wire.answer(seat, "plain")
    leader.reveal()
    for person in (leader, phone, screen):
        person.expect_wall(5)
    phone.resonate(0)
    assert room.witness.complaints == []


def test_no_answer_travels_with_a_cookie(room):
    leader = room.leader()
    leader.convene()
    (amal,) = room.team(leader, learners=("amal",))
    room.wire.guests(leader.code(), 3)
    leader.expect_seats(4)
    leader.start()
    with amal.page.expect_request("**/answers") as sent:
        amal.send("without a name")
    headers = sent.value.all_headers()
    assert "cookie" not in headers
    assert headers["authorization"].startswith("Bearer ")
    assert [name for name, value in headers.items() if "amal" in value.lower()] == []
    with leader.page.expect_request("**/commands") as led:
        leader.press("One more minute")
    assert "cookie" not in led.value.all_headers()


def test_secrets_leave_the_address_at_once(room):
    leader = room.leader()
    code = leader.convene()
    address = room.wire.handler("session", "leader", "current_session")["screen_url"]
    guest = room.guest()
    guest.scan(code)
    expect(guest.button("Take a seat")).to_be_visible()
    screen = room.screen(address)
    screen.expect_text("Take a seat")
    for person in (guest, screen):
        assert "#" not in person.page.url
