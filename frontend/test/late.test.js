import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createLate, loadPart } from "../src/lib/late.js";
import { button, openPage, settle } from "./doorway_helper.js";

let place;
let parts;

beforeEach(() => {
  openPage();
  delete window.psychsafetyLeader;
  parts = { setMessages() {} };
  place = document.createElement("div");
  document.body.append(place);
});

const PART = { name: "psychsafetyLeader", script: "/static/js/leader.js", texts: "" };
const ENGLISH = { part: PART, language: "en" };

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
  const late = createLate(place, { ...ENGLISH, make: recorder(calls) });
  createLate(document.createElement("div"), { ...ENGLISH, make: recorder([]) });
  assert.deepEqual(scripts().map((script) => script.getAttribute("src")), ["/static/js/leader.js"]);
  late.update("old", 1);
  late.update("new", 2);
  assert.equal(late.ready(), false);
  await answer(scripts()[0], true);
  assert.deepEqual(calls, [["update", "new", 2]]);
  assert.equal(late.ready(), true);
});

const DANISH = { part: { ...PART, texts: "/api/messages?for=leader" }, language: "da" };

function answerTexts(reply) {
  const asked = [];
  window.fetch = async (url, { cache, credentials }) => {
    asked.push([url, cache, credentials]);
    return reply();
  };
  return asked;
}

const texts = () => new Response('{"messages": {"Send": "Afsend"}}', { headers: { "Content-Type": "application/json" } });

test("the second bundle has a catalogue of its own, which comes with it", async () => {
  const given = [];
  parts.setMessages = (...args) => given.push(args);
  const asked = answerTexts(texts);
  createLate(place, { ...DANISH, make: recorder([]) });
  await answer(scripts()[0], true);
  await settle(20);
  assert.deepEqual(given, [[{ Send: "Afsend" }, "da"]]);
  assert.deepEqual(asked, [["/api/messages?for=leader", "default", "omit"]]);
});

test("without its texts it does not start in another language", async () => {
  let down = true;
  answerTexts(() => {
    if (down) throw new TypeError("no network");
    return texts();
  });
  const late = createLate(place, { ...DANISH, make: recorder([]) });
  await answer(scripts()[0], true);
  await settle(20);
  assert.match(place.textContent, /did not come/);
  down = false;
  button(place, "load_part").click();
  await settle(20);
  assert.equal(late.ready(), true);
});

test("when it does not come, that is said, and can be tried again", async () => {
  const calls = [];
  const late = createLate(place, { ...ENGLISH, make: recorder(calls) });
  late.update("now", 0);
  await answer(scripts()[0], false);
  assert.match(place.textContent, /did not come/);
  button(place, "load_part").click();
  assert.equal(scripts().length, 1);
  await answer(scripts()[0], true);
  assert.deepEqual(calls, [["update", "now", 0]]);
});

test("another answer in the script's place is a failure too", async () => {
  const loading = loadPart("psychsafetyLeader", "/x.js");
  scripts()[0].dispatchEvent(new window.Event("load"));
  await assert.rejects(loading);
});

test("a view that has left before its code came is never made", async () => {
  const calls = [];
  const late = createLate(place, { ...ENGLISH, make: recorder(calls) });
  late.destroy();
  await answer(scripts()[0], true);
  assert.deepEqual(calls, []);
  assert.equal(place.textContent, "");
});

test("a sheet of its own comes once, and is waited for; without it the part is readable too", async () => {
  const calls = [];
  const part = { ...PART, style: "/static/css/kept.css" };
  const late = createLate(place, { ...ENGLISH, part, make: recorder(calls) });
  const sheets = () => [...document.querySelectorAll('link[rel="stylesheet"]')];
  await answer(scripts()[0], true);
  assert.equal(late.ready(), false);
  sheets()[0].dispatchEvent(new window.Event("error"));
  await settle();
  assert.equal(late.ready(), true);
  createLate(place, { ...ENGLISH, part: { ...part, texts: "/api/messages?for=kept" }, make: recorder(calls) });
  assert.deepEqual(sheets().map((one) => one.getAttribute("href")), ["/static/css/kept.css"]);
});
