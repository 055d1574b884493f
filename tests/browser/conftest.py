"""One server and one Chromium for this folder; a room of fresh contexts for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.room import Room
from tests.demo_server import DemoServer

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder drives a browser."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def site(start_demo: Callable[..., DemoServer]) -> Iterator[DemoServer]:
    """The demo, with the settings of this folder."""
    server = start_demo(settings="tests.browser.settings")
    yield server
    server.stop()


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """For this folder only: the loop that Playwright runs would stop Django's database calls of other tests."""
    # Longer than the notice of a reveal, which is the longest that the product itself waits.
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
        )
        yield launched
        launched.close()


@pytest.fixture
def room(browser: Browser, site: DemoServer) -> Iterator[Room]:
    """An empty room. At its end no browser may have complained, and nothing was asked of another host."""
    made = Room(site.url, browser)
    yield made
    made.close()
    assert made.witness.complaints == []
    assert made.witness.strangers == set()
