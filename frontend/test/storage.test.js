import assert from "node:assert/strict";
import { test } from "node:test";
import { createStore } from "../src/lib/storage.js";
import { createKeep } from "../src/join/keep.js";
import { fakeArea } from "./support/page.js";

test("two people on one computer do not find each other's things", () => {
  const area = fakeArea();
  const one = createStore({ key: "one", area });
  const other = createStore({ key: "other", area });
  one.set("draft:r1", "secret");
  one.set("seat", { token: "t" });
  assert.equal(other.get("draft:r1"), null);
  other.wipe();
  assert.equal(one.get("draft:r1"), "secret");
  one.wipe("draft:");
  assert.equal(one.get("draft:r1"), null);
  assert.deepEqual(one.get("seat"), { token: "t" });
  assert.match(area.dump(), /^psychsafety:one:seat\n/);
});

test("a key that begins like another is another", () => {
  const area = fakeArea();
  const short = createStore({ key: "a", area });
  const long = createStore({ key: "ab", area });
  long.set("seat", 1);
  short.wipe();
  assert.equal(long.get("seat"), 1);
});

test("a browser that forbids storage keeps it for the page", () => {
  const store = createStore({ key: "k", area: fakeArea({ broken: true }) });
  store.set("draft:r1", "text");
  store.set("seat", "s");
  assert.equal(store.get("draft:r1"), "text");
  assert.deepEqual(store.names("draft:"), ["draft:r1"]);
  store.wipe("draft:");
  assert.equal(store.get("draft:r1"), null);
  assert.equal(store.get("seat"), "s");
  store.remove("seat");
  assert.equal(store.get("seat"), null);
});

test("what somebody else broke reads as nothing", () => {
  const area = fakeArea();
  area.setItem("psychsafety:k:seat", "{not json");
  assert.equal(createStore({ key: "k", area }).get("seat"), null);
});

test("a guest's seat stays in the tab until the phone is theirs, and takes the draft along", () => {
  const areas = { tab: fakeArea(), phone: fakeArea() };
  const keep = createKeep({
    tab: createStore({ key: "guest", area: areas.tab }),
    phone: createStore({ key: "guest", area: areas.phone }),
  });
  keep.keepSeat({ token: "t" });
  keep.store().set("draft:r1", "half a note");
  assert.equal(areas.phone.dump(), "");
  const view = keep.store();
  keep.setMine(true);
  assert.deepEqual([keep.seat(), keep.isMine(), view.get("draft:r1")], [{ token: "t" }, true, "half a note"]);
  assert.equal(areas.tab.dump(), "", "nothing is left behind in the tab");
  keep.setMine(false);
  assert.equal(areas.phone.dump(), "");
  keep.forget();
  assert.equal(keep.seat(), null);
  assert.equal(areas.tab.dump(), "");
});
