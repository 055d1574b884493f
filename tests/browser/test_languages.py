"""Which language a page takes, and that a switch keeps what was written. The texts say where they are from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.room import PHONE, Room
from tests.demo_server import DemoServer
from tools.translations import write_dummy


@pytest.fixture(scope="module")
def many_languages(
    start_demo: Callable[..., DemoServer], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DemoServer]:
    """In Danish, French and Arabic each text begins with its locale."""
    folder = tmp_path_factory.mktemp("catalogues")
    for locale in ("da", "fr", "ar"):
        write_dummy(folder, locale, lambda text, locale=locale: f"{locale} {text}")
    server = start_demo(
        settings="tests.translations.settings", environment={"PSYCHSAFETY_TEST_CATALOGUES": str(folder)}
    )
    yield server
    server.stop()


@pytest.fixture
def room(browser: Browser, many_languages: DemoServer) -> Iterator[Room]:
    made = Room(many_languages.url, browser)
    yield made
    made.close()
    assert made.witness.complaints == []
    assert made.witness.strangers == set()


@pytest.fixture
def danish(room: Room) -> dict:
    """A session that was opened in Danish."""
    return room.convened("da-DK")


def guest_page(room: Room, session: dict, locale: str, name: str = "guest") -> Page:
    page = room.context(name, {**PHONE, "locale": locale}, locale=locale).new_page()
    page.goto(f"{room.url}/psychsafety/join/#{session['join_code']}")
    return page


def language(page: Page):
    return page.locator("footer select")


def test_the_browsers_language_first_then_the_sessions(room, danish):
    page = guest_page(room, danish, "en-GB")
    page.get_by_role("button", name="Take a seat", exact=True).click()
    expect(page.get_by_role("heading", name="da You are in.")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "da")
    assert page.title() == "da Join your team"
    expect(language(page)).to_have_value("da")
    expect(page.get_by_label("da Language")).to_be_visible()


def test_a_switch_keeps_draft_seat_and_choice(room, danish):
    page = guest_page(room, danish, "da-DK")
    page.get_by_role("button", name="da Take a seat").click()
    others = room.wire.guests(danish["join_code"], 3)
    expect(page.get_by_role("heading", name="da You are in.")).to_be_visible()
    room.wire.command(danish, "start_round")
    paper = page.get_by_role("textbox", name="da Your note")
    paper.fill("half a senten")
    mine = page.get_by_role("radio", name="Only my team")
    mine.check()
    language(page).focus()
    language(page).select_option("ar")
    expect(page.get_by_role("textbox", name="ar Your note")).to_have_value("half a senten")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(language(page)).to_be_focused()
    expect(mine).to_be_checked()
    page.reload()
    expect(page.get_by_role("textbox", name="ar Your note")).to_have_value("half a senten")
    expect(mine).to_be_checked()
    page.get_by_role("button", name="ar Send").click()
    # On its way the answer survives a switch too, and is counted once.
    expect(page.get_by_role("button", name="ar Undo")).to_be_visible()
    language(page).select_option("fr")
    expect(page.get_by_role("button", name="fr Undo")).to_be_visible()
    page.clock.fast_forward(5200)
    expect(page.get_by_role("heading", name="fr Counted.")).to_be_visible()
    for seat in others:
        room.wire.answer(seat, "another")
    room.wire.command(danish, "reveal")
    expect(page.locator("[data-note]").get_by_text("half a senten")).to_have_count(1)
    expect(page.locator("[data-note]")).to_have_count(4)
    assert room.wire.state(danish)["seats"]["all"] == 1 + len(others)
    assert page.evaluate("Object.keys(localStorage).length") == 0
    room.wire.command(danish, "close_session")
    expect(page.get_by_role("heading", name="fr This session has ended.")).to_be_visible()
    language(page).select_option("da")
    expect(page.get_by_role("heading", name="da This session has ended.")).to_be_visible()


def test_the_screen_speaks_the_sessions_language_and_has_no_switch(room, danish):
    screen = room.screen(danish["screen_url"])
    screen.expect_heading("da Take a seat")
    expect(language(screen.page)).to_have_count(0)
    room.wire.command(danish, "close_session")
    screen.expect_heading("da This session has ended.")


def test_the_leaders_phone_keeps_what_is_typed_and_the_tab(room, danish):
    code = room.wire.call("POST", danish["api_url"] + "drive", {"do": "window"}, token=danish["token"])["code"]
    page = room.context("phone", PHONE).new_page()
    page.goto(f"{room.url}/psychsafety/drive/#{code}")
    page.get_by_role("tab", name="da Agenda").click()
    language(page).select_option("fr")
    expect(page.get_by_role("tab", name="fr Agenda")).to_have_attribute("aria-selected", "true")


def test_a_turn_on_the_tablet_has_its_own_language(room, danish):
    code = room.wire.call("POST", danish["api_url"] + "tablet", {"seats": 5}, token=danish["token"])["code"]
    page = room.context("tablet").new_page()
    page.goto(f"{room.url}/psychsafety/tablet/#{code}")
    room.wire.command(danish, "start_round")
    page.get_by_role("button", name="da It is my turn").click()
    page.get_by_role("textbox", name="da Your note").fill("mine")
    language(page).select_option("fr")
    expect(page.get_by_role("textbox", name="fr Your note")).to_have_value("mine")
    page.get_by_role("button", name="fr Not my turn: back, and wipe what is here").click()
    expect(page.get_by_role("button", name="da It is my turn")).to_be_visible()


def test_each_persona_of_the_demo_has_a_language(room):
    page = room.context("visitor").new_page()
    page.goto(f"{room.url}/course/leader/session/")
    page.get_by_role("link", name="العربية").click()
    expect(page.get_by_role("button", name="ar I convene my team")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.get_by_role("button", name="ar I convene my team").click()
    expect(page.get_by_role("heading", name="ar Before you start")).to_be_visible()
    page.goto(f"{room.url}/course/amal/session/")
    expect(page.get_by_role("button", name="I convene my team", exact=True)).to_be_visible()
