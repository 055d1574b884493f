import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { kindName, kindOf } from "../src/kinds/index.js";
import { spreadText } from "../src/kinds/pulse.js";
import { agendaItem } from "../src/doorway/agenda_item.js";
import { createStage } from "../src/leader/stage.js";
import { createScenes, roomScene } from "../src/screen/scenes.js";
import { CHOICE, PULSE, TALK, counted, kindRound, openPage, seatState, wallRound } from "./support/page.js";

let page;
let made = [];

beforeEach(() => {
  page = openPage();
});
afterEach(() => {
  for (const one of made) one.destroy();
  made = [];
});

function onStage(activity, results, phase = "revealed") {
  const state = seatState(kindRound(activity, phase, { results }), { role: "leader" });
  const stage = createStage({ state, onHide: async () => {}, live: true });
  stage.update(state, 0);
  made.push(stage);
  page.root.replaceChildren(stage.element);
  return stage.element;
}

function onScreen(round) {
  const scenes = createScenes(page.root, { loadQr: async () => new Blob() });
  made.push(scenes);
  scenes.update(seatState(round, { role: "screen" }), 0);
  return page.root;
}

const rows = (root) => [...root.querySelectorAll(".psy-results > li")].map((row) => row.textContent.trim());
const NUMBERS = { id: "choice", counts: { o1: 2, o2: 5, o3: 0 }, total: 7 };
const RATED = { id: "s1", counts: { 1: 0, 2: 1, 3: 2, 4: 3, 5: 1 }, total: 7, mean: 3.6, spread: 0.9 };

test("counts stand in words beside each bar, and what an author wrote is text", () => {
  const root = onStage(CHOICE, counted(NUMBERS));
  assert.deepEqual(rows(root), ["In the meeting 2 of 7", "<b>One</b> to one 5 of 7", "Nowhere 0 of 7"]);
  assert.equal(root.querySelector("b"), null);
  const fills = [...root.querySelectorAll(".psy-part__fill")];
  assert.deepEqual(fills.map((fill) => fill.style.getPropertyValue("--psy-part")), ["28.6%", "71.4%", "0%"]);
  assert.ok(fills.every((fill) => fill.closest("[aria-hidden=true]")));
});

test("agreement is one sentence without a number of people", () => {
  const root = onStage(CHOICE, counted({ id: "choice", most: ["o1"] }));
  assert.deepEqual(rows(root), ["Most of us: In the meeting"]);
  assert.equal(root.querySelector(".psy-part"), null);
  assert.doesNotMatch(rows(root).join(), /\d/);
  const rated = onStage(PULSE, counted({ id: "s1", most: [4, 5] }, { id: "s2", most: [2] }));
  assert.match(rows(rated)[0], /Most of us: 4–5$/);
  assert.match(rows(rated)[1], /Most of us: 2$/);
  assert.equal(rated.querySelector(".psy-spread"), null);
  assert.doesNotMatch(rated.textContent, /Mean|spread|\d of \d/);
});

test("too few: no number at all, for one statement or for all", () => {
  assert.match(onStage(CHOICE, counted({ id: "choice", too_few: true })).textContent, /Too few to show\./);
  assert.deepEqual(rows(page.root), []);
  const root = onStage(PULSE, counted(RATED, { id: "s2", too_few: true }));
  assert.match(rows(root)[1], /Too few to show\.$/);
  assert.doesNotMatch(rows(root)[1], /\d/);
  assert.match(onStage(PULSE, { notes: [], hidden: 0, too_few: true }).textContent, /Too few to show\./);
});

test("a pulse shows the distribution, the mean and the spread, and marks what is reversed", () => {
  const root = onStage(PULSE, counted(RATED, { ...RATED, id: "s2" }));
  const [first, second] = root.querySelectorAll(".psy-rated");
  const said = [...first.querySelectorAll(".psy-sr")].map((node) => node.textContent);
  assert.deepEqual(said, ["1: 0 of 7", "2: 1 of 7", "3: 2 of 7", "4: 3 of 7", "5: 1 of 7"]);
  assert.match(first.textContent, /Mean 3\.6 apart \(spread 0\.9\)/);
  assert.doesNotMatch(first.textContent, /low number/);
  assert.match(second.textContent, /Here a low number is good\./);
  assert.equal(root.querySelector("i"), null);
});

test("the spread in words", () => {
  assert.deepEqual([0.7, 0.8, 1.2, 1.3].map((value) => spreadText(value).replace(/ \(.*/, "")),
    ["close together", "apart", "apart", "far apart"]);
});

test("nothing of a round is drawn again while nothing changes", () => {
  const state = seatState(kindRound(CHOICE, "revealed", { results: counted(NUMBERS) }));
  const stage = createStage({ state, onHide: async () => {}, live: true });
  stage.update(state, 0);
  const before = stage.element.querySelector("li");
  stage.update(JSON.parse(JSON.stringify(state)), 0);
  assert.equal(stage.element.querySelector("li"), before);
});

test("the leader's stage: the options while the room chooses, no tools after the reveal", () => {
  assert.match(onStage(CHOICE, null, "collecting").textContent, /In the meeting.*Everybody answers in silence\./);
  assert.match(onStage(PULSE, null, "collecting").textContent, /2 statements on your own device/);
  assert.equal(onStage(CHOICE, counted(NUMBERS)).querySelector("button"), null);
  assert.match(onStage(TALK, null).textContent, /In pairs.*Whoever <u>slept<\/u> best/);
});

test("the screen shows question and options, then results, page after page, without controls", () => {
  assert.match(onScreen(kindRound(CHOICE)).textContent, /How is it here\?.*<b>One<\/b> to one.*Not enough have answered yet/);
  assert.match(onScreen(kindRound(TALK, "revealed")).textContent, /In pairs.*How is it here\?/);
  const statements = Array.from({ length: 10 }, (_, at) => ({ id: `s${at}`, text: `Statement ${at}.`, reversed: false }));
  const results = counted(...statements.map(({ id }) => ({ ...RATED, id })));
  const root = onScreen(kindRound({ kind: "pulse", statements }, "revealed", { results }));
  assert.match(root.textContent, /1–4 \/ 10/);
  assert.equal(rows(root).length, 4);
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
  assert.match(rows(root)[0], /^Statement 4\./);
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
  assert.match(root.textContent, /9–10 \/ 10/);
  assert.equal(root.querySelectorAll("button, input").length, 0);
});

test("a talk that is closed leaves a pause on the screen, everything else hangs on", () => {
  assert.equal(roomScene(seatState(kindRound(TALK, "revealed"))), "wall");
  assert.equal(roomScene(seatState(kindRound(TALK, "closed"))), "pause");
  assert.equal(roomScene(seatState(kindRound(CHOICE, "closed", { results: counted(NUMBERS) }))), "wall");
});

test("the agenda says in plain words what each line is", () => {
  const line = (kind) => agendaItem({ kind, title: "<b>Now</b>", minutes: 5, status: "waiting" });
  assert.equal(line("talk").textContent, "<b>Now</b>Talkabout 5 minutes");
  assert.equal(line("pulse").querySelector("b"), null);
  assert.deepEqual(["talk", "choice", "pulse", "wall", "constructor", undefined].map((kind) => kindName({ kind })),
    ["Talk", "One question to choose from", "Statements to rate", "Wall of notes", "", ""]);
});

test("what is no kind here is treated as a wall", () => {
  assert.equal(kindOf({ kind: "toString" }), kindOf(wallRound().activity));
  assert.equal(kindOf(null), kindOf({ kind: "wall" }));
});
