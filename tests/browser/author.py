"""A course author in the demo's Studio, with the verbs that an author would use."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Frame, FrameLocator, Locator, Page, Response, expect


class Author:
    """Somebody with the form of one block open: in the dialog over the unit's page, or alone on a page of its own."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.form: Page | FrameLocator | Frame = page

    def open_unit(self, block: str) -> None:
        """Go to the unit, and open the form in its dialog."""
        self.page.goto(f"{self.url}/studio/{block}/preview/")
        self.edit()

    def edit(self) -> None:
        """Open the form from the unit's page."""
        self.page.get_by_role("link", name="Edit").click()
        self.form = self.page.frame_locator(".studio-dialog iframe")
        expect(self.field("Name")).to_be_visible()

    def open_form(self, block: str) -> None:
        """Open the form as a page of its own."""
        self.form = self.page
        self.page.goto(f"{self.url}/studio/{block}/")
        expect(self.field("Name")).to_be_visible()

    def field(self, label: str) -> Locator:
        """A field by its label, in the order of the form the first that is open."""
        return self.form.get_by_label(label, exact=True).filter(visible=True).first

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """A button that can be seen, by what it says."""
        return self.form.get_by_role("button", name=name, exact=isinstance(name, str)).filter(visible=True).first

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press a button."""
        self.button(name).click()

    @property
    def steps(self) -> Locator:
        """The author's own steps."""
        return self.form.locator(".psy-steplist > [data-key]")

    def step(self, place: int) -> Locator:
        """What opens a step; the first is 1."""
        return self.steps.nth(place - 1).get_by_role("button").first

    def titles(self) -> list[str]:
        """What the steps are called, in their order."""
        return self.steps.locator(".psy-step__title").all_text_contents()

    def open_library(self) -> None:
        """Open the library, whether the agenda is the author's or a ready session."""
        self.press(re.compile("^(Add from the library|Choose another session)$"))
        expect(self.form.get_by_role("heading", name="From the library")).to_be_visible()

    def use_session(self, title: str) -> None:
        """Make the steps of a whole session of the library the agenda."""
        self.open_library()
        self.press("Whole sessions")
        self.field("Search").fill(title)
        self.press(f"Use this session: {title}")
        if self.button("Replace the steps").is_visible():
            self.press("Replace the steps")
        expect(self.steps.first).to_be_visible()

    def save(self, *, status: int = 200) -> None:
        """Press Save, and see what the server says."""
        with self.page.expect_response(re.compile("/save_authored")) as reply:
            self.press("Save")
        answer: Response = reply.value
        assert answer.status == status
        if status == 200:
            # Studio closes the form.
            expect(self.page).to_have_url(re.compile("/preview/"))
            expect(self.page.locator(".studio-dialog")).to_be_hidden()

    def tab_to(self, wanted: Locator | Callable[[], Locator], most: int = 250) -> Locator:
        """Go on with the Tab key until this has the focus."""
        target = wanted() if callable(wanted) else wanted
        for _ in range(most):
            if target.evaluate("(node) => node === document.activeElement"):
                return target
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key never comes to {target}")
