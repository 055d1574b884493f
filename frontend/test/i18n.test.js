import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { afterEach, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { dayText, momentText, ngettext, oneDecimal, setMessages } from "../src/lib/i18n.js";
import { openPage } from "./support/page.js";

afterEach(() => setMessages({}, "en"));

/** Each language as its catalogue's Plural-Forms has it: how many forms, and which one for which number. */
const FORMS = {
  en: [2, (n) => Number(n !== 1)],
  da: [2, (n) => Number(n !== 1)],
  "da-dk": [2, (n) => Number(n !== 1)],
  de: [2, (n) => Number(n !== 1)],
  es: [2, (n) => Number(n !== 1)],
  "es-419": [2, (n) => Number(n !== 1)],
  fr: [2, (n) => Number(n > 1)],
  "fr-ca": [2, (n) => Number(n > 1)],
  "pt-br": [2, (n) => Number(n > 1)],
  ja: [1, () => 0],
  "zh-hans": [1, () => 0],
  "zh-cn": [1, () => 0],
  ar: [6, (n) => {
    if (n < 3) return n;
    if (n % 100 >= 3 && n % 100 <= 10) return 3;
    return n % 100 >= 11 ? 4 : 5;
  }],
  "ar-sa": [6, (n) => FORMS.ar[1](n)],
};

for (const [language, [count, form]] of Object.entries(FORMS)) {
  test(`plural forms of ${language} are gettext's`, () => {
    setMessages({ "%(n)s note": Array.from({ length: count }, (_, at) => `form ${at}`) }, language);
    for (const n of [...Array(131).keys(), 200, 201, 202, 203, 311, 999, 1000, 1001, 1000000, 2000000]) {
      assert.equal(ngettext("%(n)s note", "%(n)s notes", n), `form ${form(n)}`, `${n}`);
    }
  });
}

test("days, moments and numbers are written as the language does, with the digits of the sentences around them", () => {
  const year = new Date().getFullYear();
  const texts = {};
  for (const language of ["en", "da", "de", "fr", "pt-br", "ja", "zh-hans", "ar", "ar-sa"]) {
    setMessages({}, language);
    texts[language] = [dayText(`${year}-12-22`), oneDecimal(3.5)];
    assert.match(momentText(`${year}-12-22T18:05:00`), /22.*05/);
    assert.doesNotMatch(texts[language].join(), /[\u0660-\u0669]/, language);
  }
  assert.deepEqual(texts.en, ["22 December", "3.5"]);
  assert.deepEqual(texts.da, ["22. december", "3,5"]);
  assert.deepEqual(texts.de, ["22. Dezember", "3,5"]);
  assert.deepEqual(texts["pt-br"], ["22 de dezembro", "3,5"]);
  assert.deepEqual(texts.ja, ["12月22日", "3.5"]);
  assert.equal(momentText("nothing"), "");
  setMessages({}, "no language at all");
  assert.ok(momentText(`${year}-12-22T18:05:00`));
});

test("no text is chosen while a module is loaded: it would stay when the language changes", async () => {
  openPage({ html: "" });
  const asked = [];
  setMessages(new Proxy({}, { get: (_, text) => void asked.push(text) }), "en");
  const source = fileURLToPath(new URL("../src", import.meta.url));
  for (const file of readdirSync(source, { recursive: true })) {
    // Those at the top are the scripts themselves, which start when they are loaded.
    if (file.endsWith(".js") && file.includes(path.sep)) await import(pathToFileURL(path.join(source, file)).href);
  }
  assert.deepEqual(asked, []);
});
