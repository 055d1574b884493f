/** How many people are here for what comes, and what it becomes when they are too few. */
import { isGivenUp, kindOf } from "../kinds/index.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";

/** @returns {any} the line of the agenda that comes next, or undefined */
export const nextItem = (state) => (state.agenda || []).find((item) => item.id === state.next_activity);

/** @returns {any} the line of the agenda that was given up unread just before and may be asked again, or undefined */
export function givenUp({ agenda, round }) {
  if (!round || !isGivenUp(round)) return undefined;
  return (agenda || []).find((item) => item.id === round.activity.id && item.repeatable);
}

/** @returns {string} the title of the activity that comes next, or of the last one when it is to be asked again, or '' */
export function nextTitle(state) {
  const next = nextItem(state) || givenUp(state);
  return next ? next.title : "";
}

/** @returns {string} "4 seats are needed, 3 are taken", or '' when there are enough */
export function missingPeople(state, missing = state.too_few_people || 0) {
  if (missing <= 0) return "";
  const taken = state.seats ? state.seats.all : 0;
  const needed = taken + missing;
  const first = interpolate(
    ngettext("%(needed)s seat is needed,", "%(needed)s seats are needed,", needed), { needed });
  const second = interpolate(ngettext("%(taken)s is taken.", "%(taken)s are taken.", taken), { taken });
  return `${first} ${second}`;
}

/** @returns {string} who is missing for what comes next, '' when nothing comes or nobody is missing */
export const missingNext = (state) => (state.next_activity ? missingPeople(state) : "");

/** @returns {string} what the activity becomes with too few people, as a whole sentence */
export function insteadText(item) {
  return kindOf(item).words().instead
    || gettext("With so few it becomes a talk: you speak about the question, and nothing is collected.");
}

/** @returns {boolean} whether its answers can be written on paper and typed by the leader */
export const paperable = (item) => Boolean(item && item.kind === "wall");

/**
 * What comes, but with too few people for it: which activities become what. Lines of the same fate stand together.
 * @param {any} state the leader's state
 * @returns {{titles: string[], instead: string}[]}
 */
export function shortfalls(state) {
  const found = new Map();
  for (const item of state.agenda || []) {
    if (item.status !== "waiting" || !(item.missing > 0)) continue;
    const instead = insteadText(item);
    found.set(instead, [...(found.get(instead) || []), item.title]);
  }
  return [...found].map(([instead, titles]) => ({ titles, instead }));
}
