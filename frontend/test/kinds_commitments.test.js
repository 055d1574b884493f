import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { standText } from "../src/kinds/commitments.js";
import { complaint, localDay } from "../src/kinds/commitments_tools.js";
import { kindOf } from "../src/kinds/index.js";
import { createStore } from "../src/lib/storage.js";
import { createScenes } from "../src/screen/scenes.js";
import { createSeatView } from "../src/seat/seat_view.js";
import { COMMITMENTS, button, counted, fakeArea, kindRound, openPage, seatState, settle } from "./support/page.js";

const UNWRITTEN = { ...COMMITMENTS, commitments: [], due: null };
let page;
let area;
let sent;
let view;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: Date.parse("2026-11-24T12:00:00Z") });
  page = openPage();
  area = fakeArea();
  sent = [];
});

afterEach(() => {
  if (view) view.destroy();
  view = null;
  mock.timers.reset();
});

function open(state, more = {}) {
  if (view) view.destroy();
  const post = async (path, body) => {
    sent.push(body.answer);
    return { status: 202, body: { counted: true } };
  };
  view = createSeatView(page.root, { api: { post }, store: createStore({ key: "me", area }), ...more });
  view.update(state);
}

async function pass(ms) {
  for (let done = 0; done < ms; done += 200) {
    mock.timers.tick(200);
    await settle();
  }
}

const asked = (activity = COMMITMENTS, more) => seatState(kindRound(activity, "collecting", more));
const text = () => page.root.textContent;
const boxes = () => [...page.root.querySelectorAll("input")];
const alertText = () => page.root.querySelector("[role=alert]").textContent;

test("before the sentences are written a seat only waits, and then answers by itself", () => {
  open(asked(UNWRITTEN));
  assert.match(text(), /Your team is agreeing on something\.Look up\./);
  assert.equal(boxes().length, 0);
  view.update(asked());
  assert.match(text(), /When <b>we<\/b> do not know.*I stand behind this/);
  assert.equal(page.root.querySelector("b"), null);
  assert.deepEqual(boxes().map((input) => input.type), ["checkbox", "checkbox", "checkbox"]);
  assert.equal(button(page.root, "Pass").className, button(page.root, "Send").className);
  assert.ok(page.root.querySelector(".psy-promise").textContent.split(/\s+/).length <= 41);
});

test("nothing is sent by accident, and none of them is an answer", async () => {
  open(asked());
  button(page.root, "Send").click();
  assert.match(alertText(), /None of them/);
  boxes()[0].click();
  boxes()[2].click();
  assert.deepEqual(boxes().map((input) => input.checked), [false, false, true], "none takes the ticks back");
  open(asked());
  assert.deepEqual(boxes().map((input) => input.checked), [false, false, true], "and is kept over a reload");
  button(page.root, "Send").click();
  await pass(5400);
  assert.deepEqual(sent, [{ stand: [] }]);
  assert.equal(area.dump(), "");
});

test("ticks are sent by the sentences' names", async () => {
  open(asked());
  boxes()[2].click();
  boxes()[1].click();
  assert.equal(boxes()[2].checked, false, "a tick takes none back");
  button(page.root, "Send").click();
  await pass(5400);
  assert.deepEqual(sent, [{ stand: ["c2"] }]);
});

test("a corrected text asks anew, also while an answer to the old one waits", async () => {
  open(asked());
  boxes()[0].click();
  button(page.root, "Send").click();
  await pass(1000);
  view.update(asked({ ...COMMITMENTS, commitments: [{ id: "c1", text: "Something else" }] }));
  await pass(9000);
  assert.deepEqual(sent, [], "nobody stands behind what they have not read");
  assert.match(text(), /The text was corrected\. Please look again\./);
  assert.match(text(), /Something else/);
  assert.ok(boxes().every((input) => !input.checked));
});

test("on a mirrored laptop the answer is a masked digit for each sentence", async () => {
  open(asked(), { veiled: true });
  assert.deepEqual(boxes().map((input) => input.type), ["password", "password"]);
  const type = (at, value) => {
    boxes()[at].value = value;
    boxes()[at].dispatchEvent(new page.window.Event("input"));
  };
  type(0, "2");
  button(page.root, "Send").click();
  assert.match(alertText(), /Type 1 or 2 for each/);
  type(1, "1");
  button(page.root, "Send").click();
  await pass(5400);
  assert.deepEqual(sent, [{ stand: ["c2"] }]);
});

test("how many stand behind it, in the ways in which it may be told", () => {
  assert.equal(standText({ id: "c1", counts: { stand: 5, not: 2 }, total: 7 }), "5 of 7 stand behind this.");
  assert.equal(standText({ id: "c1", most: ["stand"] }), "Most of us stand behind this.");
  assert.equal(standText({ id: "c1", most: ["not"] }), "Most of us do not stand behind this yet.");
  assert.equal(standText({ id: "c1", too_few: true }), "Too few to show.");
});

test("the sentences stand there whatever may be told, and where nobody was counted", () => {
  const results = counted({ id: "c1", too_few: true }, { id: "c2", too_few: true });
  open(seatState(kindRound(COMMITMENTS, "revealed", { results })));
  assert.match(text(), /When <b>we<\/b> do not know.*Too few to show\./);
  assert.match(text(), /We look again on 22 December\./);
  open(seatState(kindRound({ ...UNWRITTEN, counted: false }, "revealed")));
  assert.match(text(), /is written down here/);
  view.update(seatState(kindRound({ ...COMMITMENTS, counted: false }, "revealed")));
  assert.match(text(), /When <b>we<\/b> do not know/);
  assert.doesNotMatch(text(), /stand behind|too few|written down here/i);
  view.update(seatState(kindRound({ ...COMMITMENTS, counted: false }, "closed")));
  assert.match(text(), /Look up\..*When <b>we<\/b> do not know/);
});

test("the screen follows what the leader writes and corrects", () => {
  const scenes = createScenes(page.root, { loadQr: async () => new Blob() });
  scenes.update(seatState(kindRound(UNWRITTEN)), 0);
  assert.match(text(), /How is it here\?Your team is agreeing on something\./);
  scenes.update(seatState(kindRound(COMMITMENTS)), 0);
  assert.match(text(), /When <b>we<\/b> do not know.*We look again on 22 December\./);
  scenes.update(seatState(kindRound({ ...COMMITMENTS, due: "2027-01-05" })), 0);
  assert.match(text(), /We look again on 5 January 2027\./);
  scenes.destroy();
});

function tools(activity = UNWRITTEN, { run = async () => true, id = "k1" } = {}) {
  const state = seatState(kindRound(activity, "collecting", { answers: 0, id }));
  const made = kindOf(activity).leaderTools({ state, run, phone: false });
  made.update(state);
  page.root.replaceChildren(made.node);
  return made;
}

function type(at, value) {
  const field = page.root.querySelectorAll("textarea")[at];
  field.value = value;
  field.dispatchEvent(new page.window.Event("input"));
}

test("the leader writes one to three sentences and a date, and all see them", async () => {
  const commands = [];
  tools(UNWRITTEN, { run: async (command) => commands.push(command) > 0, id: "w1" });
  const due = page.root.querySelector("input[type=date]");
  assert.equal(due.value, "2026-12-22");
  assert.equal(due.min, "2026-11-24");
  button(page.root, "Show it to all").click();
  assert.match(page.root.querySelector("[role=alert]").textContent, /Write one sentence first/);
  button(page.root, "One more sentence").click();
  button(page.root, "One more sentence").click();
  assert.throws(() => button(page.root, "One more sentence"));
  type(0, " When we err, we will say so. ");
  type(2, "When we are late, we will call.");
  button(page.root, "Show it to all").click();
  await settle();
  assert.deepEqual(commands, [{
    command: "set_commitments", due: "2026-12-22", commitments: ["When we err, we will say so.", "When we are late, we will call."],
  }]);
  assert.match(text(), /All see it now/);
});

test("what was typed survives a refusal, a poll and that the stage is made anew", async () => {
  const made = tools(UNWRITTEN, { run: async () => false, id: "w2" });
  type(0, "When we");
  button(page.root, "Show it to all").click();
  await settle();
  made.update(seatState(kindRound(UNWRITTEN, "collecting", { answers: 0, id: "w2" })));
  assert.equal(page.root.querySelector("textarea").value, "When we");
  tools(UNWRITTEN, { id: "w2" });
  assert.equal(page.root.querySelector("textarea").value, "When we");
  tools(UNWRITTEN, { id: "w3" });
  assert.equal(page.root.querySelector("textarea").value, "", "another round begins empty");
});

test("after the first answer nothing is corrected any more", () => {
  const made = tools(COMMITMENTS, { id: "w4" });
  assert.ok(button(page.root, "Show the corrected text"));
  assert.deepEqual([...page.root.querySelectorAll("textarea")].map((field) => field.value), COMMITMENTS.commitments.map((one) => one.text));
  made.update(seatState(kindRound(COMMITMENTS, "collecting", { answers: 1, id: "w4" })));
  assert.equal(made.node.hidden, true);
});

test("what is missing before it can be shown", () => {
  assert.match(complaint([], "2026-12-01", "2026-11-24"), /Write one/);
  assert.match(complaint(["a", "a"], "2026-12-01", "2026-11-24"), /the same/);
  assert.match(complaint(["a"], "", "2026-11-24"), /Choose the day/);
  assert.match(complaint(["a"], "2026-11-23", "2026-11-24"), /day is over/);
  assert.equal(complaint(["a"], "2026-11-24", "2026-11-24"), "");
  assert.equal(localDay(7, new Date(2026, 11, 28)), "2027-01-04");
});
