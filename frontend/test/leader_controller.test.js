import assert from "node:assert/strict";
import { test } from "node:test";
import { MOMENTS, plan } from "../src/leader/controller.js";
import { leaderState, NOTES } from "./doorway_helper.js";

const revealed = (changes) => ({ phase: "revealed", answers: 6, results: NOTES, resonance: "open", ...changes });
const talking = () => ({ phase: "revealed", needed: 0, progress: "all", activity: { kind: "talk" } });
const driving = { drive: { phase: "driving" } };

/** [what, state, moment, primary (a minus: it stands there but is off), secondary, command of the primary] */
const TABLE = [
  ["lobby, nobody", { phase: "lobby", seats: { all: 0, guests: 0, generation: 1 }, too_few_people: 4 },
    "lobby", "begin", "", "begin"],
  ["lobby, enough", { phase: "lobby" }, "lobby", "begin", "", "begin"],
  ["before the round", {}, "ready", "start", "", "start_round"],
  ["before the round, one seat missing", { too_few_people: 1 }, "ready", "-start", "", "start_round"],
  ["collecting, none", { round: {} }, "few", "-reveal", "minute", "reveal"],
  ["collecting, one missing", { round: { answers: 3 } }, "few", "-reveal", "minute", "reveal"],
  ["collecting, all seats answered but below the minimum", { round: { answers: 3, progress: "all" } },
    "few", "-reveal", "minute", "reveal"],
  ["collecting, just enough", { round: { answers: 4, progress: "enough" } }, "enough", "reveal_choice", "minute", null],
  ["collecting, most", { round: { answers: 6, progress: "most" } }, "enough", "reveal_choice", "minute", null],
  ["collecting, all", { round: { answers: 7, progress: "all" } }, "all", "reveal", "", "reveal"],
  ["the notice runs", { round: { answers: 5, progress: "most", closing: true } }, "closing", "", "minute", null],
  ["the notice runs, then all answered", { round: { answers: 7, progress: "all", closing: true } },
    "all", "reveal", "", "reveal"],
  ["revealed, nobody tapped", { round: revealed(), next_activity: null }, "counting", "-count", "close",
    "count_resonance"],
  ["revealed, one tap missing", { round: revealed({ resonance_answers: 3 }), next_activity: null },
    "counting", "-count", "close", "count_resonance"],
  ["revealed, enough taps", { round: revealed({ resonance_answers: 4 }), next_activity: null },
    "counting", "count", "close", "count_resonance"],
  ["revealed, with another activity to come", { round: revealed({ resonance_answers: 4 }) },
    "counting", "count", "start", "count_resonance"],
  ["counted", { round: revealed({ resonance: "counted" }), next_activity: null },
    "counted", "close", "", "close_round"],
  ["counted, with another to come", { round: revealed({ resonance: "counted" }) },
    "counted", "start", "close", "start_round"],
  ["revealed, too few notes", {
    round: revealed({ resonance: "none", results: { notes: [], hidden: 0, too_few: true } }), next_activity: null,
  }, "too_few_notes", "close", "", "close_round"],
  ["a talk, with another to come", { round: talking() }, "talking", "start", "minute", "start_round"],
  ["a talk, too few for what comes next", { round: talking(), too_few_people: 1 },
    "talking", "-start", "minute", "start_round"],
  ["a talk, the last", { round: talking(), next_activity: null }, "talking", "close", "minute", "close_round"],
  ["a choice is shown: nothing to count", {
    round: revealed({ resonance: "none", activity: { kind: "choice" }, results: { items: [{ id: "choice", too_few: true }] } }),
  }, "counted", "start", "close", "start_round"],
  ["a pulse with too few", {
    round: revealed({ resonance: "none", activity: { kind: "pulse" }, results: { items: [], too_few: true } }),
  }, "too_few_notes", "start", "close", "start_round"],
  ["closed, another to come", { round: revealed({ phase: "closed" }) }, "ready", "start", "", "start_round"],
  ["closed, the last", { round: revealed({ phase: "closed" }), next_activity: null },
    "finished", "end", "", "close_session"],
  ["a phone drives", { ...driving, round: { answers: 7, progress: "all" } }, "driven", "", "", null],
  ["this is the phone that drives", { ...driving, device: "phone", round: { answers: 7, progress: "all" } },
    "all", "reveal", "", "reveal"],
];

for (const [what, changes, moment, primary, secondary, command] of TABLE) {
  test(`${what}: ${moment}`, () => {
    const now = plan(leaderState(changes));
    assert.equal(now.moment, moment);
    assert.equal(now.primary ? (now.primary.enabled ? "" : "-") + now.primary.id : "", primary);
    assert.equal(now.secondary.map((action) => action.id).join(" "), secondary);
    if (command) assert.equal(now.primary.command.command, command);
    assert.ok(now.hint, "there is always one sentence");
  });
}

test("every moment stands in the table", () => {
  assert.deepEqual([...new Set(TABLE.map((row) => row[2]))].sort(), [...MOMENTS].sort());
});

test("too few seats are told with both numbers, and what to do instead", () => {
  const now = plan(leaderState({ too_few_people: 1, seats: { all: 3, guests: 0, generation: 1 } }));
  assert.equal(now.hint, "4 seats are needed, 3 are taken.");
  assert.match(now.advice, /without the wall/);
});

test("below the minimum only a number is told", () => {
  assert.match(plan(leaderState({ round: { answers: 3 } })).hint, /^1 more answer is needed/);
  assert.match(plan(leaderState({ round: { answers: 1 } })).hint, /^3 more answers are needed/);
});

test("with somebody still writing, Reveal only offers a minute or the notice", () => {
  const { primary } = plan(leaderState({ round: { answers: 5, progress: "most" } }));
  assert.equal(primary.command, undefined);
  assert.deepEqual(primary.choice.actions.map((action) => action.command), [
    { command: "extend", seconds: 60 },
    { command: "extend", seconds: 20, closing: true },
  ]);
});

test("the page reveals by itself only while the notice runs", () => {
  const ends = "2026-11-23T12:00:00+00:00";
  const at = (round) => plan(leaderState({ round: { answers: 5, progress: "most", ends_at: ends, ...round } })).revealAt;
  assert.equal(at({ closing: true }), ends);
  assert.equal(at({ closing: false }), null);
  assert.equal(at({ closing: true, answers: 2 }), null);
});

test("ending, and stopping unread, ask first", () => {
  const last = plan(leaderState({ round: revealed({ phase: "closed" }), next_activity: null }));
  assert.match(last.primary.confirm.text, /come down/);
  assert.ok(plan(leaderState({ round: {} })).more.every((action) => action.confirm));
});

test("what is said about too few people names the wall only where a wall comes", () => {
  const lobby = (kind) => plan(leaderState({
    phase: "lobby", too_few_people: 2, agenda: [{ id: "a1", kind, title: "Now", minutes: 5, block: "B1", status: "waiting" }],
  })).advice;
  assert.match(lobby("wall"), /start the wall when the others are here/);
  assert.doesNotMatch(lobby("choice"), /wall/);
  assert.match(lobby("pulse"), /start when the others are here/);
});

test("a talk has its clock on the stage and closes behind More when something follows", () => {
  const now = plan(leaderState({ round: talking() }));
  assert.equal(now.primary.label, "Next: Courage");
  assert.deepEqual(now.more.map((action) => action.id), ["close"]);
  assert.match(now.hint, /time left/);
});
