/** The numbers behind a chart, folded away. */

import { h } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";

/**
 * @param {{caption: string, heads: string[], rows: Array<Array<string | number | null>>}} options the first cell of a
 *   row is its head; null: too few to tell
 * @returns {HTMLElement}
 */
export function createTable({ caption, heads, rows }) {
  return h("details", { class: "psy-figures__behind" },
    h("summary", { class: "psy-quiet", text: gettext("As a table") }),
    // Wide tables move sideways by themselves, also with the keyboard.
    h("div", { class: "psy-figures__scroll", attrs: { tabindex: 0, role: "region", "aria-label": caption } },
      h("table", { class: "psy-table" },
        h("caption", { class: "psy-sr", text: caption }),
        h("thead", null, h("tr", null, heads.map((text) => h("th", { text, attrs: { scope: "col" } })))),
        h("tbody", null, rows.map(([head, ...cells]) => h("tr", null,
          h("th", { text: head, attrs: { scope: "row", dir: "auto" } }),
          cells.map((cell) => h("td", null, cell === null ? tooFew() : String(cell)))))))));
}

const tooFew = () => [
  h("span", { text: "–", attrs: { "aria-hidden": "true" } }), h("span", { class: "psy-sr", text: gettext("too few to tell") }),
];
