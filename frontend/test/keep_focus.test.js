import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { h } from "../src/lib/dom.js";
import { keepFocus } from "../src/lib/keep_focus.js";
import { openPage, settle } from "./support/page.js";

let place;

beforeEach(() => {
  place = openPage().root;
  keepFocus(place);
});

function door() {
  const button = h("button", { text: "Join" });
  place.replaceChildren(h("section", null, h("h2", { text: "The door" }), button));
  button.focus();
  return button;
}

const at = () => document.activeElement.textContent;

test("a view that takes the place of another is begun at its heading", async () => {
  door();
  place.replaceChildren(h("p", { text: "One moment…" }));
  await settle();
  assert.equal(at(), "One moment…");
  place.replaceChildren(h("section", null, h("h2", { text: "You are in." }), h("button", { text: "Leave" })));
  await settle();
  assert.equal(at(), "You are in.");
});

test("what is hidden hands the focus to its neighbour", async () => {
  const button = door();
  const other = h("button", { text: "Copy" });
  button.parentElement.append(other);
  button.hidden = true;
  await settle();
  assert.equal(at(), "Copy");
});

test("a view that chose a place itself is left alone", async () => {
  door();
  const field = h("input");
  place.replaceChildren(h("h2", { text: "Write" }), field);
  field.focus();
  await settle();
  assert.equal(document.activeElement, field);
});

test("whoever is elsewhere is not fetched", async () => {
  door().blur();
  await settle();
  place.replaceChildren(h("h2", { text: "Another view" }));
  await settle();
  assert.equal(document.activeElement, document.body);
});
