import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { createStore } from "../src/lib/storage.js";
import { createTablet } from "../src/tablet/page.js";
import { IDLE_MS, WARN_MS, watchIdle } from "../src/tablet/idle.js";
import { button, fakeArea, openPage, seatState, settle, wallRound } from "./support/page.js";

const API = "/psychsafety/api/sessions/s1/";
const TOKENS = ["t1", "t2", "t3"];
let page;
let area;
let main;
let server;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: Date.parse("2026-11-24T10:00:00Z") });
  area = fakeArea();
  server = { calls: [], round: wallRound(), answered: new Set(), resonated: new Set(), ended: false, revoked: false, sent: [] };
});

afterEach(() => {
  if (main) main.remove();
  mock.timers.reset();
});

async function fetchFake(url, { method, headers, body }) {
  const token = (headers.Authorization || "").replace("Bearer ", "");
  const data = body ? JSON.parse(body) : null;
  server.calls.push(`${method} ${url}`);
  const [status, reply] = answer(method, url, token, data);
  return new Response(JSON.stringify(reply), { status, headers: { "Content-Type": "application/json" } });
}

function answer(method, url, token, body) {
  if (url === "/psychsafety/api/tablet") {
    return body.code === "K7M2QXWP" ? [200, { session_id: "s1", api_url: API, tokens: TOKENS }] : [404, { error: "unknown_code" }];
  }
  if (server.revoked) return [401, { error: "unauthorized" }];
  if (server.ended) return [410, { error: "ended" }];
  if (method === "GET") {
    const round = server.round && {
      ...server.round, answered: server.answered.has(token), resonated: server.resonated.has(token),
    };
    return [200, seatState(round)];
  }
  server.sent.push([token, body]);
  (url.endsWith("resonance") ? server.resonated : server.answered).add(token);
  return [202, { counted: true }];
}

async function load(hash = "") {
  if (main) main.remove();
  page = openPage({
    html: '<main id="psychsafety" data-api="/psychsafety/api/" data-language="en" data-fetch-credentials="omit" data-messages="{}"></main>',
    url: `http://course.test/psychsafety/tablet/${hash}`,
  });
  // The mocked clock must be the one that the page sees.
  for (const name of ["setTimeout", "clearTimeout", "setInterval", "clearInterval"]) page.window[name] = globalThis[name];
  page.window.scrollTo = () => {};
  main = page.window.document.getElementById("psychsafety");
  createTablet(main, { store: createStore({ key: "tablet", area }), fetch: fetchFake }).start();
  await rest();
}

/** Promises of a reply's body need the real event loop, which the mocked timers leave alone. */
async function rest() {
  for (let i = 0; i < 6; i += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await settle();
  }
}

async function pass(ms) {
  mock.timers.tick(ms);
  await rest();
}

async function turn(act = "Pass") {
  button(main, "It is my turn").click();
  await rest();
  button(main, act).click();
  await pass(5200);
  await pass(200);
  await rest();
}

const writing = () => Boolean(main.querySelector("textarea"));

test("a code from the link leaves the address at once, and is kept nowhere", async () => {
  await load("#k7m2-qxwp");
  assert.equal(page.window.location.href, "http://course.test/psychsafety/tablet/");
  assert.match(main.textContent, /Hand the tablet to whoever is next\./);
  assert.match(main.textContent, /3 people share this tablet/);
  assert.doesNotMatch(area.dump(), /K7M2/);
});

test("a code is typed; a wrong one is said", async () => {
  await load();
  const field = main.querySelector("input");
  field.value = "AAAA BBBB";
  main.querySelector("form").dispatchEvent(new page.window.Event("submit", { cancelable: true }));
  await rest();
  assert.match(main.querySelector("[role=alert]").textContent, /does not work any more/);
  field.value = "K7M2 QXWP";
  main.querySelector("form").dispatchEvent(new page.window.Event("submit", { cancelable: true }));
  await rest();
  assert.ok(button(main, "It is my turn"));
});

test("each has a turn, all turns end the same, and then it is put down", async () => {
  await load("#K7M2QXWP");
  for (let n = 0; n < 3; n += 1) {
    await turn();
    assert.match(main.textContent, /Thank you\. Hand it on\./);
    await pass(3000);
  }
  assert.match(main.textContent, /All have had the tablet\./);
  assert.equal(main.querySelector("button"), null);
  assert.deepEqual(server.sent.map(([token]) => token).sort(), TOKENS);
});

test("nothing of a note is on the tablet after it, nor in its storage before", async () => {
  await load("#K7M2QXWP");
  button(main, "It is my turn").click();
  await rest();
  const field = main.querySelector("textarea");
  field.value = "my secret";
  field.dispatchEvent(new page.window.Event("input"));
  assert.doesNotMatch(area.dump() + JSON.stringify({ ...page.window.localStorage, ...page.window.sessionStorage }), /secret/);
  button(main, "Send").click();
  await pass(5200);
  await pass(200);
  assert.equal(server.sent[0][1].answer.text, "my secret");
  assert.doesNotMatch(page.window.document.body.innerHTML, /secret/);
  assert.doesNotMatch(area.dump(), /secret/);
});

test("whoever took it by mistake goes back, and what was written is gone", async () => {
  await load("#K7M2QXWP");
  button(main, "It is my turn").click();
  await rest();
  main.querySelector("textarea").value = "oops";
  button(main, "Not my turn: back, and wipe what is here").click();
  await rest();
  assert.ok(button(main, "It is my turn"));
  button(main, "It is my turn").click();
  await rest();
  assert.equal(main.querySelector("textarea").value, "");
  assert.deepEqual(server.sent, []);
});

test("after 90 quiet seconds it is wiped; twenty seconds before it asks", async () => {
  await load("#K7M2QXWP");
  button(main, "It is my turn").click();
  await rest();
  await pass(IDLE_MS - WARN_MS - 2000);
  assert.equal(main.querySelector(".psy-tablet__warning").hidden, true);
  await pass(3000);
  assert.match(main.querySelector(".psy-tablet__warning").textContent, /wiped in (20|21) seconds/);
  button(main, "I am still here").click();
  assert.equal(main.querySelector(".psy-tablet__warning").hidden, true);
  await pass(IDLE_MS - 2000);
  assert.ok(writing());
  await pass(3000);
  assert.ok(!writing());
  assert.ok(button(main, "It is my turn"));
});

test("a reload goes on at the cover, and finds who is done", async () => {
  await load("#K7M2QXWP");
  await turn();
  await load();
  assert.ok(button(main, "It is my turn"));
  server.answered = new Set(TOKENS);
  await load();
  assert.match(main.textContent, /All have had the tablet\./);
});

test("after the reveal it goes round once more, for the notes", async () => {
  server.answered = new Set(TOKENS);
  server.round = wallRound("revealed", {
    results: { notes: ["n1", "n2", "n3"].map((id) => ({ id, text: id, resonance: null })), hidden: 0, too_few: false },
  });
  await load("#K7M2QXWP");
  assert.match(main.textContent, /Which could you have written\?/);
  button(main, "It is my turn").click();
  await rest();
  button(main, "None of them").click();
  await rest();
  await rest();
  assert.match(main.textContent, /Thank you\. Hand it on\./);
  assert.deepEqual(server.sent[0][1], { round: "r1", notes: [] });
});

test("a reveal in the middle of a turn goes back to the cover and says so", async () => {
  await load("#K7M2QXWP");
  button(main, "It is my turn").click();
  await rest();
  server.round = wallRound("revealed", { results: { notes: [], hidden: 0, too_few: true } });
  await pass(2000);
  assert.ok(!writing());
  assert.match(main.textContent, /It was shown in the meantime/);
});

test("the end, and seats that were given back, leave nothing", async () => {
  await load("#K7M2QXWP");
  server.revoked = true;
  await pass(2000);
  assert.match(main.textContent, /seats were given back/);
  assert.equal(area.dump(), "");
  server.revoked = false;
  await load("#K7M2QXWP");
  server.ended = true;
  await pass(2000);
  assert.match(main.textContent, /This session has ended\./);
  assert.equal(area.dump(), "");
});

test("what is on its way is not wiped while it waits for the network", async () => {
  await load();
  let idle = 0;
  let busy = true;
  const watch = watchIdle(main, { onWarn() {}, onCalm() {}, onIdle: () => (idle += 1), isBusy: () => busy });
  await pass(IDLE_MS + 5000);
  assert.equal(idle, 0);
  busy = false;
  await pass(IDLE_MS + 1000);
  assert.equal(idle, 1);
  watch.stop();
});
