import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { createApi } from "../src/lib/api.js";
import { newCodeAction } from "../src/leader/actions.js";
import { plan } from "../src/leader/controller.js";
import { createLeaderView } from "../src/leader/leader_view.js";
import { button, leaderState, NOTES, openPage, press, serve } from "./doorway_helper.js";

let view;
let root;

beforeEach(() => {
  openPage();
  root = document.createElement("div");
  document.body.append(root);
});

afterEach(() => view && view.destroy());

function lead(state, routes = {}, options = {}) {
  const server = serve({ "GET qr.svg": () => new Response("<svg/>"), ...routes });
  const api = createApi({ apiUrl: "/api/s1/", token: "lead", credentials: "omit" });
  view = createLeaderView(root, { api, nudge: () => {}, onGone: () => {}, ...options });
  view.update(state, 0);
  return server;
}

const commands = (server) => server.calls.filter((call) => call.url.endsWith("commands")).map((call) => call.body.command);
const said = () => root.querySelector(".psy-sr[aria-live]").textContent;
const seen = (selector) => [...root.querySelectorAll(selector)].filter((node) => !node.closest("[hidden]"));
const lobby = (more = {}) => leaderState({ phase: "lobby", door: "open", ...more });

test("one tap locks the door; nothing that invites is left, the seats still stand there, and the focus too", async () => {
  const server = lead(lobby(), { "POST commands": () => lobby({ step: 4, door: "locked" }) }, { onTakePart: async () => {} });
  button(root, "lock_door").focus();
  await press(root, "lock_door");
  assert.deepEqual(commands(server), ["lock_door"]);
  assert.deepEqual([...seen(".psy-code"), ...seen(".psy-lobby__qr")], []);
  for (const gone of ["copy_link", "copy_invitation", "take_part", "tablet"]) assert.equal(button(root, gone), null, gone);
  assert.match(root.textContent, /7 seats are taken, 3 of them by code/);
  assert.equal(seen(".psy-gate__line")[0].textContent, "The door is locked: nobody new can take a seat.");
  assert.equal(said(), "The door is locked: nobody new can take a seat.");
  assert.equal(document.activeElement.dataset.action, "unlock_door");
});

test("opened again it is as before, and said", async () => {
  const server = lead(lobby({ door: "locked" }), { "POST commands": () => lobby({ step: 4 }) });
  await press(root, "unlock_door");
  assert.deepEqual(commands(server), ["unlock_door"]);
  assert.equal(seen(".psy-code").length, 1);
  assert.equal(said(), "The door is open.");
});

test("a new code takes the place of the old one, also on the picture and in what is copied", async () => {
  const server = lead(lobby({ door: "locked" }), {
    "POST commands": () => lobby({
      step: 4, join_code: "NEWCQXWP", join_url: "http://site.test/#NEWCQXWP", seats: { all: 0, guests: 0, tablet: 0, generation: 1 },
    }),
  });
  const pictures = () => server.calls.filter((call) => call.url.endsWith("qr.svg")).length;
  const before = pictures();
  await press(root, "new_code");
  assert.deepEqual(commands(server), [], "it is asked first");
  await press(root, "new_code_yes");
  assert.deepEqual(commands(server), ["new_code"]);
  assert.match(root.textContent, /NEWC QXWP/);
  assert.doesNotMatch(root.textContent, /K7M2/);
  assert.equal(pictures(), before + 1);
  assert.match(said(), /^The new code is shown\./);
  await press(root, "copy_invitation");
  assert.match(root.querySelector("textarea").value, /NEWC QXWP/);
});

test("the question says what happens to whom, and nothing that does not happen", () => {
  const points = (state) => newCodeAction(leaderState(state)).confirm.points.join("\n");
  const always = /old code stops working[^]*All 3 seats by code are taken away[^]*account stay/;
  assert.match(points({}), always);
  assert.doesNotMatch(points({}), /thrown away|tapped|tablet/);
  assert.match(points({ seats: { all: 3, guests: 3, tablet: 2 } }), /tablet’s seats go too/);
  assert.doesNotMatch(points({ seats: { all: 3, guests: 0, tablet: 0 } }), /by code are/);
  assert.match(points({ round: { answers: 5 } }), /5 answers are thrown away unread/);
  assert.doesNotMatch(points({ round: { answers: 5 } }), /not asked again/);
  assert.doesNotMatch(points({ round: { answers: 0 } }), /thrown away/);
  const choice = leaderState({ round: { answers: 1 } });
  choice.round.activity.kind = "choice";
  assert.match(newCodeAction(choice).confirm.points.join("\n"), /1 answer is thrown away unread\.\nThis question is not asked again/);
  assert.match(points({ round: { phase: "revealed", results: NOTES, resonance: "open" } }), /tapped so far is not counted/);
  for (const round of [
    { phase: "revealed", results: NOTES, resonance: "counted", answers: 6 }, { phase: "closed", results: NOTES, answers: 6 },
  ]) assert.doesNotMatch(points({ round }), /tapped|thrown away/);
});

test("while it runs the door stands beside the seats, and a locked one has no code for late-comers", async () => {
  const running = (more) => leaderState({ round: { answers: 1 }, door: "open", ...more });
  lead(running(), { "POST commands": () => running({ step: 4, door: "locked" }) });
  await press(root, "more");
  assert.match(root.querySelector(".psy-menu").textContent, /The code still works/);
  await press(root, "lock_door");
  await press(root, "more");
  assert.doesNotMatch(root.querySelector(".psy-menu").textContent, /The code still works|K7M2/);
  assert.match(root.querySelector(".psy-menu").textContent, /7 seats are taken/);
  assert.ok(button(root, "new_code"));
});

test("a rehearsal has no door, and what a phone drives is not locked here", () => {
  lead(leaderState({ rehearsal: true, round: { answers: 1 } }));
  assert.equal(root.querySelector(".psy-menu .psy-gate").hidden, true);
  view.destroy();
  lead(lobby({ drive: { phase: "driving" } }));
  assert.equal(button(root, "lock_door"), null);
});

test("seats that come fast are told once, with one tap against them; whoever knows them says so", async () => {
  const running = (guests, more) => leaderState({
    round: { answers: 1 }, door: "open", seats: { all: guests + 4, guests, tablet: 0, generation: 1 }, ...more,
  });
  const server = lead(running(3), { "POST commands": () => running(22, { step: 4, door: "locked" }) });
  assert.equal(root.querySelector(".psy-rush").hidden, true);
  view.update(running(22), 0);
  const notice = root.querySelector(".psy-rush");
  assert.equal(notice.querySelector("[role=status]").textContent, "19 seats by code were taken within a minute. Are so many of you new here?");
  await press(root, "rush_known");
  assert.equal(notice.hidden, true);
  assert.deepEqual(commands(server), []);
  view.update(running(30), 0);
  await press(root, "rush_lock");
  assert.deepEqual(commands(server), ["lock_door"]);
  assert.equal(notice.hidden, true);
});

test("what was given up unread can be asked again: first when nothing else comes, else beside the next", () => {
  const line = (more) => ({ id: "a1", kind: "wall", title: "Courage", minutes: 5, status: "done", repeatable: true, missing: 0, ...more });
  const givenUp = { phase: "closed", results: null, answers: 3 };
  const last = plan(leaderState({ agenda: [line()], next_activity: null, round: givenUp }));
  assert.deepEqual(last.primary.command, { command: "start_round", activity: "a1" });
  assert.deepEqual([last.primary.enabled, last.hint], [true, "Nothing of it was shown. You can ask it again."]);
  const few = plan(leaderState({ agenda: [line({ missing: 3 })], next_activity: null, round: givenUp, seats: { all: 1, guests: 0 } }));
  assert.deepEqual([few.primary.enabled, few.hint], [false, "4 seats are needed, 1 is taken."]);
  const more = leaderState({ agenda: [line(), { id: "a2", kind: "talk", title: "Talk", status: "waiting" }], next_activity: "a2", round: givenUp });
  assert.deepEqual([plan(more).primary.id, plan(more).secondary.map(({ id }) => id)], ["start", ["again"]]);
  const shown = { phase: "closed", results: NOTES };
  assert.equal(plan(leaderState({ agenda: [line()], next_activity: null, round: shown })).primary.id, "summary");
  assert.equal(plan(leaderState({ agenda: [line({ repeatable: false })], next_activity: null, round: givenUp })).primary.id, "summary");
});
