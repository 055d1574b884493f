import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { findIdentifying } from "../src/seat/identifying.js";

// The server keeps what this finds out of the echo, by the same rules (tests/core/test_identifying.py).
const CASES = JSON.parse(readFileSync(new URL("../../tests/identifying_cases.json", import.meta.url), "utf8"));

for (const [kind, texts] of Object.entries(CASES)) {
  const found = kind === "harmless" ? null : kind;
  for (const text of texts) test(`${kind}: ${text}`, () => assert.equal(findIdentifying(text), found));
}
