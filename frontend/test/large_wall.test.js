import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createBigWall } from "../src/leader/big_wall.js";
import { grouped } from "../src/wall/layout.js";
import { createScreenPages } from "../src/wall/screen_pages.js";
import { isLarge, sheetsOf } from "../src/wall/sheets.js";
import { createWallView } from "../src/wall/wall_view.js";
import { button, openPage, settle, wallRound } from "./support/page.js";

let page;
beforeEach(() => {
  page = openPage();
});

const note = (at, cluster = null, text = `note number ${at}`) => ({ id: `n${at}`, text, resonance: null, cluster });
const many = (count, make = (at) => note(at)) => Array.from({ length: count }, (_, at) => make(at));
const revealed = (notes, more = {}) => wallRound("revealed", { results: { notes, hidden: 0, too_few: false }, ...more });
const headings = () => [...page.root.querySelectorAll(".psy-wall__group")].map((node) => node.textContent);
const ids = () => [...page.root.querySelectorAll("[data-note]")].map((node) => node.dataset.note);

test("groups hang together, the largest first, and within a group nothing is moved", () => {
  const notes = [note(0), note(1, 1), note(2, 0), note(3), note(4, 1), note(5, 0)];
  assert.deepEqual(grouped(notes).map(({ id }) => id), ["n2", "n5", "n1", "n4", "n0", "n3"]);
  assert.deepEqual(grouped(many(60)), many(60), "without groups the order is the server's");
});

test("each group has a line that says how many, and follows when one is taken down", () => {
  const notes = [note(0), note(1, 0), note(2, 0), note(3, 0), note(4, 1), note(5, 1)];
  const view = createWallView(page.root, { mode: "phone" });
  view.update(revealed(notes));
  assert.deepEqual(headings(), ["3 notes that read alike", "2 notes that read alike", "Each by itself"]);
  const kept = page.root.querySelector("[data-note=n4]");
  view.update(revealed(notes.filter(({ id }) => id !== "n5")));
  assert.deepEqual(headings(), ["3 notes that read alike", "1 note", "Each by itself"]);
  assert.equal(page.root.querySelector("[data-note=n4]"), kept, "the others stay where they are");
  view.update(revealed([note(0), note(1)]));
  assert.deepEqual(headings(), []);
});

test("taps on a grouped wall are those notes that were tapped", async () => {
  const sent = [];
  const view = createWallView(page.root, { mode: "phone", selectable: true, onSubmitResonance: async (list) => sent.push(list) });
  view.update(revealed([note(0), note(1, 0), note(2, 0)], { resonance: "open" }));
  page.root.querySelector("[data-note=n0] button").click();
  button(page.root, "Send 1").click();
  await settle();
  assert.deepEqual(sent, [["n0"]]);
});

test("the pages hold every note once and in order, whatever the texts", () => {
  const texts = ["a", "word ".repeat(90).trim(), "x".repeat(500), "我".repeat(200), "", "short one"];
  const notes = many(500, (at) => note(at, null, texts[at % texts.length]));
  const sheets = sheetsOf(notes);
  assert.equal(sheets[0].from, 0);
  assert.equal(sheets.at(-1).to, 500);
  sheets.forEach(({ from, to }, at) => {
    assert.ok(to > from);
    if (at > 0) assert.equal(from, sheets[at - 1].to);
  });
  assert.deepEqual(sheetsOf(notes), sheets, "the screen and the console come to the same");
});

test("short notes share a page, long ones have it to themselves", () => {
  const short = sheetsOf(many(100, (at) => note(at, null, "Asking")));
  const long = sheetsOf(many(100, (at) => note(at, null, "word ".repeat(80))));
  assert.ok(short.length < 12, `${short.length} pages`);
  assert.ok(long.length > 60, `${long.length} pages`);
});

test("a group that fits on one page is not torn apart where the page before is half full", () => {
  const sheets = sheetsOf(many(60, (at) => note(at, Math.floor(at / 5), "Asking for help with something")));
  for (const { from, to } of sheets) {
    assert.ok(to - from >= 5);
    assert.equal(from % 5, 0);
  }
});

test("a wall is large from 41 notes on", () => {
  assert.equal(isLarge(many(40)), false);
  assert.equal(isLarge(many(41)), true);
});

test("on the screen a large wall hangs page by page, as the leader turns it, and never more than a page at once", () => {
  let said = "";
  let most = 0;
  const list = document.createElement("ul");
  page.root.append(list);
  const show = (notes) => {
    most = Math.max(most, notes.length);
    list.replaceChildren(...notes.map(({ id }) => Object.assign(document.createElement("li"), { id })));
  };
  const notes = many(500);
  const sheets = sheetsOf(notes);
  const pages = createScreenPages(list, show, (text) => (said = text));
  pages.update(notes);
  assert.equal(said, `1–${sheets[0].to} / 500`);
  pages.update(notes, 7);
  assert.equal(said, `${sheets[7].from + 1}–${sheets[7].to} / 500`);
  pages.update(notes, null);
  assert.equal(said, `${sheets[7].from + 1}–${sheets[7].to} / 500`, "the page stays until it is turned");
  pages.update(notes, 999);
  assert.equal(said.split(" ").at(-1), "500");
  assert.ok(said.includes("–500 "), said);
  assert.ok(most <= 20);
  pages.destroy();
});

function console_(more = {}) {
  const sent = [];
  const wall = document.createElement("div");
  const big = createBigWall({ wall, run: async (command) => sent.push(command) > 0 });
  page.root.append(big.node, wall);
  const notes = more.notes || many(100, (at) => note(at, null, at === 77 ? "Café to the lighthouse" : `note number ${at}`));
  const update = (screen_page) => big.update({ round: revealed(notes), screen_page });
  const field = page.root.querySelector("input");
  const find = (text) => {
    field.value = text;
    field.dispatchEvent(new window.Event("input"));
  };
  return { big, wall, notes, sent, update, find };
}

test("the console turns the screen's pages", async () => {
  const { sent, update, notes } = console_();
  update(null);
  assert.ok(page.root.textContent.includes("turn by themselves"));
  assert.equal(button(page.root, "Page before").disabled, true);
  button(page.root, "Next page").click();
  await settle();
  update(0);
  assert.ok(page.root.textContent.includes(`page 1 of ${sheetsOf(notes).length}`));
  button(page.root, "Next page").click();
  button(page.root, "Next page").click();
  await settle();
  update(1);
  button(page.root, "Let the pages turn by themselves").click();
  await settle();
  assert.deepEqual(sent.map((command) => command.page), [0, 1, null], "a hasty second press is not sent");
  assert.ok(sent.every(({ command }) => command === "turn_screen"));
  update(sheetsOf(notes).length - 1);
  assert.equal(button(page.root, "Next page").disabled, true);
});

test("the console finds a note by its words and hangs its page", async () => {
  const { wall, sent, notes, update, find } = console_();
  update(null);
  find("LIGHTHOUSE cafe");
  assert.equal(wall.hidden, true);
  assert.ok(page.root.textContent.includes("1 note says that."));
  button(page.root, "Show on the screen").click();
  await settle();
  const { from, to } = sheetsOf(notes)[sent[0].page];
  assert.ok(from <= 77 && 77 < to);
  find("nothing like it");
  assert.ok(page.root.textContent.includes("No note says that."));
  find(" ");
  assert.equal(wall.hidden, false);
});

test("a wall that is not large has none of it", () => {
  const { big, wall, update } = console_({ notes: many(40) });
  update(null);
  assert.equal(big.node.hidden, true);
  assert.equal(wall.hidden, false);
});
