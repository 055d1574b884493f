"""What people type by mistake or on purpose: a clear message, and the text is still there."""

from playwright.sync_api import expect


def writing(room):
    """A leader's wall that collects, and one phone that writes."""
    leader = room.leader()
    leader.convene()
    (guest,) = room.team(leader, guests=1)
    others = room.wire.guests(leader.code(), 3)
    leader.expect_seats(4)
    leader.start()
    return leader, guest, others


def test_codes_that_nobody_has(room):
    amal = room.learner("amal")
    amal.open()
    amal.press("Join")
    amal.expect_text("Type the code first.")
    amal.type_code("XXXX 9999")
    amal.expect_text("No session has this code.")
    field = amal.root.get_by_role("textbox", name="The code that your leader shows")
    expect(field).to_have_value("XXXX 9999")
    expect(field).to_be_focused()

    guest = room.guest()
    guest.page.goto(f"{room.url}/psychsafety/join/")
    field = guest.page.get_by_role("textbox", name="The code on the screen")
    field.fill("ab")
    guest.press("Take a seat")
    guest.expect_text("A code has eight letters and digits.")
    field.fill("xxxx-9999")
    guest.press("Take a seat")
    guest.expect_text("No session has this code.")
    expect(field).to_have_value("XXXX 9999")


def test_the_code_of_a_session_that_has_ended(room):
    leader = room.leader()
    code = leader.convene()
    leader.end()
    amal = room.learner("amal")
    amal.open()
    amal.type_code(code)
    amal.expect_text("No session has this code.")
    guest = room.guest()
    guest.scan(code)
    guest.press("Take a seat")
    guest.expect_text("No session has this code.")


def test_a_code_in_any_spelling(room):
    leader = room.leader()
    code = leader.convene()
    amal = room.learner("amal")
    amal.open()
    amal.type_code(f" {code[:4].lower()}-{code[4:].lower()} ")
    amal.expect_seated()


#: What cannot be a note, what is said of it, and whether the server has to say it.
REFUSED = [
    ("", "Write something first, or pass.", False),
    ("   ", "Write something first, or pass.", False),
    ("long " * 50, "This is too long. Make it a little shorter.", False),
    ("<script>window.hurt = 1</script>", "Please use plain text", True),
    ("safe \N{RIGHT-TO-LEFT OVERRIDE}evas", "Please use plain text", True),
]


def test_a_text_that_cannot_be_a_note_stays_where_it_was_typed(room):
    leader, guest, _ = writing(room)
    for text, message, by_server in REFUSED:
        guest.write(text)
        expect(guest.paper).not_to_have_attribute("aria-invalid", "true")
        guest.press("Send")
        if by_server:
            guest.let_go()
        guest.expect_text(message)
        expect(guest.paper).to_have_value(text)
        expect(guest.paper).to_have_attribute("aria-invalid", "true")
    assert guest.page.evaluate("window.hurt") is None
    guest.send("a plain note")
    leader.expect_answers(1)


def test_what_looks_like_markup_is_shown_as_it_was_written(room):
    leader, guest, others = writing(room)
    odd = "a < b && c > d, \"quotes\", 'single', &amp; 100 % 🙂 مرحبا"
    guest.send(odd)
    for seat in others:
        room.wire.answer(seat, "plain")
    leader.reveal()
    for person in (leader, guest):
        assert odd in person.expect_wall(4)


def test_what_identifies_is_asked_about_and_may_be_sent(room):
    leader, guest, _ = writing(room)
    guest.write("ask mette@example.com")
    guest.expect_text("This looks like an e-mail address.")
    guest.write("call +45 12 34 56 78")
    guest.expect_text("This looks like a phone number.")
    guest.send("ask @mette")
    leader.expect_answers(1)


def test_pages_without_their_secret_say_where_it_comes_from(room):
    page = room.context("visitor").new_page()
    page.goto(f"{room.url}/psychsafety/screen/")
    expect(page.get_by_text("This page opens from the team session.")).to_be_visible()
    page.goto(f"{room.url}/psychsafety/drive/")
    expect(page.get_by_role("textbox", name="The code on your laptop")).to_be_visible()
    page.get_by_role("textbox", name="The code on your laptop").fill("XXXXXX")
    page.get_by_role("button", name="Drive", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("This code does not work any more.")
