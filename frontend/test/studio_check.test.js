import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldProblem, lengthOf, minimumRemark, problemsOf, timeRemark } from "../src/studio/check.js";
import { begin } from "../src/studio/draft.js";
import { matching, sessionOf, stepsOf } from "../src/studio/library.js";
import { AGENDA, LIBRARY, LIMITS, sessionData, wallData } from "./support/studio.js";

const wrong = (name, value) => Boolean(fieldProblem(name, value, LIMITS));
const where = (fields) => problemsOf(begin(fields), LIMITS).map((one) => one.where.join("/"));

test("characters are counted as the server counts them: whole ones, without the space around", () => {
  assert.equal(lengthOf("  🌱🌱 a "), 4);
  assert.equal(lengthOf(null), 0);
  assert.equal(wrong("title", `  ${"🌱".repeat(120)}  `), false);
  assert.equal(wrong("title", "🌱".repeat(121)), true);
});

for (const [name, good, bad] of [
  ["prompt", ["?", "x".repeat(300)], ["", "  ", "x".repeat(301), undefined]],
  ["minutes", [1, 120], [0, 121, "", "abc", "1.5", undefined]],
  ["minimum", [3, 50, null, undefined], [2, 51, "x", ""]],
  ["planned_minutes", [5, 480], [4, 481, ""]],
  ["video", ["", "https://a.b/c?d=e"], ["http://a.b", "https://", "https://a b", "javascript:alert(1)", `https://${"a".repeat(500)}`]],
  ["picture", ["", "/static/a.png"], ["//a.b/c", "a.png", "https://a.b/c.png", "/a\\b"]],
  ["options", [["a", "b"], ["a", "", "b"]], [["a"], ["a", "a "], [], undefined, ["a", "x".repeat(121)], [..."123456789"]]],
  ["statements", [["a"], [{ text: "a", reversed: true }]], [[], [""], ["a", { text: "a", reversed: true }], ["x".repeat(201)]]],
  ["introduction", ["", "x".repeat(20000)], ["x".repeat(20001)]],
]) {
  test(`${name}: what is possible, and what is not`, () => {
    for (const value of good) assert.equal(fieldProblem(name, value, LIMITS), "", JSON.stringify(value));
    for (const value of bad) assert.notEqual(fieldProblem(name, value, LIMITS), "", JSON.stringify(value));
  });
}

test("problems name their place in the order of the form", () => {
  assert.deepEqual(where(sessionData({ agenda: AGENDA }).fields), []);
  assert.deepEqual(where(wallData().fields), []);
  const { fields } = sessionData({ display_name: "x".repeat(121), agenda: [AGENDA[0], { kind: "choice", prompt: "", minutes: 3 }, null] });
  assert.deepEqual(where(fields), ["display_name", "agenda/1/prompt", "agenda/1/options", "agenda/2/kind"]);
  assert.deepEqual(where(wallData({ prompt: "", minimum: "" }).fields), ["prompt", "minimum"]);
});

test("more minutes than the meeting has, and a minimum that few teams reach, are said kindly", () => {
  assert.equal(timeRemark(60, 60), "");
  assert.match(timeRemark(95, 60), /35 minutes more/);
  assert.equal(timeRemark(95, "abc"), "");
  assert.equal(minimumRemark(6), "");
  assert.match(minimumRemark(10), /10 answers.*team of 6/);
});

test("a session's steps are whole: the exercise, and what is different", () => {
  const session = sessionOf(LIBRARY.en, "first-hour");
  assert.deepEqual(stepsOf(LIBRARY.en, session).map((one) => [one.title, one.minutes, one.exercise]), [["Welcome", 5, "welcome"], ["Courage", 7, "courage"]]);
  assert.equal(sessionOf(LIBRARY.en, "gone"), null);
});

test("the library is searched by all words, in title, idea and question, and by topic and kind", () => {
  const names = (wanted) => matching(LIBRARY.en.exercises, wanted).map((one) => one.name);
  assert.deepEqual(names({ text: "ALONE courage" }), ["courage"]);
  assert.deepEqual(names({ text: "why are" }), ["welcome"]);
  assert.deepEqual(names({ topic: "check-in" }), ["welcome"]);
  assert.deepEqual(names({ kind: "wall" }), ["courage"]);
  assert.deepEqual(names({ kind: "wall", topic: "check-in" }), []);
});
