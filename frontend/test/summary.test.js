import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createScenes, roomScene } from "../src/screen/scenes.js";
import { createSeatView } from "../src/seat/seat_view.js";
import { createStore } from "../src/lib/storage.js";
import { createSummaryRoom } from "../src/summary/summary_room.js";
import { createSummary, summaryPages } from "../src/summary/summary_view.js";
import { SUMMARY, button, fakeArea, openPage, seatState, settle } from "./support/page.js";

let page;
beforeEach(() => {
  page = openPage();
});

const shown = (more) => seatState(null, { phase: "summary", summary: SUMMARY, ...more });

test("one page: what was agreed first and once, then what was done in its order", () => {
  const node = createSummary({ summary: SUMMARY, level: 1 });
  const said = node.textContent;
  assert.match(said, /What we agreed on.*When we err.*5 of 7 stand behind this\..*We look again on 22 December.*Why are we here\?.*What takes courage/);
  assert.equal(said.split("When we err").length, 2);
  assert.match(said, /Ask <i>twice<\/i> 4 of us could have written this/);
  assert.equal(node.querySelector("i"), null);
  assert.match(said, /I speak up.*Mean 3\.6, apart \(spread 0\.9\) Last time: Most of us: 1–2.*Who errs pays.*Too few to show\./);
  assert.match(said, /Where is it easiest\?Most of us: One to one/);
  assert.equal(node.querySelectorAll("h1").length, 1);
  assert.equal(node.querySelectorAll("h2").length, 5);
});

test("without a wall's notes, without commitments, without a date", () => {
  const said = createSummary({ summary: { title: "", held_on: "2026-11-24", due: null, commitments: [], activities: [
    { kind: "wall", prompt: "What takes courage?", notes: [] },
  ] }, level: 2 }).textContent;
  assert.match(said, /The notes come down with the session\./);
  assert.doesNotMatch(said, /agreed|look again/);
});

test("a seat reads it and takes the date along; the leader's own seat shows nothing", async () => {
  const asked = [];
  page.window.URL.createObjectURL = () => "blob:x";
  page.window.URL.revokeObjectURL = () => {};
  globalThis.URL = page.window.URL;
  const api = { post: async () => ({}), getBlob: async (path) => asked.push(path) && new Blob(["x"]) };
  const make = (more) => createSeatView(page.root, { api, store: createStore({ key: "me", area: fakeArea() }), data: {}, ...more });
  const view = make();
  view.update(shown());
  assert.match(page.root.textContent, /What we agreed on/);
  button(page.root, "Calendar entry for the follow-up").click();
  await settle();
  assert.deepEqual(asked, ["follow-up.ics"]);
  view.update(shown({ summary: { ...SUMMARY, title: "Another title" } }));
  assert.match(page.root.textContent, /Another title/);
  view.destroy();
  const veiled = make({ veiled: true });
  veiled.update(shown());
  assert.doesNotMatch(page.root.textContent, /What we agreed on/);
  veiled.destroy();
});

test("the screen turns its pages, each part under its heading", () => {
  assert.equal(roomScene(shown()), "summary");
  const scenes = createScenes(page.root, { loadQr: async () => new Blob() });
  scenes.update(shown(), 0);
  assert.match(page.root.textContent, /With your team.*What we agreed on/);
  assert.equal(page.root.querySelectorAll("button, a, input").length, 0);
  scenes.destroy();
  const ten = { ...SUMMARY.activities[2], statements: Array.from({ length: 10 }, (_, at) => ({ id: `t${at}`, text: `T${at}` })), items: [] };
  const parts = summaryPages({ ...SUMMARY, commitments: [], activities: [ten] });
  assert.equal(parts.length, 5);
  assert.ok(parts.every((part) => part.querySelector("h2").textContent === "How is it here?"));
});

test("the farewell speaks of notes only after a wall", () => {
  const said = (kinds) => {
    const view = createSeatView(page.root, { api: { post: async () => ({}) }, store: createStore({ key: "me", area: fakeArea() }), data: {} });
    view.update(seatState(null, { agenda: kinds.map((kind) => ({ kind })) }));
    view.sessionEnded();
    const text = page.root.textContent;
    view.destroy();
    return text;
  };
  assert.match(said(["talk", "wall"]), /The notes have come down/);
  assert.match(said(["talk", "pulse"]), /The answers are no longer shown/);
  assert.doesNotMatch(said(["pulse"]), /notes/);
});

const API = "/psychsafety/api/sessions/s1/";
const json = (status, body) => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

async function openRoom({ hash = "#TOKEN", area = fakeArea(), calls = [], summary = json(200, { summary: SUMMARY }) } = {}) {
  page = openPage({
    html: '<main id="psychsafety" data-api="/psychsafety/api/" data-language="en" data-messages="{}"></main>',
    url: `http://course.test/psychsafety/summary/${hash}`,
  });
  const main = page.window.document.getElementById("psychsafety");
  const fetch = async (url, { headers }) => {
    calls.push([url, headers.Authorization]);
    return url.endsWith("whoami") ? json(200, { session_id: "s1", api_url: API, role: "summary" }) : summary;
  };
  createSummaryRoom(main, { store: createStore({ key: "summary", area }), fetch }).start();
  await settle(60);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await settle(60);
  return main;
}

test("the page: the token leaves the address, stays in the tab and asks for the summary", async () => {
  const calls = [];
  const area = fakeArea();
  const main = await openRoom({ calls, area });
  assert.equal(page.window.location.hash, "");
  assert.match(area.dump(), /TOKEN/);
  assert.deepEqual(calls.map(([url]) => url), ["/psychsafety/api/whoami", `${API}summary`]);
  assert.ok(calls.every(([url, token]) => token === "Bearer TOKEN" && !url.includes("TOKEN")));
  assert.match(main.textContent, /What we agreed on.*Print.*Numbers as CSV.*Calendar entry for the follow-up/);
  assert.match(document.title, /With your team, 24 November/);
});

test("the page without a token, and after the retention time", async () => {
  assert.match((await openRoom({ hash: "" })).textContent, /opens from the team session/);
  const area = fakeArea();
  const main = await openRoom({ area, summary: json(401, { error: "unauthorized" }) });
  assert.match(main.textContent, /This summary is no longer here/);
  assert.equal(area.dump(), "");
});
