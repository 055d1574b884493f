"""A Danish team runs the wall from the doorway to the end, and nobody meets an English word."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.room import Room
from tests.browser.speech import Speech
from tests.demo_server import DemoServer

NOTES = ("sige nej", "bede om hjælp", "sige fra over for chefen", "vise noget halvt", "spørge en gang til")

#: Words that hardly an English sentence does without, and that no Danish one has.
ENGLISH = re.compile(
    r"\b(the|you|your|and|with|this|that|these|what|when|which|who|nobody|everybody|of|it|could|has|are|"
    r"seat|seats|notes|wall|courage|takes|write|written|join|lead|leave|show|shown|answer|answers|open|again|"
    r"more|less|minutes?|now|yes|ready|close|closed|counted|pass|undo|hide|take|stay|next|back)\b",
    re.IGNORECASE,
)

#: Everything in our part of a page that is seen or read aloud: texts, names, placeholders.
_TEXTS = """() => {
  const found = [];
  for (const root of document.querySelectorAll(".psy")) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const box = walker.currentNode.parentElement;
      if (box.closest("select, script, style, noscript") || !box.checkVisibility()) continue;
      found.push(walker.currentNode.data.trim());
    }
    for (const node of root.querySelectorAll("[aria-label], [placeholder], [title], [alt]")) {
      for (const name of ["aria-label", "placeholder", "title", "alt"]) found.push(node.getAttribute(name) || "");
    }
  }
  return found.filter(Boolean);
}"""


def english(page: Page) -> list[str]:
    """The texts on a page that hold an English word. Addresses and codes are no words."""
    texts = [re.sub(r"https?://\S+", "", text) for text in page.evaluate(_TEXTS)]
    assert texts, page.url
    return [text for text in texts if ENGLISH.search(text)]


@pytest.fixture
def room(browser: Browser, site: DemoServer) -> Iterator[Room]:
    made = Room(site.url, browser, Speech("da"))
    yield made
    made.close()
    assert made.witness.complaints == []


def test_from_the_doorway_to_the_end(room):
    unit = "wall"
    leader = room.leader()
    pages: dict[str, Page] = {"leader": leader.page}

    def read(moment: str) -> None:
        for who, page in pages.items():
            assert english(page) == [], f"{who}, {moment}"

    leader.open(unit)
    leader.button("I convene my team").wait_for()
    read("at the doorway")
    leader.press("I convene my team")
    leader.expect_heading(leader.say("Before you start"))
    read("before the start")
    leader.press("Convene my team")
    leader.expect_heading(leader.say("Your team can join now"))
    screen = room.screen(leader.screen_address())
    pages["screen"] = screen.page

    newcomer = room.guest("newcomer")
    pages["newcomer"] = newcomer.page
    newcomer.page.goto(f"{room.url}/psychsafety/join/")
    newcomer.page.get_by_role("textbox").wait_for()
    read("in the lobby")
    people = room.team(leader, guests=4, learners=("amal",), unit=unit)
    pages |= {f"person {number}": person.page for number, person in enumerate(people)}
    del pages["newcomer"]
    leader.expect_seats(5)
    read("when all are seated")

    leader.press("Begin")
    leader.press("Start this wall with your team")
    for person in people:
        person.paper.wait_for()
    read("while all write")
    people[0].write("anna@example.com")
    read("with a warning")
    for person, note in zip(people, NOTES, strict=True):
        person.write(note)
        person.press("Send")
    read("while it can be undone")
    for person in people:
        person.page.clock.fast_forward(5200)
        person.expect_counted()
    leader.expect_answers(5)
    read("when all are counted")

    leader.reveal()
    for onlooker in (*people, screen):
        onlooker.expect_wall(5)
    read("at the reveal")
    for person in people:
        person.resonate(0)
    leader.expect_sent(5)
    leader.press("Count")
    expect(leader.button("Count")).to_have_count(0)
    read("when it is counted")
    leader.press("Show the examples")
    for onlooker in (leader, *people, screen):
        onlooker.expect_heading(leader.say("Examples, written by the course’s authors"))
    read("with the examples")
    leader.end()
    read("at the end")
