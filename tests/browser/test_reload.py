"""A reload, a closed tab and the way back cost nothing, in every phase."""

import re

from playwright.sync_api import expect


def test_everybody_is_in_the_same_place_after_a_reload(room):
    leader = room.leader()
    code = leader.convene()
    screen = room.screen(room.wire.handler("session", "leader", "current_session")["screen_url"])
    amal, guest = room.team(leader, guests=1, learners=("amal",))
    others = room.wire.guests(code, 2)
    everybody = (leader, amal, guest, screen)

    def reload() -> None:
        for person in everybody:
            person.page.reload()

    reload()
    leader.expect_heading("Your team can join now")
    assert leader.code() == code
    leader.expect_seats(4)
    for person in (amal, guest):
        person.expect_text("You are in.")
    screen.expect_text("4 seats are taken, 3 of them by code.")

    leader.start()
    amal.write("kept on this laptop")
    guest.write("kept on this phone")
    reload()
    leader.expect_text("Everybody writes in silence.")
    expect(amal.paper).to_have_value("kept on this laptop")
    expect(guest.paper).to_have_value("kept on this phone")
    screen.expect_heading("What does it take courage from you to do?")

    amal.send("kept on this laptop")
    guest.send("kept on this phone")
    reload()
    leader.expect_answers(2)
    for person in (amal, guest):
        person.expect_counted()
        expect(person.paper).to_have_count(0)
    for seat in others:
        room.wire.answer(seat, "another")
    leader.reveal()
    walls = [person.expect_wall(4) for person in everybody]
    amal.wall.nth(1).get_by_role("button").click()
    reload()
    assert [person.expect_wall(4) for person in everybody] == walls
    expect(amal.wall.nth(1).get_by_role("button")).to_have_attribute("aria-pressed", "true")
    expect(leader.button("Count")).to_be_visible()

    amal.press("Send 1")
    amal.expect_text(re.compile("^Counted"))
    reload()
    amal.expect_wall(4)
    expect(amal.button("None of them")).to_be_hidden()
    expect(guest.button("None of them")).to_be_visible()

    leader.press("Close")
    leader.expect_text("That was the last one.")
    reload()
    expect(leader.button("End the session").first).to_be_visible()
    for person in (amal, guest):
        person.expect_heading("Look up.")
    leader.end()
    for person in (amal, guest, screen):
        person.expect_heading("This session has ended.")
    reload()
    for person in (leader, amal):
        expect(person.button("I convene my team")).to_be_visible()
    expect(guest.page.get_by_role("textbox", name="The code on the screen")).to_be_visible()
    screen.expect_heading(re.compile("ended|opens from the team session"))


def test_an_answer_that_waited_for_undo_goes_out_after_the_reload(room):
    leader = room.leader()
    leader.convene()
    (guest,) = room.team(leader, guests=1)
    room.wire.guests(leader.code(), 3)
    leader.expect_seats(4)
    leader.start()
    guest.write("on its way")
    guest.press("Send")
    expect(guest.button("Undo")).to_be_visible()
    guest.page.reload()
    guest.expect_counted()
    leader.expect_answers(1)


def test_the_way_back_leads_to_the_same_seat(room):
    leader = room.leader()
    leader.convene()
    (amal,) = room.team(leader, learners=("amal",))
    amal.open("video-2")
    amal.page.go_back()
    amal.expect_text("You are in.")
    leader.open("video-2")
    leader.page.go_back()
    leader.expect_seats(1)


def test_the_lead_is_found_again_on_another_device_only_after_asking(room):
    leader = room.leader()
    code = leader.convene()
    room.wire.guests(code, 2)
    again = room.leader(context=room.context("the other laptop"))
    again.open()
    again.expect_heading("A session of yours is still open")
    again.press("Continue it")
    again.expect_seats(2)
    assert again.code() == code


def test_start_new_ends_the_open_one(room):
    leader = room.leader()
    code = leader.convene()
    (guest,) = room.team(leader, guests=1)
    again = room.leader(context=room.context("the other laptop"))
    again.open()
    again.press("Start new")
    again.expect_text(re.compile("The session that is still open ends"))
    again.press("End the open one and start new")
    again.expect_heading("Your team can join now")
    assert again.code() != code
    guest.expect_heading("This session has ended.")
