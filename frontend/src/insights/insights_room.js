/** The page of the figures over all teams. */

import { createApi, getJson } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { createDownload } from "../lib/download.js";
import { gettext } from "../lib/i18n.js";
import { createReadingRoom } from "../lib/reading_room.js";
import { createFigures } from "./figures.js";

/**
 * @param {HTMLElement} main
 * @param {{store?: import("../lib/storage.js").Store, fetch?: typeof fetch}} [parts] for tests
 * @returns {{start: () => Promise<void>}}
 */
export function createInsightsRoom(main, parts = {}) {
  return createReadingRoom(main, {
    ...parts,
    name: "insights",
    title: () => gettext("Figures over all teams"),
    closed: () => [gettext("This page opens from the course."), gettext("Open the figures there once more, below a team session.")],
    gone: () => [
      gettext("The figures have to be opened once more."),
      gettext("They open for an hour at a time, from the course, for those who look after it."),
    ],
    async load({ api, ...common }) {
      const { body } = await getJson(`${api}insights`, common);
      return { figures: body, api: createApi({ apiUrl: api, ...common }) };
    },
    show: ({ figures, api }) => [
      createFigures(figures),
      h("div", { class: "psy-figures__tools" },
        h("button", { class: "psy-button", text: gettext("Print"), on: { click: () => window.print() } }),
        createDownload({ load: () => api.getBlob("insights.csv"), name: "insights.csv", label: gettext("Figures as CSV") }),
        createDownload({ load: () => asJson(figures), name: "insights.json", label: gettext("Figures as JSON") })),
    ],
  });
}

/** What is on the page, whatever was made meanwhile. */
const asJson = (figures) => new Blob([JSON.stringify(figures, null, 2)], { type: "application/json" });
