import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { createStore } from "../src/lib/storage.js";
import { createSeatView } from "../src/seat/seat_view.js";
import { CHOICE, PULSE, TALK, button, counted, fakeArea, kindRound, openPage, seatState, settle } from "./support/page.js";

const NOW = Date.parse("2026-11-23T12:00:00Z");
let page;
let area;
let sent;
let view;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: NOW });
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
  view = createSeatView(page.root, {
    api: {
      async post(path, body) {
        sent.push([path, body]);
        return { status: 202, body: { counted: true } };
      },
    },
    store: createStore({ key: "me", area }),
    ...more,
  });
  view.update(state);
  return view;
}

async function pass(ms) {
  for (let done = 0; done < ms; done += 200) {
    mock.timers.tick(200);
    await settle();
  }
}

const asked = (activity, more) => seatState(kindRound(activity, "collecting", more));
const shown = (activity, results, more) => seatState(kindRound(activity, "revealed", { results, ...more }));
const inputs = () => [...page.root.querySelectorAll("input")];
const pick = (at) => inputs()[at].click();
const text = () => page.root.textContent;
const words = (value) => value.split(/\s+/).filter(Boolean).length;
const alertText = () => page.root.querySelector("[role=alert]").textContent;

test("a choice: real radio buttons in one group, the promise, and two buttons of the same weight", () => {
  open(asked(CHOICE));
  assert.equal(new Set(inputs().map((input) => `${input.type} ${input.name}`)).size, 1);
  assert.equal(inputs()[0].type, "radio");
  assert.ok(inputs().every((input) => input.closest("label") && input.closest("fieldset").querySelector("legend")));
  assert.ok(page.root.querySelector(".psy-pick__text:nth-of-type(1)"));
  assert.match(text(), /<b>One<\/b> to one/, "what an author wrote is text");
  assert.equal(page.root.querySelector("b"), null);
  assert.match(text(), /Your team sees only how many chose what, all together, once enough have answered\./);
  assert.match(text(), /7 seats are taken, 3 of them by code\./);
  assert.ok(words(page.root.querySelector(".psy-promise").textContent) <= 40);
  assert.equal(button(page.root, "Pass").className, button(page.root, "Send").className);
});

test("a choice leaves after five seconds, and nothing stays on the device", async () => {
  open(asked(CHOICE));
  button(page.root, "Send").click();
  assert.match(alertText(), /Choose one first, or pass/);
  pick(1);
  assert.equal(alertText(), "");
  assert.match(area.dump(), /o2/);
  button(page.root, "Send").click();
  await pass(4800);
  assert.deepEqual(sent, []);
  await pass(400);
  assert.deepEqual(sent, [["answers", { round: "k1", answer: { option: "o2" } }]]);
  assert.match(text(), /Counted\.Look up\. The results show for everybody at once\./);
  assert.equal(area.dump(), "");
  assert.equal(inputs().length, 0);
});

test("undo and a reload bring the choice back, a draft that does not fit is left alone", async () => {
  open(asked(CHOICE));
  pick(2);
  button(page.root, "Send").click();
  await pass(1000);
  button(page.root, "Undo").click();
  assert.deepEqual(inputs().map((input) => input.checked), [false, false, true]);
  open(asked(CHOICE));
  assert.deepEqual(inputs().map((input) => input.checked), [false, false, true]);
  createStore({ key: "me", area }).set("draft:k1", "o9");
  open(asked(CHOICE));
  assert.ok(inputs().every((input) => !input.checked));
  createStore({ key: "me", area }).set("draft:k1", { s1: 9, s2: "x" });
  open(asked(PULSE));
  assert.ok(inputs().every((input) => !input.checked));
});

test("a pass looks like an answer, while it waits and when it is counted", async () => {
  for (const activity of [CHOICE, PULSE]) {
    const looks = [];
    for (const label of ["Send", "Pass"]) {
      open(asked(activity));
      pick(0);
      button(page.root, label).click();
      await pass(1000);
      looks.push(page.root.innerHTML);
      await pass(4400);
      looks.push(page.root.innerHTML);
    }
    assert.deepEqual(looks.slice(0, 2), looks.slice(2));
    assert.deepEqual(sent.at(-1)[1].answer, { pass: true });
    assert.equal(area.dump(), "");
  }
});

test("a pulse: each statement a group of five, every one may be left out or taken back", async () => {
  open(asked(PULSE));
  const groups = [...page.root.querySelectorAll("fieldset")];
  assert.deepEqual(groups.map((group) => group.querySelector("legend").textContent), ["<i>I</i> speak up", "Who errs pays"]);
  assert.ok(groups.every((group) => group.querySelectorAll("input[type=radio]").length === 5));
  assert.match(text(), /Not at all.*Fully/);
  button(page.root, "Send").click();
  assert.match(alertText(), /Rate at least one, or pass/);
  pick(3);
  pick(6);
  assert.match(area.dump(), /"s2":2/);
  open(asked(PULSE));
  assert.deepEqual(inputs().flatMap((input, at) => (input.checked ? [at] : [])), [3, 6], "the draft is back");
  const skip = page.root.querySelectorAll("fieldset")[1].querySelector("button");
  skip.click();
  assert.equal(skip.hidden, true);
  assert.equal(document.activeElement, inputs()[5], "the focus stays in the statement");
  button(page.root, "Send").click();
  await pass(5200);
  assert.deepEqual(sent, [["answers", { round: "k1", answer: { ratings: { s1: 4 } } }]]);
  assert.equal(area.dump(), "");
});

test("the results came first: told in their words, and nothing is sent", async () => {
  open(asked(CHOICE));
  pick(0);
  button(page.root, "Send").click();
  view.update(shown(CHOICE, counted({ id: "choice", too_few: true })));
  assert.match(text(), /did not leave this device and was not counted/);
  assert.doesNotMatch(text(), /note|wall/);
  await pass(9000);
  assert.deepEqual(sent, []);
  assert.equal(area.dump(), "");
});

test("on a mirrored laptop the answer is a masked number and shows nowhere", async () => {
  open(asked(CHOICE), { veiled: true });
  assert.equal(page.root.querySelector("summary").textContent, "Your own answer");
  assert.deepEqual(inputs().map((input) => input.type), ["password"]);
  const [field] = inputs();
  const type = (value) => {
    field.value = value;
    field.dispatchEvent(new page.window.Event("input"));
  };
  type("7");
  button(page.root, "Send").click();
  assert.match(alertText(), /Choose one first/);
  type("2");
  button(page.root, "Send").click();
  await pass(5200);
  assert.deepEqual(sent[0][1].answer, { option: "o2" });
  open(asked(PULSE, { id: "k2" }), { veiled: true });
  assert.deepEqual(inputs().map((input) => input.type), ["password", "password"]);
});

test("a talk: what to do, who begins, how long; nothing can be typed", async () => {
  const ends = new Date(NOW + 120000).toISOString();
  open(shown(TALK, null, { ends_at: ends }));
  assert.match(text(), /In pairs.*How is it here\?.*Whoever <u>slept<\/u> best.*2 min left/);
  assert.equal(page.root.querySelector("u, input, textarea"), null);
  await pass(61000);
  assert.match(text(), /59 seconds left/);
  assert.equal(page.root.querySelector(".psy-notice").hidden, true);
});

test("one round follows another without a pause: the page is made anew", () => {
  open(shown(CHOICE, counted({ id: "choice", most: ["o2"] })));
  assert.match(text(), /Most of us: <b>One<\/b> to one/);
  view.update(shown(TALK, null, { id: "k2" }));
  assert.match(text(), /In pairs/);
  assert.doesNotMatch(text(), /Most of us/);
  view.update(shown({ ...TALK, form: "round" }, null, { id: "k3" }));
  assert.match(text(), /Round the table/);
  view.update(seatState(kindRound(TALK, "closed", { id: "k3" })));
  assert.match(text(), /Look up\./);
  assert.doesNotMatch(text(), /Round the table/);
});
