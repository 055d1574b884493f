import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { createStore } from "../src/lib/storage.js";
import { createDrivePage, takeCodeFromAddress } from "../src/leader/drive_page.js";
import { button, HELD, leaderState, openPage, press, serve, settle } from "./doorway_helper.js";

let main;
let store;
let page;

beforeEach(() => {
  const dom = openPage("<body><main></main></body>", "http://site.test/psychsafety/drive/#h4tr-9kqw");
  main = dom.window.document.querySelector("main");
  store = createStore({ key: "drive", persistent: false });
});

afterEach(() => page && page.destroy());

function open(code, routes) {
  const server = serve(routes);
  page = createDrivePage(main, { data: { api: "/psychsafety/api/", fetch_credentials: "omit" }, store, code });
  return server;
}

const phone = (changes) => leaderState({ device: "phone", drive: { phase: "driving" }, ...changes });

test("the code is read from the address and removed at once", () => {
  assert.equal(takeCodeFromAddress(window), "H4TR9KQW");
  assert.equal(window.location.href, "http://site.test/psychsafety/drive/");
});

test("code, two digits, confirmed, driving; the token stays in this tab", async () => {
  let confirmed = false;
  const server = open("H4TR9KQW", {
    "POST /api/drive": (body) => {
      if (body.code) return { claim: "c1", check: "47" };
      return confirmed ? { ...HELD, token: "phone-token" } : [202, { waiting: true }];
    },
    "GET /s1/": () => phone({ round: { answers: 7, progress: "all" } }),
  });
  await settle();
  assert.equal(main.querySelector(".psy-digits").textContent, "47");
  confirmed = true;
  await settle(1600);
  assert.ok(button(main, "reveal"));
  assert.equal(button(main, "drive"), null);
  assert.deepEqual(server.calls[0].body, { code: "H4TR9KQW" });
  assert.equal(server.calls.at(-1).init.headers.Authorization, "Bearer phone-token");
  assert.equal(window.localStorage.length, 0);
});

test("a reload goes on driving", async () => {
  store.set("lead", HELD);
  open("", { "GET /s1/": () => phone({ phase: "lobby" }) });
  await settle();
  assert.ok(button(main, "begin"));
});

test("taken back on the laptop: said, and forgotten", async () => {
  store.set("lead", HELD);
  open("", { "GET /s1/": () => [401, { error: "unauthorized" }] });
  await settle();
  assert.match(main.textContent, /The laptop has the controls again/);
  assert.equal(store.get("lead"), null);
  assert.ok(button(main, "join"), "another code can be typed");
});

test("taken back in the middle of a press", async () => {
  store.set("lead", HELD);
  open("", { "GET /s1/": () => phone({ phase: "lobby" }), "POST commands": () => [401, { error: "unauthorized" }] });
  await settle();
  await press(main, "begin");
  assert.match(main.textContent, /The laptop has the controls again/);
});

test("refused, or too late", async () => {
  open("H4TR9KQW", {
    "POST /api/drive": (body) => (body.code ? { claim: "c1", check: "47" } : [404, { error: "unknown_code" }]),
  });
  await settle();
  assert.match(main.textContent, /did not confirm/);
  assert.equal(store.get("claim"), null);
});

test("a code that works no more is said, and the field is there", async () => {
  open("AAAABBBB", { "POST /api/drive": () => [404, { error: "unknown_code", detail: "x" }] });
  await settle();
  assert.match(main.textContent, /does not work any more/);
  assert.ok(main.querySelector("input"));
});
