"""The figures over all teams: opened from the course by its staff, read, taken along and printed on one sheet."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.keyboard import Keyboard
from tests.browser.room import Room
from tests.browser.speech import Speech
from tests.browser.test_a11y_languages import Reader
from tests.browser.test_every_view import Inspector
from tests.demo_server import DemoServer

TEAMS = "40"


@pytest.fixture(scope="module")
def site(start_demo: Callable[..., DemoServer]) -> Iterator[DemoServer]:
    """A demo of its own, with teams that have met."""
    server = start_demo(settings="tests.browser.settings")
    server.run("psychsafety_xblock.demo.world", "--teams", TEAMS)
    yield server
    server.stop()


def opened(room: Room, **how) -> Page:
    """The page, as Frida of the course staff opens it."""
    context = room.context("staff", clock=False, accept_downloads=True, **how)
    unit = context.new_page()
    unit.goto(f"{room.url}/course/staff/session/")
    with context.expect_page() as new:
        unit.get_by_role("button", name=room.say("Figures over all teams")).click()
    page = new.value
    expect(page.get_by_role("heading", name=room.say("How they rated it"))).to_be_visible()
    return page


def sheets(page: Page, paper: str) -> int:
    """How many sheets of paper the page is printed on."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))


def test_staff_read_them_take_them_along_and_print_them(room, tmp_path):
    page = opened(room)
    assert page.url.endswith("/psychsafety/insights/")
    expect(page.get_by_text(re.compile(r"^Sessions up to .* at least 3 teams"))).to_be_visible()
    for heading in ("Sessions", "What became of what was agreed on", "What they chose", "What most could have written"):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(page.get_by_text(re.compile(r"^(At least \d+|\d+ people) in \d+ teams$")).first).to_be_visible()

    # A table behind each chart, with the same numbers.
    chart = page.get_by_role("img", name=re.compile(r"^\w+ 2\d{3}: \d+")).get_attribute("aria-label")
    page.get_by_text("As a table").first.click()
    table = page.get_by_role("table").first
    expect(table).to_be_visible()
    expect(table.locator("tbody tr")).to_have_count(len(chart.split(", ")))

    saved = {}
    for name in ("Figures as CSV", "Figures as JSON"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        saved[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(saved[name])
    document = json.loads(saved["Figures as JSON"].read_text(encoding="utf-8"))
    lines = list(csv.DictReader(saved["Figures as CSV"].open(encoding="utf-8-sig")))
    assert {line["question"] for line in lines if line["part"] == "statements"} == {
        one["text"] for one in document["statements"]
    }
    for papers in ("A4", "Letter"):
        assert sheets(page, papers) == 1

    # It comes again after a reload, and its address opens nothing by itself.
    page.reload()
    expect(page.get_by_role("heading", name="How they rated it")).to_be_visible()
    stranger = room.context("somebody else").new_page()
    stranger.goto(page.url)
    expect(stranger.get_by_text("This page opens from the course.")).to_be_visible()


@pytest.mark.parametrize("slug", ["leader", "amal"])
def test_nobody_else_is_offered_them(room, slug):
    page = room.context(slug).new_page()
    page.goto(f"{room.url}/course/{slug}/session/")
    expect(page.get_by_role("button", name="Join")).to_be_visible()
    expect(page.get_by_role("button", name="Figures over all teams")).to_have_count(0)


def test_every_size_both_colours_and_the_keys(room):
    inspector = Inspector()
    page = opened(room)
    keys = Keyboard(page)
    for table in range(page.locator("summary").count()):
        keys.reach(page.locator("summary").nth(table))
        keys.press("Enter")
    keys.reach(page.get_by_role("button", name="Figures as JSON"))
    assert keys.wrong == []
    inspector.look(page, "figures")
    page.emulate_media(color_scheme="dark")
    inspector.look_at_colours(page, "figures")
    assert inspector.wrong == []


@pytest.mark.languages
@pytest.mark.parametrize("language", ["da", "ar"])
def test_in_danish_and_from_the_right(browser: Browser, site: DemoServer, language: str):
    room, reader = Room(site.url, browser, Speech(language)), Reader(language)
    page = opened(room)
    reader.look(page, "figures")
    sheets_of_paper = sheets(page, "A4")
    room.close()
    assert room.witness.complaints == reader.wrong == []
    assert sheets_of_paper == 1
