import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { h } from "../src/lib/dom.js";
import { createKeptDoor } from "../src/seat/kept_door.js";
import { openPage, settle } from "./support/page.js";

const URLS = { kept_script: "/kept.js", kept_messages: "" };
let page;
let door;
let seat;
let made;

beforeEach(() => {
  page = openPage();
  page.window.scrollTo = () => {};
  made = [];
  page.window.psychsafetyKept = {
    setMessages() {},
    createKept: (place, options) => {
      made.push(options);
      place.append(h("p", { text: "rows" }));
      return { destroy: () => place.replaceChildren() };
    },
  };
  door = createKeptDoor({ api: { get: async (path) => ({ body: `reply to ${path}` }) }, urls: URLS });
  seat = h("div", null, h("textarea"), door.link());
  page.root.append(seat);
  door.standFor(seat, "h1");
});

const link = () => seat.querySelector(".psy-keptlink");
const shown = () => page.root.querySelector(".psy-kept");
const state = () => page.window.history.state;
/** jsdom goes back in a task of its own. */
const moved = () => new Promise((resolve) => page.window.addEventListener("popstate", resolve, { once: true }));

test("where a page has no such part, there is no way to it", () => {
  assert.equal(createKeptDoor({ api: {}, urls: {} }), undefined);
  assert.equal(createKeptDoor({ api: {} }), undefined);
});

test("it stands in the seat's place, and the seat waits behind it as it was", async () => {
  seat.querySelector("textarea").value = "half a sentence";
  link().click();
  assert.equal(seat.hidden, true);
  assert.equal(shown().querySelector("h1"), document.activeElement);
  assert.match(shown().textContent, /rows/);
  assert.equal(made[0].level, 2);
  assert.equal(await made[0].read(), "reply to kept");
  const back = moved();
  page.window.history.back();
  await back;
  assert.equal(shown(), null);
  assert.equal(seat.hidden, false);
  assert.equal(seat.querySelector("textarea").value, "half a sentence");
  assert.equal(document.activeElement, link());
});

test("its own button is the browser's way back, and what the page around keeps in its history stays", async () => {
  page.window.history.replaceState({ router: 7 }, "");
  link().click();
  assert.equal(state().router, 7);
  assert.ok(state().psychsafetyKept);
  const back = moved();
  shown().querySelector('[data-action="back"]').click();
  await back;
  assert.equal(shown(), null);
  assert.deepEqual(state(), { router: 7 });
});

test("a seat that is drawn anew keeps it open, without another step in the history", () => {
  link().click();
  const steps = page.window.history.length;
  const next = h("div", null, door.link());
  seat.replaceWith(next);
  seat = next;
  door.standFor(seat, "h2");
  assert.equal(seat.hidden, true);
  assert.ok(shown().querySelector("h2"));
  assert.equal(page.root.querySelectorAll(".psy-kept").length, 1);
  assert.equal(page.window.history.length, steps);
});

test("the end of the seat is the end of it, and of its step", async () => {
  link().click();
  const back = moved();
  door.close();
  assert.equal(shown(), null);
  assert.equal(seat.hidden, false);
  await back;
  assert.equal(state(), null);
  door.close();
  await settle();
  assert.equal(state(), null, "closing what is not open goes nowhere");
});
