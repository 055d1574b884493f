"""What a screen reader is told in a polite voice: each change once, and nothing of what only moves on by itself."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.people import HOLD_MS
from tests.browser.room import PHONE, Room

#: Keeps each text that a live region of the page comes to hold. A region that arrives with its text says nothing.
_LISTEN = """() => {
  window.said = [];
  const LIVE = "[role=status], [role=alert], [aria-live]";
  const told = new WeakMap();
  const look = (region) => {
    const text = region.closest("[hidden]") ? "" : region.textContent.trim();
    if (told.get(region) === text) return;
    told.set(region, text);
    if (text) window.said.push(text);
  };
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      for (const node of addedNodes) {
        const all = node.querySelectorAll ? [node, ...node.querySelectorAll("*")] : [];
        const fresh = all.filter((one) => one.matches(LIVE) && !told.has(one));
        fresh.forEach((one) => told.set(one, one.textContent.trim()));
      }
      const from = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      const region = from && from.closest(LIVE);
      if (region) look(region);
    }
  }).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["hidden"],
  });
}"""


def listening(room: Room, who: str, device: dict | None = None) -> BrowserContext:
    context = room.context(who, device) if device else room.context(who)
    context.add_init_script(f"({_LISTEN})()")
    return context


def said(page: Page) -> list[str]:
    """What was said since the last time."""
    return page.evaluate("window.said.splice(0)")


def test_each_change_is_said_once(room):
    leader = room.leader(context=listening(room, "leader"))
    leader.convene()
    guest = room.guest(context=listening(room, "guest", PHONE))
    guest.join(leader.code())
    others = room.wire.guests(leader.code(), 4)
    leader.expect_seats(5)
    said(guest.page)
    said(leader.page)

    leader.press("Begin")
    expect(leader.button("Start")).to_be_visible()
    assert len(said(leader.page)) == 1
    guest.expect_heading("Look up.")
    assert said(guest.page) == ["Look up."]
    leader.press("Start")
    leader.expect_text("Everybody writes in silence.")
    expect(guest.paper).to_be_visible()
    assert said(guest.page) == [leader.root.locator(".psy-question").text_content()]

    # Letters left, how far the room is, and the seconds of the undo change all the time: none is said.
    guest.page.keyboard.type("one letter after the other")
    guest.write("a note")
    guest.press("Send")
    expect(guest.button("Undo")).to_be_visible()
    guest.page.clock.fast_forward(HOLD_MS)
    guest.expect_counted()
    assert said(guest.page) == ["Your answer goes out in five seconds. You can undo it.", "Counted."]
    for seat in others:
        room.wire.answer(seat, "a note")
    leader.expect_text("All have answered.")
    expect(guest.root.get_by_text("All have answered")).to_be_visible()
    assert said(guest.page) == []

    said(leader.page)
    leader.press("Reveal")
    guest.expect_wall(5)
    leader.expect_wall(5)
    assert said(guest.page) == ["The notes are up. Read in silence."]
    assert len(said(leader.page)) == 1
    guest.resonate(0)
    assert said(guest.page) == ["Counted."]
    leader.hide(0)
    guest.expect_wall(4)
    assert said(guest.page) == ["1 note was taken down."]

    leader.press("Close")
    guest.expect_heading(re.compile("Look up."))
    leader.end()
    guest.expect_heading("This session has ended.")
    assert said(guest.page) == ["Look up.", "This session has ended."]
