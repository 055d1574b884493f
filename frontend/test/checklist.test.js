import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { checklistOf, createChecklist, minutesOf } from "../src/doorway/checklist.js";
import { openPage, VIEW } from "./doorway_helper.js";

beforeEach(() => openPage());

test("what it asks follows from what the author placed", () => {
  const texts = (data) => checklistOf({ ...VIEW, ...data }).map(({ text, more }) => `${text} ${more}`).join("\n");
  assert.match(texts({}), /one tablet can go round/);
  assert.match(texts({ guests_allowed: false }), /signed in to this course/);
  assert.doesNotMatch(texts({ guests_allowed: false }), /tablet/);
  assert.match(texts({ agenda: [{ minutes: 5 }, { minutes: 40 }] }), /disturbs us for 45 minutes/);
  assert.match(texts({ agenda: [] }), /Nobody disturbs us\./);
  assert.equal(minutesOf({}), 0);
});

test("ticks are counted on the page, and kept nowhere", () => {
  const list = createChecklist(VIEW);
  document.body.append(list);
  const boxes = [...list.querySelectorAll("input")];
  const count = list.querySelector("[role=status]");
  assert.equal(count.textContent, "0 of 5");
  boxes.forEach((box) => box.click());
  assert.equal(count.textContent, "All is ready.");
  boxes[0].click();
  assert.equal(count.textContent, "4 of 5");
  assert.equal(window.localStorage.length + window.sessionStorage.length, 0);
});
