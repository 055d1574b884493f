"""A language that reads like English, in which each translated text stands between two marks that nobody sees.

Playwright leaves both marks out when it looks for a text, so people of a test find "Take a seat" in it as they do in
English; and whatever has letters outside of the marks was not translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from psychsafety_xblock.demo.course import BLOCKS
from psychsafety_xblock.exercises import ready_session, session_names
from tools.translations import write_dummy

#: Esperanto, for Django knows it and no site has it.
LOCALE = "eo"
#: Zero width space, soft hyphen.
START, END = "\u200b", "\u00ad"


def mark(text: str) -> str:
    """The text between the marks, with its outer spaces outside."""
    core = text.strip()
    return text.replace(core, f"{START}{core}{END}", 1)


def write_marked(folder: Path) -> None:
    """Write the language's catalogue below `folder`, for the settings of this folder."""
    write_dummy(folder, LOCALE, mark)


def authored() -> list[str]:
    """What authors wrote in the demo's course and in the ready sessions, text by text."""
    written = [block.fields for block in BLOCKS.values()]
    return sorted(set(_texts([written, *(ready_session(name).agenda for name in session_names())])))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


#: A function of the page and of `authored()`: what is shown, said or offered there and has letters outside of the
#: marks. What a participant wrote stands in elements with dir="auto" (or of no language: "bdi", codes from the left).
FIND = """(authored) => {
  const bare = (text) => {
    let depth = 0, left = "";
    for (const sign of text) {
      if (sign === "\\u200b") depth += 1;
      else if (sign === "\\u00ad") depth -= 1;
      else if (depth <= 0) left += sign;
    }
    left = left.trim().replace(/^[^\\p{L}\\p{N}]+/u, "");
    return /\\p{L}{2}/u.test(left) && !authored.includes(left) ? left : "";
  };
  const found = [];
  const whole = ":not(.psy-block, html)";
  const written = (node) => node.closest(`[dir=auto], bdi, [dir=ltr]${whole}, [lang]${whole}`);
  for (const root of document.querySelectorAll(".psy")) {
    if (/\\p{L}/u.test(root.innerText) && !root.innerText.includes("\\u200b")) found.push("nothing is marked at all");
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data, parentElement: parent } = walker.currentNode;
      if (parent.closest("script, style, noscript") || written(parent)) continue;
      if (bare(data)) found.push(`${parent.tagName}.${parent.className}: ${bare(data)}`);
    }
    for (const node of root.querySelectorAll("[aria-label], [placeholder], [title], [alt], [aria-valuetext]")) {
      for (const name of ["aria-label", "placeholder", "title", "alt", "aria-valuetext"]) {
        const text = node.getAttribute(name) || "";
        if (bare(text) && !written(node)) found.push(`${node.tagName}.${node.className} ${name}: ${bare(text)}`);
      }
    }
  }
  return found;
}"""
