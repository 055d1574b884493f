import assert from "node:assert/strict";
import { test } from "node:test";
import { HOLD_MS, begin, reduce } from "../src/seat/composer_state.js";

const PASS = { pass: true };
const play = (...events) => events.reduce(reduce, begin(null));
const hold = { type: "hold", answer: PASS, now: 1000 };

test("a note and a pass take the same way", () => {
  const note = { text: "x", share: false };
  for (const answer of [PASS, note]) {
    const held = play({ ...hold, answer });
    assert.deepEqual([held.phase, held.until, held.answer], ["holding", 1000 + HOLD_MS, answer]);
    assert.equal(reduce(held, { type: "due" }).phase, "sending");
    assert.equal(play({ ...hold, answer }, { type: "due" }, { type: "counted" }).answer, null, "nothing is kept");
  }
});

test("what each phase does with each event", () => {
  const states = {
    writing: play(),
    holding: play(hold),
    sending: play(hold, { type: "due" }),
    counted: play({ type: "counted" }),
    missed: play(hold, { type: "closed" }),
  };
  const table = {
    hold: { writing: "holding" },
    undo: { holding: "writing" },
    due: { holding: "sending" },
    refused: { sending: "writing" },
    counted: { writing: "counted", holding: "counted", sending: "counted", missed: "counted" },
    closed: { holding: "missed", sending: "missed" },
    unheard: {},
  };
  for (const [type, moves] of Object.entries(table)) {
    for (const [phase, state] of Object.entries(states)) {
      const after = reduce(state, { type, answer: PASS, now: 1, maybe: true, error: {} });
      assert.equal(after.phase, moves[phase] || phase, `${type} while ${phase}`);
      if (!moves[phase]) assert.equal(after, state);
    }
  }
});

test("only what was on its way may have arrived", () => {
  assert.equal(play(hold, { type: "closed", maybe: true }).maybe, false);
  assert.equal(play(hold, { type: "due" }, { type: "closed", maybe: true }).maybe, true);
});

test("a reload goes on where it was", () => {
  assert.equal(begin({ answer: PASS, until: 7, sending: false }).phase, "holding");
  assert.equal(begin({ answer: PASS, until: 7, sending: true }).phase, "sending");
  assert.equal(begin({ until: 7 }).phase, "writing");
});
