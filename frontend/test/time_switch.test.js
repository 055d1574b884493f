import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createStore } from "../src/lib/storage.js";
import { createTimeSwitch } from "../src/lib/time_switch.js";
import { fakeArea, openPage } from "./support/page.js";

let root;
let area;

beforeEach(() => {
  root = openPage({ html: '<div id="root"><span class="psy-time">4 min left</span></div>' }).root;
  area = fakeArea();
});

function make() {
  const made = createTimeSwitch(root, createStore({ key: "me", area }));
  root.append(made.node);
  made.update();
  return made;
}

const time = () => root.querySelector(".psy-time");

test("hides and shows the time, and says which", () => {
  const { node } = make();
  assert.equal(node.textContent, "Hide the time");
  node.click();
  assert.ok(root.hasAttribute("data-timeless"));
  assert.equal(node.textContent, "Show the time");
  node.click();
  assert.ok(!root.hasAttribute("data-timeless"));
});

test("is there only while there is a time, and stays while it has the focus", () => {
  const { node, update } = make();
  node.focus();
  time().textContent = "";
  update();
  assert.equal(node.hidden, false);
  node.blur();
  update();
  assert.equal(node.hidden, true);
});

test("a time in a menu that is closed is none", () => {
  const { node, update } = make();
  time().hidden = true;
  update();
  assert.equal(node.hidden, true);
});

test("what was chosen outlives the view, and another view of the page follows", () => {
  const first = make();
  const second = make();
  first.node.click();
  second.update();
  assert.equal(second.node.textContent, "Show the time");
  make();
  assert.ok(root.hasAttribute("data-timeless"));
});

test("what is urgent is shown all the same", () => {
  const { node, update } = make();
  node.click();
  update({ urgent: true });
  assert.ok(!root.hasAttribute("data-timeless"));
  update();
  assert.ok(root.hasAttribute("data-timeless"));
});
