import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, blank, KINDS, reduce, toFields, totalMinutes } from "../src/studio/draft.js";

const A = { kind: "talk", prompt: "A" };
const B = { kind: "wall", prompt: "B" };
const C = { kind: "pulse", prompt: "C", statements: ["One", { text: "Two", reversed: true }] };
const open = (agenda = [A, B, C], more = {}) => begin({ display_name: "N", ready_session: "x", introduction: "", agenda }, more);
const prompts = (draft) => draft.steps.map(({ activity }) => activity.prompt).join("");
const run = (draft, ...actions) => actions.reduce(reduce, draft);

test("what was stored comes back unchanged as long as nothing is done", () => {
  const stored = { display_name: "N", ready_session: "x", introduction: "<p>Hi</p>", agenda: [A, B, C] };
  assert.deepEqual(toFields(begin(stored)), stored);
  assert.deepEqual(toFields(begin({ prompt: "?", minimum: 4 })), { prompt: "?", minimum: 4 });
});

test("an agenda that is no list is an empty one, and what is no step stays until it is removed", () => {
  assert.deepEqual(toFields(begin({ agenda: "x" })).agenda, []);
  const odd = begin({ agenda: [null, 7, { kind: "quiz" }] });
  assert.deepEqual(toFields(odd).agenda, [null, 7, { kind: "quiz" }]);
  assert.deepEqual(toFields(reduce(odd, { type: "remove", key: "s1" })).agenda, [7, { kind: "quiz" }]);
});

test("steps move by one, to a place, and not beyond the ends", () => {
  const draft = open();
  assert.equal(prompts(run(draft, { type: "move", key: "s3", to: 0 })), "CAB");
  assert.equal(prompts(run(draft, { type: "move", key: "s1", to: 1 })), "BAC");
  for (const to of [-1, 3, 0]) assert.equal(run(draft, { type: "move", key: "s1", to }), draft);
  assert.equal(run(draft, { type: "move", key: "nobody", to: 1 }), draft);
});

test("a copy stands below the original, and is another step", () => {
  const draft = run(open(), { type: "duplicate", key: "s1" }, { type: "step", key: "s4", name: "prompt", value: "Z" });
  assert.equal(prompts(draft), "AZBC");
  const lists = run(open([C]), { type: "duplicate", key: "s1" });
  assert.notEqual(lists.steps[0].activity.statements, lists.steps[1].activity.statements);
});

test("a removed step comes back to its place, with what was changed elsewhere meanwhile", () => {
  const draft = run(open(), { type: "remove", key: "s2" }, { type: "step", key: "s3", name: "prompt", value: "Z" });
  assert.equal(prompts(draft), "AZ");
  assert.equal(prompts(reduce(draft, { type: "undo" })), "ABZ");
});

test("the next change of the order ends the undo", () => {
  const draft = run(open(), { type: "remove", key: "s2" }, { type: "move", key: "s3", to: 0 });
  assert.equal(draft.undo, null);
  assert.equal(reduce(draft, { type: "undo" }), draft);
});

test("a whole session takes the place of the agenda, and can be taken back with all that was there", () => {
  const before = run(open(), { type: "field", name: "introduction", value: "<p>Mine</p>" });
  const after = reduce(before, { type: "replace", activities: [B], session: "y", introduction: "<p>Its</p>" });
  assert.equal(prompts(after), "B");
  assert.deepEqual([after.fields.ready_session, after.fields.introduction], ["y", "<p>Its</p>"]);
  const back = run(after, { type: "field", name: "display_name", value: "New" }, { type: "undo" });
  assert.equal(prompts(back), "ABC");
  assert.deepEqual([back.fields.ready_session, back.fields.introduction, back.fields.display_name], ["x", "<p>Mine</p>", "New"]);
});

test("a session does not touch an introduction that the author wrote", () => {
  const before = run(open([]), { type: "field", name: "introduction", value: "<p>Mine</p>" });
  const after = reduce(before, { type: "replace", activities: [B], session: "y", introduction: undefined });
  assert.equal(after.fields.introduction, "<p>Mine</p>");
});

test("taking back what was copied from the ready session uses that session again", () => {
  const ready = open([]);
  assert.equal(ready.own, false);
  const own = reduce(ready, { type: "replace", activities: [A], session: "x" });
  assert.equal(own.own, true);
  assert.equal(reduce(own, { type: "undo" }).own, false);
});

test("nothing is added to a full agenda", () => {
  const draft = open([A, B], { most: 2 });
  assert.equal(run(draft, { type: "add", activity: C }), draft);
  assert.equal(run(draft, { type: "duplicate", key: "s1" }), draft);
});

test("what is emptied is not stored, but a question and minutes are never left out", () => {
  const draft = run(open([{ ...B, help: "h", starter: "s", minutes: 5, echo: false, beside: true }]),
    ...["help", "starter", "prompt", "minutes"].map((name) => ({ type: "step", key: "s1", name, value: "" })),
    { type: "step", key: "s1", name: "echo", value: true }, { type: "step", key: "s1", name: "beside", value: false });
  assert.deepEqual(toFields(draft).agenda, [{ kind: "wall", prompt: "", minutes: "" }]);
  const off = run(open([B]), { type: "step", key: "s1", name: "echo", value: false });
  assert.equal(toFields(off).agenda[0].echo, false);
});

test("what a new wall shares, and with whom, is stored only where the author chose something else", () => {
  const scope = (value) => run(open([B]), { type: "step", key: "s1", name: "echo_scope", value });
  assert.equal(toFields(scope("organisation")).agenda[0].echo_scope, "organisation");
  assert.ok(!("echo_scope" in toFields(scope("run")).agenda[0]));
  const examples = (value) => toFields(run(open([B]), { type: "step", key: "s1", name: "echo_examples", value })).agenda[0];
  assert.deepEqual(examples(["One", " "]).echo_examples, ["One"]);
  assert.ok(!("echo_examples" in examples([""])));
});

test("empty lines of a list are left out when it is stored, and stay in the draft", () => {
  const draft = run(open([{ kind: "choice", prompt: "?", options: ["a"] }]),
    { type: "step", key: "s1", name: "options", value: ["a", " ", "b"] });
  assert.deepEqual(toFields(draft).agenda[0].options, ["a", "b"]);
  assert.equal(draft.steps[0].activity.options.length, 3);
});

test("every kind has a blank step", () => {
  for (const kind of KINDS) assert.deepEqual([blank(kind, { minutes: 10, days: 28 })].map((one) => [one.kind, one.prompt, one.minutes]), [[kind, "", 10]]);
});

test("minutes that are none count nothing, and unset ones the default", () => {
  assert.equal(totalMinutes([{ minutes: 5 }, { minutes: "abc" }, {}, null], 10), 15);
});

test("no action changes the draft that it was given", () => {
  const draft = open();
  const before = JSON.stringify(draft);
  const freeze = (value) => { if (value && typeof value === "object") { Object.freeze(value); Object.values(value).forEach(freeze); } };
  freeze(draft);
  for (const action of [
    { type: "add", activity: A }, { type: "duplicate", key: "s2" }, { type: "move", key: "s1", to: 2 }, { type: "remove", key: "s1" },
    { type: "field", name: "display_name", value: "x" }, { type: "step", key: "s2", name: "prompt", value: "x" }, { type: "own" },
    { type: "replace", activities: [A], session: "z" }, { type: "unheard of" },
  ]) reduce(draft, action);
  assert.equal(JSON.stringify(draft), before);
});
