import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createPoller, nextDelay } from "../src/lib/poll.js";
import { ApiError } from "../src/lib/api.js";
import { openPage, settle } from "./support/page.js";

let page;
let waiting;
let seen;
let replies;
let etags;
let now;
beforeEach(() => {
  now = 0;
  page = openPage();
  waiting = null;
  seen = { states: [], errors: [], ended: 0, ok: 0 };
  replies = [];
  etags = [];
});

/** One timer that the test rings by hand; random 0.5 means no jitter. */
const timers = {
  setTimeout: (call, ms) => {
    waiting = { call, ms };
    return waiting;
  },
  clearTimeout: (timer) => {
    if (timer && timer === waiting) waiting = null;
  },
  random: () => 0.5,
  now: () => now,
};

/** What a browser fires when a page comes back from its memory. */
function comeBack() {
  const event = new page.window.Event("pageshow");
  Object.defineProperty(event, "persisted", { value: true });
  page.window.dispatchEvent(event);
}

function poller(more = {}) {
  return createPoller({
    api: {
      async getState(etag) {
        etags.push(etag);
        const next = replies.shift();
        if (next instanceof Error) throw next;
        return { status: next ? 200 : 304, state: next || null, etag: next ? next.version : etag, serverOffsetMs: 5 };
      },
    },
    element: page.root,
    timers,
    onState: (state, offset) => seen.states.push([state.version, offset]),
    onError: (error) => seen.errors.push(error.code),
    onOk: () => (seen.ok += 1),
    onEnded: () => (seen.ended += 1),
    ...more,
  });
}

const down = () => new ApiError({ status: 0, code: "network", retryable: true });
async function ring() {
  const { call } = waiting;
  waiting = null;
  call();
  await settle();
}

test("follows at the pace that the server names, with the last etag", async () => {
  replies = [{ version: "a", poll_after: 1.5 }, null, { version: "b", poll_after: 6 }];
  poller().start();
  await settle();
  assert.equal(waiting.ms, 1500);
  await ring();
  assert.equal(waiting.ms, 1500, "304 keeps the pace");
  await ring();
  assert.equal(waiting.ms, 6000);
  assert.deepEqual(seen.states, [["a", 5], ["b", 5]], "304 is not a new state");
  assert.deepEqual(etags, [null, "a", "a"]);
});

test("backs off to 20 seconds and recovers", async () => {
  replies = [{ version: "a", poll_after: 1.5 }, ...Array.from({ length: 7 }, down), null];
  poller().start();
  await settle();
  const delays = [];
  for (let i = 0; i < 7; i += 1) {
    await ring();
    delays.push(waiting.ms);
  }
  assert.deepEqual(delays, [1500, 2000, 4000, 8000, 16000, 20000, 20000]);
  await ring();
  assert.equal(waiting.ms, 1500);
  assert.equal(seen.ok, 1);
});

test("a hidden page asks seldom, and at once when it is seen again", async () => {
  replies = [{ version: "a", poll_after: 1.5 }, null, null];
  page.setHidden(true);
  poller().start();
  await settle();
  assert.equal(waiting.ms, 10000);
  page.setHidden(false);
  await settle();
  assert.equal(etags.length, 2);
  assert.equal(waiting.ms, 1500);
});

test("online, pageshow and a nudge ask at once, one question at a time", async () => {
  replies = [null, null, null, null];
  const it = poller();
  it.start();
  it.nudge();
  it.nudge();
  assert.equal(etags.length, 1);
  await settle(30);
  assert.equal(etags.length, 2, "two nudges during one flight are one more question");
  page.fire("online");
  await settle();
  comeBack();
  await settle();
  assert.equal(etags.length, 4);
});

test("a page that has just been loaded does not ask twice", async () => {
  replies = [{ version: "a", poll_after: 1.5 }];
  poller().start();
  await settle();
  page.fire("pageshow");
  await settle();
  assert.equal(etags.length, 1);
});

test("a question that was lost in a phone's sleep is not waited for", async () => {
  for (const wakeUp of [() => page.setHidden(false), comeBack, () => page.fire("online")]) {
    const asked = [];
    const it = poller({
      api: { getState: (etag, { signal }) => new Promise((resolve) => asked.push({ resolve, signal })) },
    });
    it.start();
    now += 60000;
    wakeUp();
    assert.equal(asked.length, 2);
    assert.equal(asked[0].signal.aborted, true);
    asked[1].resolve({ status: 200, state: { version: "awake" }, etag: "x", serverOffsetMs: 0 });
    await settle();
    assert.equal(seen.states.at(-1)[0], "awake");
    wakeUp();
    now += 100;
    page.fire("online");
    assert.equal(asked.length, 3, "several signs of waking up are one question");
    it.stop();
  }
});

test("a nudge asks for the whole state, because the version does not tell of what only this seat did", async () => {
  replies = [{ version: "a", poll_after: 1.5 }, null, null];
  const it = poller();
  it.start();
  await settle();
  it.nudge();
  await settle();
  await ring();
  assert.deepEqual(etags, [null, null, etags[2]]);
  assert.ok(etags[2], "the polls after it name what they have again");
});

test("stops when its element leaves the page", async () => {
  replies = [null, null];
  poller().start();
  await settle();
  page.root.remove();
  await ring();
  assert.equal(etags.length, 1);
  assert.equal(waiting, null);
  page.fire("online");
  await settle();
  assert.equal(etags.length, 1);
});

test("an ended session ends it, and so does a token that is no longer known", async () => {
  replies = [new ApiError({ status: 410, code: "ended" })];
  poller().start();
  await settle();
  assert.deepEqual([seen.ended, seen.errors.length, waiting], [1, 0, null]);
  replies = [new ApiError({ status: 401, code: "unauthorized" })];
  poller().start();
  await settle();
  assert.deepEqual([seen.errors, waiting], [["unauthorized"], null]);
});

test("an answer that comes after the stop is not shown", async () => {
  let finish;
  const it = poller({ api: { getState: () => new Promise((resolve) => (finish = resolve)) } });
  it.start();
  it.stop();
  finish({ status: 200, state: { version: "late" }, etag: "x", serverOffsetMs: 0 });
  await settle();
  assert.deepEqual([seen.states, waiting], [[], null]);
});

test("jitter stays within ten percent", () => {
  const at = (random) => nextDelay({ pace: 10, failures: 0, hidden: false, random });
  assert.deepEqual([at(0), at(0.5), at(1)], [9, 10, 11]);
});
