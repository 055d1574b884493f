/** What was rated and what was chosen over all teams. */

import { h } from "../lib/dom.js";
import { currentLanguage, gettext, interpolate, ngettext, oneDecimal, signed } from "../lib/i18n.js";
import { barChart, columnChart } from "./chart.js";
import { createTable } from "./table.js";

const RATINGS = ["1", "2", "3", "4", "5"];
const HEIGHT = 56;

/** @param {any[]} statements @returns {HTMLElement} */
export function statementsPart(statements) {
  return h("section", { class: "psy-figures__part" },
    h("h2", { class: "psy-figures__heading", text: gettext("How they rated it") }),
    h("p", { class: "psy-hint", text: gettext("From 1, not at all, to 5, fully. Changes are those of teams that rated a statement in two sessions, from the first to the second.") }),
    h("ul", { class: "psy-figures__grid", attrs: { role: "list" } }, statements.map(statement)),
    createTable({
      caption: gettext("Ratings over all teams"),
      heads: [
        gettext("Statement"), ...RATINGS, gettext("Ratings"), gettext("Mean"),
        gettext("Teams higher"), gettext("Teams as before"), gettext("Teams lower"), gettext("Mean change"),
      ],
      rows: statements.map((one) => [
        wording(one), ...RATINGS.map((rating) => one.counts[rating]), one.total, oneDecimal(one.mean),
        ...["higher", "same", "lower"].map((direction) => one.change?.[direction] ?? null), one.change ? signed(one.change.mean) : null,
      ]),
    }));
}

function statement(one) {
  return h("li", { class: "psy-figures__item" },
    h("div", { class: "psy-figures__about" },
      h("p", { class: "psy-figures__text", text: wording(one), attrs: { dir: "auto" } }),
      one.reversed && h("p", { class: "psy-hint", text: gettext("Here a low number is good.") }),
      h("p", { text: interpolate(ngettext("Mean %(mean)s of %(n)s rating", "Mean %(mean)s of %(n)s ratings", one.total), { mean: oneDecimal(one.mean), n: one.total }) }),
      one.change && h("p", { text: changeText(one.change) })),
    columnChart({
      columns: RATINGS.map((rating) => ({ label: rating, parts: [one.counts[rating]] })),
      name: `${wording(one)} ${RATINGS.map((rating) => `${rating}: ${one.counts[rating] ?? gettext("too few to tell")}`).join(", ")}`,
      height: HEIGHT,
    }));
}

/** Directions that too few teams took are left out; the mean is over all of them. */
function changeText({ higher, same, lower, mean }) {
  const parts = [
    higher && interpolate(gettext("higher in %(n)s teams"), { n: higher }),
    same && interpolate(gettext("as before in %(n)s teams"), { n: same }),
    lower && interpolate(gettext("lower in %(n)s teams"), { n: lower }),
  ].filter(Boolean);
  const moved = interpolate(gettext("Since the first session: %(by)s on average"), { by: signed(mean) });
  return [moved, ...parts].join(", ");
}

/**
 * @param {string} heading
 * @param {any[]} questions
 * @returns {HTMLElement}
 */
export function choicePart(heading, questions) {
  return h("section", { class: "psy-figures__part" },
    h("h2", { class: "psy-figures__heading", text: heading }),
    h("ul", { class: "psy-figures__grid", attrs: { role: "list" } }, questions.map((one) => h("li", { class: "psy-figures__choice" },
      h("p", { class: "psy-figures__text", text: wording(one), attrs: { dir: "auto" } }),
      h("ul", { class: "psy-figures__options", attrs: { role: "list" } }, one.options.map((option) => answer(option, one.total)))))),
    createTable({
      caption: heading,
      heads: [gettext("Answer"), gettext("How often")],
      rows: questions.flatMap((one) => one.options.map((option) => [`${wording(one)} ${wording(option)}`, option.count])),
    }));
}

function answer(option, total) {
  return h("li", { class: "psy-figures__option" },
    h("span", { text: wording(option), attrs: { dir: "auto" } }), " ",
    h("span", { class: "psy-figures__count", text: option.count ?? gettext("too few to tell") }),
    option.count !== null && barChart({ n: option.count, of: total, name: `${wording(option)} ${shareText(option.count, total)}` }));
}

const shareText = (n, total) => interpolate(gettext("%(n)s of %(all)s"), { n, all: total });

/** In the reader's language where the library has it, else as its author wrote it. */
function wording({ text, texts }) {
  return texts[currentLanguage()] || texts[currentLanguage().split(/[-_]/)[0]] || text;
}
