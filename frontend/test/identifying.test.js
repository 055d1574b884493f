import assert from "node:assert/strict";
import { test } from "node:test";
import { findIdentifying } from "../src/seat/identifying.js";

const POINTS_AT_SOMEBODY = {
  email: ["Ask bo@firma.dk about it", "bo.larsen+x@mail.example.com", "写给 li@firma.cn"],
  phone: ["Call me on 12 34 56 78", "+45 12345678", "0171-2345678", "ring 12345678", "(020) 7946 0958"],
  handle: ["@bo always interrupts", "Thanks to @anna-k", "(@bo)"],
  link: ["see https://x.example", "www.firma.dk", "read it on firma.com/page", "On firma.dk."],
};
const HARMLESS = [
  "I am there 24/7",
  "since 2026",
  "50 % of the time",
  "from 2024-2026 nothing changed",
  "On 23.11.2026 I said nothing",
  "2026-11-23",
  "it costs 1.000.000 kr.",
  "1 000 000 reasons",
  "meet at 10:30-11:30",
  "3 + 4 = 7",
  "5 @ 10",
  "e.g. this. And that.",
  "Say no.Then listen",
  "说我不知道",
  "",
];

for (const [kind, texts] of Object.entries(POINTS_AT_SOMEBODY)) {
  for (const text of texts) test(`${kind}: ${text}`, () => assert.equal(findIdentifying(text), kind));
}

for (const text of HARMLESS) test(`harmless: ${text}`, () => assert.equal(findIdentifying(text), null));
