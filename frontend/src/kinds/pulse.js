/** A pulse: statements rated from 1 to 5, each of which may be left out; how the ratings spread, not only their mean. */

import { h } from "../lib/dom.js";
import { gettext, interpolate, ngettext, oneDecimal } from "../lib/i18n.js";
import { createAnswersKind, tooFewText } from "./answers.js";
import { shownText } from "./language.js";
import { createPulseForm } from "./pulse_form.js";

const RATINGS = [1, 2, 3, 4, 5];
/** Spreads below these are "close together" and "apart"; anything else is "far apart". */
const CLOSE = 0.8;
const APART = 1.3;

export const pulse = createAnswersKind({
  name: () => gettext("Statements to rate"),
  createForm: createPulseForm,
  outline: ({ statements }) => [h("li", {
    class: "psy-outline__row",
    text: interpolate(ngettext(
      "%(n)s statement on your own device, from 1 (not at all) to 5 (fully).",
      "%(n)s statements on your own device, each from 1 (not at all) to 5 (fully).",
      statements.length), { n: statements.length }),
  })],
  rows,
  look: "pulse",
  pageSizes: [4, 2, 1],
  legend: () => gettext("1 is not at all, 5 is fully."),
  recap,
  words: () => ({
    instead: gettext("With fewer people you talk the statements through instead, and nobody rates."),
  }),
});

/** How many statements of a summary stand on one page of the big screen. */
const RECAP_ROWS = 2;

function rows(activity, results) {
  const byId = new Map(results.items.map((item) => [item.id, item]));
  return activity.statements.map((statement) => h("li", { class: "psy-rated" },
    h("p", { class: "psy-rated__text", attrs: { dir: "auto" } },
      shownText(activity, "statements", { tag: "span", id: statement.id }), " ",
      statement.reversed && h("span", { class: "psy-rated__hint", text: gettext("Here a low number is good.") })),
    resultOf(byId.get(statement.id) || { too_few: true })));
}

/** @returns {HTMLElement} one statement's ratings, and beside them those of the last time, if there are any */
function resultOf(item) {
  if (!item.before) return oneResult(item);
  return h("div", { class: "psy-times" },
    h("div", { class: "psy-time" }, h("p", { class: "psy-time__when", text: gettext("Last time") }), oneResult(item.before)),
    h("div", { class: "psy-time psy-time--now" }, h("p", { class: "psy-time__when", text: gettext("This time") }), oneResult(item)));
}

/** @returns {HTMLElement} in one of the three ways in which ratings may be told */
function oneResult(item) {
  if (item.too_few) return h("p", { class: "psy-rated__none", text: tooFewText() });
  if (item.most) return h("p", { class: "psy-rated__most", text: mostText(item.most) });
  const largest = Math.max(1, ...RATINGS.map((rating) => item.counts[rating] || 0));
  return h("div", { class: "psy-rated__result" },
    h("ol", { class: "psy-spread", attrs: { role: "list" } }, RATINGS.map((rating) => column(rating, item, largest))),
    h("p", { class: "psy-ends", attrs: { "aria-hidden": "true" } },
      h("span", { text: gettext("Not at all") }), h("span", { text: gettext("Fully") })),
    h("p", { class: "psy-rated__sum" },
      h("strong", { text: meanText(item.mean) }), " ",
      h("span", { text: spreadText(item.spread) })));
}

const mostText = (most) => interpolate(gettext("Most of us: %(answer)s"), { answer: rangeText(most) });
const meanText = (mean) => interpolate(gettext("Mean %(mean)s"), { mean: oneDecimal(mean) });

/** For the summary: a line for each statement. */
function recap({ statements, items }) {
  const byId = new Map((items || []).map((item) => [item.id, item]));
  const lines = statements.map((statement) => {
    const item = byId.get(statement.id) || { too_few: true };
    return h("li", { class: "psy-recap__row" },
      h("span", { class: "psy-recap__text", attrs: { dir: "auto" } }, h("span", { text: statement.text }), " ",
        statement.reversed && h("span", { class: "psy-recap__hint", text: gettext("Here a low number is good.") })), " ",
      h("span", { class: "psy-recap__told" }, ...inWords(item)));
  });
  const pages = [];
  for (let at = 0; at < lines.length; at += RECAP_ROWS) pages.push(lines.slice(at, at + RECAP_ROWS));
  return pages.map((rows) => h("ul", { class: "psy-recap__list" }, rows));
}

/** This time, and the last time where both are known. */
function inWords(item) {
  const now = h("strong", { text: shortly(item) });
  if (!item.before) return [now];
  return [now, " ", h("span", { text: interpolate(gettext("Last time: %(told)s"), { told: shortly(item.before) }) })];
}

function shortly(item) {
  if (item.too_few) return tooFewText();
  if (item.most) return mostText(item.most);
  return `${meanText(item.mean)}, ${spreadText(item.spread)}`;
}

function column(rating, item, largest) {
  const count = item.counts[rating] || 0;
  const fill = h("span", { class: "psy-spread__fill" });
  fill.style.setProperty("--psy-part", `${Math.round((100 * count) / largest)}%`);
  const said = interpolate(gettext("%(rating)s: %(count)s of %(total)s"), { rating, count, total: item.total });
  return h("li", { class: "psy-spread__column" },
    h("span", { class: "psy-sr", text: said }),
    h("span", { class: "psy-spread__count", text: count, attrs: { "aria-hidden": "true" } }),
    h("span", { class: "psy-spread__bar", attrs: { "aria-hidden": "true" } }, fill),
    h("span", { class: "psy-spread__rating", text: rating, attrs: { "aria-hidden": "true" } }));
}

/** @returns {string} "4–5" or "3" */
function rangeText(most) {
  const sorted = [...most].sort((a, b) => a - b);
  const last = sorted[sorted.length - 1];
  return sorted.length > 1 ? `${sorted[0]}–${last}` : String(last);
}

/** @returns {string} how far apart the ratings are, in words and as a number */
export function spreadText(spread) {
  const number = { number: oneDecimal(spread) };
  if (spread < CLOSE) return interpolate(gettext("close together (spread %(number)s)"), number);
  if (spread < APART) return interpolate(gettext("apart (spread %(number)s)"), number);
  return interpolate(gettext("far apart (spread %(number)s)"), number);
}
