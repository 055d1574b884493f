/** The page around the three views: what can be chosen, what a press leads to, and that nothing is ever sent. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { play } from "../src/preview/play.js";
import { createPreview } from "../src/preview/preview.js";
import { button, openPage, settle } from "./support/page.js";
import { previewData } from "./support/preview.js";

let page;
let root;
let preview;
beforeEach(() => {
  page = openPage();
  root = page.root;
  page.window.URL.createObjectURL = () => "blob:x";
  page.window.URL.revokeObjectURL = () => {};
  globalThis.fetch = () => assert.fail("a preview asks nobody");
});
afterEach(() => {
  preview.destroy();
  root.remove();
});

/** The views play in the page itself instead of in a frame; what they are given and when is the same. */
function makeFrame({ title, files, size }) {
  const main = document.createElement("main");
  const element = document.createElement("div");
  element.append(main);
  Object.assign(element.dataset, { title, sheet: files.sheet, wide: String(size ? size.width : "all") });
  return { element, ready: Promise.resolve({ play, main }), destroy: () => element.remove() };
}

async function open(more = {}, parts = {}) {
  preview = createPreview(root, { data: previewData(more), makeFrame, ...parts });
  await settle();
}

const picture = (role) => root.querySelector(`[data-role="${role}"]`);
const visible = () => [...root.querySelectorAll("figure")].filter((one) => !one.hidden).map((one) => one.dataset.role);

async function choose(place, moment) {
  const select = root.querySelector("select");
  select.value = place;
  select.dispatchEvent(new page.window.Event("change"));
  if (moment) root.querySelector(`input[value="${moment}"]`).click();
  await settle();
}

async function press(element) {
  element.click();
  await settle(30);
}

test("screen, leader and participant beside each other, each with what it is", async () => {
  await open();
  assert.deepEqual(visible(), ["screen", "leader", "seat"]);
  assert.match(picture("leader").textContent, /The leader’s phone.*Say talk\./s);
  assert.match(picture("seat").textContent, /What about talk\?/);
  assert.doesNotMatch(picture("seat").textContent, /Say talk/);
  assert.equal(picture("seat").querySelector("[data-wide]").dataset.wide, "320");
  assert.match(root.textContent, /made-up team of 7 people/);
});

test("before the start: the introduction as the leader reads it, and no phone yet", async () => {
  await open();
  await choose("start");
  assert.deepEqual(visible(), ["before"]);
  const before = picture("before");
  assert.equal(before.querySelector(".psy-intro__text strong").textContent, "kind");
  assert.equal(before.querySelector(".psy-intro__title").textContent, "For you");
  const film = before.querySelector("[data-action=film]");
  assert.equal(film.href, "https://film.test/leaders");
  assert.equal(film.rel, "noopener noreferrer");
  assert.equal(film.target, "_blank");
  assert.match(root.querySelector(".psy-pre__note").textContent, /next step/);
  await press(button(before, "Rehearse with a pretend team"));
  assert.match(before.textContent, /This is a preview: nothing is sent\./);
  await press(button(before, "Convene my team"));
  assert.deepEqual(visible(), ["screen", "leader", "seat"]);
  assert.match(picture("screen").textContent, /TEAM TEST/);
});

test("the leader's own buttons take all three on", async () => {
  await open();
  await choose("lobby");
  await press(button(picture("leader"), "Begin"));
  assert.equal(root.querySelector("select").value, "step0");
  await press(button(picture("leader"), "Start"));
  assert.match(picture("screen").textContent, /What about talk\?/);
  await choose("step1", "answering");
  await press(button(picture("leader"), "Reveal"));
  await press(button(picture("leader"), "Show in 20 seconds"));
  assert.equal(root.querySelector("input:checked").value, "shown");
  assert.equal(picture("seat").querySelectorAll(".psy-note").length, 6);
  assert.equal(picture("screen").querySelectorAll(".psy-note").length, 6);
});

test("what the preview has no moment for is refused in a sentence, and stays where it was", async () => {
  await open();
  await press(button(picture("leader"), "One more minute"));
  assert.match(picture("leader").textContent, /This is a preview: nothing is sent\./);
  assert.equal(root.querySelector("input:checked").value, "talking");
});

test("a participant's answer goes nowhere, and the phone shows what comes next", async (context) => {
  context.mock.timers.enable({ apis: ["setInterval", "Date"], now: Date.now() });
  await open();
  await choose("step1", "answering");
  const phone = picture("seat");
  phone.querySelector("textarea").value = "Something of mine";
  phone.querySelector("textarea").dispatchEvent(new page.window.Event("input"));
  phone.querySelector(".psy-share input").click();
  await press(button(phone, "Send"));
  context.mock.timers.tick(6000);
  await settle(30);
  assert.match(phone.textContent, /Counted\./);
  assert.doesNotMatch(picture("screen").textContent + picture("leader").textContent, /Something of mine/);
  assert.equal(page.window.localStorage.length + page.window.sessionStorage.length, 0, "nothing is kept either");
});

test("by keyboard: back and on, said once, and off at the ends", async () => {
  await open();
  const [back, on] = ["back", "on"].map((action) => root.querySelector(`.psy-pre__walk [data-action=${action}]`));
  await press(on);
  assert.equal(root.querySelector("input:checked").value, "closed");
  await press(on);
  assert.equal(root.querySelector("select").value, "step1");
  assert.equal(root.querySelector("input:checked").value, "answering", "what looks the same as before is left out");
  assert.match(root.querySelector(":scope > [role=status]").textContent, /2\. wall/);
  await choose("summary");
  assert.equal(on.getAttribute("aria-disabled"), "true");
  await press(on);
  assert.equal(root.querySelector("select").value, "summary");
  await choose("start");
  assert.equal(back.getAttribute("aria-disabled"), "true");
});

test("an agenda that cannot be run says what is missing", async () => {
  await open({ problems: ["Step 2: The question needs 1 to 300 characters.", "Step 3: What?"], steps: [], people: 0 });
  assert.match(root.textContent, /This cannot be run yet/);
  assert.deepEqual([...root.querySelectorAll("li")].map((one) => one.textContent),
    ["Step 2: The question needs 1 to 300 characters.", "Step 3: What?"]);
  assert.equal(root.querySelector("figure, select, iframe"), null);
});

test("a ready session is named, with its steps to choose from", async () => {
  await open({ ready_session: "The first hour" });
  assert.match(root.textContent, /Ready session “The first hour”: 6 steps, about 30 minutes\./);
  assert.equal(root.querySelectorAll("option").length, 6 + 3);
});

test("a wall for everybody in the course has one phone", async () => {
  const { steps } = previewData();
  await open({ audience: "course", kind: "wall", steps: [steps[1]] });
  assert.deepEqual(visible(), ["seat"]);
  assert.equal(root.querySelector("select"), null);
  root.querySelector("input[value=shown]").click();
  await settle();
  assert.equal(picture("seat").querySelectorAll(".psy-note").length, 8);
});

test("a frame that does not come is said in its place", async () => {
  await open({}, {
    makeFrame: (options) => ({ ...makeFrame(options), ready: Promise.reject(new Error("script did not come")) }),
  });
  assert.match(picture("seat").textContent, /A part of this preview did not come/);
});
