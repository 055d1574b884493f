import assert from "node:assert/strict";
import { test } from "node:test";
import { drawSeat, isDone, occasionOf, purposeOf, shuffled } from "../src/tablet/turns.js";
import { kindRound, seatState, TALK, wallRound } from "./support/page.js";

const open = (more = {}) => seatState(wallRound("collecting", more));
const wall = (more = {}) => seatState(wallRound("revealed", { results: { notes: [{ id: "n1" }] }, ...more }));

test("the tablet goes round to answer, and once more for the notes", () => {
  assert.equal(purposeOf(open()), "answer");
  assert.equal(purposeOf(wall()), "resonance");
  assert.notEqual(occasionOf(open()), occasionOf(wall()));
});

test("it rests when there is nothing to do on it", () => {
  for (const state of [
    seatState(null), seatState(kindRound(TALK, "revealed")), wall({ resonance: "counted" }), wall({ results: { notes: [] } }),
    open({ may_answer: false }), seatState({ ...wallRound(), activity: { ...wallRound().activity, paper: true } }),
    seatState(kindRound({ kind: "commitments", commitments: [] })), { ...open(), phase: "summary" }, { ...wall(), looking_back: true },
  ]) {
    assert.equal(purposeOf(state), null);
    assert.equal(occasionOf(state), "");
  }
});

test("a seat is done when it has answered, and again when it has tapped", () => {
  assert.equal(isDone(open({ answered: true })), true);
  assert.equal(isDone(open()), false);
  assert.equal(isDone(wall({ answered: true })), false);
  assert.equal(isDone(wall({ resonated: true })), true);
});

const tokens = ["a", "b", "c", "d", "e", "f"];

test("the lot falls on every seat in turn, on none twice, and then on nobody", async () => {
  const answered = new Set();
  const ask = async (token) => open({ answered: answered.has(token) });
  const used = new Set();
  const order = [];
  for (;;) {
    const drawn = await drawSeat({ tokens, used, ask });
    if (!drawn) break;
    order.push(drawn.token);
    answered.add(drawn.token);
  }
  assert.deepEqual([...order].sort(), tokens);
  assert.equal(used.size, 6, "after a reload the server is asked who is done");
});

test("the order says nothing: each seat comes first about as often as any other", async () => {
  const first = Object.fromEntries(tokens.map((token) => [token, 0]));
  for (let i = 0; i < 1200; i += 1) {
    const drawn = await drawSeat({ tokens, used: new Set(), ask: async () => open() });
    first[drawn.token] += 1;
  }
  for (const times of Object.values(first)) assert.ok(times > 120 && times < 280, JSON.stringify(first));
});

test("nothing is drawn when the round has closed in between", async () => {
  assert.equal(await drawSeat({ tokens, used: new Set(), ask: async () => seatState(null) }), null);
});

test("shuffling keeps everything and leaves the list alone", () => {
  assert.deepEqual(shuffled(tokens).sort(), tokens);
  assert.deepEqual(tokens, ["a", "b", "c", "d", "e", "f"]);
});
