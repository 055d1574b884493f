/** A page that is read, printed and taken along: it takes its token from its address and fetches what it shows once. */

import { h } from "./dom.js";
import { gettext } from "./i18n.js";
import { createLanguage, showLanguageSwitch } from "./language.js";
import { readPage, takeFragment } from "./standalone.js";
import { createStore, keptIn } from "./storage.js";

const LOOK_AGAIN_MS = 3000;

/**
 * @template Found
 * @param {HTMLElement} main
 * @param {Object} parts
 * @param {string} parts.name of its script, and of what it keeps in this browser
 * @param {(found: Found | null) => string} parts.title of the document; null: nothing is there (yet)
 * @param {() => [string, string]} parts.closed what is said without a token: a title and a text
 * @param {() => [string, string]} parts.gone what is said when the token opens nothing (any more)
 * @param {(place: {api: string, token: string, credentials: any, fetch?: typeof fetch}) => Promise<Found>} parts.load
 *   api ends with a slash
 * @param {(found: Found) => Array<HTMLElement | null>} parts.show once more in another language
 * @param {import("./storage.js").Store} [parts.store] for tests
 * @param {typeof fetch} [parts.fetch] for tests
 * @returns {{start: () => Promise<void>}}
 */
export function createReadingRoom(main, { name, title, closed, gone, load, show, store = createStore({ key: name }), fetch }) {
  const page = readPage(main);
  let found = /** @type {Found | null} */ (null);
  let redraw = () => {};
  const language = createLanguage({
    page,
    entry: name,
    title: () => title(found),
    onChange: () => redraw(),
    kept: keptIn(createStore({ key: `${name}.language` })),
    fetch,
  });

  async function start() {
    const given = takeFragment();
    if (given) store.set("token", given);
    showLanguageSwitch(main, { page, language });
    await language.start();
    window.addEventListener("hashchange", () => window.location.reload());
    const token = store.get("token");
    if (token) await open(token);
    else draw(() => calm(closed()));
  }

  /** Asks for as long as the network needs. */
  async function open(token) {
    for (;;) {
      try {
        found = await load({ api: page.api, token, credentials: page.credentials, fetch });
        document.title = title(found);
        draw(() => show(/** @type {Found} */ (found)));
        return;
      } catch (error) {
        if (isGone(error)) {
          store.wipe();
          draw(() => calm(gone()));
          return;
        }
        draw(() => [h("p", { class: "psy-hint", text: gettext("No connection just now. This page keeps trying."), attrs: { role: "status" } })]);
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      }
    }
  }

  /** @param {() => Array<HTMLElement | null>} make once more in another language */
  function draw(make) {
    redraw = () => main.replaceChildren(...make().filter((one) => one !== null));
    redraw();
  }

  return { start };
}

/** Trying again helps against a bad network only. */
function isGone(error) {
  return error.status >= 400 && error.status < 500 && error.status !== 429 && error.code !== "not_json_reply";
}

const calm = ([title, text]) => [
  h("div", { class: "psy-calm" }, h("h1", { class: "psy-q", text: title }), h("p", { class: "psy-lead", text })),
];
