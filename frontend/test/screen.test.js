import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { createRoom } from "../src/screen/room.js";
import { createScenes, roomScene } from "../src/screen/scenes.js";
import { createStore } from "../src/lib/storage.js";
import { fakeArea, openPage, seatState, settle, wallRound } from "./support/page.js";

const API = "/psychsafety/api/sessions/s1/";
let page;
let main;
let room;
afterEach(() => {
  if (room) room.stop();
  if (main) main.remove();
});

async function open(state, { hash = "#TOKEN", area = fakeArea(), calls = [] } = {}) {
  page = openPage({
    html: '<main id="psychsafety" data-api="/psychsafety/api/" data-language="en" data-messages="{}"></main>',
    url: `http://course.test/psychsafety/screen/${hash}`,
  });
  page.window.URL.createObjectURL = () => "blob:x";
  main = page.window.document.getElementById("psychsafety");
  const fetch = async (url, { headers }) => {
    calls.push([url, headers.Authorization]);
    if (url.endsWith("whoami")) return json(200, { session_id: "s1", api_url: API, role: "screen" });
    if (url.endsWith("qr.svg")) return new Response("<svg/>", { headers: { "Content-Type": "image/svg+xml" } });
    return state ? json(200, state) : json(410, { error: "ended" });
  };
  room = createRoom(main, { store: createStore({ key: "screen", area }), fetch });
  room.start();
  await settle(40);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await settle(40);
}

const json = (status, body) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

test("the token leaves the address, is kept for the tab and asks for everything", async () => {
  const calls = [];
  const area = fakeArea();
  await open(seatState(null, { phase: "lobby", join_code: "K7M2QXWP" }), { calls, area });
  assert.equal(page.window.location.hash, "");
  assert.match(area.dump(), /TOKEN/);
  assert.ok(calls.every(([url, token]) => token === "Bearer TOKEN" && !url.includes("TOKEN")));
  assert.match(main.textContent, /K7M2 QXWP/);
  assert.match(main.textContent, /7 seats are taken, 3 of them by code/);
});

test("the room sees the question and how far it is, in words", async () => {
  await open(seatState(wallRound("collecting", { progress: "enough" })));
  assert.match(main.textContent, /What does it take courage from you to do\?/);
  assert.match(main.textContent, /Enough have answered/);
  assert.equal(main.querySelectorAll("button, input, textarea").length, 0, "no controls");
});

test("the wall asks for silence", async () => {
  const results = { notes: [{ id: "1", text: "Ask", resonance: null }], hidden: 0, too_few: false };
  await open(seatState(wallRound("revealed", { results })));
  assert.match(main.textContent, /Read in silence\. Nobody asks or guesses who wrote what\./);
  assert.match(main.textContent, /Which could you have written\?/);
  assert.equal([...main.querySelectorAll("button")].filter((node) => !node.closest("[hidden]")).length, 0);
});

test("a locked door shows neither code nor square, and says so small; a new code appears by itself", async () => {
  const lobby = (more) => seatState(null, { phase: "lobby", join_code: "K7M2QXWP", door: "open", ...more });
  const place = page.window.document.createElement("div");
  let pictures = 0;
  const scenes = createScenes(place, { loadQr: async () => { pictures += 1; throw new Error("no picture"); } });
  const shown = (selector) => [...place.querySelectorAll(selector)].some((node) => !node.closest("[hidden]"));
  scenes.update(lobby({ door: "locked" }), 0);
  assert.deepEqual([".psy-room__code", ".psy-room__qr"].map(shown), [false, false]);
  assert.match(place.textContent, /7 seats are taken.*The door is locked: nobody new can take a seat\./);
  scenes.update(lobby({ join_code: "NEWCQXWP" }), 0);
  assert.deepEqual([".psy-room__code", ".psy-room__qr"].map(shown), [true, true]);
  assert.match(place.querySelector(".psy-room__code").textContent, /NEWC QXWP/);
  assert.doesNotMatch(place.textContent, /locked|K7M2/);
  assert.equal(pictures, 2);
  scenes.update(seatState(null, { phase: "running", door: "locked" }), 0);
  assert.match(place.textContent, /A short pause.*The door is locked/);
});

test("an ended session takes everything down and forgets the token", async () => {
  const area = fakeArea();
  await open(null, { area });
  assert.match(main.textContent, /This session has ended/);
  assert.equal(area.dump(), "");
});

test("a page without its token says where to open it", async () => {
  await open(null, { hash: "" });
  assert.match(main.textContent, /opens from the team session/);
});

test("which scene belongs to which state", () => {
  const scene = (round, more) => roomScene(seatState(round, more));
  assert.equal(scene(null, { phase: "lobby" }), "lobby");
  assert.equal(scene(null), "pause");
  assert.equal(scene(wallRound("collecting")), "question");
  assert.equal(scene(wallRound("revealed")), "wall");
  assert.equal(scene(wallRound("closed", { results: { notes: [], hidden: 0, too_few: true } })), "wall");
  assert.equal(scene(wallRound("closed")), "pause", "of what was given up nothing hangs");
});
