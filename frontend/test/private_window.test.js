import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createAsk } from "../src/leader/ask.js";
import { createPrivateWindow } from "../src/leader/private_window.js";
import { button, openPage, press } from "./doorway_helper.js";

let place;
let order;

beforeEach(() => {
  openPage();
  place = document.createElement("div");
  document.body.append(place);
  order = [];
});

function make({ opened, reply }) {
  const commander = { drive: async (what) => { order.push(what); return reply; } };
  const host = { open: (url) => { order.push(`open ${url}`); return opened; } };
  return createPrivateWindow({ ask: createAsk(place), commander: /** @type {any} */ (commander), nudge: () => order.push("nudge"), host: /** @type {any} */ (host) });
}

const fakeWindow = () => ({ opener: {}, closed: false, went: "", close() { this.closed = true; }, location: { replace(to) { opened.went = to; } } });
let opened;
const REPLY = { code: "H4TR9KQW", drive_url: "http://site.test/psychsafety/drive/#H4TR9KQW" };

test("warned first; the window opens within the click, before anything is asked of the server", async () => {
  opened = fakeWindow();
  const notes = make({ opened, reply: REPLY });
  notes.offer();
  assert.match(place.textContent, /not mirrored/);
  assert.deepEqual(order, []);
  await press(place, "window_yes");
  assert.deepEqual(order, ["open ", "window", "nudge"]);
  assert.equal(opened.went, REPLY.drive_url);
  assert.equal(opened.opener, null);
  assert.equal(notes.used(), true);
});

test("a blocked window: said, with a link that a click may open", async () => {
  make({ opened: null, reply: { ...REPLY, drive_url: "/psychsafety/drive/" } }).offer();
  await press(place, "window_yes");
  assert.match(place.textContent, /blocked the window/);
  assert.equal(button(place, "window_link").href, "http://site.test/psychsafety/drive/#H4TR9KQW");
});

test("refused by the server: the empty window goes away again", async () => {
  opened = fakeWindow();
  make({ opened, reply: null }).offer();
  await press(place, "window_yes");
  assert.equal(opened.closed, true);
});
