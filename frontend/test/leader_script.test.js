import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createLate, loadLeader } from "../src/doorway/leader_script.js";
import { button, openPage, settle, VIEW } from "./doorway_helper.js";

let place;
let parts;

beforeEach(() => {
  openPage();
  delete window.psychsafetyLeader;
  parts = { setMessages() {} };
  place = document.createElement("div");
  document.body.append(place);
});

const scripts = () => [...document.head.querySelectorAll("script")];

async function answer(script, came) {
  if (came) window.psychsafetyLeader = parts;
  script.dispatchEvent(new window.Event(came ? "load" : "error"));
  await settle();
}

const recorder = (calls) => () => ({
  update: (...args) => calls.push(["update", ...args]),
  destroy: () => calls.push(["destroy"]),
});

test("two blocks load it once, and what they were told in the meantime is passed on", async () => {
  const calls = [];
  const late = createLate(place, { data: VIEW, make: recorder(calls) });
  createLate(document.createElement("div"), { data: VIEW, make: recorder([]) });
  assert.deepEqual(scripts().map((script) => script.getAttribute("src")), ["/static/js/leader.js"]);
  late.update("old", 1);
  late.update("new", 2);
  assert.equal(late.ready(), false);
  await answer(scripts()[0], true);
  assert.deepEqual(calls, [["update", "new", 2]]);
  assert.equal(late.ready(), true);
});

test("the second bundle has a catalogue of its own, and gets the messages of the block", async () => {
  const given = [];
  parts.setMessages = (...args) => given.push(args);
  createLate(place, { data: { ...VIEW, messages: { Send: "Afsend" }, language: "da" }, make: recorder([]) });
  await answer(scripts()[0], true);
  assert.deepEqual(given, [[{ Send: "Afsend" }, "da"]]);
});

test("when it does not come, that is said, and can be tried again", async () => {
  const calls = [];
  const late = createLate(place, { data: VIEW, make: recorder(calls) });
  late.update("now", 0);
  await answer(scripts()[0], false);
  assert.match(place.textContent, /did not come/);
  button(place, "load_leader").click();
  assert.equal(scripts().length, 1);
  await answer(scripts()[0], true);
  assert.deepEqual(calls, [["update", "now", 0]]);
});

test("another answer in the script's place is a failure too", async () => {
  const loading = loadLeader("/x.js");
  scripts()[0].dispatchEvent(new window.Event("load"));
  await assert.rejects(loading);
});

test("a view that has left before its code came is never made", async () => {
  const calls = [];
  const late = createLate(place, { data: VIEW, make: recorder(calls) });
  late.destroy();
  await answer(scripts()[0], true);
  assert.deepEqual(calls, []);
  assert.equal(place.textContent, "");
});
