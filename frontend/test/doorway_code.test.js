import assert from "node:assert/strict";
import { test } from "node:test";
import { groupCode, normaliseCode, spellCode } from "../src/doorway/code.js";
import { joinPage } from "../src/doorway/page.js";
import { tellHeight } from "../src/doorway/resize.js";
import { openPage } from "./doorway_helper.js";

test("a code is the same however it is typed", () => {
  for (const typed of ["K7M2QXWP", " k7m2 qxwp ", "k7m2-qxwp", "K7M2–QXWP", "k 7 m 2 q x w p"]) {
    assert.equal(normaliseCode(typed), "K7M2QXWP");
  }
  assert.equal(groupCode("k7m2qxwp"), "K7M2 QXWP");
  assert.equal(groupCode("k7m2q"), "K7M2 Q");
  assert.equal(spellCode("K7M2"), "K 7 M 2");
});

test("blocks of a page know each other; the team session hosts the lead wherever it stands", () => {
  const dom = openPage("<body><i id=w></i><i id=t></i></body>");
  const at = (id) => dom.window.document.getElementById(id);
  let told = 0;
  const wall = joinPage({ block: "W", kind: "wall", element: at("w"), onChange: () => { told += 1; } }, dom.window);
  assert.equal(wall.isHost(), true);
  const team = joinPage({ block: "T", kind: "team_session", element: at("t"), onChange: () => {} }, dom.window);
  team.tellOthers();
  assert.deepEqual([wall.isHost(), team.isHost(), wall.has("T"), told], [false, true, true, 1]);
  at("t").remove();
  assert.deepEqual([wall.isHost(), wall.has("T")], [true, false]);
});

test("of two walls the first on the page hosts the lead, whichever started first", () => {
  const dom = openPage("<body><i id=a></i><i id=b></i></body>");
  const at = (id) => dom.window.document.getElementById(id);
  const second = joinPage({ block: "B", kind: "wall", element: at("b"), onChange: () => {} }, dom.window);
  const first = joinPage({ block: "A", kind: "wall", element: at("a"), onChange: () => {} }, dom.window);
  assert.deepEqual([first.isHost(), second.isHost()], [true, false]);
});

test("the height is told to a parent only, and only when it changes", () => {
  const dom = openPage("<body><i id=a></i></body>");
  const element = dom.window.document.getElementById("a");
  const sent = [];
  let observed = null;
  class ResizeObserver {
    constructor(tell) { observed = tell; }
    observe() {}
    disconnect() {}
  }
  const host = { ResizeObserver, document: { documentElement: { scrollHeight: 500 } } };
  host.parent = host;
  tellHeight(element, host);
  assert.equal(observed, null);
  host.parent = { postMessage: (message) => sent.push(message) };
  tellHeight(element, host);
  observed();
  observed();
  assert.deepEqual(sent, [{ type: "plugin.resize", payload: { height: 500 } }]);
});
