import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { columnsFor, crowding, lookOf, pageOf } from "../src/wall/layout.js";
import { createScreenPages } from "../src/wall/screen_pages.js";
import { createWallView } from "../src/wall/wall_view.js";
import { button, openPage, settle, wallRound } from "./support/page.js";

const HOSTILE = ["<img src=x onerror=alert(1)>", "</li><script>alert(2)</script>", "\u202Egnol", "a & b < c"];

let page;
beforeEach(() => {
  page = openPage();
});

const notesOf = (texts, resonance = () => null) => texts.map((text, at) => ({ id: `n${at}`, text, resonance: resonance(at) }));
function round(texts, more = {}) {
  const { resonanceOf, hidden = 0, too_few = false, ...rest } = more;
  return wallRound("revealed", { results: { notes: notesOf(texts, resonanceOf), hidden, too_few }, ...rest });
}
const texts = () => [...page.root.querySelectorAll("li .psy-note__text")].map((node) => node.textContent);
const items = () => [...page.root.querySelectorAll("li")];
const taps = () => [...page.root.querySelectorAll("button.psy-note")];

test("notes hang in the order given, as a list, whatever they contain", () => {
  createWallView(page.root, { mode: "block" }).update(round(HOSTILE));
  assert.deepEqual(texts(), HOSTILE);
  assert.equal(page.root.querySelectorAll("img, script").length, 0);
  assert.ok(items().every((item) => item.parentElement.tagName === "UL"));
  assert.ok([...page.root.querySelectorAll(".psy-note__text")].every((node) => node.getAttribute("dir") === "auto"));
});

test("tints and turns come from the place alone", () => {
  const look = (list) => {
    page = openPage();
    createWallView(page.root, { mode: "block" }).update(round(list));
    return items().map((item) => [item.className, item.getAttribute("style")].join());
  };
  assert.deepEqual(look(["a", "b", "c"]), look(["zzz", "", "\u4f60"]));
  for (let at = 0; at < 500; at += 1) {
    const { tint, turn } = lookOf(at);
    assert.ok(tint >= 1 && tint <= 5 && Math.abs(turn) < 1);
    assert.notEqual(tint, lookOf(at + 1).tint, "no two beside each other");
  }
});

test("500 notes hang at once", () => {
  const many = Array.from({ length: 500 }, (_, at) => `note ${at}`);
  createWallView(page.root, { mode: "phone", selectable: true, onSubmitResonance: async () => {} }).update(round(many));
  assert.deepEqual(texts(), many);
});

test("an unchanged state touches nothing", () => {
  const view = createWallView(page.root, { mode: "phone" });
  view.update(round(["a", "b"]));
  const before = items();
  view.update(round(["a", "b"]));
  assert.deepEqual(items(), before);
});

test("any number of notes is tapped and sent once", async () => {
  const sent = [];
  const view = createWallView(page.root, { mode: "phone", selectable: true, onSubmitResonance: async (ids) => sent.push(ids) });
  view.update(round(["a", "b", "c"]));
  taps()[0].click();
  taps()[2].click();
  taps()[1].click();
  taps()[1].click();
  assert.deepEqual(taps().map((tap) => tap.getAttribute("aria-pressed")), ["true", "false", "true"]);
  button(page.root, "None of them").click();
  assert.deepEqual(sent, [], "taps are not thrown away by one touch");
  button(page.root, "Send 2").click();
  await settle();
  assert.deepEqual(sent, [["n0", "n2"]]);
  assert.equal(taps().length, 0, "once");
});

test("none of them counts as well, with a button of the same weight", async () => {
  const sent = [];
  createWallView(page.root, { mode: "phone", selectable: true, onSubmitResonance: async (ids) => sent.push(ids) }).update(round(["a"]));
  assert.equal(button(page.root, "None of them").className, button(page.root, "Send").className);
  button(page.root, "Send").click();
  assert.deepEqual(sent, []);
  button(page.root, "None of them").click();
  await settle();
  assert.deepEqual(sent, [[]]);
});

test("what could not be sent stays tapped", async () => {
  const fail = async () => {
    throw { detail: "Too late." };
  };
  createWallView(page.root, { mode: "phone", selectable: true, onSubmitResonance: fail }).update(round(["a"]));
  taps()[0].click();
  button(page.root, "Send 1").click();
  await settle();
  assert.match(page.root.textContent, /Too late\./);
  assert.equal(taps()[0].getAttribute("aria-pressed"), "true");
});

test("nobody taps where it is not offered, not open or already done", () => {
  const submit = { onSubmitResonance: async () => {} };
  for (const [options, more] of [
    [{ selectable: false, ...submit }, {}],
    [{ selectable: true, ...submit }, { resonated: true }],
    [{ selectable: true, ...submit }, { resonance: "counted" }],
    [{ selectable: true, ...submit }, { resonance: "none" }],
  ]) {
    page = openPage();
    createWallView(page.root, { mode: "phone", ...options }).update(round(["a"], more));
    assert.equal(taps().length, 0);
  }
});

test("counts appear on all notes together, and no zero anywhere", () => {
  const view = createWallView(page.root, { mode: "phone", selectable: true, onSubmitResonance: async () => {} });
  const counts = (at) => [6, null, 3][at];
  view.update(round(["a", "b", "c"], { resonanceOf: counts }));
  assert.equal(page.root.querySelectorAll(".psy-note__count").length, 0, "not while it is open");
  view.update(round(["a", "b", "c"], { resonanceOf: counts, resonance: "counted" }));
  assert.deepEqual(
    items().map((item) => item.querySelector(".psy-note__count")?.textContent ?? null),
    ["6 of us could have written this", null, "3 of us could have written this"],
  );
});

test("a note that came down leaves the others where they hang", () => {
  const view = createWallView(page.root, { mode: "phone" });
  const all = round(["a", "b", "c"]);
  view.update(all);
  const [first, , third] = items();
  view.update({ ...all, results: { notes: [all.results.notes[0], all.results.notes[2]], hidden: 1, too_few: false } });
  assert.deepEqual(items(), [first, third]);
  assert.match(page.root.textContent, /1 note was taken down\./);
});

test("taking one down asks first, and once a round", async () => {
  const taken = [];
  const view = createWallView(page.root, { mode: "phone", onTakeDown: async (id) => taken.push(id) });
  view.update(round(["a", "b"]));
  button(page.root, "Take a note down").click();
  [...page.root.querySelectorAll(".psy-note__pick")][1].click();
  assert.match(page.root.textContent, /Only once a round; nobody sees who did it\./);
  button(page.root, "Keep it").click();
  assert.deepEqual(taken, []);
  [...page.root.querySelectorAll(".psy-note__pick")][1].click();
  button(page.root, "Take it down").click();
  await settle();
  assert.deepEqual(taken, ["n1"]);
  assert.deepEqual(texts(), ["a"]);
  assert.throws(() => button(page.root, "Take a note down"));
});

test("the leader may hide more than one", async () => {
  const view = createWallView(page.root, { mode: "block", onHide: async () => {} });
  view.update(round(["a", "b", "c"]));
  for (let i = 0; i < 2; i += 1) {
    button(page.root, "Hide a note").click();
    page.root.querySelector(".psy-note__pick").click();
    button(page.root, "Hide it").click();
    await settle();
  }
  assert.deepEqual(texts(), ["c"]);
});

test("too few to show says so, and offers nothing to tap", () => {
  createWallView(page.root, { mode: "phone", selectable: true, onSubmitResonance: async () => {} }).update(round([], { too_few: true }));
  assert.match(page.root.textContent, /Too few notes to show/);
  assert.throws(() => button(page.root, "None of them"));
});

test("another round forgets the taps of the last one", () => {
  const view = createWallView(page.root, { mode: "phone", selectable: true, onSubmitResonance: async () => {} });
  view.update(round(["a"]));
  taps()[0].click();
  view.update(round(["b"], { id: "r2" }));
  assert.equal(taps()[0].getAttribute("aria-pressed"), "false");
});

test("the big screen turns pages with the arrow keys", () => {
  const view = createWallView(page.root, { mode: "screen", hang: createScreenPages });
  view.update(round(Array.from({ length: 26 }, (_, at) => `note ${at}`)));
  assert.equal(texts().length, 13);
  document.dispatchEvent(new page.window.KeyboardEvent("keydown", { key: "ArrowRight" }));
  assert.equal(texts()[0], "note 13");
  document.dispatchEvent(new page.window.KeyboardEvent("keydown", { key: "ArrowRight" }));
  assert.equal(texts()[0], "note 0");
  view.destroy();
});

test("arithmetic of the wall", () => {
  assert.deepEqual([1, 4, 6, 24].map((count) => columnsFor(count)), [1, 2, 3, 6]);
  assert.deepEqual([6, 7, 15, 41].map(crowding), ["few", "some", "many", "crowd"]);
  assert.deepEqual(pageOf(120, -1), { from: 96, to: 120, page: 4, pages: 5 });
  assert.deepEqual(pageOf(0, 3), { from: 0, to: 0, page: 0, pages: 1 });
});
