import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { createApi } from "../src/lib/api.js";
import { createLeaderView } from "../src/leader/leader_view.js";
import { button, leaderState, NOTES, openPage, press, serve, settle } from "./doorway_helper.js";

let view;
let gone;
let root;

beforeEach(() => {
  openPage();
  root = document.createElement("div");
  document.body.append(root);
  gone = [];
});

afterEach(() => view && view.destroy());

function lead(state, routes = {}, options = {}) {
  const server = serve({ "GET qr.svg": () => new Response("<svg/>"), ...routes });
  const api = createApi({ apiUrl: "/api/s1/", token: "lead", credentials: "omit" });
  view = createLeaderView(root, { api, nudge: () => {}, onGone: (error) => gone.push(error.status), ...options });
  view.update(state, 0);
  return server;
}

const commands = (server) => server.calls.filter((call) => call.url.endsWith("commands")).map((call) => call.body);
const text = () => root.textContent;

test("the lobby shows the code in groups, how many seats, and begins with the step it showed", async () => {
  const server = lead(leaderState({ phase: "lobby" }), { "POST commands": () => leaderState({ step: 4 }) });
  assert.match(text(), /K7M2 QXWP/);
  assert.match(text(), /7 seats are taken, 3 of them by code/);
  await press(root, "begin");
  assert.deepEqual(commands(server), [{ command: "begin", step: 3 }]);
  assert.ok(button(root, "start"), "what is next stands in the bar");
});

test("accounts only: no QR code and no link for phones", () => {
  lead(leaderState({ phase: "lobby", guests_allowed: false }));
  assert.equal(root.querySelector("img"), null);
  assert.equal(button(root, "copy_link"), null);
  assert.ok(button(root, "copy_invitation"));
});

test("two clicks do it once", async () => {
  const server = lead(leaderState({ round: { answers: 7, progress: "all" } }), {
    "POST commands": async () => { await settle(30); return leaderState({ step: 4, round: shown() }); },
  });
  const reveal = button(root, "reveal");
  reveal.click();
  assert.equal(reveal.getAttribute("aria-disabled"), "true");
  reveal.click();
  await settle(60);
  assert.equal(commands(server).length, 1);
});

test("what is not possible yet cannot be pressed", async () => {
  const server = lead(leaderState({ round: { answers: 2 } }));
  await press(root, "reveal");
  assert.deepEqual(commands(server), []);
});

test("somebody was faster: the new state is taken and said, nothing is sent again", async () => {
  const server = lead(leaderState({ round: { answers: 7, progress: "all" } }), {
    "POST commands": () => [409, { error: "stale_step", detail: "x" }],
    "GET /api/s1/": () => leaderState({ step: 9, round: shown() }),
  });
  await press(root, "reveal");
  assert.match(text(), /Somebody was faster; here is where we are/);
  assert.match(text(), /Note 1/);
  assert.equal(commands(server).length, 1);
});

test("with somebody still writing, Reveal asks; the notice is sent as closing", async () => {
  const server = lead(leaderState({ round: { answers: 5, progress: "most" } }), {
    "POST commands": () => leaderState({ step: 4, round: { answers: 5, progress: "most", closing: true } }),
  });
  await press(root, "reveal_choice");
  assert.equal(document.activeElement.textContent, "Some are still writing.");
  await press(root, "notice");
  assert.deepEqual(commands(server), [{ command: "extend", seconds: 20, closing: true, step: 3 }]);
});

test("when the notice has run out the page reveals by itself, once", async () => {
  const past = new Date(Date.now() - 1000).toISOString();
  const round = { answers: 5, progress: "most", closing: true, ends_at: past };
  const server = lead(leaderState({ round }), { "POST commands": () => leaderState({ step: 4, round: shown() }) });
  await settle();
  view.update(leaderState({ round }), 0);
  await settle();
  assert.deepEqual(commands(server).map((body) => body.command), ["reveal"]);
});

test("one more minute cancels the notice; a notice that still runs reveals nothing", async () => {
  const later = new Date(Date.now() + 60000).toISOString();
  const server = lead(leaderState({ round: { answers: 5, progress: "most", closing: true, ends_at: later } }), {
    "POST commands": () => leaderState({ step: 4, round: { answers: 5, progress: "most", ends_at: later } }),
  });
  await press(root, "minute");
  assert.deepEqual(commands(server), [{ command: "extend", seconds: 60, step: 3 }]);
  assert.ok(button(root, "reveal_choice"));
});

test("a phone that drives reveals, the driven laptop does not", async () => {
  const past = new Date(Date.now() - 1000).toISOString();
  const server = lead(leaderState({
    drive: { phase: "driving" }, round: { answers: 5, progress: "most", closing: true, ends_at: past },
  }));
  await settle();
  assert.deepEqual(commands(server), []);
  assert.match(text(), /Driven from your phone/);
  assert.equal(button(root, "reveal"), null);
  assert.equal(button(root, "more"), null);
});

test("Escape cancels a question and the focus returns to its button", async () => {
  lead(leaderState({ round: { answers: 5, progress: "most" } }));
  const opener = button(root, "reveal_choice");
  opener.focus();
  opener.click();
  assert.notEqual(document.activeElement, opener);
  document.activeElement.dispatchEvent(new window.KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  assert.equal(document.activeElement, opener);
  assert.equal(root.querySelector(".psy-query"), null);
});

test("a question about an earlier moment goes away by itself", async () => {
  lead(leaderState({ round: { answers: 5, progress: "most" } }));
  await press(root, "reveal_choice");
  view.update(leaderState({ round: { answers: 7, progress: "all" } }), 0);
  assert.equal(root.querySelector(".psy-query"), null);
  assert.ok(button(root, "reveal"));
});

test("ending asks, says that the notes come down, and is sent once confirmed", async () => {
  const state = leaderState({ next_activity: null, round: shown({ phase: "closed" }) });
  const server = lead(state, { "POST commands": () => [410, { error: "ended", detail: "" }] });
  await press(root, "end");
  assert.match(root.querySelector(".psy-query").textContent, /notes come down/);
  assert.deepEqual(commands(server), []);
  await press(root, "end_yes");
  assert.deepEqual(commands(server), [{ command: "close_session", step: 3 }]);
  assert.deepEqual(gone, [410]);
});

test("a slow poll does not undo what a command has answered", async () => {
  lead(leaderState({ phase: "lobby" }), { "POST commands": () => leaderState({ step: 4 }) });
  await press(root, "begin");
  view.update(leaderState({ phase: "lobby", step: 3 }), 0);
  assert.equal(button(root, "begin"), null);
});

test("drive from my phone: code and address, then two digits, then confirmed", async () => {
  const server = lead(leaderState({ phase: "lobby" }), {
    "POST drive": (body) => (body.do === "offer"
      ? { code: "H4TR9KQW", drive_url: "http://site.test/psychsafety/drive/#H4TR9KQW" } : {}),
  });
  await press(root, "drive");
  assert.match(text(), /H4TR 9KQW/);
  assert.match(text(), /site\.test\/psychsafety\/drive\//);
  view.update(leaderState({ phase: "lobby", drive: { phase: "claimed", check: "47" } }), 0);
  assert.match(root.querySelector(".psy-query").textContent, /47/);
  await press(root, "confirm_drive");
  assert.deepEqual(server.calls.filter((c) => c.url.endsWith("drive")).map((c) => c.body.do), ["offer", "confirm"]);
  view.update(leaderState({ phase: "lobby", drive: { phase: "driving" } }), 0);
  await press(root, "take_back");
  assert.equal(server.calls.at(-1).body.do, "take_back");
});

test("after the reveal: the sentence, the notes, and no tap for the leader on the projector", () => {
  lead(leaderState({ next_activity: null, round: shown() }));
  assert.match(text(), /Read in silence\. Nobody asks or guesses who wrote what\. Which could you have written\?/);
  assert.equal(root.querySelectorAll("[data-note]").length, 3);
  assert.equal(root.querySelector("[aria-pressed]"), null);
});

test("copying falls back to the selected text and says so", async () => {
  lead(leaderState({ phase: "lobby" }));
  await press(root, "copy_invitation");
  const field = root.querySelector("textarea");
  assert.match(field.value, /K7M2 QXWP/);
  assert.match(field.value, /join\/#K7M2QXWP/);
  assert.match(text(), /The text is selected/);
});

function shown(changes = {}) {
  return { phase: "revealed", answers: 6, results: NOTES, resonance: "open", ...changes };
}
