/** How many sessions and people, by month. */

import { h } from "../lib/dom.js";
import { gettext, interpolate, monthText, ngettext } from "../lib/i18n.js";
import { columnChart, swatch } from "./chart.js";
import { createTable } from "./table.js";

const OUTCOMES = ["completed", "abandoned", "unknown"];
/** More columns than this would not be told apart on a phone; the table has them all. */
const MOST_MONTHS = 12;
const HEIGHT = 88;

/** @param {any} sessions @returns {HTMLElement} */
export function sessionsPart(sessions) {
  const told = OUTCOMES.filter((outcome) => sessions[outcome]);
  const months = sessions.months.slice(-MOST_MONTHS);
  return h("section", { class: "psy-figures__part psy-figures__part--sessions" },
    h("h2", { class: "psy-figures__heading", text: gettext("Sessions") }),
    h("div", { class: "psy-figures__about" },
      h("p", { class: "psy-figures__sum", text: sumText(sessions) }),
      h("ul", { class: "psy-figures__legend", attrs: { role: "list" } }, told.map((outcome) => h("li", null,
        swatch(OUTCOMES.indexOf(outcome)), h("span", { text: outcomeText(outcome, sessions[outcome].sessions) }))))),
    columnChart({
      columns: months.map((one) => ({
        label: monthText(one.month, { short: true }), parts: OUTCOMES.map((outcome) => one[outcome]?.sessions ?? null),
      })),
      name: months.map((one) => interpolate(gettext("%(month)s: %(n)s"), { month: monthText(one.month), n: sum(one) })).join(", "),
      height: HEIGHT,
    }),
    sessions.months.length > MOST_MONTHS && h("p", { class: "psy-hint", text: gettext("The last twelve months. The table has them all.") }),
    createTable({
      caption: gettext("Sessions and seats by month"),
      heads: [gettext("Month"), ...told.flatMap((outcome) => [headText(outcome), `${headText(outcome)}: ${gettext("seats")}`])],
      rows: sessions.months.map((one) => [
        monthText(one.month), ...told.flatMap((outcome) => [one[outcome]?.sessions ?? null, one[outcome]?.people ?? null]),
      ]),
    }));
}

const sum = (month) => OUTCOMES.reduce((all, outcome) => all + (month[outcome]?.sessions || 0), 0);

/** The people of several sessions are counted in each. */
const sumText = ({ sessions, people }) => interpolate(
  ngettext("%(sessions)s session, %(people)s seats", "%(sessions)s sessions, %(people)s seats", sessions), { sessions, people });

function outcomeText(outcome, n) {
  const texts = {
    completed: gettext("%(n)s played to the end"),
    abandoned: gettext("%(n)s ended before"),
    unknown: gettext("%(n)s from before this was counted"),
  };
  return interpolate(texts[outcome], { n });
}

function headText(outcome) {
  return { completed: gettext("To the end"), abandoned: gettext("Ended before"), unknown: gettext("Not counted then") }[outcome];
}
