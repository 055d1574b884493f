"""What must hold of every view: nothing serious for axe, and nothing wider than the page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

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


def overflow(page: Page, *, vertical: bool = False) -> list[str]:
    """What is wider than the page (or higher than the screen), or cut off."""
    return page.evaluate(_OVERFLOW, vertical)


def serious(page: Page) -> list[str]:
    """What axe calls serious or critical, each with the places."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): " + "; ".join(" ".join(map(str, node["target"])) for node in one["nodes"][:4])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
