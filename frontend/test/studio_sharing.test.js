import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { openEditor, sessionData, wallData } from "./support/studio.js";

afterEach(() => window.close());

const label = (form, text) => [...form.root.querySelectorAll("label")].find((one) => one.textContent.startsWith(text));
const input = (form, text) => {
  const found = label(form, text);
  return found.querySelector("input") || document.getElementById(found.htmlFor);
};
const type = (field, value) => {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};
const shown = (node) => !node.closest("[hidden]");

test("a wall says with whom its writers may share, and with what it begins", async () => {
  const form = openEditor(wallData());
  form.press("Sharing with other teams" + "Each writer is asked");
  const wide = input(form, "Teams in all course runs");
  wide.checked = true;
  wide.dispatchEvent(new Event("change", { bubbles: true }));
  type(input(form, "Example 1"), "To say no.");
  await form.save();
  const { fields } = form.sent[0].body;
  assert.deepEqual([fields.echo, fields.echo_scope, fields.echo_examples], [true, "organisation", ["To say no."]]);
});

test("where nobody is asked, nothing else is asked of the author either", () => {
  const form = openEditor(wallData({ echo_examples: ["To say no."] }));
  form.press("Sharing with other teams" + "Each writer is asked");
  const example = input(form, "Example 1");
  assert.ok(shown(example));
  input(form, "Writers may share").click();
  assert.ok(!shown(example));
  assert.match(form.root.textContent, /Nobody is asked/);
});

test("a wall for everybody has nothing to share", () => {
  const form = openEditor(wallData());
  const fold = label(form, "Writers may share");
  assert.ok(fold.closest(".psy-fold"));
  const everybody = input(form, "Everybody in the course");
  everybody.checked = true;
  everybody.dispatchEvent(new Event("change", { bubbles: true }));
  assert.ok(!shown(fold.closest(".psy-fold")));
});

test("an example that is too long is said, and nothing is sent", async () => {
  const form = openEditor(wallData({ echo_examples: ["x".repeat(201)] }));
  await form.save();
  assert.equal(form.sent.length, 0);
  assert.match(form.root.textContent, /Number 1 is too long: there is room for 200 characters/);
});

test("a step has the same", async () => {
  const wall = { kind: "wall", prompt: "What?", minutes: 5 };
  const form = openEditor(sessionData({ agenda: [wall] }));
  form.toggle(0).click();
  type(input(form, "Example 1"), "To ask twice.");
  await form.save();
  assert.deepEqual(form.sent[0].body.fields.agenda, [{ ...wall, echo_examples: ["To ask twice."] }]);
});
