/** How many could have written a note, in words: of the own team, or of many teams together. */

import { gettext, interpolate, ngettext } from "../lib/i18n.js";

/**
 * @param {number | {people: number, teams: number, exact: boolean}} resonance a number of the own team, or what is told
 *   of a note of the echo
 * @returns {{full: string, short: string}} short: where one line explains it for all notes
 */
export function countedWords(resonance) {
  if (typeof resonance === "number") {
    const n = resonance;
    return {
      full: interpolate(ngettext("%(n)s of us could have written this", "%(n)s of us could have written this", n), { n }),
      short: interpolate(ngettext("%(n)s of us", "%(n)s of us", n), { n }),
    };
  }
  const { people, teams, exact } = resonance;
  const full = exact
    ? ngettext("%(people)s person in %(teams)s teams could have written this", "%(people)s people in %(teams)s teams could have written this", people)
    : ngettext(
      "At least %(people)s person in at least %(teams)s teams could have written this",
      "At least %(people)s people in at least %(teams)s teams could have written this", people);
  const short = exact
    ? ngettext("%(people)s person in %(teams)s teams", "%(people)s people in %(teams)s teams", people)
    : gettext("At least %(people)s in %(teams)s teams");
  return { full: interpolate(full, { people, teams }), short: interpolate(short, { people, teams }) };
}
