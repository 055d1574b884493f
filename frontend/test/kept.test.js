import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createKept } from "../src/kept/page.js";
import { ApiError } from "../src/lib/api.js";
import { button, openPage, settle } from "./support/page.js";

const BALLOT = {
  name: "psychsafety_xblock_ballot", columns: ["id", "purpose", "round_id"],
  rows: [{ id: "9007199254740993", purpose: "answer", round_id: "7" }], withheld: [{ column: null, reason: "ballots" }],
};
const TALLY = {
  name: "psychsafety_xblock_tally", columns: ["id", "item", "n"],
  rows: Array.from({ length: 15 }, (_, at) => ({ id: String(at), item: "s1" })), withheld: [{ column: "n", reason: "floor" }],
};
const SESSION = {
  name: "psychsafety_xblock_session", columns: ["id", "open_slot", "leader_mark", "title", "ended_on", "rehearsal", "step"],
  rows: [{ id: "abc", title: "<b>Us</b>", ended_on: null, rehearsal: false, step: 0 }],
  withheld: [{ column: "open_slot", reason: "leader" }, { column: "leader_mark", reason: "leader" }],
};
const ROUND = {
  name: "psychsafety_xblock_round", columns: ["id", "definition"],
  rows: [{ id: "1", definition: { prompt: "What <i>takes</i> courage?" } }], withheld: [],
};

let page;
let replies;

beforeEach(() => {
  page = openPage();
  replies = [];
});

async function open(...tables) {
  replies.unshift({ retention_days: 45, tables });
  const view = createKept(page.root, {
    level: 2,
    read: async () => {
      const next = replies.shift();
      if (next instanceof Error) throw next;
      return next;
    },
  });
  await settle();
  return view;
}

const section = (name) => page.root.querySelector(`[data-table="psychsafety_xblock_${name}"]`);
const said = () => page.root.querySelector('[role="status"]').textContent;

async function lookAgain(...tables) {
  replies.push(tables[0] instanceof Error ? tables[0] : { retention_days: 45, tables });
  button(page.root, "Look again").click();
  await settle();
}

test("real names and real values, as text, with nothing where there is nothing", async () => {
  await open(SESSION, ROUND);
  const told = [...section("session").querySelectorAll(".psy-kept__row dl > div")].map((one) => one.textContent);
  assert.deepEqual(told, [
    "idabc", "open_slotnot shown", "leader_marknot shown", "title<b>Us</b>", "ended_onNULL", "rehearsalfalse", "step0",
  ]);
  assert.equal(section("session").querySelector("b"), null);
  assert.deepEqual(JSON.parse(section("round").querySelector("pre").textContent), ROUND.rows[0].definition);
  assert.equal(section("session").querySelector("h2").textContent, "The session");
  assert.match(section("session").textContent, /Deleted 45 days after the session has ended\./);
});

test("what is withheld is named once for a reason, and a number that was not shown is a gap", async () => {
  await open(SESSION, TALLY, BALLOT);
  assert.equal(section("session").querySelector(".psy-kept__withheld li").textContent,
    "open_slot leader_mark Hashes of the leader’s account. Who knows the accounts could try them out.");
  assert.equal(section("tally").querySelectorAll(".psy-kept__gap").length, 15);
  assert.match(section("ballot").querySelector(".psy-kept__withheld").textContent, /that is how many have answered/);
});

test("a long table opens by a press", async () => {
  await open(TALLY);
  const more = section("tally").querySelector("details");
  assert.equal(more.querySelector("summary").textContent, "3 more rows");
  assert.equal(more.open, false);
  assert.equal(section("tally").querySelectorAll("li.psy-kept__row").length, 15);
});

test("the own mark is explained, and one can watch it go", async () => {
  await open(BALLOT, SESSION);
  assert.match(section("ballot").textContent, /9007199254740993/, "ids are longer than a browser's numbers");
  assert.match(section("ballot").textContent, /This is the mark that your seat has answered/);
  await lookAgain(BALLOT, SESSION);
  assert.match(said(), /^Read at .+\. Nothing has changed\.$/);
  await lookAgain({ ...BALLOT, rows: [] }, { ...SESSION, rows: [{ ...SESSION.rows[0], step: 1 }] });
  assert.match(said(), /Changed: Your marks · The session\.$/);
  assert.match(section("ballot").textContent, /ChangedpsychSafety_xblock_ballot/i);
  assert.match(section("ballot").textContent, /Your seat has no mark now\./);
});

test("the own mark of taps on the echo, and how long shared notes stay", async () => {
  const note = { name: "psychsafety_xblock_note", columns: ["id", "text"], rows: [], withheld: [] };
  await open({ ...BALLOT, rows: [{ ...BALLOT.rows[0], purpose: "echo" }] }, note);
  assert.match(section("ballot").textContent, /your seat has tapped on notes of other teams\. It is destroyed when the taps are counted\./);
  assert.match(section("note").textContent, /shared with other teams a copy is kept longer/);
});

test("without a network what was read stays, and it is said", async () => {
  await open(BALLOT);
  await lookAgain(new ApiError({ status: 0, code: "network", retryable: true }));
  assert.equal(page.root.querySelector('[role="alert"]').textContent, "The server could not be reached. Please look again.");
  assert.ok(section("ballot"));
  await lookAgain(BALLOT);
  assert.equal(page.root.querySelector('[role="alert"]').textContent, "");
  await lookAgain(new ApiError({ status: 503, code: "busy", detail: "The site is very busy." }));
  assert.equal(page.root.querySelector('[role="alert"]').textContent, "The site is very busy.");
});

test("a table that nobody has explained yet is shown by its name", async () => {
  await open({ name: "psychsafety_xblock_later", columns: ["id", "new"], rows: [{ id: "1", new: "x" }], withheld: [{ column: null, reason: "why" }] });
  assert.equal(section("later").querySelector("h2").textContent, "psychsafety_xblock_later");
  assert.match(section("later").textContent, /newx/);
});

test("a reply that comes after the page was left is dropped", async () => {
  const view = await open(BALLOT);
  replies.push({ retention_days: 45, tables: [SESSION] });
  button(page.root, "Look again").click();
  view.destroy();
  await settle();
  assert.equal(page.root.textContent, "");
});
