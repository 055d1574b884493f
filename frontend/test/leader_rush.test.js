import assert from "node:assert/strict";
import { test } from "node:test";
import { createRush } from "../src/leader/rush.js";

/** A minute in which one may look at any second. */
function watch(first) {
  let time = 0;
  const rush = createRush(() => time);
  const see = (guests, more = {}) => rush.see({
    phase: "running", door: "open", rehearsal: false, seats: { all: guests, guests, tablet: 0 }, ...more,
  });
  see(first);
  return { rush, see, wait: (seconds) => { time += 1000 * seconds; } };
}

test("late-comers come one by one: five within a minute say nothing, six do", () => {
  const { see, wait } = watch(4);
  wait(10);
  assert.equal(see(9), 0);
  wait(10);
  assert.equal(see(10), 6);
});

test("it is about one minute: twelve over three of them are nobody's flood", () => {
  const { see, wait } = watch(4);
  for (let guests = 5; guests <= 16; guests += 1) {
    wait(15);
    assert.equal(see(guests), 0, `${guests} guests`);
  }
});

test("the number stays until somebody says that it is right, and then it takes as many again", () => {
  const { rush, see, wait } = watch(0);
  wait(5);
  assert.equal(see(19), 19);
  wait(300);
  assert.equal(see(19), 19);
  rush.settle();
  assert.equal(see(19), 0);
  wait(5);
  assert.equal(see(24), 0);
  wait(5);
  assert.equal(see(25), 6);
});

test("in the lobby all come at once, and beginning starts the count anew", () => {
  const { see, wait } = watch(0);
  see(0, { phase: "lobby" });
  wait(10);
  assert.equal(see(30, { phase: "lobby" }), 0);
  assert.equal(see(30), 0, "those who are here when it begins are the team");
  const crowd = watch(0);
  crowd.see(0, { phase: "lobby" });
  crowd.wait(10);
  assert.equal(crowd.see(31, { phase: "lobby" }), 31);
});

test("a locked door settles it, a new code too, and neither a tablet nor a rehearsal is a flood", () => {
  const { see, wait } = watch(0);
  wait(1);
  assert.equal(see(19), 19);
  assert.equal(see(19, { door: "locked" }), 0);
  assert.equal(see(19), 0, "opened again");
  assert.equal(see(0), 0);
  wait(1);
  assert.equal(see(5), 0, "the team comes back");
  assert.equal(see(25, { seats: { all: 25, guests: 25, tablet: 20 } }), 0);
  assert.equal(see(90, { rehearsal: true }), 0);
  assert.equal(createRush().see({ phase: "running", seats: null }), 0);
});
