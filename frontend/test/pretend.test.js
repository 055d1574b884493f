import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createPretendTeam, taskOf } from "../src/leader/pretend.js";
import { pretendAnswer, pretendNotes, pretendTaps } from "../src/leader/pretend_answers.js";
import { CHOICE, kindRound, openPage, PULSE, settle, TALK, wallRound } from "./support/page.js";

const PEOPLE = [0, 1, 2, 3, 4, 5];
const COMMITMENTS = { kind: "commitments", commitments: [{ id: "c1", text: "When" }, { id: "c2", text: "If" }] };

beforeEach(() => openPage());

test("a wall: one passes, five notes of at most the length that is allowed", () => {
  const round = wallRound();
  const answers = PEOPLE.map((person) => pretendAnswer(round, person));
  assert.equal(answers.filter((answer) => answer.pass).length, 1);
  const texts = answers.filter((answer) => answer.text).map((answer) => answer.text);
  assert.equal(new Set(texts).size, 5);
  assert.ok(texts.every((text) => [...text].length <= round.activity.max_length));
  assert.ok(pretendNotes().length >= 6);
});

test("a pulse: each statement gets a rating from 1 to 5, whatever chance says", () => {
  for (const chance of [0, 0.5, 0.999]) {
    const { ratings } = pretendAnswer(kindRound(PULSE), 1, () => chance);
    assert.deepEqual(Object.keys(ratings), ["s1", "s2"]);
    assert.ok(Object.values(ratings).every((rating) => Number.isInteger(rating) && rating >= 1 && rating <= 5));
  }
});

test("a choice: one of the options, whatever chance says", () => {
  const ids = CHOICE.options.map(({ id }) => id);
  for (const chance of [0, 0.5, 0.999]) assert.ok(ids.includes(pretendAnswer(kindRound(CHOICE), 1, () => chance).option));
});

test("commitments: those they stand behind; none is an answer too", () => {
  assert.deepEqual(pretendAnswer(kindRound(COMMITMENTS), 1, () => 0), { stand: ["c1", "c2"] });
  assert.deepEqual(pretendAnswer(kindRound(COMMITMENTS), 1, () => 0.99), { stand: [] });
});

test("what is not known is passed", () => {
  assert.deepEqual(pretendAnswer(kindRound({ kind: "dance" }), 1), { pass: true });
});

test("of six people's taps some notes reach three", () => {
  const notes = PEOPLE.map((n) => ({ id: `n${n}` }));
  for (let again = 0; again < 50; again += 1) {
    const taps = PEOPLE.map(() => pretendTaps(notes));
    assert.ok(taps.every((ids) => ids.length >= 2 && ids.length <= 3 && new Set(ids).size === ids.length));
    assert.ok(notes.some(({ id }) => taps.filter((ids) => ids.includes(id)).length >= 3));
  }
  assert.deepEqual(pretendTaps([{ id: "a" }]), ["a"]);
});

test("they act when something is collected, not before, and never on paper", () => {
  const wall = (phase, more) => ({ round: wallRound(phase, more) });
  assert.equal(taskOf({ round: null }), "");
  assert.equal(taskOf(wall("collecting")), "r1:answer");
  assert.equal(taskOf({ round: { ...wallRound(), activity: { ...wallRound().activity, paper: true } } }), "");
  assert.equal(taskOf(wall("revealed", { results: { notes: [{ id: "n" }] } })), "r1:tap");
  assert.equal(taskOf(wall("revealed", { results: { notes: [] } })), "");
  assert.equal(taskOf(wall("closed", { results: { notes: [{ id: "n" }] } })), "");
  assert.equal(taskOf({ round: kindRound(TALK, "revealed") }), "");
  assert.equal(taskOf({ round: kindRound({ kind: "commitments", commitments: [] }) }), "");
  assert.equal(taskOf({ round: kindRound(COMMITMENTS) }), "k1:answer");
  assert.equal(taskOf({ ...wall("collecting"), looking_back: true }), "");
});

/** Timers that the test rings in their order. */
function ring() {
  let now = 0;
  let next = 1;
  const waiting = new Map();
  return {
    setTimeout: (call, ms) => {
      waiting.set((next += 1), { call, at: now + ms });
      return next;
    },
    clearTimeout: (id) => waiting.delete(id),
    delays: () => [...waiting.values()].map(({ at }) => at).sort((a, b) => a - b),
    async all() {
      while (waiting.size > 0) {
        const [id, { call, at }] = [...waiting].sort((a, b) => a[1].at - b[1].at)[0];
        waiting.delete(id);
        now = at;
        call();
        await settle(60);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
  };
}

/** A server: the seats that have answered, and what was sent. */
function serve({ answered = [], fail = () => null } = {}) {
  const sent = [];
  window.fetch = async (url, { method, headers, body }) => {
    const token = headers.Authorization.replace("Bearer ", "");
    const reply = (status, json) => new Response(JSON.stringify(json), { status, headers: { "Content-Type": "application/json" } });
    const failure = fail(method);
    if (failure) return failure === "offline" ? Promise.reject(new TypeError("offline")) : reply(409, { error: failure });
    if (method === "GET") return reply(200, { round: { ...wallRound(), answered: answered.includes(token) } });
    sent.push([token, url, JSON.parse(body)]);
    return reply(202, { counted: true });
  };
  return sent;
}

test("each answers once, one after the other; who answered before a reload does not again", async () => {
  const timers = ring();
  const sent = serve({ answered: ["b"] });
  const team = createPretendTeam({ apiUrl: "/s/", tokens: ["a", "b", "c"], data: {}, timers });
  team.update({ round: wallRound() });
  team.update({ round: wallRound() });
  const delays = timers.delays();
  assert.equal(delays.length, 3);
  delays.reduce((before, at) => {
    assert.ok(at - before >= 1000 && at - before <= 4000);
    return at;
  }, 0);
  await timers.all();
  assert.deepEqual(sent.map(([token]) => token).sort(), ["a", "c"]);
  assert.ok(sent.every(([, url, body]) => url === "/s/answers" && body.round === "r1"));
});

test("a lost connection is tried again; what was closed in between is not", async () => {
  const timers = ring();
  const failures = [];
  const sent = serve({ fail: (method) => {
    failures.push(method);
    if (failures.length === 1) return "offline";
    return method === "POST" ? "round_closed" : null;
  } });
  createPretendTeam({ apiUrl: "/s/", tokens: ["a"], data: {}, timers }).update({ round: wallRound() });
  await timers.all();
  assert.deepEqual([failures, sent], [["GET", "GET", "POST"], []]);
});

test("when the page goes, nobody answers any more", () => {
  const timers = ring();
  const team = createPretendTeam({ apiUrl: "/s/", tokens: ["a", "b"], data: {}, timers });
  team.update({ round: wallRound() });
  team.destroy();
  assert.deepEqual(timers.delays(), []);
});
