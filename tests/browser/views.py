"""What must hold of every view: nothing that axe minds, nothing wider than the page, too small or unseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

_OVERFLOW = """(vertical) => {
  const root = document.documentElement, found = [];
  if (root.scrollWidth > root.clientWidth) found.push(`page ${root.scrollWidth} wide`);
  if (vertical && root.scrollHeight > root.clientHeight) found.push(`page ${root.scrollHeight} high`);
  const clipped = (box) => {
    for (let up = box.parentElement; up; up = up.parentElement) {
      if (!["visible", "clip"].includes(getComputedStyle(up).overflowX)) return true;
    }
    return false;
  };
  for (const box of document.querySelectorAll(".psy *")) {
    const { left, right, width } = box.getBoundingClientRect();
    // Two pixels: notes are turned a little. What only screen readers have is cut off on purpose.
    if (!width || box.closest(".psy-sr") || clipped(box)) continue;
    if (left < -2 || right > root.clientWidth + 2) found.push(`${box.className || box.tagName} ${left}..${right}`);
  }
  for (const box of document.querySelectorAll(".psy button, .psy .psy-note")) {
    if (box.scrollWidth > box.clientWidth + 2) found.push(`cut off: ${box.className} ${box.textContent.slice(0, 40)}`);
  }
  return found;
}"""

#: A page keeps it, and what passed stays there: bringing either over takes longer than the look itself.
_AXE_SCRIPT = Axe().axe_script

#: Slow are the details of what passed. The size of targets is measured below, and axe has it too.
_AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}

#: WCAG 2.2, 2.5.8: 24 by 24 px. A checkbox is as large as its label; a link in a sentence is as high as its line.
_SMALL = """() => {
  const found = [];
  for (const target of document.querySelectorAll(
    ".psy :is(button, a[href], input, select, textarea, summary, [role=tab], [tabindex='0'])")) {
    const box = (target.matches("input") && target.closest("label")) || target;
    const { width, height } = box.getBoundingClientRect();
    if (!width || target.closest(".psy-sr") || target.classList.contains("psy-sr")) continue;
    const inText = target.matches("a") && getComputedStyle(target).display === "inline";
    if ((width < 24 || height < 24) && !inText) {
      found.push(`${target.className || target.tagName} is ${Math.round(width)} x ${Math.round(height)}`);
    }
  }
  return found;
}"""

_MOVING = """() => document.getAnimations()
  .filter((one) => one.playState === "running" && one.effect.getComputedTiming().duration > 10)
  .map((one) => `${one.animationName || one.transitionProperty} of ${one.effect.target.className}`)"""

#: WCAG 2.2, 1.4.12, with `!important` as such style sheets have it.
_SPACING = """(on) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = on ? [sheet] : [];
}"""

#: In forced colours backgrounds and shadows go: what is pressed, filled in or set apart needs an edge or an underline.
_EDGELESS = """() => {
  const found = [];
  for (const box of document.querySelectorAll(".psy :is(button, a.psy-button, textarea, input, select, .psy-note)")) {
    const { width } = box.getBoundingClientRect();
    const style = getComputedStyle(box);
    if (!width || box.closest(".psy-sr, [aria-hidden=true]") || Number(style.opacity) === 0) continue;
    // A line that unfolds what is below it has an arrow.
    if (box.hasAttribute("aria-expanded") && getComputedStyle(box, "::after").borderBottomWidth !== "0px") continue;
    if (box.matches("input") && getComputedStyle(box).appearance !== "none") continue;
    const edge = ["Top", "Bottom", "Left", "Right"].some((side) =>
      parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none"
      && !/^rgba\\(.*, 0\\)$/.test(style[`border${side}Color`]));
    if (!edge && !style.textDecorationLine.includes("underline")) found.push(box.className || box.tagName);
  }
  return found;
}"""


def overflow(page: Page, *, vertical: bool = False) -> list[str]:
    """What is wider than the page (or higher than the screen), or cut off."""
    return page.evaluate(_OVERFLOW, vertical)


def serious(page: Page | Frame) -> list[str]:
    """What axe calls moderate, serious or critical, each with the places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE_SCRIPT)
    found = page.evaluate("(options) => axe.run(options).then(({ violations }) => violations)", _AXE)
    return [
        f"{one['id']} ({one['impact']}): " + "; ".join(" ".join(map(str, node["target"])) for node in one["nodes"][:4])
        for one in found
        if one["impact"] in ("moderate", "serious", "critical")
    ]


def small(page: Page) -> list[str]:
    """Targets of less than 24 by 24 px."""
    return page.evaluate(_SMALL)


def moving(page: Page) -> list[str]:
    """What moves, in a browser that asks for less of it."""
    return page.evaluate(_MOVING)


@contextmanager
def spaced(page: Page) -> Iterator[None]:
    """With the distances between lines, words and letters that a reader may need."""
    page.evaluate(_SPACING, True)
    yield
    page.evaluate(_SPACING, False)


def edgeless(page: Page) -> list[str]:
    """What cannot be told from the page in forced colours."""
    page.emulate_media(forced_colors="active")
    found = page.evaluate(_EDGELESS)
    page.emulate_media(forced_colors="none")
    return [f"without an edge: {each}" for each in found]
