import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { createGuest } from "../src/join/guest.js";
import { createKeep } from "../src/join/keep.js";
import { createStore } from "../src/lib/storage.js";
import { button, fakeArea, openPage, seatState, settle, wallRound } from "./support/page.js";

let page;
let areas;
let server;
let main;

beforeEach(() => {
  areas = { tab: fakeArea(), phone: fakeArea() };
  server = {
    calls: [],
    "POST /psychsafety/api/join": [200, { session_id: "s1", api_url: "/psychsafety/api/sessions/s1/" }],
    "POST /psychsafety/api/sessions/s1/seats": [201, { token: "tok" }],
    "GET /psychsafety/api/whoami": [200, { session_id: "s1", api_url: "/psychsafety/api/sessions/s1/", role: "seat" }],
    "GET /psychsafety/api/sessions/s1/": [200, seatState(null, { phase: "lobby" })],
  };
});

afterEach(() => main && main.remove());

async function fetchFake(url, { method, headers, body, credentials }) {
  server.calls.push({ name: `${method} ${url}`, token: headers.Authorization, body: body && JSON.parse(body), credentials });
  const [status, reply, type = "application/json"] = server[`${method} ${url}`];
  return new Response(typeof reply === "string" ? reply : JSON.stringify(reply), { status, headers: { "Content-Type": type } });
}

async function load(hash = "") {
  if (main) main.remove();
  page = openPage({
    html: '<main id="psychsafety" data-api="/psychsafety/api/" data-language="en" data-fetch-credentials="omit" data-messages="{}"></main>',
    url: `http://course.test/psychsafety/join/${hash}`,
  });
  main = page.window.document.getElementById("psychsafety");
  const keep = createKeep({
    tab: createStore({ key: "guest", area: areas.tab }),
    phone: createStore({ key: "guest", area: areas.phone }),
  });
  createGuest(main, { keep, fetch: fetchFake }).start();
  await rest();
}

async function rest() {
  await settle(40);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await settle(40);
}

const names = () => server.calls.map((call) => call.name);
const post = (body) => server.calls.find((call) => call.body && JSON.stringify(call.body) === JSON.stringify(body));

test("a scanned code leaves the address at once, and one tap takes the seat", async () => {
  await load("#K7M2QXWP");
  assert.equal(page.window.location.href, "http://course.test/psychsafety/join/");
  assert.deepEqual(names(), [], "nothing is asked before the tap");
  button(main, "Take a seat").click();
  await rest();
  assert.match(main.textContent, /You are in\./);
  assert.ok(post({ join_code: "K7M2QXWP" }));
  assert.ok(server.calls.every((call) => call.credentials === "omit" && !call.name.includes("K7M2")));
  assert.match(areas.tab.dump(), /tok/);
  assert.equal(areas.phone.dump(), "", "the tab only, until the phone is theirs");
});

test("a code is typed in any shape", async () => {
  await load();
  const field = main.querySelector("input");
  field.value = " k7m2-qx wp";
  field.setSelectionRange(field.value.length, field.value.length);
  field.dispatchEvent(new page.window.Event("input"));
  assert.equal(field.value, "K7M2 QXWP");
  main.querySelector("form").dispatchEvent(new page.window.Event("submit", { cancelable: true }));
  await rest();
  assert.match(main.textContent, /You are in\./);
});

test("what goes wrong is said, and the code is still there", async () => {
  const cases = [
    [[404, { error: "unknown_code" }], /No session has this code/],
    [[403, { error: "guests_not_admitted" }], /people with an account/],
    [[429, { error: "too_many_wrong_codes" }], /too many wrong codes/],
    [[409, { error: "door_locked", detail: "The door is locked. Ask the leader." }], /^The door is locked\. Ask the leader\.$/],
    [[200, "<html>Sign in</html>", "text/html"], /page of its own/],
  ];
  for (const [reply, words] of cases) {
    server["POST /psychsafety/api/join"] = reply;
    areas.tab = fakeArea();
    await load();
    main.querySelector("input").value = "K7M2 QXWP";
    main.querySelector("form").dispatchEvent(new page.window.Event("submit", { cancelable: true }));
    await rest();
    assert.match(main.querySelector("[role=alert]").textContent, words);
    assert.equal(main.querySelector("input").value, "K7M2 QXWP");
    assert.equal(main.querySelector("button[type=submit]").disabled, false);
  }
});

test("a reload returns to the seat, and to the code before that", async () => {
  await load("#K7M2QXWP");
  await load();
  button(main, "Take a seat").click();
  await rest();
  server["GET /psychsafety/api/sessions/s1/"] = [200, seatState(wallRound("collecting"))];
  await load();
  assert.ok(main.querySelector("textarea"));
  assert.equal(server.calls.at(-1).token, "Bearer tok");
});

test("scanning the same code again keeps the seat", async () => {
  await load("#K7M2QXWP");
  button(main, "Take a seat").click();
  await rest();
  await load("#K7M2QXWP");
  assert.match(main.textContent, /You are in\./);
  assert.equal(names().filter((name) => name.endsWith("/seats")).length, 1);
});

test("the end of the session wipes the token and every draft", async () => {
  await load("#K7M2QXWP");
  button(main, "Take a seat").click();
  await rest();
  areas.tab.setItem("psychsafety:guest:draft:r1", '"x"');
  server["GET /psychsafety/api/sessions/s1/"] = [410, { error: "ended" }];
  page.fire("online");
  await rest();
  assert.match(main.textContent, /This session has ended/);
  assert.equal(areas.tab.dump(), "");
});

test("a kept seat that is no longer known gives way to the code", async () => {
  areas.phone.setItem("psychsafety:guest:seat", JSON.stringify({ session_id: "s0", api_url: "/x/", token: "old" }));
  server["GET /psychsafety/api/whoami"] = [401, { error: "unauthorized" }];
  await load();
  assert.ok(main.querySelector("input"));
  assert.equal(areas.phone.dump(), "");
});

test("a dead seat does not stand in the way of the new code that was just scanned", async () => {
  areas.phone.setItem("psychsafety:guest:seat", JSON.stringify({ session_id: "s1", api_url: "/psychsafety/api/sessions/s1/", token: "old" }));
  server["GET /psychsafety/api/whoami"] = [401, { error: "unauthorized" }];
  await load("#NEWCQXWP");
  assert.match(main.textContent, /NEWC QXWP/);
  button(main, "Take a seat").click();
  await rest();
  assert.match(main.textContent, /You are in\./);
  assert.equal(areas.phone.dump(), "");
});

/** Seated, in the middle of a sentence, when the leader starts over. */
async function thrownOutWhileWriting() {
  await load("#K7M2QXWP");
  server["GET /psychsafety/api/sessions/s1/"] = [200, seatState(wallRound("collecting"))];
  button(main, "Take a seat").click();
  await rest();
  const paper = main.querySelector("textarea");
  paper.value = "to say no";
  paper.dispatchEvent(new page.window.Event("input", { bubbles: true }));
  server["GET /psychsafety/api/sessions/s1/"] = [401, { error: "unauthorized" }];
  page.fire("online");
  await rest();
}

async function takeASeatAgain(state) {
  server["GET /psychsafety/api/sessions/s1/"] = [200, state];
  main.querySelector("input").value = "NEWCQXWP";
  main.querySelector("form").dispatchEvent(new page.window.Event("submit", { cancelable: true }));
  await rest();
}

test("a seat that is taken away leads back to the code, says why, and leaves nothing on the device", async () => {
  await thrownOutWhileWriting();
  assert.match(main.querySelector("[role=status]").textContent, /^Your seat is no longer valid\. If your leader has started over, a new code/);
  assert.ok(main.querySelector("input"));
  assert.doesNotMatch(areas.tab.dump() + areas.phone.dump(), /tok|to say no/);
});

test("what was being written is there again when the same is asked", async () => {
  await thrownOutWhileWriting();
  await takeASeatAgain(seatState(null, { phase: "lobby" }));
  server["GET /psychsafety/api/sessions/s1/"] = [200, seatState(wallRound("collecting", { id: "r2", number: 2 }))];
  page.fire("online");
  await rest();
  assert.equal(main.querySelector("textarea").value, "to say no");
});

test("it is not put under another question", async () => {
  await thrownOutWhileWriting();
  const other = wallRound("collecting", { id: "r2", number: 2 });
  other.activity = { ...other.activity, id: "a9" };
  await takeASeatAgain(seatState(other));
  assert.equal(main.querySelector("textarea").value, "");
});

test("leaving is asked once and forgets the seat", async () => {
  await load("#K7M2QXWP");
  button(main, "Take a seat").click();
  await rest();
  button(main, "Leave this seat").click();
  button(main, "Stay").click();
  assert.match(areas.tab.dump(), /tok/);
  button(main, "Leave this seat").click();
  button(main, "Leave").click();
  assert.equal(areas.tab.dump(), "");
  assert.ok(main.querySelector("input"));
});

test("a phone that only tries is told that it can take part", async () => {
  await load("#try");
  assert.match(main.textContent, /It works\. This phone can take part\./);
  assert.deepEqual(names(), []);
});
