import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createFiguresLink } from "../src/doorway/figures.js";
import { columnChart } from "../src/insights/chart.js";
import { createFigures } from "../src/insights/figures.js";
import { createInsightsRoom } from "../src/insights/insights_room.js";
import { monthText, setMessages, signed } from "../src/lib/i18n.js";
import { createStore } from "../src/lib/storage.js";
import { button, fakeArea, openPage, settle } from "./support/page.js";

let page;
beforeEach(() => {
  page = openPage();
  setMessages({}, "en");
});

const some = (sessions, people) => ({ sessions, people });

const FIGURES = {
  format: 1,
  course_run: "course-v1:x+y+z",
  made_on: "2026-11-25",
  until: "2026-11-24",
  fewest_teams: 3,
  sessions: {
    months: [
      { month: "2026-09", completed: some(4, 30), abandoned: null, unknown: null },
      { month: "2026-11", completed: some(6, 41), abandoned: some(3, 20), unknown: null },
    ],
    completed: some(10, 71),
    abandoned: some(3, 20),
    unknown: null,
    sessions: 13,
    people: 91,
  },
  statements: [{
    text: "We ask <b>twice</b>.", texts: { en: "We ask <b>twice</b>.", da: "Vi spørger to gange." }, reversed: true,
    counts: { 1: null, 2: 5, 3: 9, 4: 14, 5: 7 }, total: 35, mean: 3.7,
    change: { higher: 4, same: null, lower: 3, mean: 0.4 },
  }],
  choices: [{ text: "Where?", texts: {}, options: [{ text: "Here", texts: {}, count: 12 }, { text: "There", texts: {}, count: null }], total: 12 }],
  commitments: [{ text: "How did it go?", texts: {}, options: [{ text: "Kept", texts: {}, count: 8 }, { text: "Partly", texts: {}, count: 7 }], total: 15 }],
  notes: [
    { text: "To say no.", people: { people: 41, teams: 9, exact: true } },
    { text: "To ask.", people: { people: 5, teams: 3, exact: false } },
  ],
};
const NONE = {
  ...FIGURES, statements: [], choices: [], commitments: [], notes: [],
  sessions: { months: [], completed: null, abandoned: null, unknown: null, sessions: 0, people: 0 },
};

const cells = (root, at) => [...root.querySelectorAll("table")[at].rows].map((row) => [...row.cells].map((cell) => cell.textContent));

test("every figure stands in words, in a chart and in a table, and what is too little is no zero", () => {
  const root = createFigures(FIGURES);
  const said = root.textContent;
  assert.match(said, /Sessions up to 24 November\. .*at least 3 teams/);
  assert.match(said, /13 sessions, 91 seats.*10 played to the end.*3 ended before/);
  assert.doesNotMatch(said, /from before this was counted/);
  assert.match(said, /We ask <b>twice<\/b>\.Here a low number is good\.Mean 3\.7 of 35 ratings/);
  assert.equal(root.querySelector("b"), null);
  assert.match(said, /Since the first session: \+0\.4 on average, higher in 4 teams, lower in 3 teams/);
  assert.match(said, /How did it go\?Kept 8.*Where\?Here 12There too few to tell/);
  assert.match(said, /To say no\. 41 people in 9 teams.*To ask\. At least 5 in 3 teams/);
  assert.deepEqual([...root.querySelectorAll(".psy-chart--bar")].map((one) => one.getAttribute("aria-label")), [
    "Kept 8 of 15", "Partly 7 of 15", "Here 12 of 12",
  ]);
  assert.deepEqual(cells(root, 0), [
    ["Month", "To the end", "To the end: seats", "Ended before", "Ended before: seats"],
    ["September 2026", "4", "30", "–too few to tell", "–too few to tell"],
    ["November 2026", "6", "41", "3", "20"],
  ]);
  assert.deepEqual(cells(root, 1)[1], [
    "We ask <b>twice</b>.", "–too few to tell", "5", "9", "14", "7", "35", "3.7", "4", "–too few to tell", "3", "+0.4",
  ]);
  for (const table of root.querySelectorAll("table")) {
    assert.ok(table.caption.textContent);
    assert.equal(table.querySelectorAll("th:not([scope])").length, 0);
  }
  for (const chart of root.querySelectorAll("svg:not([aria-hidden])")) {
    assert.equal(chart.getAttribute("role"), "img");
    assert.ok(chart.getAttribute("aria-label").length > 3);
  }
});

test("in the reader's language where the library has it", () => {
  setMessages({}, "da");
  assert.match(createFigures(FIGURES).textContent, /Vi spørger to gange\.Here a low/);
  setMessages({}, "fr");
  assert.match(createFigures(FIGURES).textContent, /We ask/);
});

test("with nothing to tell it says when there will be", () => {
  const root = createFigures(NONE);
  assert.match(root.textContent, /Nothing can be told yet\./);
  assert.equal(root.querySelectorAll("svg, table, section").length, 0);
});

test("columns are as tall as what they count, stand on one ground, and are mirrored from the right", () => {
  const columns = [{ label: "1", parts: [10, 5] }, { label: "2", parts: [null, null] }, { label: "3", parts: [30] }];
  const drawn = () => {
    const chart = columnChart({ columns, name: "n", height: 60 });
    return {
      bars: [...chart.querySelectorAll("rect")].map((one) => ["x", "y", "height"].map((name) => Math.round(parseFloat(one.getAttribute(name))))),
      words: [...chart.querySelectorAll("text")].map((one) => one.textContent),
    };
  };
  assert.deepEqual(drawn().words, ["15", "1", "–", "2", "30", "3"]);
  assert.deepEqual(drawn().bars, [[5, 60, 20], [5, 50, 10], [71, 20, 60]]);
  document.documentElement.dir = "rtl";
  assert.deepEqual(drawn().bars, [[5, 20, 60], [71, 60, 20], [71, 50, 10]]);
});

test("more than a year: the chart has the last twelve months, the table all", () => {
  const months = Array.from({ length: 15 }, (_, at) => ({
    month: `20${25 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`, completed: some(4, 20), abandoned: null, unknown: null,
  }));
  const root = createFigures({ ...NONE, sessions: { ...FIGURES.sessions, months } });
  assert.equal(root.querySelectorAll(".psy-chart:not(.psy-chart__swatch) rect").length, 12);
  assert.equal(cells(root, 0).length, 16);
  assert.match(root.textContent, /The last twelve months\./);
});

test("months and signs as the language writes them", () => {
  assert.equal(monthText("2026-12"), "December 2026");
  assert.equal(monthText("2026-12", { short: true }), "Dec");
  assert.equal(signed(0), "0.0");
  setMessages({}, "da");
  assert.equal(monthText("2026-12"), "december 2026");
  assert.equal(signed(0.25), "+0,3");
  setMessages({}, "ar");
  assert.equal(monthText("2026-12", { short: true }), "12");
});

const json = (status, body) => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

async function openRoom({ hash = "#TOKEN", area = fakeArea(), calls = [], reply = () => json(200, FIGURES) } = {}) {
  page = openPage({
    html: '<main id="psychsafety" data-api="/psychsafety/api/" data-language="en" data-messages="{}"></main>',
    url: `http://course.test/psychsafety/insights/${hash}`,
  });
  const main = page.window.document.getElementById("psychsafety");
  const fetch = async (url, { headers }) => {
    calls.push([url, headers.Authorization]);
    return reply(url);
  };
  createInsightsRoom(main, { store: createStore({ key: "insights", area }), fetch }).start();
  await settle(60);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await settle(60);
  return main;
}

test("the page: the token leaves the address and asks once; CSV is fetched, JSON is what is shown", async () => {
  const calls = [];
  const saved = [];
  const main = await openRoom({ calls, reply: (url) => (url.endsWith(".csv") ? new Response("a,b") : json(200, FIGURES)) });
  page.window.URL.createObjectURL = (blob) => {
    saved.push(blob);
    return "blob:x";
  };
  page.window.URL.revokeObjectURL = () => {};
  globalThis.URL = page.window.URL;
  assert.equal(page.window.location.hash, "");
  assert.equal(document.title, "Figures over all teams");
  button(main, "Figures as JSON").click();
  await settle(30);
  button(main, "Figures as CSV").click();
  await settle(60);
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(calls, [["/psychsafety/api/insights", "Bearer TOKEN"], ["/psychsafety/api/insights.csv", "Bearer TOKEN"]]);
  assert.deepEqual(JSON.parse(await saved[0].text()), FIGURES);
  assert.equal(await saved[1].text(), "a,b");
});

test("the page without a token, and after its hour", async () => {
  assert.match((await openRoom({ hash: "" })).textContent, /opens from the course/);
  const area = fakeArea();
  assert.match((await openRoom({ area, reply: () => json(401, { error: "unauthorized" }) })).textContent, /have to be opened once more/);
  assert.equal(area.dump(), "");
});

test("the link opens a page of its own at once, and says why it does not", async () => {
  const tab = { opener: {}, closed: false, location: { replace: (url) => { tab.url = url; } }, close: () => { tab.closed = true; } };
  page.window.open = () => tab;
  let answer = async () => ({ insights_url: "/psychsafety/insights/#T" });
  const link = createFiguresLink(() => answer());
  page.root.append(link);
  button(link, "Figures over all teams").click();
  await settle();
  assert.deepEqual([tab.url, tab.opener, tab.closed], ["/psychsafety/insights/#T", null, false]);
  answer = async () => {
    throw Object.assign(new Error("403"), { status: 403, code: "staff_only", detail: "These figures are for course staff." });
  };
  button(link, "Figures over all teams").click();
  await settle();
  assert.equal(tab.closed, true);
  assert.match(link.textContent, /These figures are for course staff\./);
});
