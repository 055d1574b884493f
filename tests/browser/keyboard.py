"""Somebody who has a keyboard and no mouse: every step of the focus must be seen, and none may lead nowhere."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

#: More stops than any page of ours has.
STOPS = 90

#: What is wrong with the place of the focus: nowhere, without a mark, or behind something (WCAG 2.2, 2.4.7, 2.4.11).
_WRONG = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "nowhere";
  if (!at.closest(".psy")) return "";
  const name = `${at.tagName}.${at.className} ${at.textContent.trim().slice(0, 30)}`;
  const marked = [at, at.closest("label")].some((box) => {
    const style = box && getComputedStyle(box);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  if (!marked) return `not seen: ${name}`;
  const box = (at.matches("input") && at.closest("label")) || at;
  const { left, right, top, bottom } = box.getBoundingClientRect();
  const middle = (from, to, most) => (Math.max(from, 0) + Math.min(to, most)) / 2;
  const there = document.elementFromPoint(middle(left, right, innerWidth), middle(top, bottom, innerHeight));
  return there && (box.contains(there) || there.contains(box)) ? "" : `behind something: ${name}`;
}"""

#: Where the focus is on the page and in the text, for the order of the stops.
_PLACE = "() => { const { top } = document.activeElement.getBoundingClientRect(); return top + window.scrollY; }"


class Keyboard:
    """Works a page with keys alone, and keeps what was wrong on the way."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []

    def press(self, *keys: str) -> None:
        """One key after the other, wherever the focus is."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Into what has the focus."""
        self.page.keyboard.type(text)

    def reach(self, target: Locator) -> None:
        """Go on with the Tab key until this has the focus. The page's end leads to its beginning."""
        expect(target.first).to_be_visible()
        for _ in range(STOPS):
            if self.is_at(target):
                return
            self.press("Tab")
            self.look()
        raise AssertionError(f"no key leads to {target}")

    def look(self) -> None:
        """Is it seen where the focus is now?"""
        wrong = self.page.evaluate(_WRONG)
        if wrong and wrong != "nowhere":
            self.wrong.append(wrong)

    def is_at(self, target: Locator) -> bool:
        """Whether this has the focus."""
        return target.first.evaluate("(node) => node === document.activeElement")

    def use(self, target: Locator, key: str = "Enter") -> None:
        """Reach it and press it."""
        self.reach(target)
        self.press(key)

    def expect_kept(self, where: str) -> None:
        """After a change of the view: the focus has not been dropped at the beginning of the page."""
        self.page.wait_for_function("document.activeElement && document.activeElement !== document.body", timeout=2000)
        assert self.page.evaluate("document.activeElement !== document.body"), f"lost: {where}"

    def stops(self) -> list[float]:
        """How far down the page each stop is, once through the whole page."""
        self.page.evaluate("document.activeElement.blur()")
        found: list[float] = []
        for _ in range(STOPS):
            self.press("Tab")
            if self.page.evaluate("document.activeElement === document.body"):
                break
            found.append(self.page.evaluate(_PLACE))
        return found
