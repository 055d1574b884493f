import assert from "node:assert/strict";
import { test } from "node:test";
import { lineActions } from "../src/leader/actions.js";
import { MOMENTS, plan } from "../src/leader/controller.js";
import { shortfalls } from "../src/leader/people.js";
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
  ["before the round, one seat missing", { too_few_people: 1 }, "ready", "instead", "start", "start_round"],
  ["before a wall, no seat at all", { too_few_people: 4, seats: { all: 0, guests: 0, generation: 1 } },
    "ready", "paper", "instead start", "start_round"],
  ["collecting, none", { round: {} }, "few", "-reveal", "minute", "reveal"],
  ["collecting, one missing", { round: { answers: 3 } }, "few", "-reveal", "minute", "reveal"],
  ["collecting, all seats answered but below the minimum", { round: { answers: 3, progress: "all" } },
    "few", "-reveal", "minute", "reveal"],
  ["collecting, enough answers, but some from seats that came late", { round: { answers: 5, missing: 2 } },
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
    "counted", "summary", "close", "show_summary"],
  ["counted, with another to come", { round: revealed({ resonance: "counted" }) },
    "counted", "start", "close", "start_round"],
  ["revealed, too few notes", {
    round: revealed({ resonance: "none", results: { notes: [], hidden: 0, too_few: true } }), next_activity: null,
  }, "too_few_notes", "summary", "close", "show_summary"],
  ["a talk, with another to come", { round: talking() }, "talking", "start", "minute", "start_round"],
  ["a talk, too few for what comes next", { round: talking(), too_few_people: 1 },
    "talking", "instead", "minute", "start_round"],
  ["a talk, the last", { round: talking(), next_activity: null }, "talking", "summary", "minute", "show_summary"],
  ["counted, too few for what comes next", { round: revealed({ resonance: "counted" }), too_few_people: 1 },
    "counted", "instead", "close", "start_round"],
  ["commitments before they are written", { round: { activity: { kind: "commitments", commitments: [] } } },
    "writing", "", "minute", null],
  ["commitments that nobody counts, before they are written", {
    round: { phase: "revealed", activity: { kind: "commitments", commitments: [], counted: false } },
  }, "writing", "", "minute", null],
  ["commitments, written", {
    round: { answers: 2, activity: { kind: "commitments", commitments: [{ id: "c1", text: "We ask." }] } },
  }, "few", "-reveal", "minute", "reveal"],
  ["commitments that nobody counts, written", {
    next_activity: null,
    round: { phase: "revealed", activity: { kind: "commitments", commitments: [{ id: "c1", text: "We ask." }], counted: false } },
  }, "counted", "summary", "close", "show_summary"],
  ["paper, one card missing", { round: { answers: 3, activity: { kind: "wall", paper: true } } },
    "cards", "-reveal", "", "reveal"],
  ["paper, enough cards", { round: { answers: 4, progress: "few", activity: { kind: "wall", paper: true } } },
    "cards", "reveal", "", "reveal"],
  ["looking back", { looking_back: true, round: revealed({ phase: "closed" }) }, "looking_back", "return", "", "next"],
  ["looking back while the present is driven by a phone", { ...driving, looking_back: true, round: revealed() },
    "driven", "", "", null],
  ["the summary", { phase: "summary", round: revealed({ phase: "closed" }), next_activity: null },
    "summary", "end", "", "close_session"],
  ["all was skipped", { next_activity: null }, "finished", "end", "", "close_session"],
  ["a choice is shown: nothing to count", {
    round: revealed({ resonance: "none", activity: { kind: "choice" }, results: { items: [{ id: "choice", too_few: true }] } }),
  }, "counted", "start", "close", "start_round"],
  ["a pulse with too few", {
    round: revealed({ resonance: "none", activity: { kind: "pulse" }, results: { items: [], too_few: true } }),
  }, "too_few_notes", "start", "close", "start_round"],
  ["closed, another to come", { round: revealed({ phase: "closed" }) }, "ready", "start", "", "start_round"],
  ["closed, the last", { round: revealed({ phase: "closed" }), next_activity: null },
    "finished", "summary", "end", "show_summary"],
  ["the echo can be opened", { round: { phase: "revealed", resonance: "counted", echo_offer: "pool" } },
    "counted", "open_echo", "close start", "open_echo"],
  ["the echo is open, too few have tapped",
    { round: { phase: "revealed", resonance: "counted", echo: { phase: "open", source: "pool", progress: "few", notes: [] } } },
    "echoing", "-count_echo", "start", null],
  ["the echo is open, enough have tapped",
    { round: { phase: "revealed", resonance: "counted", echo: { phase: "open", source: "pool", progress: "enough", notes: [] } } },
    "echoing", "count_echo", "start", "count_echo"],
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
  assert.match(now.advice, /With fewer people everybody writes on a card/);
  assert.deepEqual(now.primary.command, { command: "start_round", activity: "a1", instead: true });
  assert.equal(now.secondary[0].enabled, false, "the planned way stands there, and waits for the others");
});

test("below the minimum only a number is told", () => {
  assert.match(plan(leaderState({ round: { answers: 3 } })).hint, /^1 more answer is needed/);
  assert.match(plan(leaderState({ round: { answers: 1 } })).hint, /^3 more answers are needed/);
  assert.match(plan(leaderState({ round: { answers: 5, missing: 2 } })).hint, /^2 more answers are needed/);
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
  const last = plan(leaderState({ phase: "summary", round: revealed({ phase: "closed" }), next_activity: null }));
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
  assert.deepEqual(now.more.map((action) => action.id), ["close", "paper", "summary"]);
  assert.match(now.hint, /time left/);
});

const more = (changes) => plan(leaderState(changes)).more.map((action) => action.id).join(" ");

test("behind More: back where something was before, paper before a wall, the summary once something was done", () => {
  assert.equal(more({ phase: "lobby" }), "paper");
  assert.equal(more({ round: revealed({ phase: "closed" }) }), "paper summary");
  assert.equal(more({ round: revealed({ phase: "closed", number: 2 }) }), "back paper summary");
  assert.equal(more({ round: { number: 2 } }), "stop", "nothing else while answers are collected");
  assert.equal(more({ looking_back: true, round: revealed({ phase: "closed", number: 2 }) }), "back summary");
  assert.equal(more({ ...driving, round: revealed({ number: 2 }) }), "");
});

test("a wall on paper is asked first, and started without seats", () => {
  const paper = plan(leaderState({ phase: "lobby" })).more[0];
  assert.deepEqual(paper.command, { command: "start_round", activity: "a1", paper: true });
  assert.match(paper.confirm.text, /shuffle/);
});

const line = (changes) => ({ id: "a2", kind: "wall", title: "Second", minutes: 5, block: "B1", status: "waiting", missing: 0, ...changes });

/** [what, the line, the state, its actions as id and command] */
const LINES = [
  ["waiting, not the next", {}, {}, [["jump_a2", "start_round"], ["skip_a2", "skip"]]],
  ["waiting, the next: the bar starts it", {}, { next_activity: "a2" }, [["skip_a2", "skip"]]],
  ["waiting in the lobby", {}, { phase: "lobby" }, [["skip_a2", "skip"]]],
  ["waiting, in the summary", {}, { phase: "summary" }, [["jump_a2", "start_round"]]],
  ["waiting while looking back", {}, { looking_back: true, round: revealed() }, [["jump_a2", "start_round"]]],
  ["skipped: comes back by being started", { status: "skipped" }, {}, [["jump_a2", "start_round"]]],
  ["done, repeatable", { status: "done", repeatable: true }, {}, [["jump_a2", "start_round"]]],
  ["done, once only", { status: "done", repeatable: false }, {}, []],
  ["running", { status: "running" }, {}, []],
  ["while answers are collected", {}, { round: {} }, []],
  ["while a phone drives", {}, { drive: { phase: "driving" } }, []],
];

for (const [what, changes, state, expected] of LINES) {
  test(`a line of the agenda, ${what}`, () => {
    const actions = lineActions(line(changes), leaderState(state));
    assert.deepEqual(actions.map((action) => [action.id, action.command.command]), expected);
    for (const action of actions) assert.equal(action.command.activity, "a2");
  });
}

test("out of its turn it is asked first, and with too few people it says what it becomes", () => {
  const [again] = lineActions(line({ status: "done", repeatable: true }), leaderState());
  assert.equal(again.confirm.title, "Run “Second” again?");
  const [jump] = lineActions(line({ missing: 2 }), leaderState());
  assert.match(jump.confirm.text, /on a card instead/);
  assert.equal(jump.command.instead, true);
});

test("said beforehand: which activities become what, those of one fate together", () => {
  const agenda = [line({ id: "a1", missing: 1 }), line({ id: "a3", title: "Third", missing: 1 }),
    line({ id: "a4", missing: 1, status: "skipped" }), line({ id: "a5", kind: "talk" })];
  assert.deepEqual(shortfalls({ agenda }).map(({ titles }) => titles), [["Second", "Third"]]);
});
