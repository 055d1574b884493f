import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { ApiError } from "../src/lib/api.js";
import { createStore } from "../src/lib/storage.js";
import { createSeatView } from "../src/seat/seat_view.js";
import { button, fakeArea, openPage, seatState, settle, wallRound } from "./support/page.js";

let page;
let area;
let sent;
let replies;
let view;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1000000 });
  page = openPage();
  area = fakeArea();
  sent = [];
  replies = [];
  view = null;
});

afterEach(() => {
  if (view) view.destroy();
  mock.timers.reset();
});

function open(more = {}) {
  view = createSeatView(page.root, {
    api: {
      async post(path, body, options = {}) {
        sent.push({ path, body, keepalive: Boolean(options.keepalive) });
        const next = replies.shift();
        if (next instanceof Error) throw next;
        return next ? await next : { status: 202, body: { counted: true } };
      },
    },
    store: createStore({ key: "me", area }),
    ...more,
  });
  return view;
}

const collecting = (more) => seatState(wallRound("collecting", more));
const revealed = (more) =>
  seatState(wallRound("revealed", { results: { notes: [{ id: "n1", text: "Ask", resonance: null }], hidden: 0, too_few: false }, ...more }));
const refuse = (status, code, more = {}) => new ApiError({ status, code, ...more });
const down = () => refuse(0, "network", { retryable: true });
const field = () => page.root.querySelector("textarea");
const text = () => page.root.textContent;
const click = (label) => button(page.root, label).click();

function write(value) {
  field().value = value;
  field().dispatchEvent(new page.window.Event("input"));
}

async function pass(ms) {
  for (let done = 0; done < ms; done += 200) {
    mock.timers.tick(200);
    await settle();
  }
}

async function writeAndSend(value = "Ask for help") {
  open().update(collecting());
  write(value);
  click("Send");
  await settle();
}

test("before the first answer the phone says who sees it, how many sit here, and that passing is equal", () => {
  open().update(collecting());
  assert.match(text(), /without names, until the session ends\. Passing is just as good\./);
  assert.match(text(), /7 seats are taken, 3 of them by code\. If that is more than the people here, do not answer\./);
  assert.equal(button(page.root, "Pass").className, button(page.root, "Send").className, "equal weight");
});

test("a note leaves after five seconds, and not before", async () => {
  await writeAndSend();
  await pass(4800);
  assert.deepEqual(sent, []);
  await pass(400);
  assert.deepEqual(sent, [{ path: "answers", body: { round: "r1", answer: { text: "Ask for help", share: false } }, keepalive: false }]);
  assert.match(text(), /Counted\./);
});

test("once counted, nothing of the text is on the screen or the device", async () => {
  await writeAndSend("Very secret");
  assert.match(area.dump(), /Very secret/);
  await pass(5200);
  assert.equal(area.dump(), "");
  assert.doesNotMatch(page.root.innerHTML, /Very secret/);
  assert.ok([...page.root.querySelectorAll("textarea")].every((node) => node.value === ""));
});

test("undo brings the text back and sends nothing", async () => {
  await writeAndSend();
  await pass(3000);
  click("Undo");
  await pass(9000);
  assert.deepEqual(sent, []);
  assert.equal(field().value, "Ask for help");
});

test("a pass shows the very same while it waits and when it is counted", async () => {
  const looks = [];
  for (const label of ["Send", "Pass"]) {
    open().update(collecting());
    write("Ask for help");
    click(label);
    await pass(1000);
    looks.push([page.root.innerHTML]);
    await pass(4400);
    looks.at(-1).push(page.root.innerHTML);
    view.destroy();
  }
  assert.deepEqual(looks[0], looks[1]);
  assert.deepEqual(sent[1].body.answer, { pass: true });
  assert.equal(area.dump(), "");
});

test("an empty or too long note does not leave, and says why", async () => {
  open().update(collecting());
  click("Send");
  assert.match(text(), /Write something first, or pass/);
  write("x".repeat(21));
  assert.match(text(), /1 character too many/);
  click("Send");
  await pass(6000);
  assert.deepEqual(sent, []);
});

test("characters are counted like the server counts them", () => {
  open().update(collecting());
  write("  👩🏽‍🚀 ab ");
  assert.match(text(), /13 characters left/, "four code points of the picture, a space and two letters");
});

test("the draft survives a reload of its round only", async () => {
  open().update(collecting());
  write("Half a note");
  view.destroy();
  open().update(collecting());
  assert.equal(field().value, "Half a note");
  view.destroy();
  open().update(collecting({ id: "r2" }));
  assert.equal(field().value, "");
  assert.equal(area.dump(), "");
});

test("a reload within the five seconds goes on counting", async () => {
  await writeAndSend();
  await pass(3000);
  view.destroy();
  open().update(collecting());
  assert.match(text(), /goes out in 2 seconds/);
  await pass(1600);
  assert.deepEqual(sent, []);
  await pass(600);
  assert.equal(sent.length, 1);
});

test("a page that is hidden sends at once, so that it outlives the page", async () => {
  await writeAndSend();
  page.setHidden(true);
  await settle();
  assert.deepEqual(sent.map((call) => call.keepalive), [true]);
});

test("a lost connection is tried again by itself, with the text kept", async () => {
  replies = [down(), down()];
  await writeAndSend();
  await pass(5200);
  assert.match(text(), /No connection just now\. Your answer is kept/);
  assert.match(area.dump(), /Ask for help/);
  await pass(1200);
  assert.equal(sent.length, 2);
  page.fire("online");
  await settle();
  assert.equal(sent.length, 3);
  assert.match(text(), /Counted\./);
  assert.equal(area.dump(), "");
});

test("already answered means counted", async () => {
  replies = [down(), refuse(409, "already_answered")];
  await writeAndSend();
  await pass(7000);
  assert.match(text(), /Counted\./);
  assert.equal(area.dump(), "");
});

test("the state of the server also tells that it was counted", async () => {
  replies = [new Promise(() => {})];
  await writeAndSend();
  await pass(5200);
  assert.match(text(), /Sending/);
  view.update(collecting({ answered: true }));
  assert.match(text(), /Counted\./);
  assert.equal(area.dump(), "");
});

test("a wall that opened while it was tried again: told so, and never sent elsewhere", async () => {
  replies = [down(), refuse(409, "round_closed")];
  await writeAndSend();
  await pass(7000);
  assert.match(text(), /may have arrived\. It was not sent again\./);
  view.update(revealed());
  view.update(seatState(wallRound("collecting", { id: "r2" })));
  await pass(60000);
  assert.deepEqual(sent.map((call) => call.body.round), ["r1", "r1"]);
  assert.equal(field().value, "");
  assert.equal(area.dump(), "");
});

test("the reveal stops what is still tried, and a late acknowledgement takes the doubt away", async () => {
  let acknowledge;
  replies = [new Promise((resolve) => (acknowledge = resolve))];
  await writeAndSend();
  await pass(5200);
  view.update(revealed());
  assert.match(text(), /may have arrived/);
  acknowledge({ status: 202, body: { counted: true } });
  await settle();
  assert.equal(page.root.querySelector(".psy-notice").hidden, true);
  await pass(60000);
  assert.equal(sent.length, 1);
});

test("a reveal within the five seconds: the note did not leave", async () => {
  await writeAndSend();
  view.update(revealed());
  assert.match(text(), /did not leave this device and was not counted/);
  await pass(10000);
  assert.deepEqual(sent, []);
  assert.equal(area.dump(), "");
});

test("a reload after the reveal still says that the answer may have arrived, once", async () => {
  replies = [down(), down(), down()];
  await writeAndSend();
  await pass(6000);
  view.destroy();
  open().update(revealed());
  assert.match(text(), /may have arrived/);
  assert.equal(area.dump(), "");
});

test("what the server refuses comes back with its words", async () => {
  replies = [refuse(400, "text_not_plain", { detail: "Only plain text, please." })];
  await writeAndSend();
  await pass(5200);
  assert.equal(field().value, "Ask for help");
  assert.match(page.root.querySelector("[role=alert]").textContent, /Only plain text, please\./);
  assert.match(area.dump(), /Ask for help/);
});

test("a note that points at somebody gets a question, and leaves all the same", async () => {
  open().update(collecting());
  write("Ask bo@firma.dk");
  assert.match(page.root.querySelector(".psy-hint[role=status]").textContent, /e-mail address/);
  click("Send");
  await pass(5200);
  assert.equal(sent.length, 1);
});

test("the starter is a tap away while the sheet is empty", () => {
  open().update(collecting());
  click("It takes courage from me to …");
  assert.equal(field().value, "It takes courage from me to ");
  assert.throws(() => button(page.root, "It takes courage from me to …"));
});

test("every phase of a session", () => {
  open().update(seatState(null, { phase: "lobby" }));
  assert.match(text(), /You are in\.Look up: it begins soon\./);
  view.update(seatState(null));
  assert.match(text(), /What comes next shows here by itself/);
  view.update(collecting({ answered: true, progress: "most" }));
  assert.match(text(), /Counted\..*Most have answered/);
  view.update(revealed());
  assert.match(text(), /Nobody asks or guesses who wrote what/);
  view.sessionEnded();
  assert.match(text(), /This session has ended/);
  assert.equal(page.root.querySelector("ul"), null, "the notes came down");
  view.update(collecting());
  assert.equal(field(), null, "an ended session stays ended");
});

test("a newer poll does not take the cursor or the text away", () => {
  open().update(collecting());
  const before = field();
  write("Half");
  before.focus();
  view.update(collecting({ progress: "most" }));
  assert.equal(field(), before);
  assert.equal(document.activeElement, before);
});

test("taps are sent once and kept over a reload until then", async () => {
  open().update(revealed());
  page.root.querySelector("button.psy-note").click();
  view.destroy();
  open().update(revealed());
  assert.equal(page.root.querySelector("button.psy-note").getAttribute("aria-pressed"), "true");
  click("Send 1");
  await settle(40);
  assert.deepEqual(sent, [{ path: "resonance", body: { round: "r1", notes: ["n1"] }, keepalive: false }]);
  assert.equal(area.dump(), "");
  assert.equal(page.root.querySelector("button.psy-note"), null);
});

test("on a mirrored laptop the folded panel looks the same before and after", async () => {
  open({ veiled: true }).update(collecting());
  const panel = page.root.querySelector("details");
  const folded = () => [panel.open, panel.querySelector("summary").textContent, panel.hidden];
  const before = folded();
  panel.open = true;
  assert.ok(page.root.querySelector(".psy-write--veiled"));
  const read = button(page.root, "Hold to read");
  read.dispatchEvent(new page.window.Event("pointerdown"));
  assert.ok(page.root.querySelector(".psy-write--reading"));
  read.dispatchEvent(new page.window.Event("pointerup"));
  assert.equal(page.root.querySelector(".psy-write--reading"), null);
  write("Ask");
  click("Send");
  await pass(5200);
  assert.equal(sent.length, 1);
  assert.deepEqual(folded(), before);
  view.update(revealed());
  assert.equal(page.root.querySelector("button.psy-note"), null, "no taps where the room watches");
});

test("starting over is said to whoever was writing or had answered, and leaves no draft", async () => {
  const lobby = seatState(null, { phase: "lobby", door: "open" });
  for (const answered of [false, true]) {
    open().update(collecting({ answered }));
    if (!answered) write("to say no");
    view.update(lobby);
    assert.match(text(), /Your leader has started over\. The answers so far were thrown away unread\./);
    assert.match(text(), /You are in\./);
    assert.doesNotMatch(area.dump(), /to say no/);
    view.update(collecting({ id: "r2", number: 2 }));
    assert.equal(field().value, "");
    assert.equal([...page.root.querySelectorAll(".psy-notice")].find((node) => !node.hidden), undefined);
    view.destroy();
  }
});

test("an answer in its five seconds goes nowhere when the leader starts over", async () => {
  open().update(collecting());
  write("to say no");
  click("Send");
  view.update(seatState(null, { phase: "lobby" }));
  await pass(6000);
  assert.deepEqual(sent, []);
  assert.match(text(), /started over/);
});

test("a locked door is told where seats are counted and while one writes", () => {
  open().update(seatState(null, { phase: "lobby", door: "locked" }));
  assert.match(text(), /7 seats are taken, 3 of them by code\.The door is locked: nobody new can take a seat\./);
  view.update({ ...collecting(), door: "locked" });
  assert.match(text(), /The door is locked/);
  view.update({ ...collecting(), door: "open" });
  assert.doesNotMatch(text(), /The door is locked/);
});
