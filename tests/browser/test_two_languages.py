"""A Danish and English room: one phone of each, a screen with both, from the start to the reveal."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect

from psychsafety_xblock import exercises
from tests.browser.people import Guest, Leader, Screen
from tests.browser.room import PHONE, Room
from tests.browser.test_screen_legible import Reader
from tests.browser.views import overflow

DANISH, ENGLISH = (exercises.exercise("courage-wall", code) for code in ("da", "en"))
NOTES = ("sige nej", "ask for help", "好", "begin", "gå hjem")


def convene(room: Room, unit: str = "wall") -> tuple[Leader, str]:
    """The leader reads English, and holds the session in Danish with the questions in English too."""
    leader = room.leader()
    leader.open(unit)
    leader.press("I convene my team")
    leader.root.get_by_label("Language of the session").select_option("Dansk")
    leader.root.get_by_label("Also show the questions in").select_option("English")
    leader.press("Convene my team")
    leader.expect_heading("Your team can join now")
    return leader, leader.code()


def phone(room: Room, language: str) -> Guest:
    """Somebody whose phone is in this language."""
    return Guest(room.context(f"phone in {language}", PHONE, locale=language).new_page(), room.url)


def sit(guest: Guest, code: str) -> None:
    """Take a seat, in whatever language the page is."""
    guest.scan(code)
    guest.page.locator("button.psy-button").first.click()
    expect(guest.page.locator(".psy-seat")).to_be_visible()


def said(page: Page, text: str) -> str | None:
    """The language that this text is marked with."""
    return page.get_by_text(text, exact=True).filter(visible=True).first.get_attribute("lang")


def test_from_start_to_reveal(room):
    leader, code = convene(room)
    screen = room.screen(leader.screen_address())
    danish, english = phone(room, "da-DK"), phone(room, "en-GB")
    for guest in (danish, english):
        sit(guest, code)
    seats = room.wire.guests(code, 3)
    leader.expect_seats(5)
    leader.press("Begin")
    leader.press("Start this wall with your team")

    # Each phone asks in its own language, the screen and the leader's stage in both.
    danish.expect_heading(DANISH["prompt"])
    english.expect_heading(ENGLISH["prompt"])
    for guest, own, other in ((danish, DANISH, ENGLISH), (english, ENGLISH, DANISH)):
        expect(guest.page.get_by_text(other["prompt"])).to_have_count(0)
        expect(guest.page.get_by_role("button", name=own["starter"].strip())).to_be_visible()
        assert overflow(guest.page) == []
    for onlooker in (screen, leader):
        onlooker.expect_heading(DANISH["prompt"])
        for texts, code_ in ((DANISH, "da"), (ENGLISH, "en")):
            onlooker.expect_text(texts["prompt"])
            assert said(onlooker.page, texts["prompt"]) == code_
    assert (said(danish.page, DANISH["prompt"]), said(english.page, ENGLISH["prompt"])) == ("da", "en")
    large, small = (
        screen.page.get_by_text(text, exact=True).evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
        for text in (DANISH["prompt"], ENGLISH["prompt"])
    )
    assert large > small

    for guest, note in zip((danish, english), NOTES, strict=False):
        guest.page.locator("textarea").fill(note)
        guest.page.locator(".psy-share input").first.check()
        guest.page.locator(".psy-pair button").last.click()
        expect(guest.page.locator(".psy-hold")).to_be_visible()
        guest.page.clock.fast_forward(5200)
    for seat, note in zip(seats, NOTES[2:], strict=True):
        room.wire.answer(seat, note)
    leader.reveal()
    for onlooker in (danish, english, screen):
        assert sorted(onlooker.expect_wall(5)) == sorted(NOTES)
        expect(onlooker.page.locator("[data-note] [lang], [data-note][lang]")).to_have_count(0)
    screen.expect_text(ENGLISH["prompt"])

    # In which language somebody reads leaves the phone as a header only.
    asked = [each for each in room.witness.exchanges if each.who.startswith("phone")]
    assert asked
    assert not [each.url for each in asked if "lang" in each.url.lower() or "lang" in each.sent.lower()]


def test_the_choice_is_there_again_the_next_time(room):
    leader, _ = convene(room)
    leader.end()
    leader.open("wall")
    leader.press("I convene my team")
    expect(leader.root.get_by_label("Language of the session")).to_have_value("da")
    expect(leader.root.get_by_label("Also show the questions in")).to_have_value("en")
    leader.root.get_by_label("Language of the session").select_option("English")
    expect(leader.root.get_by_label("Also show the questions in")).to_have_value("")
    leader.page.set_viewport_size({"width": 320, "height": 700})
    assert overflow(leader.page) == []


GERMAN = "Unser gemeinsames Arbeitsverständnis braucht Entscheidungsspielräume und Rückmeldungen. "
ARABIC = "ما الذي يحتاج منك إلى شجاعة حتى تقوله أمام الجميع هنا في العمل؟ "
#: Half as long again as the longest text of the library.
LONGEST = {"prompt": 135, "help": 230, "begins": 80, "options": 75, "statements": 115}


def lengthen(texts: dict, words: str) -> dict:
    """The same with long texts."""
    cut = {field: (words * 20)[:limit].strip() for field, limit in LONGEST.items()}
    return {
        field: [{**one, "text": f"{one['id']} {cut[field]}"[: LONGEST[field]]} for one in value]
        if field in ("options", "statements")
        else cut.get(field, value)
        for field, value in texts.items()
    }


@pytest.mark.parametrize(("words", "language"), [(GERMAN, "de"), (ARABIC, "ar")])
def test_long_texts_fit_on_the_screen(room, words, language):
    leader, code = convene(room, "hour")
    screen = room.screen(leader.screen_address())
    seats = room.wire.guests(code, 5)
    reader = Reader()

    def stretch(route: Route) -> None:
        answer = route.fetch()
        if answer.status != 200:
            return route.fulfill(response=answer)
        state = answer.json()
        for round_ in filter(None, (state.get("round"), state.get("beside"))):
            activity = round_["activity"]
            texts = next(iter(activity.pop("translations", {}).values()), {})
            activity.update(lengthen({**activity, "translations": None}, GERMAN))
            activity["prompt"] = f"{round_['number']}: {activity['prompt']}"
            activity["translations"] = {language: lengthen(texts, words)}
        return route.fulfill(response=answer, body=json.dumps(state))

    screen.page.route("**/api/sessions/*/", stretch)
    lead = room.wire.handler("hour", "leader", "current_session")
    room.wire.command(lead, "begin")
    for line in room.wire.state(lead)["agenda"]:
        if line["kind"] == "commitments":
            continue
        round_ = room.wire.command(lead, "start_round", activity=line["id"])["round"]
        activity = round_["activity"]
        screen.expect_heading(f"{round_['number']}: ")
        expect(screen.page.locator(".psy-both > .psy-second")).to_be_visible()
        look(screen, reader, f"{line['kind']} asked")
        if line["kind"] == "talk":
            continue
        for number, seat in enumerate(seats):
            room.wire.give(seat, some_answer(activity, number))
        room.wire.command(lead, "reveal")
        expect(screen.page.locator(".psy-results > li, [data-note]")).not_to_have_count(0)
        look(screen, reader, f"{line['kind']} shown")
    assert reader.wrong == []


_OUTSIDE = """() => [...document.querySelectorAll(".psy-room__results li, .psy-outline--screen > li")].filter((row) => {
  const place = row.closest(".psy-room__results") || row.closest(".psy-room__ask");
  const [inner, outer] = [row, place].map((one) => one.getBoundingClientRect());
  return inner.top < outer.top - 3 || inner.bottom > outer.bottom + 3;
}).map((row) => `over its place: ${row.textContent.slice(0, 40)}`)"""


def look(screen: Screen, reader: Reader, view: str) -> None:
    """On a projector and on a small one."""
    reader.look(screen, view)
    reader.wrong += [f"{view}: {each}" for each in screen.page.evaluate(_OUTSIDE)]
    screen.page.set_viewport_size({"width": 1280, "height": 720})
    for each in overflow(screen.page, vertical=True) + screen.page.evaluate(_OUTSIDE):
        reader.wrong.append(f"{view}, small: {each}")
    screen.page.set_viewport_size({"width": 1920, "height": 1080})


def some_answer(activity: dict, number: int) -> dict:
    """What a seat would answer."""
    if activity["kind"] == "wall":
        return {"text": f"note {number}", "share": False}
    if activity["kind"] == "pulse":
        return {"ratings": {one["id"]: 1 + number % 5 for one in activity["statements"]}}
    return {"option": activity["options"][number % 2]["id"]}
