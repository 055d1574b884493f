/** The one-page summary of a session: what was done, what was counted, what several could have written, what was agreed. */

import { kindOf } from "../kinds/index.js";
import { dueText } from "../kinds/commitments.js";
import { h } from "../lib/dom.js";
import { createDownload } from "../lib/download.js";
import { dayText, gettext } from "../lib/i18n.js";

/**
 * @param {{summary: any, level: 1 | 2}} options level: of its heading, the others stand one below
 * @returns {HTMLElement}
 */
export function createSummary({ summary, level }) {
  const below = `h${level + 1}`;
  const parts = summaryParts(summary).map(({ heading, bodies, look }) => h("section", { class: `psy-recap psy-recap--${look}` },
    h(below, { class: "psy-recap__title", text: heading, attrs: { dir: "auto" } }), bodies));
  return h("article", { class: "psy-summary" },
    h("header", { class: "psy-summary__head" },
      h(`h${level}`, { class: "psy-q psy-summary__title", text: summary.title || gettext("With your team"), attrs: { dir: "auto" } }),
      h("p", { class: "psy-soft", text: dayText(summary.held_on) })),
    parts);
}

/**
 * What came of it, in parts that each stand on one page of the big screen, the heading repeated where a part is cut.
 * Conversations, of which nothing is left to be read, stand on the phones only.
 * @param {any} summary
 * @returns {HTMLElement[]} list items
 */
export function summaryPages(summary) {
  return summaryParts(summary).filter(({ look }) => look !== "talk").flatMap(({ heading, bodies, look }) => bodies.map((body) => h("li", { class: `psy-recap psy-recap--${look}` },
    h("h2", { class: "psy-recap__title", text: heading, attrs: { dir: "auto" } }), body)));
}

/** What was agreed comes first, and only there: that is what the page is taken along for. */
function summaryParts({ commitments, due, activities }) {
  const entries = activities || [];
  const agreed = entries.filter((entry) => entry.kind === "commitments" && (entry.commitments || []).length > 0);
  return [
    ...agreedPart(agreed, commitments || [], due),
    ...entries.filter((entry) => !agreed.includes(entry)).map((entry) => ({
      look: entry.kind,
      heading: entry.prompt || entry.title,
      bodies: kindOf(entry).recap(entry),
    })),
  ];
}

/** With how many stand behind it where that was counted. */
function agreedPart(entries, commitments, due) {
  const plain = h("ul", { class: "psy-recap__list" }, commitments.map((text) => h("li", { class: "psy-agreed", text, attrs: { dir: "auto" } })));
  const bodies = entries.length > 0 ? entries.flatMap((entry) => kindOf(entry).recap(entry)) : [plain];
  if (entries.length === 0 && commitments.length === 0) return [];
  return [{
    look: "agreed",
    heading: gettext("What we agreed on"),
    bodies: [h("div", null, bodies, dueText(due) && h("p", { class: "psy-recap__due", text: dueText(due) }))],
  }];
}

/**
 * The button for the calendar. The file is fetched with the token and never has an address of its own.
 * @param {{getBlob: (path: string) => Promise<Blob>}} api
 * @returns {HTMLElement}
 */
export function createFollowUp(api) {
  return createDownload({ load: () => api.getBlob("follow-up.ics"), name: "follow-up.ics", label: gettext("Calendar entry for the follow-up") });
}
