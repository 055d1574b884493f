/** The page of the summary: reads its token, fetches the summary once, offers to print it and to take it along. */

import { createApi, getJson } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { dayText, gettext } from "../lib/i18n.js";
import { createLanguage, showLanguageSwitch } from "../lib/language.js";
import { readPage, takeFragment } from "../lib/standalone.js";
import { createStore, keptIn } from "../lib/storage.js";
import { createDownload, createFollowUp, createSummary } from "./summary_view.js";

const LOOK_AGAIN_MS = 3000;

/**
 * @param {HTMLElement} main
 * @param {{store?: import("../lib/storage.js").Store, fetch?: typeof fetch}} [parts] for tests
 * @returns {{start: () => Promise<void>}}
 */
export function createSummaryRoom(main, { store = createStore({ key: "summary" }), fetch } = {}) {
  const page = readPage(main);
  const common = { credentials: page.credentials, fetch };
  let title = () => gettext("Summary of the session");
  let redraw = () => {};
  const language = createLanguage({
    page,
    entry: "summary",
    title: () => title(),
    onChange: () => redraw(),
    kept: keptIn(createStore({ key: "summary.language" })),
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
    else {
      draw(() => calm(gettext("This page opens from the team session."), gettext("Open the summary there once more.")));
    }
  }

  /** Asks for as long as the network needs. */
  async function open(token) {
    for (;;) {
      try {
        const { api_url: apiUrl } = (await getJson(`${page.api}whoami`, { ...common, token })).body;
        const { body } = await getJson(`${apiUrl}summary`, { ...common, token });
        show(body.summary, createApi({ apiUrl, token, ...common }));
        return;
      } catch (error) {
        if (isGone(error)) {
          store.wipe();
          draw(() => calm(
            gettext("This summary is no longer here."),
            gettext("It was kept for a while, and has been deleted since. Or its link is not complete."),
          ));
          return;
        }
        draw(() => [h("p", { class: "psy-hint", text: gettext("No connection just now. This page keeps trying."), attrs: { role: "status" } })]);
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      }
    }
  }

  function show(summary, api) {
    title = () => [summary.title, dayText(summary.held_on)].filter(Boolean).join(", ") || gettext("Summary of the session");
    document.title = title();
    draw(() => [
      createSummary({ summary, level: 1 }),
      h("div", { class: "psy-summary__tools" },
        h("button", { class: "psy-button", text: gettext("Print"), on: { click: () => window.print() } }),
        createDownload({ api, path: "tallies.csv", name: "tallies.csv", label: gettext("Numbers as CSV") }),
        summary.due ? createFollowUp(api) : null),
    ]);
  }

  /** @param {() => HTMLElement[]} make once more in another language */
  function draw(make) {
    redraw = () => main.replaceChildren(...make());
    redraw();
  }

  return { start };
}

/** Trying again helps against a bad network only. */
function isGone(error) {
  return error.status >= 400 && error.status < 500 && error.status !== 429 && error.code !== "not_json_reply";
}

const calm = (title, text) => [
  h("div", { class: "psy-calm" }, h("h1", { class: "psy-q", text: title }), h("p", { class: "psy-lead", text })),
];
