/**
 * What can be said before anything is sent: what is missing or too long, and what is odd. The server decides (core's
 * rules); this says the obvious beside the field, while it is still in the author's mind.
 */

import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { isKnown, textOf, toFields } from "./draft.js";

/** As in studio/review.py: a step that needs more answers is something else for most teams. */
const ORDINARY_TEAM = 6;

/** @typedef {{where: Array<string | number>, text: string}} Problem where: a field, or "agenda", place and field */

/** @returns {number} characters as the server counts them, without the space around them */
export const lengthOf = (text) => [...String(text ?? "").trim()].length;

/**
 * @param {any} value what a number field holds
 * @param {[number, number]} range
 * @returns {string} what is possible, "" when it is fine
 */
export function numberProblem(value, [least, most]) {
  if (Number.isInteger(value) && value >= least && value <= most) return "";
  return interpolate(gettext("This needs a whole number from %(least)s to %(most)s."), { least, most });
}

/** @returns {string} "" when it fits */
export function lengthProblem(text, most) {
  const has = lengthOf(text);
  if (has <= most) return "";
  return interpolate(gettext("There is room for %(most)s characters, and these are %(has)s."), { most, has });
}

/** @returns {string} "" for no address, or one that can be opened */
export function filmProblem(address, most) {
  const text = String(address ?? "").trim();
  if (!text || (/^https:\/\/./.test(text) && !/[\s"<>\\]/.test(text))) return lengthProblem(text, most);
  return gettext("The film is an address that begins with “https://”.");
}

/** @returns {string} "" for no picture, or one of this site */
export function pictureProblem(path, most) {
  const text = String(path ?? "").trim();
  if (!text || (/^\/(?!\/)/.test(text) && !text.includes("\\"))) return lengthProblem(text, most);
  return gettext("The picture is a path on this site that begins with “/”.");
}

/**
 * @param {any[]} values texts of options, statements or examples
 * @param {{range: [number, number], longest: number}} limits
 * @param {"options" | "statements" | "examples"} what
 * @returns {string}
 */
export function listProblem(values, { range: [least, most], longest }, what) {
  const texts = (Array.isArray(values) ? values : []).map((one) => String(textOf(one) ?? "").trim()).filter(Boolean);
  if (texts.length < least || texts.length > most) {
    return interpolate({
      options: gettext("Write %(least)s to %(most)s options."),
      statements: gettext("Write %(least)s to %(most)s statements."),
      examples: gettext("Write up to %(most)s examples."),
    }[what], { least, most });
  }
  if (new Set(texts).size < texts.length) return gettext("Two of these are the same. Change one of them.");
  const long = texts.findIndex((text) => lengthOf(text) > longest);
  if (long < 0) return "";
  return interpolate(gettext("Number %(n)s is too long: there is room for %(most)s characters."), { n: long + 1, most: longest });
}

/**
 * @param {string} name
 * @param {any} value
 * @param {any} limits
 * @returns {string} what is wrong with one field of the block or of a step; "" when nothing is
 */
export function fieldProblem(name, value, limits) {
  switch (name) {
    case "prompt":
      return lengthOf(value) ? lengthProblem(value, limits.prompt) : gettext("Write the question here. Nothing works without it.");
    case "minutes":
    case "planned_minutes":
    case "max_length":
    case "days":
      return numberProblem(value, limits[name]);
    case "minimum":
      return value === null || value === undefined ? "" : numberProblem(value, limits.minimum);
    case "video":
    case "introduction_video":
      return filmProblem(value, limits.video);
    case "picture":
      return pictureProblem(value, limits.picture);
    case "options":
      return listProblem(value, { range: limits.options, longest: limits.option }, "options");
    case "statements":
      return listProblem(value, { range: limits.statements, longest: limits.statement }, "statements");
    case "echo_examples":
      return listProblem(value, { range: limits.echo_examples, longest: limits.echo_example }, "examples");
    case "help_text":
      return lengthProblem(value, limits.help);
    case "introduction_title":
      return lengthProblem(value, limits.title);
    default:
      return typeof limits[name] === "number" ? lengthProblem(value, limits[name]) : "";
  }
}

const NEEDED = { wall: ["prompt"], talk: ["prompt"], choice: ["prompt", "options"], pulse: ["prompt", "statements"], commitments: ["prompt"] };

/**
 * @param {import("./draft.js").Draft} draft
 * @param {any} limits
 * @returns {Problem[]} in the order of the form
 */
export function problemsOf(draft, limits) {
  const found = [];
  const look = (where, name, value) => {
    const text = fieldProblem(name, value, limits);
    if (text) found.push({ where: [...where, name], text });
  };
  for (const [name, value] of Object.entries(draft.fields)) look([], name, value);
  if (!draft.hasAgenda) return found;
  toFields(draft).agenda.forEach((activity, place) => {
    if (!isKnown(activity)) {
      found.push({ where: ["agenda", place, "kind"], text: gettext("This step cannot be read. Remove it, or undo what was changed outside of this form.") });
      return;
    }
    const names = new Set([...NEEDED[activity.kind], ...Object.keys(activity)]);
    for (const name of names) look(["agenda", place], name, activity[name]);
  });
  return found;
}

/**
 * @param {number} total minutes of all steps
 * @param {any} planned
 * @returns {string} a kind word when the steps take longer than the meeting
 */
export function timeRemark(total, planned) {
  if (!Number.isInteger(planned) || total <= planned) return "";
  const over = total - planned;
  return interpolate(
    ngettext(
      "That is %(n)s minute more than the meeting has. Shorten a step, leave one out, or plan a longer meeting.",
      "That is %(n)s minutes more than the meeting has. Shorten a step, leave one out, or plan a longer meeting.",
      over,
    ),
    { n: over },
  );
}

/** @returns {string} what a high minimum means for an ordinary team */
export function minimumRemark(minimum) {
  if (!Number.isInteger(minimum) || minimum <= ORDINARY_TEAM) return "";
  return interpolate(
    gettext("It needs %(minimum)s answers. A team of %(team)s does not get there."), { minimum, team: ORDINARY_TEAM },
  );
}

