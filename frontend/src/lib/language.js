/**
 * The language of a page without an LMS around it: what the reader chose here, else the browser's when the session
 * speaks it, else the session's first. Texts come from the server without a token; a choice goes nowhere but into the
 * header of requests.
 */

import { getJson } from "./api.js";
import { h, setText } from "./dom.js";
import { gettext, setMessages } from "./i18n.js";

/** Codes that stand for something else than their first part does, as in i18n.py; "" for texts that there are none of. */
const SPECIAL = { pt: "pt-br", zh: "zh-hans", "zh-hant": "", "zh-tw": "", "zh-hk": "", "zh-mo": "" };

/**
 * @param {string} code as a browser or the platform writes it: "da-dk", "zh_CN"
 * @param {string[]} there the codes that there are texts in
 * @returns {string} the one that a reader of `code` understands, or ""
 */
export function nearest(code, there) {
  const parts = code.toLowerCase().replace(/_/g, "-").split("-");
  for (let end = parts.length; end > 0; end -= 1) {
    const start = parts.slice(0, end).join("-");
    const found = Object.hasOwn(SPECIAL, start) ? SPECIAL[start] : start;
    if (Object.hasOwn(SPECIAL, start) || there.includes(found)) return there.includes(found) ? found : "";
  }
  return "";
}

/**
 * @param {Object} options
 * @param {ReturnType<typeof import("./standalone.js").readPage>} options.page
 * @param {string} options.entry the script whose texts the page needs
 * @param {() => string} options.title of the page, in the language that is in use
 * @param {() => void} options.onChange draws the page anew; nothing that was typed may be lost
 * @param {{get: () => string | null, set: (code: string) => void}} [options.kept] where a choice survives a reload
 * @param {typeof fetch} [options.fetch] for tests
 * @returns {Language}
 *
 * @typedef {Object} Language
 * @property {() => Promise<void>} start takes up an earlier choice, before the page is drawn
 * @property {(told: {language?: string, languages?: string[]}) => Promise<void>} follow a session's state, or what joining told
 * @property {(code: string, more?: {passing?: boolean}) => Promise<void>} choose passing: until `settle`, and kept nowhere
 * @property {() => Promise<void>} settle ends a passing choice
 * @property {() => string} code in use, one of the page's languages
 * @property {(draw: () => void) => void} watch also called after a change
 */
export function createLanguage({ page, entry, title, onChange, kept, fetch }) {
  const there = page.languages.map(([code]) => code);
  const given = nearest(page.language, there) || page.language;
  let current = given;
  let chosen = "";
  let passing = "";
  let session = /** @type {string[]} */ ([]);
  let turn = 0;
  const watchers = [onChange];
  const loaded = new Map([[given, Promise.resolve(page.texts)]]);

  function wanted() {
    if (passing || chosen) return passing || chosen;
    const spoken = session.map((code) => nearest(code, there)).filter(Boolean);
    return spoken.length === 0 || spoken.includes(given) ? given : spoken[0];
  }

  function load(code) {
    if (!loaded.has(code)) {
      const coming = getJson(`${page.api}messages?for=${entry}`, { language: code, credentials: page.credentials, cache: "default", fetch })
        .then(({ body }) => body);
      coming.catch(() => loaded.delete(code));
      loaded.set(code, coming);
    }
    return /** @type {Promise<any>} */ (loaded.get(code));
  }

  /** Without a connection the page stays as it is; the next state tries again. */
  async function apply() {
    const code = wanted();
    const mine = (turn += 1);
    if (code === current) return;
    let texts;
    try {
      texts = await load(code);
    } catch {
      for (const draw of watchers.slice(1)) draw();
      return;
    }
    if (mine !== turn) return;
    current = code;
    setMessages(texts.messages, texts.language);
    document.documentElement.lang = texts.language;
    document.documentElement.dir = texts.direction;
    document.title = title();
    for (const draw of watchers) draw();
  }

  return {
    start() {
      chosen = nearest((kept && kept.get()) || "", there);
      return apply();
    },
    follow({ language, languages }) {
      const told = languages && languages.length > 0 ? languages : [language || ""];
      if (told.join() === session.join() && wanted() === current) return Promise.resolve();
      session = told;
      return apply();
    },
    choose(code, { passing: forNow = false } = {}) {
      if (forNow) {
        passing = code;
      } else {
        chosen = code;
        if (kept) kept.set(code);
      }
      return apply();
    },
    settle() {
      passing = "";
      return apply();
    },
    code: () => current,
    watch: (draw) => watchers.push(draw),
  };
}

/**
 * The switch at the foot of the page: a list of languages, each in its own words. Stays in its place while the page
 * above it is drawn anew, so that the focus does too.
 * @param {HTMLElement} main
 * @param {{page: ReturnType<typeof import("./standalone.js").readPage>, language: Language, onChoose?: (code: string) => void}} options
 */
export function showLanguageSwitch(main, { page, language, onChoose = (code) => language.choose(code) }) {
  if (page.languages.length < 2) return;
  const name = h("span");
  const list = h("select", { class: "psy-language__list", on: { change: () => onChoose(list.value) } },
    page.languages.map(([code, text]) => h("option", { text, attrs: { value: code, lang: code } })));
  const foot = h("footer", { class: "psy-language" }, h("label", { class: "psy-language__label" }, name, list));
  language.watch(draw);
  draw();
  main.after(foot);

  function draw() {
    setText(name, gettext("Language"));
    list.value = language.code();
  }
}
