/** What the team agrees on: the leader writes the sentences down, everybody says in silence which they stand behind. */

import { h } from "../lib/dom.js";
import { dayText, gettext, interpolate } from "../lib/i18n.js";
import { createAnswersKind, tooFewText } from "./answers.js";
import { createStandForm } from "./commitments_form.js";
import { createCommitmentsTools } from "./commitments_tools.js";

export const commitments = createAnswersKind({
  name: () => gettext("Agreement"),
  createForm: createStandForm,
  outline,
  rows,
  look: "commitments",
  pageSizes: [4, 3, 2, 1],
  standing: true,
  foot: ({ due }) => dueText(due),
  nothing: (activity) => (activity.commitments.length > 0
    ? "" : gettext("The team is agreeing. What it agrees on is written down here.")),
  waits: (activity) => (activity.commitments.length > 0 ? null : waiting()),
  standsAlone: (activity) => activity.commitments.length > 0,
  leaderTools: createCommitmentsTools,
  recap: (entry) => [h("ul", { class: "psy-recap__list" }, rows(entry, { items: entry.items || [] }))],
  words: () => ({
    counted: gettext("Look up. How many stand behind it shows for everybody at once."),
    lateStart: gettext("You can begin, and start when the others are here."),
    instead: gettext("With fewer people, what you agree on is written down and shown, and nobody is counted."),
  }),
});

/** @returns {string} when the team looks at it again, "" without a date */
export function dueText(due) {
  const day = dayText(due);
  return day && interpolate(gettext("We look again on %(day)s."), { day });
}

/** A lead sentence on every seat until the leader has written. */
const waiting = () => ({ title: gettext("Your team is agreeing on something."), text: gettext("Look up.") });

/** The sentences and the date, as they stand there while the room answers. */
function outline({ commitments: sentences, due }) {
  if (sentences.length === 0) return [];
  return [
    ...sentences.map(({ text }) => h("li", { class: "psy-agreed", text, attrs: { dir: "auto" } })),
    dueText(due) && h("li", { class: "psy-agreed__due", text: dueText(due) }),
  ].filter(Boolean);
}

/** A sentence, and how many stand behind it: a number, or only most of us, or nothing. */
function rows(activity, results) {
  const byId = new Map((results.items || []).map((item) => [item.id, item]));
  return activity.commitments.map(({ id, text }) => {
    const item = byId.get(id);
    return h("li", { class: "psy-stood" },
      h("p", { class: "psy-agreed", text, attrs: { dir: "auto" } }), " ",
      item && h("p", { class: "psy-stood__by", text: standText(item) }));
  });
}

/** @returns {string} how many stand behind a sentence, in one of the ways in which it may be told */
export function standText(item) {
  if (item.too_few) return tooFewText();
  if (item.most) {
    return item.most.includes("stand")
      ? gettext("Most of us stand behind this.")
      : gettext("Most of us do not stand behind this yet.");
  }
  const count = item.counts.stand || 0;
  return interpolate(gettext("%(count)s of %(total)s stand behind this."), { count, total: item.total });
}
