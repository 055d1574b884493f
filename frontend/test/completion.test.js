import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createCompletion, LATEST_MS, SOONEST_MS, wipeSession } from "../src/doorway/completion.js";
import { ApiError } from "../src/lib/api.js";
import { createStore } from "../src/lib/storage.js";
import { fakeArea, openPage, settle } from "./support/page.js";

let store;
let waiting;
let calls;

beforeEach(() => {
  openPage();
  store = createStore({ key: "k", area: fakeArea() });
  waiting = [];
  calls = [];
});

const timers = { setTimeout: (call, ms) => waiting.push({ call, ms }) };

function completion({ reply = async () => ({ complete: true }), wanted = true, random = () => 0.5 } = {}) {
  const call = (name, body) => {
    calls.push([name, body]);
    return reply();
  };
  return createCompletion({ wanted, store, call, random, timers });
}

async function ring() {
  waiting.shift().call();
  await settle();
}

const refused = (status, code) => async () => {
  throw new ApiError({ status, code });
};

test("a random while after the end, and then nothing is kept", async () => {
  completion().ended("tok");
  assert.deepEqual(calls, [], "never at once: a log would show who was there together");
  assert.equal(waiting[0].ms, (SOONEST_MS + LATEST_MS) / 2);
  await ring();
  assert.deepEqual(calls, [["complete", { token: "tok" }]]);
  assert.deepEqual(store.names(), []);
});

test("from ten seconds to two minutes", () => {
  completion({ random: () => 0 }).ended("a");
  completion({ random: () => 1 }).ended("b");
  assert.deepEqual(waiting.map(({ ms }) => ms), [10000, 120000]);
});

test("a page that went before: the next visit tells, again after a while", async () => {
  completion().ended("tok");
  waiting = [];
  const next = completion();
  next.resume();
  next.resume();
  assert.equal(waiting.length, 1);
  await ring();
  assert.deepEqual(calls, [["complete", { token: "tok" }]]);
  assert.deepEqual(store.names(), []);
});

test("what may help later is kept, what never will is forgotten", async () => {
  for (const [status, code, kept] of [
    [409, "not_now", "tok"], [429, "too_many", "tok"], [503, "busy", "tok"], [0, "network", "tok"],
    [401, "unauthorized", null], [403, "masquerade", null], [404, "unknown_session", null],
  ]) {
    completion({ reply: refused(status, code) }).ended("tok");
    await ring();
    assert.equal(store.get("done"), kept, code);
  }
});

test("a block that completes on view asks nothing and keeps nothing", () => {
  const off = completion({ wanted: false });
  off.ended("tok");
  off.resume();
  assert.deepEqual([store.names(), waiting, calls], [[], [], []]);
});

test("the end of a session wipes all but this", () => {
  for (const name of ["lead", "seat", "draft:r1", "taps:now", "done"]) store.set(name, "x");
  wipeSession(store);
  assert.deepEqual(store.names(), ["done"]);
});
