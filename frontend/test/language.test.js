import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { currentLanguage, gettext } from "../src/lib/i18n.js";
import { createLanguage, nearest, showLanguageSwitch } from "../src/lib/language.js";
import { readPage } from "../src/lib/standalone.js";
import { openPage, settle } from "./support/page.js";

const THERE = [["en", "English"], ["da", "Dansk"], ["pt-br", "Português (Brasil)"], ["zh-hans", "简体中文"], ["ar", "العربية"]];

let asked;
let broken;
let drawn;
let kept;
let main;
beforeEach(() => {
  asked = [];
  broken = false;
  drawn = 0;
  kept = null;
});

async function serve(url, { headers, credentials, cache }) {
  asked.push({ url, headers, credentials, cache });
  if (broken) throw new TypeError("no network");
  const language = headers["X-Psychsafety-Language"];
  const body = { language, direction: language === "ar" ? "rtl" : "ltr", messages: { "Join your team": `Join, ${language}` } };
  return new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" } });
}

function make({ given = "en", choice = null } = {}) {
  openPage({ html: "<main></main>" });
  main = document.querySelector("main");
  Object.assign(main.dataset, { api: "/api/", language: given, languages: JSON.stringify(THERE), messages: "{}" });
  kept = choice;
  const page = readPage(main);
  const language = createLanguage({
    page,
    entry: "join",
    title: () => gettext("Join your team"),
    onChange: () => (drawn += 1),
    kept: { get: () => kept, set: (code) => (kept = code) },
    fetch: serve,
  });
  showLanguageSwitch(main, { page, language });
  return language;
}

const list = () => document.querySelector("select");

test("codes of browsers and of the platform find the nearest language", () => {
  const there = THERE.map(([code]) => code);
  const found = (code) => nearest(code, there);
  assert.deepEqual(["da-DK", "da_dk", "DA", "en-GB", "ar-sa"].map(found), ["da", "da", "da", "en", "ar"]);
  assert.deepEqual(["pt", "pt-pt", "pt-br", "zh", "zh-cn", "zh_Hans", "zh-hans-cn", "zh-sg"].map(found), [
    "pt-br", "pt-br", "pt-br", "zh-hans", "zh-hans", "zh-hans", "zh-hans", "zh-hans",
  ]);
  assert.deepEqual(["zh-tw", "zh-hk", "zh-hant", "zh-hant-tw", "sv", "", "e", "constructor"].map(found), Array(8).fill(""));
});

test("the browser's language stays when the session speaks it, also as its second", async () => {
  const language = make({ given: "da-dk" });
  await language.start();
  await language.follow({ language: "en", languages: ["en", "da"] });
  assert.equal(language.code(), "da");
  assert.deepEqual(asked, []);
});

test("else the session's first holds, and a session in a language without texts changes nothing", async () => {
  const language = make({ given: "en" });
  await language.follow({ languages: ["sv", "fi"] });
  assert.equal(language.code(), "en");
  await language.follow({ language: "ar-sa" });
  assert.equal(language.code(), "ar");
  assert.equal(document.documentElement.lang, "ar");
  assert.equal(document.documentElement.dir, "rtl");
  assert.equal(document.title, "Join, ar");
  assert.equal(currentLanguage(), "ar", "what requests and dates go by");
  assert.equal(drawn, 1);
});

test("the reader's choice comes before both, is kept, and is asked for once without any token", async () => {
  const language = make();
  list().value = "da";
  list().dispatchEvent(new window.Event("change"));
  await settle(20);
  assert.deepEqual([kept, language.code(), list().value], ["da", "da", "da"]);
  await language.follow({ languages: ["ar"] });
  assert.equal(language.code(), "da");
  await language.choose("en");
  await language.choose("da");
  assert.deepEqual(asked.map(({ url, headers }) => [url, headers["X-Psychsafety-Language"]]), [["/api/messages?for=join", "da"]]);
  assert.equal("Authorization" in asked[0].headers, false);
  assert.deepEqual([asked[0].credentials, asked[0].cache], ["omit", "default"]);
});

test("an earlier choice is taken up before the page is drawn", async () => {
  const language = make({ choice: "da" });
  await language.start();
  assert.equal(language.code(), "da");
});

test("without a connection the page stays as it is, and the next state tries again", async () => {
  const language = make();
  broken = true;
  list().value = "ar";
  list().dispatchEvent(new window.Event("change"));
  await settle(20);
  assert.deepEqual([language.code(), list().value, document.documentElement.lang], ["en", "en", "en"]);
  broken = false;
  await language.follow({ languages: ["en"] });
  assert.equal(language.code(), "ar");
});

test("a passing choice ends with what it was for", async () => {
  const language = make();
  await language.choose("da", { passing: true });
  assert.equal(language.code(), "da");
  await language.settle();
  assert.deepEqual([language.code(), kept], ["en", null]);
});

test("the last of two quick choices holds, whichever answer comes first", async () => {
  const language = make();
  const first = language.choose("ar");
  const second = language.choose("da");
  await Promise.all([first, second]);
  assert.equal(language.code(), "da");
  assert.equal(document.documentElement.dir, "ltr");
});

test("the switch names each language in its own words, with a label", () => {
  make();
  assert.deepEqual([...list().options].map((one) => [one.value, one.lang, one.textContent]), THERE.map(([code, name]) => [code, code, name]));
  assert.equal(list().closest("label").textContent.startsWith("Language"), true);
  assert.equal(main.nextElementSibling, list().closest("footer"));
});
