import assert from "node:assert/strict";
import { test } from "node:test";
import { secondsSince, timesOf } from "../src/leader/times.js";
import { leaderState } from "./doorway_helper.js";

const NOW = Date.parse("2026-11-24T12:30:00+00:00");
const ago = (minutes) => new Date(NOW - minutes * 60000).toISOString();
const at = ({ step = null, whole = null, ...changes }) => timesOf(
  leaderState({ minutes: 60, begun_at: whole === null ? null : ago(whole), round: step === null ? null : { started_at: ago(step) }, ...changes }),
  0, NOW);

test("the step and the whole against what was planned", () => {
  const times = at({ step: 4, whole: 31.9 });
  assert.equal(times.step, "Step: 4 of 5 min");
  assert.equal(times.whole, "Whole: 31 of 60 min");
  assert.equal(times.over, "");
});

test("before the beginning, and between two steps, nothing runs", () => {
  assert.deepEqual(at({ phase: "lobby" }), { step: "", whole: "", over: "" });
  assert.equal(at({ whole: 3 }).step, "");
  assert.equal(at({ step: 9, whole: 9, looking_back: true }).step, "");
});

test("a kind word, only after a minute of grace", () => {
  assert.equal(at({ step: 5.9, whole: 6 }).over, "");
  assert.equal(at({ step: 6, whole: 6 }).over, "A little over time. Finish the thought, then go on when you are ready.");
  assert.match(at({ step: 1, whole: 61 }).over, /^Over the time you planned/);
});

test("without planned minutes only what has passed", () => {
  assert.equal(at({ whole: 7, minutes: 0 }).whole, "Whole: 7 min");
});

test("by the server's clock, and never below nothing", () => {
  assert.equal(secondsSince(ago(1), 30000, NOW), 90);
  assert.equal(secondsSince(ago(-1), 0, NOW), 0);
  assert.equal(secondsSince(null, 0, NOW), null);
});
