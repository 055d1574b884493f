/** Where one can stand in a preview, and what each of the real views shows there. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { commandLeads } from "../src/preview/commands.js";
import { play } from "../src/preview/play.js";
import { guideOf, statesAt } from "../src/preview/states.js";
import { after, ahead, find, opening, placeText, stopsOf } from "../src/preview/walk.js";
import { openPage, settle } from "./support/page.js";
import { previewData } from "./support/preview.js";

const NOW = Date.parse("2026-11-24T12:00:00Z");
const data = previewData();
const stops = stopsOf(data);
let page;
beforeEach(() => {
  page = openPage({ html: "<main></main>" });
  page.window.URL.createObjectURL = () => "blob:x";
  page.window.URL.revokeObjectURL = () => {};
  globalThis.fetch = () => assert.fail("a preview asks nobody");
});

test("forwards and back again, every picture once", () => {
  const seen = [];
  let at = 0;
  for (;;) {
    const { leader } = statesAt(data, stops[at], NOW);
    seen.push(JSON.stringify({ place: stops[at].step === null ? stops[at].place : "", phase: leader.phase, round: leader.round, next: leader.next_activity }));
    if (after(stops, at) === at) break;
    at = after(stops, at);
  }
  assert.equal(stops[at].place, "summary");
  assert.equal(new Set(seen).size, seen.length);
  let back = 0;
  while (ahead(stops, at) !== at) {
    at = ahead(stops, at);
    back += 1;
  }
  assert.equal(back, seen.length - 1);
});

test("it opens where all three are at work", () => {
  assert.deepEqual(stops[opening(stops)], { place: "step0", step: 0, moment: "talking" });
  assert.equal(placeText(stops[find(stops, "step1")], data), "2. wall · Wall of notes");
});

for (const [at, stop] of stops.entries()) {
  test(`the three views at ${stop.place}, ${stop.moment}`, async () => {
    const main = page.window.document.querySelector("main");
    const states = statesAt(data, stop, NOW);
    const asked = stop.step === null ? "" : data.steps[stop.step].public.prompt;
    for (const role of ["leader", "seat", "screen"]) {
      const played = play(role, main, { data, state: states[role], guide: guideOf(data), onCommand: () => null, onConvene() {} });
      await settle();
      assert.ok(main.textContent.trim().length > 5, role);
      if (["answering", "talking", "shown", "counted", "echo"].includes(stop.moment)) assert.ok(main.textContent.includes(asked), `${role}: ${main.textContent}`);
      if (stop.moment === "answering") assert.ok(!main.querySelector(".psy-note, .psy-result, .psy-rated"), `${role} shows nothing before the reveal`);
      if (role === "leader" && stop.step !== null && stop.moment !== "closed") assert.ok(main.textContent.includes(`Say ${data.steps[stop.step].public.title}.`));
      if (role !== "leader") assert.ok(!/Say \w+\.|Know \w+\./.test(main.textContent), `${role} has no script`);
      played.destroy();
    }
    assert.equal(at, stops.indexOf(stop));
  });
}

test("the wall shows notes, then how many could have written them, and hangs on when it is closed", () => {
  const notesAt = (moment) => statesAt(data, stops[find(stops, "step1", moment)], NOW).seat.round.results.notes;
  assert.equal(notesAt("shown").length, 6);
  assert.ok(notesAt("shown").every(({ resonance }) => resonance === null));
  assert.deepEqual(notesAt("counted").map(({ resonance }) => resonance), [5, 4, null, 3, null, null]);
  assert.deepEqual(notesAt("closed"), notesAt("counted"));
  const short = { ...data, steps: data.steps.map((step) => ({ ...step, public: { ...step.public, max_length: 20 } })) };
  const cut = statesAt(short, stops[find(stops, "step1", "shown")], NOW).seat.round.results.notes;
  assert.ok(cut.every(({ text }) => [...text].length <= 20));
});

test("after the count the leader may show the author's examples, which all three views have", async () => {
  const at = (moment, role) => statesAt(data, stops[find(stops, "step1", moment)], NOW)[role].round;
  assert.deepEqual(["answering", "shown", "counted", "echo", "closed"].map((moment) => at(moment, "leader").echo_offer), [null, "examples", "examples", null, null]);
  assert.equal(commandLeads(stops, find(stops, "step1", "counted"), { command: "open_echo" }), find(stops, "step1", "echo"));
  assert.equal(at("counted", "seat").echo, null);
  const main = page.window.document.querySelector("main");
  for (const role of ["leader", "seat", "screen"]) {
    const state = statesAt(data, stops[find(stops, "step1", "echo")], NOW)[role];
    const played = play(role, main, { data, state, guide: guideOf(data), onCommand: () => null, onConvene() {} });
    await settle();
    const echo = main.querySelector(".psy-echo");
    assert.deepEqual([...echo.querySelectorAll(".psy-note")].map((note) => /To (ask|say no)\./.exec(note.textContent)[0]), ["To ask.", "To say no."], role);
    assert.match(echo.textContent, /Examples/, role);
    played.destroy();
  }
});

test("a wall without examples has nothing to show there", () => {
  const bare = { ...data, steps: data.steps.map((step) => ({ ...step, echo: [] })) };
  assert.equal(find(stopsOf(bare), "step1", "echo"), -1);
  assert.equal(statesAt(bare, stopsOf(bare)[find(stopsOf(bare), "step1", "counted")], NOW).leader.round.echo_offer, null);
});

test("results stay beside a talk about them, and only there", () => {
  assert.equal(statesAt(data, stops[find(stops, "step4", "talking")], NOW).screen.beside.activity.kind, "pulse");
  assert.equal(statesAt(data, stops[find(stops, "step4", "closed")], NOW).screen.beside.activity.kind, "pulse");
  assert.equal(statesAt(data, stops[find(stops, "step0", "talking")], NOW).screen.beside, null);
  assert.equal(statesAt(data, stops[find(stops, "step5", "before")], NOW).screen.beside, null);
});

test("the leader's buttons lead through the preview", () => {
  const from = (place, moment, command) => {
    const to = commandLeads(stops, find(stops, place, moment), command);
    return to === null ? null : `${stops[to].place} ${stops[to].moment}`;
  };
  assert.equal(from("lobby", null, { command: "begin" }), "step0 before");
  assert.equal(from("step0", "before", { command: "start_round", activity: "a0" }), "step0 talking");
  assert.equal(from("step0", "talking", { command: "start_round", activity: "a1" }), "step1 answering");
  assert.equal(from("step1", "answering", { command: "reveal" }), "step1 shown");
  assert.equal(from("step1", "answering", { command: "extend", seconds: 20, closing: true }), "step1 shown");
  assert.equal(from("step1", "shown", { command: "count_resonance" }), "step1 counted");
  assert.equal(from("step1", "counted", { command: "close_round" }), "step1 closed");
  assert.equal(from("step5", "closed", { command: "show_summary" }), "summary summary");
  assert.equal(from("summary", null, { command: "close_session" }), "start start");
  for (const command of ["extend", "hide_note", "skip", "back", "add_card", "set_commitments", "constructor"]) {
    assert.equal(from("step1", "answering", { command }), null, command);
  }
  assert.equal(from("step0", "closed", { command: "start_round", activity: "a1", paper: true }), null);
  assert.equal(from("step0", "closed", { command: "start_round", activity: "a99" }), null);
});

test("a wall for the whole course: one phone, and notes that are put up several at a time", () => {
  const course = previewData({ audience: "course", kind: "wall", steps: [{ ...data.steps[1], needed: 8 }] });
  const two = stopsOf(course);
  assert.deepEqual(two.map(({ moment }) => moment), ["answering", "shown"]);
  const [first, then] = two.map((stop) => statesAt(course, stop, NOW).seat);
  assert.equal(first.kind, "course");
  assert.equal(first.seats, null);
  assert.equal(first.round.results.notes.length, 0);
  assert.equal(then.round.results.notes.length, 8);
});
