/** The page of the summary of a session that is over. */

import { createApi, getJson } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { createDownload } from "../lib/download.js";
import { dayText, gettext } from "../lib/i18n.js";
import { createReadingRoom } from "../lib/reading_room.js";
import { createFollowUp, createSummary } from "./summary_view.js";

/**
 * @param {HTMLElement} main
 * @param {{store?: import("../lib/storage.js").Store, fetch?: typeof fetch}} [parts] for tests
 * @returns {{start: () => Promise<void>}}
 */
export function createSummaryRoom(main, parts = {}) {
  return createReadingRoom(main, {
    ...parts,
    name: "summary",
    title: (found) => [found?.summary.title, dayText(found?.summary.held_on)].filter(Boolean).join(", ") || gettext("Summary of the session"),
    closed: () => [gettext("This page opens from the team session."), gettext("Open the summary there once more.")],
    gone: () => [
      gettext("This summary is no longer here."),
      gettext("It was kept for a while, and has been deleted since. Or its link is not complete."),
    ],
    async load({ api, ...common }) {
      const { api_url: apiUrl } = (await getJson(`${api}whoami`, common)).body;
      const { body } = await getJson(`${apiUrl}summary`, common);
      return { summary: body.summary, api: createApi({ apiUrl, ...common }) };
    },
    show: ({ summary, api }) => [
      createSummary({ summary, level: 1 }),
      h("div", { class: "psy-summary__tools" },
        h("button", { class: "psy-button", text: gettext("Print"), on: { click: () => window.print() } }),
        createDownload({ load: () => api.getBlob("tallies.csv"), name: "tallies.csv", label: gettext("Numbers as CSV") }),
        summary.due ? createFollowUp(api) : null),
    ],
  });
}
