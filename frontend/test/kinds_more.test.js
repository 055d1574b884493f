import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { kindOf } from "../src/kinds/index.js";
import { createMedia, filmText } from "../src/kinds/media.js";
import { cardComplaint } from "../src/kinds/paper_tools.js";
import { dayText } from "../src/lib/i18n.js";
import { createStore } from "../src/lib/storage.js";
import { createScenes } from "../src/screen/scenes.js";
import { createSeatView } from "../src/seat/seat_view.js";
import { pageText, paginate } from "../src/wall/layout.js";
import { CHOICE, PULSE, TALK, button, counted, fakeArea, kindRound, openPage, seatState, settle, wallRound } from "./support/page.js";

let page;
let made = [];
beforeEach(() => {
  page = openPage();
});
afterEach(() => {
  for (const one of made) one.destroy();
  made = [];
});

function onSeat(state) {
  const view = createSeatView(page.root, {
    api: { post: async () => ({}) }, store: createStore({ key: "me", area: fakeArea() }),
  });
  made.push(view);
  view.update(state);
  return page.root.textContent;
}

function onScreen(state) {
  const scenes = createScenes(page.root, { loadQr: async () => new Blob() });
  made.push(scenes);
  scenes.update(state, 0);
  return page.root.textContent;
}

const paper = (more) => wallRound("collecting", { activity: { ...wallRound().activity, paper: true }, answers: 0, ...more });

test("a wall on paper: seats look up, and cannot answer", () => {
  assert.match(onSeat(seatState(paper())), /This time on paper\.Look up\./);
  assert.equal(page.root.querySelector("textarea, .psy-pair"), null);
  assert.match(onScreen(seatState(paper())), /This time on paper\./);
});

function cards({ phone = false, run = async () => true, id = "p1" } = {}) {
  const state = seatState(paper({ id }));
  const tools = kindOf(state.round.activity).leaderTools({ state, run, phone });
  tools.update(state);
  page.root.replaceChildren(tools.node);
  return tools;
}

test("the leader types the shuffled cards, masked on the laptop", async () => {
  const commands = [];
  const tools = cards({ run: async (command) => commands.push(command) > 0 });
  assert.ok(tools.node.classList.contains("psy-tool--veiled"));
  assert.match(tools.node.textContent, /capital letters.*Shuffle the cards before you type them/);
  const field = page.root.querySelector("textarea");
  button(page.root, "Add card").click();
  assert.match(page.root.querySelector("[role=alert]").textContent, /Type the card first/);
  field.value = " ASK TWICE ";
  field.dispatchEvent(new page.window.Event("input"));
  button(page.root, "Add card").click();
  await settle();
  assert.deepEqual(commands, [{ command: "add_card", text: "ASK TWICE" }]);
  assert.equal(field.value, "");
  tools.update(seatState(paper({ answers: 5 })));
  assert.match(tools.node.textContent, /5 cards are typed/);
  assert.ok(!cards({ phone: true }).node.classList.contains("psy-tool--veiled"));
});

test("a card that was refused stays, also when the stage is made anew", async () => {
  const refused = { run: async () => false, id: "p2" };
  cards(refused);
  const field = page.root.querySelector("textarea");
  field.value = "SHOUT";
  field.dispatchEvent(new page.window.Event("input"));
  button(page.root, "Add card").click();
  await settle();
  assert.equal(field.value, "SHOUT");
  cards(refused);
  assert.equal(page.root.querySelector("textarea").value, "SHOUT");
  assert.match(cardComplaint("x".repeat(21), 20), /too long/);
});

test("a wall on devices has no such tools", () => {
  const state = seatState(wallRound());
  assert.equal(kindOf(state.round.activity).leaderTools({ state, run: async () => true, phone: true }), null);
});

test("a talk that stands in for something says what to do without devices", () => {
  const said = (instead, more = {}) => onScreen(seatState(kindRound({ ...TALK, instead_of: instead, ...more }, "revealed")));
  assert.match(said("wall"), /on a card in capital letters.*Nobody asks who wrote it\./);
  assert.match(said("pulse", { points: ["<b>One</b>", "Two"] }), /Go through the statements.*<b>One<\/b>Two/);
  assert.match(said("choice"), /Go through the answers/);
  assert.match(said(""), /Turn to one other person/);
  assert.equal(page.root.querySelector("b"), null);
});

test("each kind says beforehand what it becomes with too few people", () => {
  for (const kind of ["wall", "talk", "choice", "pulse", "commitments"]) {
    assert.match(kindOf({ kind }).words().instead, /^[A-Z].*\.$/, kind);
  }
});

const RECALL = { ...CHOICE, recall: { commitments: ["When <i>we</i> err"], due: "2026-11-24" } };

test("a question about what was agreed on recalls it, on phones and on the screen", () => {
  assert.match(onSeat(seatState(kindRound(RECALL))), /to look at on 24 November:.*When <i>we<\/i> err.*In the meeting/);
  const results = counted({ id: "choice", counts: { o1: 2, o2: 5, o3: 0 }, total: 7 });
  assert.match(onScreen(seatState(kindRound(RECALL))), /When <i>we<\/i> err.*In the meeting/);
  assert.match(onScreen(seatState(kindRound(RECALL, "revealed", { results }))), /When <i>we<\/i> err.*2 of 7/);
  assert.equal(page.root.querySelector("i"), null);
});

test("this time and last time stand beside each other, each as it may be told", () => {
  const rated = { id: "s1", counts: { 1: 0, 2: 1, 3: 2, 4: 3, 5: 1 }, total: 7, mean: 3.6, spread: 0.9 };
  const results = counted({ ...rated, before: { id: "s1", most: [1, 2] } }, { id: "s2", most: [4, 5], before: { ...rated, mean: 2.4 } });
  const said = onSeat(seatState(kindRound(PULSE, "revealed", { results })));
  assert.match(said, /Last timeMost of us: 1–2This time.*Mean 3\.6/);
  assert.match(said, /Last time.*Mean 2\.4.*This timeMost of us: 4–5/);
});

test("a picture of this site, a film as a link with its address in words", () => {
  const media = createMedia({ picture: "/static/p.png", picture_alt: "Two hands", video: "https://www.films.test/a/b/?t=1" });
  assert.equal(media.querySelector("img").alt, "Two hands");
  const link = media.querySelector("a");
  assert.equal(link.textContent, "Film: films.test/a/b");
  assert.equal(link.rel, "noopener noreferrer");
  assert.equal(link.target, "_blank");
  for (const wrong of ["//other.test/p.png", "https://other.test/p.png", "/\\other.test"]) assert.equal(createMedia({ picture: wrong }), null);
  assert.deepEqual(["javascript:alert(1)", "http://films.test/a", ""].map(filmText), ["", "", ""]);
  assert.ok(filmText(`https://films.test/${"a".repeat(90)}`).length <= 40);
  onSeat(seatState(wallRound("collecting", { activity: { ...wallRound().activity, picture: "/static/p.png" } })));
  assert.equal(page.root.querySelector("img"), null, "not on phones");
});

test("looking back: as it was, quietly, a talk without its clock", () => {
  const ends = new Date(Date.now() + 120000).toISOString();
  const talk = seatState(kindRound(TALK, "closed", { ends_at: ends }), { looking_back: true });
  assert.match(onSeat(talk), /We look back\..*How is it here\?/);
  assert.doesNotMatch(page.root.textContent, /left/);
  assert.match(onScreen(talk), /We look back.*How is it here\?/);
  assert.doesNotMatch(page.root.textContent, /min left/);
  const results = counted({ id: "choice", most: ["o1"] });
  assert.match(onSeat(seatState(kindRound(CHOICE, "closed", { results }), { looking_back: true })), /We look back\..*Most of us: In the meeting/);
});

test("the screen of a rehearsal says so", () => {
  assert.match(onScreen(seatState(wallRound(), { rehearsal: true })), /^Rehearsal with a pretend team/);
  assert.equal(page.root.querySelector(".psy-room__ribbon").hidden, false);
});

test("pages hold what fits; a long text does not spread all others over many", () => {
  const long = new Set([3]);
  const fits = (from, to) => to - from <= 4 && (to - from === 1 || ![...long].some((at) => at >= from && at < to));
  const pages = paginate(10, [8, 4, 2, 1], fits);
  assert.deepEqual(pages.map(({ from, to }) => [from, to]), [[0, 2], [2, 3], [3, 4], [4, 8], [8, 10]]);
  assert.deepEqual(paginate(26, [24], () => true), [{ from: 0, to: 13 }, { from: 13, to: 26 }]);
  assert.deepEqual(paginate(0, [24], () => true), []);
  assert.equal(paginate(3, [2, 1], () => false).length, 3, "what never fits still shows");
  assert.deepEqual([pageText({ from: 8, to: 16 }, 3, 20), pageText({ from: 2, to: 3 }, 3, 3), pageText({ from: 0, to: 3 }, 1, 3)], ["9–16 / 20", "3 / 3", ""]);
});

test("a day is a day in every time zone", () => {
  const year = new Date().getFullYear();
  assert.equal(dayText(`${year}-12-22`), "22 December");
  assert.equal(dayText("2031-01-01"), "1 January 2031");
  assert.deepEqual([null, "", "soon"].map(dayText), ["", "", ""]);
});
