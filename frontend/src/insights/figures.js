/** What may be told over all teams, in the order in which it is asked for: how many, what moved, what they wrote. */

import { h } from "../lib/dom.js";
import { dayText, gettext, interpolate } from "../lib/i18n.js";
import { countedWords } from "../wall/counted.js";
import { choicePart, statementsPart } from "./questions.js";
import { sessionsPart } from "./sessions.js";

/** So many notes fit on the one sheet of paper (insights.css). */
const ON_PAPER = 6;

/**
 * @param {any} figures docs/insights.md
 * @returns {HTMLElement}
 */
export function createFigures(figures) {
  const { sessions, statements, choices, commitments, notes } = figures;
  const parts = [
    sessions.sessions > 0 && sessionsPart(sessions),
    statements.length > 0 && statementsPart(statements),
    commitments.length + choices.length > 0 && h("div", { class: "psy-figures__pair" },
      commitments.length > 0 && choicePart(gettext("What became of what was agreed on"), commitments),
      choices.length > 0 && choicePart(gettext("What they chose"), choices)),
    notes.length > 0 && notesPart(notes),
  ].filter(Boolean);
  return h("article", { class: "psy-figures" },
    h("header", { class: "psy-figures__head" },
      h("h1", { class: "psy-q psy-figures__title", text: gettext("Figures over all teams") }),
      h("p", { class: "psy-soft", attrs: { dir: "ltr" }, text: figures.course_run }),
      h("p", { text: sinceText(figures) })),
    parts.length > 0 ? parts : h("p", { class: "psy-lead", text: gettext("Nothing can be told yet. The first figures appear on the day after the third team has ended its session at the earliest.") }));
}

const sinceText = ({ until, fewest_teams: teams }) => interpolate(
  gettext("Sessions up to %(day)s. Figures are made once a day, and each of them moves only when at least %(teams)s teams move it together. What is missing was too little to tell, and is no zero."),
  { day: dayText(until), teams });

function notesPart(notes) {
  return h("section", { class: "psy-figures__part" },
    h("h2", { class: "psy-figures__heading", text: gettext("What most could have written") }),
    h("p", { class: "psy-hint", text: gettext("Notes that their writers shared with other teams, by how many of all teams tapped “I could have written this”.") }),
    notes.length > ON_PAPER && h("p", {
      class: "psy-figures__on-paper", text: interpolate(gettext("The first %(shown)s of %(all)s."), { shown: ON_PAPER, all: notes.length }),
    }),
    h("ul", { class: "psy-figures__notes", attrs: { role: "list" } }, notes.map(({ text, people }) => h("li", { class: "psy-figures__note" },
      h("span", { class: "psy-figures__said", text, attrs: { dir: "auto" } }), " ",
      h("span", { class: "psy-soft", text: countedWords(people).short })))));
}
