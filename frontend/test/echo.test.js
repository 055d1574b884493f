import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { wall } from "../src/kinds/wall.js";
import { taskOf } from "../src/leader/pretend.js";
import { createStore } from "../src/lib/storage.js";
import { createSeatWall } from "../src/seat/seat_wall.js";
import { coverView } from "../src/tablet/views.js";
import { isDone, occasionOf, purposeOf } from "../src/tablet/turns.js";
import { countedWords } from "../src/wall/counted.js";
import { createEchoView, echoAsRound } from "../src/wall/echo_view.js";
import { button, fakeArea, openPage, seatState, settle, wallRound } from "./support/page.js";

let page;
let made;
beforeEach(() => {
  page = openPage();
  made = null;
});
afterEach(() => made && made.destroy());

const OWN = [{ id: "o1", text: "Ask for help", resonance: 4 }, { id: "o2", text: "Say no", resonance: null }];
const OTHERS = [{ id: "7", text: "To ask <b>for</b> help", people: null }, { id: "8", text: "Admit it", people: null }];
const echoOf = (more = {}) => ({ source: "pool", phase: "open", notes: OTHERS, near: {}, progress: "few", ...more });
const echoing = (echo = {}, more = {}) => wallRound("revealed", {
  results: { notes: OWN, hidden: 0, too_few: false }, resonance: "counted", echoed: false, echo: echoOf(echo), ...more,
});
const EXAMPLES = { source: "examples", phase: "counted", progress: null, notes: [{ id: "e0", text: "An example", people: null }] };

const region = () => page.root.querySelector("section.psy-echo");
const name = () => document.getElementById(region().getAttribute("aria-labelledby")).textContent;
const texts = (root) => [...root.querySelectorAll("li .psy-note__text")].map((node) => node.textContent);

function seat({ reply = async () => ({ status: 202, body: { counted: true } }), area = fakeArea() } = {}) {
  const sent = [];
  const said = [];
  const tools = createSeatWall({
    api: { post: async (path, body) => { sent.push([path, body]); return reply(); } },
    store: createStore({ key: "me", area }),
    say: (text) => said.push(text),
  });
  page.root.append(tools.echo, tools.place);
  made = tools;
  return { tools, sent, said, area };
}

test("a number is told in words: exactly, at least, and of the own team", () => {
  assert.deepEqual(countedWords({ people: 41, teams: 9, exact: true }), {
    full: "41 people in 9 teams could have written this", short: "41 people in 9 teams",
  });
  assert.equal(countedWords({ people: 5, teams: 3, exact: false }).full, "At least 5 people in at least 3 teams could have written this");
  assert.equal(countedWords(6).full, "6 of us could have written this");
});

test("the echo is a region of its own, named after where it comes from, whatever it contains", () => {
  made = createEchoView({ mode: "phone", level: "h2" });
  page.root.append(made.node);
  made.update(echoing({}, { echo: null }));
  assert.equal(region().hidden, true);
  made.update(echoing());
  assert.equal(region().hidden, false);
  assert.equal(name(), "From other teams");
  assert.deepEqual(texts(region()), ["To ask <b>for</b> help", "Admit it"]);
  assert.equal(region().querySelectorAll("b").length, 0);
});

test("examples are never taken for other teams, and cannot be tapped", () => {
  const { tools } = seat();
  tools.update(echoing(EXAMPLES));
  assert.equal(name(), "Examples, written by the course’s authors");
  assert.doesNotMatch(region().textContent, /From other teams/);
  assert.equal(region().querySelectorAll("button.psy-note").length, 0);
});

test("a note that reads like one of the team's shows that one beside it, and only where it hangs", () => {
  const seen = echoAsRound(echoing({ near: { o1: ["7"], gone: ["7", "8"] } }));
  assert.deepEqual(seen.results.notes.map(({ near }) => near), ["Ask for help", undefined]);
  made = createEchoView({ mode: "phone", level: "h2" });
  page.root.append(made.node);
  made.update(echoing({ near: { o1: ["7"] } }));
  const [first, second] = region().querySelectorAll("li");
  assert.equal(first.textContent.trim(), "Your team wrote Ask for help Another team wrote To ask <b>for</b> help");
  assert.equal(second.textContent, "Admit it");
});

test("taps on the echo go to ./echo once, and leave the own wall alone", async () => {
  const { tools, sent, said, area } = seat();
  tools.update(echoing());
  assert.equal(tools.place.querySelectorAll("button.psy-note").length, 0, "the own wall is counted");
  region().querySelectorAll("button.psy-note")[1].click();
  assert.match(area.dump(), /taps:echo/);
  button(region(), "Send 1").click();
  await settle();
  assert.deepEqual(sent, [["echo", { round: "r1", notes: ["8"] }]]);
  assert.ok(said.includes("Counted."));
  assert.equal(region().querySelectorAll("button.psy-note").length, 0);
  tools.update(echoing({ phase: "counted", progress: null }));
  assert.doesNotMatch(area.dump(), /taps:echo/, "nothing is kept of what was tapped");
});

test("none of them counts as well", async () => {
  const { tools, sent } = seat();
  tools.update(echoing());
  button(region(), "None of them").click();
  await settle();
  assert.deepEqual(sent, [["echo", { round: "r1", notes: [] }]]);
});

test("numbers hang on the echo when it is counted, not before", () => {
  const { tools } = seat();
  const notes = [{ ...OTHERS[0], people: { people: 41, teams: 9, exact: true } }, OTHERS[1]];
  tools.update(echoing({ notes }));
  assert.equal(region().querySelectorAll(".psy-note__count").length, 0);
  tools.update(echoing({ notes, phase: "counted", progress: null }));
  assert.deepEqual([...region().querySelectorAll(".psy-note__count")].map((node) => node.textContent),
    ["41 people in 9 teams could have written this"]);
});

test("who listens hears one line when the echo opens, and none who comes later", () => {
  const { tools, said } = seat();
  tools.update(echoing({}, { echo: null }));
  tools.update(echoing());
  tools.update(echoing({ progress: "enough" }));
  assert.deepEqual(said, ["Notes from other teams are here, above your own wall."]);
  made.destroy();
  page = openPage();
  const later = seat();
  later.tools.update(echoing());
  assert.deepEqual(later.said, []);
});

test("the leader reports a note of the echo where nobody else sees it, and hides none of it", async () => {
  const reported = [];
  const on = { onHide: async () => {}, onReport: async (note) => reported.push(note) };
  made = wall.leaderShown({ state: { round: echoing() }, ...on });
  page.root.append(...made.nodes);
  made.update({ round: echoing() }, { first: false });
  button(region(), "Report a note").click();
  region().querySelectorAll(".psy-note__pick")[1].click();
  button(region(), "Report it").click();
  await settle();
  assert.deepEqual(reported, ["8"]);
  assert.doesNotMatch(region().textContent, /taken down/);
  made.update({ round: echoing({ notes: [OTHERS[0]] }) }, { first: false });
  assert.deepEqual(texts(region()), ["To ask <b>for</b> help"]);
  assert.doesNotMatch(region().textContent, /taken down/);

  made.destroy();
  page = openPage();
  made = wall.leaderShown({ state: { round: echoing() }, onHide: on.onHide });
  page.root.append(...made.nodes);
  made.update({ round: echoing() }, { first: false });
  assert.doesNotMatch(region().textContent, /Report|Hide/, "not on the laptop that the room sees");
});

test("the tablet goes round once more for the echo, and not for examples", () => {
  const state = seatState(echoing());
  assert.equal(purposeOf(state), "echo");
  assert.notEqual(occasionOf(state), occasionOf(seatState(echoing({}, { echo: null, resonance: "open" }))));
  assert.equal(isDone(state), false);
  assert.equal(isDone(seatState(echoing({}, { echoed: true, resonated: false }))), true);
  assert.equal(purposeOf(seatState(echoing(EXAMPLES))), null);
  const cover = coverView({ purpose: "echo", share: 6, onTurn() {} });
  cover.update(state);
  assert.match(cover.node.textContent, /Which notes of other teams could you have written\?/);
});

test("a pretend team has the echo as a task of its own", () => {
  assert.equal(taskOf(seatState(echoing())), "r1:echo");
  assert.equal(taskOf(seatState(echoing(EXAMPLES))), "");
});
