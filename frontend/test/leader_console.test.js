import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { createApi } from "../src/lib/api.js";
import { createLeaderView } from "../src/leader/leader_view.js";
import { safetyCards } from "../src/leader/cards.js";
import { button, leaderState, NOTES, openPage, press, serve, settle } from "./doorway_helper.js";

let root;
let view;
let gone;

beforeEach(() => {
  openPage();
  root = document.createElement("div");
  document.body.append(root);
  gone = [];
});

afterEach(() => view && view.destroy());

const GUIDE = { activities: {
  a1: { kind: "wall", title: "Courage", prompt: "?", minutes: 5, script: "Write what it takes.\n\nI write too.", notes: "Count to ten." },
} };

function lead(state, routes = {}, options = {}) {
  const server = serve({ "GET guide": () => GUIDE, "GET qr.svg": () => new Response("<svg/>"), ...routes });
  const api = createApi({ apiUrl: "/api/s1/", token: "lead" });
  view = createLeaderView(root, { api, nudge: () => {}, onGone: (error) => gone.push(error), phone: true, ...options });
  view.update(state, 0);
  return server;
}

const phone = (changes) => leaderState({ device: "phone", drive: { phase: "driving" }, guide: "g1", ...changes });
const asked = (server, end) => server.calls.filter((call) => call.url.endsWith(end));
const panel = (id) => root.querySelector(`[data-panel="${id}"]`);

test("the script and what to know of the activity that is on, fetched again only when the state says so", async () => {
  const server = lead(phone({ round: {} }));
  await settle();
  assert.match(panel("now").textContent, /Say.*Write what it takes.*I write too.*Good to know.*Count to ten/s);
  view.update(phone({ round: { answers: 2 } }), 0);
  await settle();
  assert.equal(asked(server, "guide").length, 1);
  view.update(phone({ round: {}, guide: "g2" }), 0);
  await settle();
  assert.equal(asked(server, "guide").length, 2);
});

test("between two activities the script of the next one, said to be that", async () => {
  lead(phone({}));
  await settle();
  assert.match(panel("now").textContent, /Comes next: Courage/);
});

test("on the laptop neither script nor notes nor cards, nor a question for them", async () => {
  const server = lead(leaderState({ round: {}, guide: "g1" }), {}, { phone: false });
  await press(root, "more");
  await settle();
  assert.equal(asked(server, "guide").length, 0);
  assert.equal(root.querySelector(".psy-script, .psy-card"), null);
  assert.doesNotMatch(root.textContent, /Good to know|Somebody guesses/);
});

test("sections are tabs for a keyboard; the next thing stays below all of them", () => {
  lead(phone({ round: { answers: 7, progress: "all" } }));
  const tab = button(root, "tab_now");
  tab.focus();
  tab.dispatchEvent(new window.KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  assert.equal(document.activeElement, button(root, "tab_agenda"));
  assert.equal(panel("now").hidden, true);
  assert.equal(panel("agenda").hidden, false);
  assert.ok(button(root, "reveal"));
});

test("each safety card says what to do in a few sentences, and what to say", () => {
  lead(phone({}));
  const cards = safetyCards();
  assert.equal(root.querySelectorAll("[data-card]").length, cards.length);
  for (const card of cards) {
    assert.ok(card.steps.length >= 2 && card.steps.length <= 4, card.id);
    assert.match(card.say, /^“.+”$/);
  }
  const text = JSON.stringify(cards);
  assert.match(text, /Never ask who wrote/);
  assert.match(text, /Do not defend yourself/);
});

test("skip from the agenda is sent at once; run again is asked first", async () => {
  const agenda = [
    { id: "a1", kind: "wall", title: "Courage", minutes: 5, status: "done", repeatable: true, missing: 0 },
    { id: "a2", kind: "talk", title: "Pairs", minutes: 5, status: "waiting", repeatable: false, missing: 0 },
  ];
  const state = phone({ agenda, next_activity: "a2" });
  const server = lead(state, { "POST commands": () => ({ ...state, step: 4 }) });
  button(root, "tab_agenda").click();
  await press(root, "skip_a2");
  await press(root, "jump_a1");
  assert.equal(asked(server, "commands").length, 1);
  await press(root, "jump_a1_yes");
  assert.deepEqual(asked(server, "commands").map((call) => call.body), [
    { command: "skip", activity: "a2", step: 3 }, { command: "start_round", activity: "a1", step: 4 },
  ]);
});

test("looking back says so and leads back", async () => {
  const round = { phase: "closed", number: 1, results: NOTES, resonance: "counted" };
  const server = lead(phone({ looking_back: true, round }), { "POST commands": () => phone({ step: 4 }) });
  assert.match(root.textContent, /Looking back/);
  assert.match(root.textContent, /Note 1/);
  await press(root, "return");
  assert.deepEqual(asked(server, "commands")[0].body, { command: "next", step: 3 });
});

test("the summary hangs for all; ending it hands on where the summary is", async () => {
  const summary = { title: "With your team", held_on: "2026-11-24", due: null, commitments: ["We ask."], activities: [] };
  lead(phone({ phase: "summary", summary, next_activity: null }), {
    "POST commands": () => ({ phase: "ended", step: 4, role: "leader", round: null, summary_url: "http://site.test/psychsafety/summary/#T" }),
  });
  assert.match(root.textContent, /We ask\./);
  await press(root, "end");
  await press(root, "end_yes");
  assert.deepEqual(gone, [{ status: 410, summary_url: "http://site.test/psychsafety/summary/#T" }]);
});

test("a rehearsal says who answers, and has no code", () => {
  lead(leaderState({ phase: "lobby", rehearsal: true, join_code: "", seats: { all: 6, guests: 6, tablet: 0, generation: 1 } }), {}, { phone: false });
  assert.match(root.textContent, /Rehearsal: six people who do not exist\. Nothing is kept\./);
  assert.match(root.textContent, /6 people who do not exist/);
  assert.equal(root.querySelector(".psy-code, img"), null);
  assert.equal(button(root, "drive"), null);
});

test("a lead that was handed to a colleague says goodbye kindly, any other loss does not", async () => {
  lead(leaderState({ phase: "lobby" }), { "POST drive": () => ({ code: "H4TR9KQW", drive_url: "/psychsafety/drive/#H4TR9KQW" }) }, { phone: false });
  assert.equal(view.farewell(), "");
  await press(root, "more");
  await press(root, "hand_over");
  assert.match(root.textContent, /Afterwards your colleague leads/);
  view.update(leaderState({ phase: "lobby", drive: { phase: "claimed", check: "47" } }), 0);
  await press(root, "confirm_drive");
  assert.match(view.farewell(), /colleague leads/);
});

test("another step turns back to its words, unless a safety card is being read", () => {
  lead(phone({ phase: "lobby" }));
  button(root, "tab_agenda").click();
  view.update(phone({ step: 4 }), 0);
  assert.equal(panel("now").hidden, false);
  button(root, "tab_cards").click();
  view.update(phone({ step: 5, round: {} }), 0);
  assert.equal(panel("cards").hidden, false);
});

test("what is agreed on is written from under the thumb", async () => {
  lead(phone({ round: { activity: { id: "a1", kind: "commitments", title: "We", prompt: "What?", starter: "", days: 28, commitments: [], due: null } } }));
  button(root, "tab_agenda").click();
  await press(root, "write");
  assert.equal(panel("now").hidden, false);
  assert.equal(document.activeElement, root.querySelector(".psy-tool__field"));
});
