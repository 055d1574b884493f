import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createWritingForm } from "../src/seat/writing_form.js";
import { button, openPage, wallRound } from "./support/page.js";

let page;
let sent;
let drafts;
beforeEach(() => {
  page = openPage();
  sent = [];
  drafts = [];
});

function open({ share = true, veiled = false } = {}) {
  const form = createWritingForm({
    activity: { ...wallRound().activity, share }, veiled, terms: null,
    onDraft: (draft) => drafts.push(draft), onSend: (answer) => sent.push(answer), onPass: () => sent.push("pass"),
  });
  page.root.append(form.node);
  return form;
}

const field = () => page.root.querySelector("textarea");
const ways = () => [...page.root.querySelectorAll("input[type=radio]")];
const error = () => page.root.querySelector(".psy-error").textContent;

function write(value) {
  field().value = value;
  field().dispatchEvent(new page.window.Event("input"));
}

function choose(at) {
  ways()[at].checked = true;
  ways()[at].dispatchEvent(new page.window.Event("change"));
}

test("two ways of the same weight, and none chosen beforehand", () => {
  open();
  assert.deepEqual(ways().map(({ checked }) => checked), [false, false]);
  const labels = ways().map((input) => input.closest("label"));
  assert.deepEqual(labels.map((label) => label.textContent), ["Only my team", "Also other teams, without names"]);
  assert.equal(labels[0].className, labels[1].className);
  assert.equal(page.root.querySelector("legend").textContent, "Who may read your note?");
});

test("without a choice it is asked for, kindly, where the reader is; with one it is sent", () => {
  open();
  write("Say no");
  button(page.root, "Send").click();
  assert.deepEqual(sent, []);
  assert.equal(error(), "One thing more: who may read your note? Choose, then send.");
  assert.equal(document.activeElement, ways()[0]);
  assert.equal(field().getAttribute("aria-invalid"), null, "nothing is wrong with the text");
  choose(0);
  assert.equal(error(), "");
  button(page.root, "Send").click();
  choose(1);
  button(page.root, "Send").click();
  assert.deepEqual(sent, [{ text: "Say no", share: false }, { text: "Say no", share: true }]);
});

test("passing needs no choice", () => {
  open();
  button(page.root, "Pass").click();
  assert.deepEqual(sent, ["pass"]);
});

test("where the author has switched it off nothing is asked and nothing is shared", () => {
  open({ share: false });
  assert.equal(ways().length, 0);
  write("Say no");
  button(page.root, "Send").click();
  assert.deepEqual(sent, [{ text: "Say no", share: false }]);
  assert.deepEqual(drafts, ["Say no"]);
});

test("the choice is kept with the draft, and comes back with it", () => {
  open();
  choose(1);
  write("Say no");
  assert.deepEqual(drafts.at(-1), { text: "Say no", share: true });
  page = openPage();
  open().restore(drafts.at(-1));
  assert.deepEqual([field().value, ...ways().map(({ checked }) => checked)], ["Say no", false, true]);
  for (const odd of [{ text: 7, share: "yes" }, null, [], { share: 1 }]) {
    page = openPage();
    open().restore(odd);
    assert.deepEqual([field().value, ...ways().map(({ checked }) => checked)], ["", false, false], JSON.stringify(odd));
  }
});

test("a draft from before the question is only a text", () => {
  open().restore("Say no");
  assert.deepEqual([field().value, ...ways().map(({ checked }) => checked)], ["Say no", false, false]);
});

test("where the room sees the screen the choice is masked", () => {
  open({ veiled: true });
  assert.equal(ways().length, 0);
  const masked = page.root.querySelector("input.psy-masked__field");
  assert.equal(masked.type, "password");
  write("Say no");
  button(page.root, "Send").click();
  assert.deepEqual(sent, []);
  assert.equal(document.activeElement, masked);
  for (const [typed, share] of [["1", false], ["2", true]]) {
    masked.value = typed;
    masked.dispatchEvent(new page.window.Event("input"));
    button(page.root, "Send").click();
    assert.deepEqual(sent.pop(), { text: "Say no", share });
  }
  masked.value = "3";
  button(page.root, "Send").click();
  assert.deepEqual(sent, []);
});
