"""The walk through every view in Danish and in Arabic: axe minds nothing, nothing overflows, all is mirrored."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import test_every_view as walk
from tests.browser.room import Room
from tests.browser.speech import Speech
from tests.browser.views import overflow, serious, small
from tests.demo_server import DemoServer

pytestmark = pytest.mark.languages

#: What colours and distances can change does not depend on the language, and was looked at in English. axe looks at the
#: last of them: narrow where words are long, wide where all is mirrored.
WIDTHS = {"da": (1440, 320), "ar": (320, 1440)}

#: What is read from the left in every language. Elsewhere a text stands as its page does.
_DIRECTION = """() => {
  const page = document.documentElement, found = [];
  for (const box of document.querySelectorAll(".psy, .psy-leader, .psy-seat, .psy-door, .psy-room")) {
    const { direction } = getComputedStyle(box);
    if (direction !== (page.dir || "ltr")) found.push(`${box.className} is ${direction} on a page that is ${page.dir}`);
  }
  for (const code of document.querySelectorAll(".psy :is(.psy-code [aria-hidden], .psy-room__code, .psy-digits)")) {
    if (getComputedStyle(code).direction !== "ltr") found.push(`${code.className} is turned around`);
  }
  return found;
}"""


class Reader(walk.Inspector):
    """Looks at what the language can change."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def look(self, page: Page, view: str) -> None:
        """The page's language, at both widths."""
        before = page.viewport_size
        told = page.evaluate("[document.documentElement.lang.split('-')[0], document.documentElement.dir || 'ltr']")
        if told != [self.language, "rtl" if self.language == "ar" else "ltr"]:
            self.keep(view, [f"says that it is {told}"])
        self.keep(view, page.evaluate(_DIRECTION))
        for width in WIDTHS[self.language]:
            page.set_viewport_size({"width": width, "height": 900})
            self.keep(f"{view} at {width}", overflow(page))
        self.keep(view, serious(page) + small(page))
        page.set_viewport_size(before)

    def look_at_colours(self, page: Page, view: str) -> None:
        """They do not depend on the language."""


@pytest.fixture(params=["da", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def room(browser: Browser, site: DemoServer, language: str) -> Iterator[Room]:
    made = Room(site.url, browser, Speech(language))
    yield made
    made.close()
    assert made.witness.complaints == []


@pytest.fixture
def inspector(language: str) -> Iterator[Reader]:
    made = Reader(language)
    yield made
    assert not made.wrong, "\n".join(made.wrong)


@pytest.mark.parametrize("way", walk.WAYS)
def test_every_view_on_the_way(way, room, inspector):
    walk.WAYS[way](room, inspector)
