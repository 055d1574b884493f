"""No text is hard-coded: in a language that marks what is translated, every view is marked throughout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import test_every_view as walk
from tests.browser.room import LAPTOP, Room
from tests.demo_server import DemoServer
from tests.translations import marked

pytestmark = pytest.mark.languages


class Reader:
    """Reads the views that the walk comes to, and keeps what stands there in English."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self._authored = marked.authored()

    def look(self, page: Page, view: str) -> None:
        """At every text, seen or only heard."""
        self.wrong += [f"{view}: {text}" for text in page.evaluate(marked.FIND, self._authored)]

    def look_at_colours(self, page: Page, view: str) -> None:
        """They say nothing."""


class MarkedRoom(Room):
    """People whose browsers ask for the marked language."""

    def context(self, who: str, device: dict[str, Any] = LAPTOP, *, clock: bool = True, **more: Any) -> BrowserContext:
        return super().context(who, device, clock=clock, **{**more, "locale": marked.LOCALE})


@pytest.fixture(scope="module")
def marked_site(
    start_demo: Callable[..., DemoServer], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DemoServer]:
    folder: Path = tmp_path_factory.mktemp("catalogues")
    marked.write_marked(folder)
    server = start_demo(
        settings="tests.translations.settings", environment={"PSYCHSAFETY_TEST_CATALOGUES": str(folder)}
    )
    yield server
    server.stop()


@pytest.fixture
def room(browser: Browser, marked_site: DemoServer) -> Iterator[Room]:
    made = MarkedRoom(marked_site.url, browser)
    yield made
    made.close()
    assert made.witness.complaints == []


@pytest.fixture
def inspector() -> Iterator[Reader]:
    made = Reader()
    yield made
    assert made.wrong == []


@pytest.mark.parametrize("way", walk.WAYS)
def test_every_view_on_the_way(way, room, inspector):
    walk.WAYS[way](room, inspector)
