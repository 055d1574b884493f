import assert from "node:assert/strict";
import { test } from "node:test";
import { decide } from "../src/doorway/decide.js";
import { leaderState, NOTES } from "./doorway_helper.js";

const session = (extra = {}) => ({ kind: "team_session", block: "T", audience: "team", ...extra });
const wall = (extra = {}) => ({ kind: "wall", block: "W", audience: "team", ...extra });
const roundOf = (block, phase = "collecting") =>
  leaderState({ round: { activity: { block, title: "Courage", prompt: "?" }, phase, results: NOTES } });
const lobby = leaderState({ phase: "lobby" });
const running = leaderState();

/** [what, data, held, state, ids on the page, is host, place] */
const TABLE = [
  ["nobody, session", session(), null, null, ["T"], true, "doorway"],
  ["nobody, wall", wall(), null, null, ["W"], true, "doorway"],
  ["course wall, even when leading", wall({ audience: "course" }), "leader", running, ["W"], true, "course"],
  ["held, not yet known", session(), "seat", null, ["T"], true, "loading"],
  ["leader in the lobby", session(), "leader", lobby, ["T"], true, "leader"],
  ["leader in the lobby, wall beside it", wall(), "leader", lobby, ["T", "W"], false, "elsewhere"],
  ["leader in the lobby, wall alone", wall(), "leader", lobby, ["W"], true, "leader"],
  ["leader, wall alone, nothing runs", wall(), "leader", running, ["W"], true, "offer"],
  ["leader, own round, session", session(), "leader", roundOf("T"), ["T", "W"], true, "leader"],
  ["leader, own round, wall", wall(), "leader", roundOf("W"), ["T", "W"], false, "leader"],
  ["leader, the wall's round on this page", session(), "leader", roundOf("W"), ["T", "W"], true, "elsewhere"],
  ["leader, the session's round on this page", wall(), "leader", roundOf("T"), ["T", "W"], false, "elsewhere"],
  ["leader, the session's round is over", wall(), "leader", roundOf("T", "closed"), ["T", "W"], false, "offer"],
  ["leader, another unit's round, session", session(), "leader", roundOf("X"), ["T"], true, "leader"],
  ["leader came to the next unit", wall(), "leader", roundOf("X", "revealed"), ["W"], true, "offer"],
  ["seat, own round", wall(), "seat", roundOf("W"), ["W"], true, "seat"],
  ["seat, another unit's round, wall", wall(), "seat", roundOf("X"), ["W"], true, "elsewhere"],
  ["seat, another unit's round, session", session(), "seat", roundOf("X"), ["T"], true, "seat"],
  ["seat, the other block's round", session(), "seat", roundOf("W"), ["T", "W"], true, "elsewhere"],
  ["seat, lobby, wall alone", wall(), "seat", lobby, ["W"], true, "seat"],
  ["seat, lobby, both", wall(), "seat", lobby, ["T", "W"], false, "elsewhere"],
];

for (const [what, data, held, state, ids, isHost, place] of TABLE) {
  test(`${what}: ${place}`, () => {
    assert.equal(decide({ data, held, state, isHost, onPage: (id) => ids.includes(id) }), place);
  });
}
