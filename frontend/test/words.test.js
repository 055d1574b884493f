import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { gettext, interpolate, ngettext, setMessages } from "../src/lib/i18n.js";
import { secondsLeft, timeLeftText } from "../src/lib/clock.js";
import { missedText, plainWords, progressText, seatsText } from "../src/seat/words.js";
import { seatState, wallRound } from "./support/page.js";

afterEach(() => setMessages({}, "en"));

const words = (text) => text.split(/\s+/).filter(Boolean).length;

test("the plain words fit into forty, for a team and for a course", () => {
  const team = plainWords(seatState(wallRound()));
  assert.ok(words([team.promise, team.seats, team.caution].join(" ")) <= 40);
  assert.match(team.seats, /^7 seats are taken, 3 of them by code\.$/);
  const course = plainWords(seatState(wallRound("collecting", { needed: 10 }), { kind: "course", seats: null }));
  assert.ok(words(course.promise) <= 40);
  assert.match(course.promise, /at least 9 others/);
  assert.deepEqual([course.seats, course.caution], ["", ""]);
});

test("seats, progress and the missed wall are whole sentences", () => {
  assert.equal(seatsText({ all: 1, guests: 0 }), "1 seat is taken.");
  assert.equal(seatsText({ all: 4, guests: 0 }), "4 seats are taken.");
  assert.equal(seatsText(null), "");
  assert.equal(progressText("most"), "Most have answered");
  assert.equal(progressText(null), "");
  assert.match(missedText(true), /may have arrived\. It was not sent again/);
  assert.match(missedText(false), /not counted/);
});

test("translations, plural forms and placeholders", () => {
  setMessages({ Send: "Wyślij", "%(n)s note": ["%(n)s notatka", "%(n)s notatki", "%(n)s notatek"] }, "pl");
  const count = (n) => interpolate(ngettext("%(n)s note", "%(n)s notes", n), { n });
  assert.deepEqual([count(1), count(3), count(5)], ["1 notatka", "3 notatki", "5 notatek"]);
  assert.equal(gettext("Send"), "Wyślij");
  assert.equal(gettext("Pass"), "Pass");
  assert.equal(interpolate("%(a)s %(b)s", { a: "%(b)s" }), "%(b)s %(b)s", "values are not interpolated again");
});

test("an unknown language still counts", () => {
  setMessages({ "%(n)s note": ["%(n)s A", "%(n)s B"] }, "not a language");
  assert.equal(ngettext("%(n)s note", "%(n)s notes", 2), "%(n)s B");
});

test("time left follows the server's clock", () => {
  const now = Date.parse("2026-11-23T12:00:00Z");
  assert.equal(secondsLeft("2026-11-23T12:01:00Z", 0, now), 60);
  assert.equal(secondsLeft("2026-11-23T12:01:00Z", 30000, now), 30, "a server that is ahead has less time left");
  assert.equal(secondsLeft("2026-11-23T11:00:00Z", 0, now), 0);
  assert.equal(secondsLeft(null, 0, now), null);
  assert.deepEqual([null, 0, 59, 61].map(timeLeftText), ["", "Finish your sentence", "59 seconds left", "2 min left"]);
});
