import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { mountBlock } from "../src/doorway/block.js";
import { button, HELD, leaderState, NOTES, openPage, press, serve, settle, VIEW } from "./doorway_helper.js";

const runtime = { handlerUrl: (element, name) => `/handler/${name}` };
let root;

beforeEach(() => {
  openPage();
  root = addRoot();
});

afterEach(() => {
  document.body.replaceChildren();
  window.close();
});

function addRoot() {
  const host = document.createElement("div");
  host.innerHTML = '<div class="psy psy-block"></div>';
  document.body.append(host);
  return host;
}

const keep = (name, value) => localStorage.setItem(`psychsafety:key:${name}`, JSON.stringify(value));
const kept = (name) => JSON.parse(localStorage.getItem(`psychsafety:key:${name}`));
const handlers = (server) => server.calls.filter((c) => c.url.includes("/handler/")).map((c) => c.url.split("/").pop());

async function mount(routes, data = {}) {
  const server = serve({ "POST current_session": () => ({ session_id: null }), ...routes });
  mountBlock(runtime, root, { ...VIEW, ...data });
  await settle();
  return server;
}

const seatState = (changes) => ({ ...leaderState(changes), role: "seat" });

test("nobody: one sentence, Join, and convene for who may lead", async () => {
  await mount({});
  assert.match(root.textContent, /a team gathers/);
  assert.ok(button(root, "join"));
  assert.ok(button(root, "convene"));
});

test("who may not lead is not offered it, and no handler is asked", async () => {
  const server = await mount({}, { may_lead: false });
  assert.equal(button(root, "convene"), null);
  assert.deepEqual(handlers(server), []);
});

test("join sends the code without spaces, keeps the seat and shows it", async () => {
  const seat = { ...HELD, token: "seat-token" };
  const server = await mount({
    "POST take_seat": () => seat, "GET /s1/": () => seatState({ phase: "lobby" }),
  });
  root.querySelector("input").value = " k7m2-qxwp";
  await press(root, "join");
  const call = server.calls.find((c) => c.url.endsWith("take_seat"));
  assert.deepEqual(call.body, { join_code: "K7M2QXWP" });
  assert.equal(call.init.headers["Content-Type"], "application/json");
  assert.deepEqual(kept("seat"), seat);
  await settle();
  assert.ok(root.querySelector(".psy-seat"));
});

test("a wrong code is said in place and nothing is kept", async () => {
  await mount({ "POST take_seat": () => [404, { error: "unknown_code", detail: "No session has this code." }] });
  root.querySelector("input").value = "AAAABBBB";
  await press(root, "join");
  assert.match(root.querySelector(".psy-error").textContent, /No session has this code/);
  assert.equal(kept("seat"), null);
});

test("convening: before you start, with a self-test without cookies, then the lobby", async () => {
  const server = await mount({
    "GET ping": () => ({ psychsafety: "ok" }),
    "GET try.svg": () => new Response("<svg/>"),
    "POST open_session": () => ({ ...HELD, join_code: "K7M2QXWP", attached: ["a1"] }),
    "GET /s1/": () => leaderState({ phase: "lobby" }),
    "GET qr.svg": () => new Response("<svg/>"),
  });
  await press(root, "convene");
  assert.match(root.textContent, /Before you start.*One\.Two\./s);
  assert.match(root.textContent, /This site answers phones/);
  assert.equal(server.calls.find((c) => c.url.endsWith("ping")).init.credentials, "omit");
  assert.ok(!handlers(server).includes("open_session"), "nothing is opened before it is confirmed");
  await press(root, "open");
  assert.deepEqual(server.calls.find((c) => c.url.endsWith("open_session")).body, {});
  await settle();
  assert.match(root.textContent, /Your team can join now/);
  assert.deepEqual(kept("lead"), HELD);
});

test("a sign-on page in place of our answer: phones do not reach this site", async () => {
  await mount({
    "GET ping": () => new Response("<html>Sign in</html>", { headers: { "Content-Type": "text/html" } }),
  });
  await press(root, "convene");
  assert.match(root.textContent, /Phones do not reach this site: use one device\./);
  assert.equal(root.querySelector("img"), null);
});

test("other JSON than ours is no answer either", async () => {
  await mount({ "GET ping": () => ({ login: "please" }) });
  await press(root, "convene");
  assert.match(root.textContent, /Phones do not reach this site/);
});

test("a held lead continues directly, without asking a handler", async () => {
  keep("lead", HELD);
  const server = await mount({ "GET /s1/": () => leaderState({ round: { answers: 2 } }) });
  assert.deepEqual(handlers(server), []);
  assert.ok(button(root, "reveal"));
  const poll = server.calls.find((c) => c.url.endsWith("/s1/"));
  assert.equal(poll.init.headers.Authorization, "Bearer lead-token");
  assert.equal(poll.init.credentials, "omit");
});

test("an open session without a held lead is never continued without asking", async () => {
  const server = await mount({
    "POST current_session": () => ({ ...HELD, join_code: "K7M2QXWP" }),
    "GET /s1/": () => leaderState({ round: { answers: 2 } }),
  });
  assert.match(root.textContent, /still open/);
  assert.equal(kept("lead"), null);
  assert.ok(!server.calls.some((c) => c.url.endsWith("/s1/")));
  await press(root, "continue");
  await settle();
  assert.ok(button(root, "reveal"));
});

test("convening never slips into a session that was opened elsewhere in the meantime", async () => {
  let open = { session_id: null };
  const server = await mount({ "POST current_session": () => open });
  open = HELD;
  await press(root, "convene");
  assert.match(root.textContent, /still open/);
  assert.ok(!handlers(server).includes("open_session"));
});

test("start new ends the open one, which is said before", async () => {
  const server = await mount({
    "POST current_session": () => HELD,
    "GET ping": () => ({ psychsafety: "ok" }),
    "GET try.svg": () => new Response("<svg/>"),
    "POST open_session": () => ({ ...HELD, session_id: "s2" }),
    "GET /s1/": () => leaderState({ phase: "lobby" }),
  });
  await press(root, "fresh");
  assert.match(root.textContent, /still open ends/);
  await press(root, "open");
  assert.deepEqual(server.calls.find((c) => c.url.endsWith("open_session")).body, { fresh: true });
});

test("a lead that holds no more is dropped and said", async () => {
  keep("lead", HELD);
  await mount({ "GET /s1/": () => [401, { error: "unauthorized" }] });
  assert.equal(kept("lead"), null);
  assert.match(root.textContent, /does not lead the session any more/);
});

test("an ended session wipes what was held, and a seat keeps only what tells of its completion, for later", async () => {
  keep("seat", { ...HELD, token: "seat-token" });
  const server = await mount({ "GET /s1/": () => [410, { error: "ended" }] }, { complete_after_session: true });
  assert.equal(kept("seat"), null);
  assert.equal(kept("done"), "seat-token");
  assert.ok(!handlers(server).includes("complete"), "never at the moment of the end");
});

test("completion on view: nothing is kept after the end", async () => {
  keep("seat", { ...HELD, token: "seat-token" });
  await mount({ "GET /s1/": () => [410, { error: "ended" }] });
  assert.equal(localStorage.length, 0);
});

test("a leader without a seat asks for no completion, one with a seat does", async () => {
  keep("lead", HELD);
  await mount({ "GET /s1/": () => [410, { error: "ended" }] }, { complete_after_session: true });
  assert.equal(localStorage.length, 0);
  keep("lead", HELD);
  keep("seat", { ...HELD, token: "seat-token" });
  root.remove();
  root = addRoot();
  await mount({ "GET /s1/": () => [410, { error: "ended" }] }, { complete_after_session: true });
  assert.equal(kept("done"), "seat-token");
});

test("leaving gives the seat back, and forgets it whatever the network says", async () => {
  keep("seat", { ...HELD, token: "seat-token" });
  const server = await mount({
    "GET /s1/": () => seatState({ phase: "lobby" }),
    "POST leave": () => {
      throw new TypeError("offline");
    },
  });
  const press_ = (text) => [...root.querySelectorAll("button")].find((node) => node.textContent === text).click();
  press_("Leave this seat");
  press_("Leave");
  await settle();
  const call = server.calls.find((c) => c.url.endsWith("/leave"));
  assert.equal(call.init.headers.Authorization, "Bearer seat-token");
  assert.equal(call.init.keepalive, true);
  assert.equal(kept("seat"), null);
  assert.ok(button(root, "join"));
});

const REHEARSAL = { ...HELD, token: "rehearsal-token", session_id: "p1", api_url: "/psychsafety/api/sessions/p1/", join_code: "", pretend: ["a", "b"] };

test("a rehearsal goes on after a reload and leaves an open session alone", async () => {
  let over = false;
  const routes = {
    "GET ping": () => ({ psychsafety: "ok" }),
    "GET try.svg": () => new Response("<svg/>"),
    "POST open_session": () => REHEARSAL,
    "GET /p1/": () => (over ? [410, { error: "ended" }] : leaderState({ rehearsal: true, round: { answers: 2 } })),
    "GET /s1/": () => leaderState({ title: "The real one" }),
  };
  const server = await mount(routes);
  await press(root, "convene");
  await press(root, "rehearse");
  await settle();
  assert.deepEqual(server.calls.find((c) => c.url.endsWith("open_session")).body, { rehearse: true });
  assert.ok(root.querySelector(".psy-leader"));
  assert.equal(localStorage.length, 0, "another tab knows nothing of it");
  keep("lead", HELD);
  root.remove();
  root = addRoot();
  await mount(routes);
  assert.doesNotMatch(root.textContent, /The real one/);
  over = true;
  root.remove();
  root = addRoot();
  await mount(routes);
  await settle();
  assert.deepEqual(kept("lead"), HELD);
  assert.match(root.textContent, /The real one/);
});

test("when the rehearsal is over, that is said where one starts", async () => {
  window.sessionStorage.setItem("psychsafety:key.B1:lead", JSON.stringify(REHEARSAL));
  await mount({ "GET /p1/": () => [410, { error: "ended" }] });
  assert.match(root.textContent, /The rehearsal is over\. Nothing of it was kept\./);
  assert.ok(button(root, "convene"));
  assert.equal(window.sessionStorage.length, 0);
});

test("the doorway links to the summary of the session that has just been ended", async () => {
  keep("lead", HELD);
  await mount({
    "GET /s1/": () => leaderState({ phase: "summary", next_activity: null }),
    "POST commands": () => ({ phase: "ended", summary_url: "/psychsafety/summary/#T", summary_token: "T" }),
  });
  if (!button(root, "end")) await press(root, "more");
  await press(root, button(root, "end") ? "end" : "end_session");
  await press(root, button(root, "end_yes") ? "end_yes" : "end_session_yes");
  const link = button(root, "summary");
  assert.equal(link.getAttribute("href"), "/psychsafety/summary/#T");
  assert.equal(link.rel, "noopener noreferrer");
});

test("earlier sessions come on a press; none, and no connection, are said", async () => {
  let reply = { sessions: [] };
  await mount({ "POST past_sessions": () => reply });
  const list = () => root.querySelector(".psy-past");
  await press(root, "past");
  assert.match(list().textContent, /None yet\./);
  await press(root, "past");
  reply = [503, { error: "busy", detail: "Busy, try again." }];
  await press(root, "past");
  assert.match(list().textContent, /Busy, try again\./);
  reply = { sessions: [{ title: "<b>Us</b>", held_on: "2026-11-02", summary_url: "/psychsafety/summary/#T" }] };
  await press(root, "past");
  assert.match(list().textContent, /<b>Us<\/b>2 November/);
  const link = list().querySelector("a");
  assert.deepEqual([link.getAttribute("href"), link.target, link.rel], ["/psychsafety/summary/#T", "_blank", "noopener noreferrer"]);
});

test("a wall starts with the leader's session: attach, then start what was attached", async () => {
  keep("lead", HELD);
  const server = await mount({
    "GET /s1/": () => leaderState({ step: 8 }),
    "POST open_session": () => ({ ...HELD, attached: ["a7"] }),
    "POST commands": () => leaderState({ step: 9, round: {
      activity: { block: "W", title: "Wall", prompt: "What takes courage?" },
    } }),
  }, { kind: "wall", block: "W" });
  await press(root, "start_wall");
  assert.deepEqual(server.calls.find((c) => c.url.endsWith("commands")).body,
    { command: "start_round", activity: "a7", step: 8 });
  assert.ok(button(root, "reveal"), "the bar stands in the block whose round it is");
});

test("of two blocks the one whose round runs shows it, the other says where it is", async () => {
  keep("lead", HELD);
  const other = addRoot();
  const server = serve({ "GET /s1/": () => leaderState({ round: {
    answers: 2, activity: { block: "W", title: "Courage", prompt: "What takes courage?" },
  } }) });
  mountBlock(runtime, root, VIEW);
  mountBlock(runtime, other, { ...VIEW, kind: "wall", block: "W" });
  await settle(40);
  assert.match(root.textContent, /The team is at: Courage/);
  assert.equal(button(root, "reveal"), null);
  assert.ok(button(other, "reveal"));
  assert.deepEqual(handlers(server), []);
});

test("convening in one block is seen by the other at once", async () => {
  const other = addRoot();
  serve({
    "POST current_session": () => ({ session_id: null }),
    "GET ping": () => ({ psychsafety: "ok" }),
    "GET try.svg": () => new Response("<svg/>"),
    "POST open_session": () => HELD,
    "GET qr.svg": () => new Response("<svg/>"),
    "GET /s1/": () => leaderState({ phase: "lobby" }),
  });
  mountBlock(runtime, root, VIEW);
  mountBlock(runtime, other, { ...VIEW, kind: "wall", block: "W" });
  await settle();
  await press(root, "convene");
  await press(root, "open");
  await settle(40);
  assert.match(root.textContent, /Your team can join now/);
  assert.equal(button(other, "join"), null);
});

test("the leader's own seat: taken with the code of the session, veiled, below the bar", async () => {
  keep("lead", HELD);
  const server = await mount({
    "GET /s1/": (body, call) => (call.init.headers.Authorization === "Bearer seat-token"
      ? seatState({ round: { answered: false } }) : leaderState({ round: { answers: 2 } })),
    "POST take_seat": () => ({ ...HELD, token: "seat-token" }),
  });
  await press(root, "more");
  await press(root, "take_part");
  await settle();
  assert.deepEqual(server.calls.find((c) => c.url.endsWith("take_seat")).body, { join_code: "K7M2QXWP" });
  const panel = root.querySelector("details");
  assert.equal(panel.open, false);
  assert.match(panel.textContent, /Your own note/);
});

test("a course-wide wall takes a seat by one press, without a code", async () => {
  const server = await mount({
    "POST take_seat": () => ({ ...HELD, token: "seat-token" }),
    "GET /s1/": () => ({
      ...seatState({ round: { phase: "collecting", progress: null, results: NOTES, answered: false } }),
      kind: "course", seats: null,
    }),
  }, { kind: "wall", audience: "course" });
  await press(root, "enter");
  await settle();
  assert.deepEqual(server.calls.find((c) => c.url.endsWith("take_seat")).body, {});
  assert.match(root.textContent, /Note 1/);
  assert.equal(kept("seat"), null, "a seat of its own, beside one in a team");
});
