import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createAsk } from "../src/leader/ask.js";
import { createTabletOffer, MOST, peopleOf } from "../src/leader/tablet_offer.js";
import { button, openPage, press, settle } from "./doorway_helper.js";

let place;
let sent;
let seats;

beforeEach(() => {
  openPage();
  place = document.createElement("div");
  document.body.append(place);
  sent = [];
  seats = { all: 0, guests: 0, tablet: 0 };
});

function offer() {
  const api = { post: async (path, body) => {
    sent.push([path, body]);
    return { body: body.seats ? { code: "K7M2QXWP", tablet_url: "http://site.test/psychsafety/tablet/" } : { done: true } };
  } };
  const commander = { also: async (work) => work() };
  createTabletOffer({ ask: createAsk(place), api, commander, nudge() {}, say() {}, state: () => ({ seats }) }).offer();
}

test("a number of people that the server takes, whatever is typed", () => {
  assert.deepEqual(["6", "0", "-3", "999", "7b"].map((text) => peopleOf(text)), [6, 1, 1, MOST, 7]);
  assert.equal(peopleOf("", 4), 4);
  assert.equal(peopleOf("many", 4), 4);
});

test("how many, then address and code, and a link with the code where no server sees it", async () => {
  offer();
  const field = place.querySelector("input");
  assert.equal(document.activeElement, field);
  const [less, more] = place.querySelectorAll(".psy-stepper__step");
  more.click();
  more.click();
  less.click();
  assert.equal(field.value, "7");
  await press(place, "tablet_code");
  await settle();
  assert.deepEqual(sent, [["tablet", { seats: 7 }]]);
  assert.match(place.textContent, /site\.test\/psychsafety\/tablet\/.*K7M2 QXWP/);
  const link = button(place, "tablet_here");
  assert.equal(link.href, "http://site.test/psychsafety/tablet/#K7M2QXWP");
  assert.equal(link.rel, "noopener noreferrer");
  await press(place, "cancel");
  assert.equal(place.textContent, "");
});

test("seats that a tablet holds can be given back", async () => {
  offer();
  assert.equal(button(place, "tablet_back"), null);
  await press(place, "cancel");
  seats.tablet = 4;
  offer();
  assert.equal(place.querySelector("input").value, "4");
  assert.match(place.textContent, /A tablet holds 4 seats\./);
  await press(place, "tablet_back");
  assert.deepEqual(sent, [["tablet", { seats: 0 }]]);
});
