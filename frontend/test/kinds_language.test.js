import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { inLanguage, inMain, textAttrs } from "../src/kinds/language.js";
import { createStage } from "../src/leader/stage.js";
import { setMessages } from "../src/lib/i18n.js";
import { createStore } from "../src/lib/storage.js";
import { createScenes } from "../src/screen/scenes.js";
import { createLanguageChoice } from "../src/doorway/language_choice.js";
import { createSeatView } from "../src/seat/seat_view.js";
import { CHOICE, PULSE, TALK, fakeArea, kindRound, openPage, seatState, settle } from "./support/page.js";

let page;
let made = [];
let sent;

beforeEach(() => {
  page = openPage();
  sent = [];
});
afterEach(() => {
  for (const one of made) one.destroy();
  made = [];
  setMessages({}, "en");
});

const WALL = {
  kind: "wall", prompt: "Hvad kræver mod?", help: "Kort.", starter: "Jeg", max_length: 40, language: "da",
  translations: { en: { prompt: "What takes courage?", help: "Short.", starter: "I" } },
};
const ASKED = {
  ...CHOICE, prompt: "Hvor?", language: "da",
  translations: { en: { prompt: "Where?", options: [{ id: "o1", text: "Here" }, { id: "o2", text: "There" }, { id: "o3", text: "No" }] } },
};
const RATED = {
  ...PULSE, prompt: "Hvor meget?", language: "da",
  translations: { en: { statements: [{ id: "s1", text: "We ask" }, { id: "s2", text: "Erring costs" }] } },
};
const RESULTS = {
  choice: { items: [{ id: "choice", counts: { o1: 3, o2: 2, o3: 1 }, total: 6 }] },
  most: { items: [{ id: "choice", most: ["o1"] }] },
  pulse: { items: [{ id: "s1", most: [4] }, { id: "s2", most: [2] }] },
};

function seat(activity, language, { store = createStore({ key: "me", area: fakeArea() }), phase = "collecting", more = {} } = {}) {
  setMessages({}, language);
  const view = createSeatView(page.root, {
    api: { post: async (path, body) => { sent.push([path, body]); return { status: 202, body: {} }; } }, store,
  });
  made.push(view);
  view.update(seatState(kindRound(activity, phase, more)));
  return view;
}

function onScreen(activity, phase, results = null) {
  const scenes = createScenes(page.root, { loadQr: async () => new Blob() });
  made.push(scenes);
  scenes.update(seatState(kindRound(activity, phase, { results }), { role: "screen" }), 0);
  return page.root;
}

function onStage(activity, phone, phase = "collecting", results = null) {
  const state = seatState(kindRound(activity, phase, { results }), { role: "leader" });
  const stage = createStage({ state, onHide: async () => {}, live: true, phone });
  stage.update(state, 0);
  made.push(stage);
  page.root.replaceChildren(stage.element);
  return page.root;
}

const marked = (root) => [...root.querySelectorAll("[lang]")].map((node) => [node.lang, [...node.childNodes].find((one) => one.nodeType === 3).data]);
const text = () => page.root.textContent;

test("a page's own language, else the main one", () => {
  for (const language of ["en", "en-gb", "EN", "en_US"]) assert.equal(inLanguage(WALL, language).prompt, "What takes courage?");
  for (const language of ["da", "da-dk", "de", "", "e"]) assert.equal(inLanguage(WALL, language).prompt, "Hvad kræver mod?");
});

test("of what is not translated nobody says in which language it is", () => {
  const english = inLanguage({ ...WALL, translations: { en: { starter: "I" } } }, "en");
  assert.equal(english.prompt, "Hvad kræver mod?");
  assert.deepEqual(textAttrs(english, "prompt"), { dir: "auto", lang: undefined });
  assert.deepEqual(textAttrs(english, "starter"), { dir: "auto", lang: "en" });
});

test("an activity in one language, or of an earlier release, stays as it is", () => {
  assert.equal(inLanguage(CHOICE, "en"), CHOICE);
  assert.equal(inMain(CHOICE), CHOICE);
});

test("which way a statement is good stays with it", () => {
  assert.deepEqual(inLanguage(RATED, "en").statements, [
    { id: "s1", text: "We ask", reversed: false }, { id: "s2", text: "Erring costs", reversed: true },
  ]);
});

test("a phone shows one language: the question, what helps, the beginning", () => {
  seat(WALL, "en");
  assert.match(text(), /What takes courage\?.*Short\./s);
  assert.doesNotMatch(text(), /Hvad kræver|Kort/);
  assert.deepEqual(marked(page.root), [["en", "What takes courage?"], ["en", "Short."], ["en", "I"]]);
});

test("a phone in a third language shows the main one", () => {
  seat(WALL, "ar");
  assert.match(text(), /Hvad kræver mod/);
  assert.doesNotMatch(text(), /What takes/);
});

test("options, statements, points and results too", () => {
  seat(ASKED, "en");
  assert.match(text(), /Here.*There/s);
  assert.doesNotMatch(text(), /In the meeting/);
  seat(RATED, "en");
  assert.match(text(), /We ask.*Erring costs/s);
  seat(ASKED, "en", { phase: "revealed", more: { results: RESULTS.choice } });
  assert.match(text(), /Here 3 of 6/);
  seat({ ...TALK, points: ["Vi", "De"], language: "da", translations: { en: { points: ["We", "They"] } } }, "en", { phase: "revealed" });
  assert.deepEqual([...page.root.querySelectorAll(".psy-points li")].map((one) => one.textContent), ["We", "They"]);
});

test("what is chosen in one language counts as in the other", async () => {
  const store = createStore({ key: "me", area: fakeArea() });
  const first = seat(ASKED, "en", { store });
  page.root.querySelectorAll("input")[1].click();
  first.destroy();
  seat(ASKED, "da", { store });
  assert.ok(page.root.querySelectorAll("input")[1].checked);
  await settle();
  assert.deepEqual(sent, [], "nothing is sent, and no language");
});

test("another language of the page is no correction of the text: what was written stays", () => {
  const view = seat(WALL, "en");
  const field = page.root.querySelector("textarea");
  field.value = "say no";
  field.dispatchEvent(new window.Event("input"));
  setMessages({}, "da");
  view.update(seatState(kindRound(WALL)));
  assert.equal(page.root.querySelector("textarea").value, "say no");
  assert.doesNotMatch(text(), /corrected/);
});

test("a corrected text is one in whichever language it was corrected", () => {
  const view = seat(WALL, "da");
  const corrected = { ...WALL, translations: { en: { ...WALL.translations.en, prompt: "What needs courage?" } } };
  view.update(seatState(kindRound(corrected)));
  assert.match(text(), /The text was corrected/);
});

test("the big screen shows both, the main one as the heading", () => {
  const root = onScreen(WALL, "collecting");
  assert.equal(root.querySelector("h1").textContent, "Hvad kræver mod?");
  assert.deepEqual(marked(root), [["da", "Hvad kræver mod?"], ["en", "What takes courage?"], ["da", "Kort."], ["en", "Short."]]);
  assert.ok([...root.querySelectorAll("[lang]")].every((node) => node.dir === "auto"));
});

test("the big screen shows both of options, results and what most chose", () => {
  assert.match(onScreen(ASKED, "collecting").textContent, /In the meeting Here/);
  assert.match(onScreen(ASKED, "revealed", RESULTS.choice).textContent, /In the meeting Here 3 of 6/);
  assert.match(onScreen(ASKED, "revealed", RESULTS.most).textContent, /Most of us: In the meeting Here/);
  assert.match(onScreen(RATED, "revealed", RESULTS.pulse).textContent, /I<\/i> speak up We ask/);
});

test("where both do not fit, what helps stands there in the main language alone", () => {
  const long = { ...WALL, help: "x".repeat(300), translations: { en: { ...WALL.translations.en, help: "y".repeat(300) } } };
  const root = onScreen(long, "collecting");
  assert.doesNotMatch(root.textContent, /yyy/);
  assert.match(root.textContent, /xxx/);
  assert.equal(root.querySelector(".psy-both > .psy-second").textContent, "What takes courage?");
});

test("the leader's stage shows both, the leader's phone the main one", () => {
  assert.match(onStage(WALL, false).textContent, /Hvad kræver mod\?What takes courage\?/);
  assert.doesNotMatch(onStage(WALL, true).textContent, /What takes courage/);
  assert.match(onStage(ASKED, false, "revealed", RESULTS.choice).textContent, /In the meeting Here 3 of 6/);
  assert.doesNotMatch(onStage(ASKED, true, "revealed", RESULTS.choice).textContent, /Here/);
});

const DATA = {
  session_language: "da",
  languages: [{ code: "en", name: "English" }, { code: "da", name: "Dansk" }, { code: "ar", name: "العربية" }],
  library_languages: [{ code: "en", name: "English" }, { code: "da", name: "Dansk" }],
};

function chooser(data = DATA, store = createStore({ key: "likes", area: fakeArea() })) {
  const choice = createLanguageChoice({ data, store });
  if (choice.node) page.root.replaceChildren(choice.node);
  const [first, second] = page.root.querySelectorAll("select");
  const set = (select, value) => {
    select.value = value;
    select.dispatchEvent(new window.Event("change"));
  };
  return { choice, first, second, set, values: (select) => [...select.options].map((one) => one.value) };
}

test("the choice begins with the page's language and none beside it", () => {
  const { choice, first, second, values } = chooser();
  assert.equal(first.value, "da");
  assert.deepEqual(values(first), ["en", "da", "ar"]);
  assert.deepEqual(values(second), ["", "en"]);
  assert.deepEqual(choice.chosen(), { languages: ["da"] });
});

test("the second is never the first once more", () => {
  const { choice, first, second, set, values } = chooser();
  set(second, "en");
  assert.deepEqual(choice.chosen(), { languages: ["da", "en"] });
  set(first, "en");
  assert.deepEqual(choice.chosen(), { languages: ["en"] });
  set(first, "ar");
  assert.deepEqual(values(second), ["", "en", "da"]);
});

test("the choice is kept for the next time, unless the site has no such language any more", () => {
  const store = createStore({ key: "likes", area: fakeArea() });
  const before = chooser(DATA, store);
  before.set(before.first, "ar");
  before.set(before.second, "da");
  before.choice.chosen();
  const after = chooser(DATA, store);
  assert.deepEqual([after.first.value, after.second.value], ["ar", "da"]);
  const less = chooser({ ...DATA, languages: DATA.languages.slice(0, 2) }, store);
  assert.deepEqual([less.first.value, less.second.value], ["da", ""]);
});

test("where there is nothing to choose nothing is asked and nothing is said", () => {
  const { choice } = chooser({ ...DATA, languages: DATA.languages.slice(0, 1) });
  assert.equal(choice.node, null);
  assert.deepEqual(choice.chosen(), {});
});
