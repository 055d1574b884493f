/** The question on the big screen, as large as its length allows. */

import { headed, second, textAttrs } from "../kinds/language.js";
import { h } from "../lib/dom.js";

/** From so many characters on it is set in the next smaller size; what stands below it counts for a third. */
const LENGTHS = [60, 120, 200];

/**
 * @param {any} activity whose question it is
 * @param {{look?: string, below?: string}} [more] look: another class; below: the text that needs room too
 * @returns {HTMLElement} with the question in the second language below it, where the session has one
 */
export function screenHeading(activity, { look = "", below = "" } = {}) {
  const { prompt } = activity;
  const other = second(activity, "prompt");
  const length = prompt.length + ((other ? other.text.length : 0) + below.length) / 3;
  const long = LENGTHS.filter((limit) => length > limit).length;
  return headed(activity, h("h1", {
    class: `psy-room__q ${look}`.trim(), text: prompt, attrs: textAttrs(activity, "prompt"), dataset: { long },
  }));
}

/** So many characters of a question and what helps with it stand there in two languages; fewer with more beside them. */
const MOST_WRITTEN = 600;
const MOST_BESIDE = 350;

/**
 * @param {any} activity
 * @returns {any} without what helps in the second language where it would crowd the rest out: each phone has its own
 */
export function forScreen(activity) {
  const texts = [activity.prompt, activity.help, ...["prompt", "help"].map((field) => (second(activity, field) || { text: "" }).text)];
  if (texts.join("").length <= (activity.picture || activity.options ? MOST_BESIDE : MOST_WRITTEN)) return activity;
  const others = Object.entries(activity.translations || {}).map(([code, { help, begins, ...rest }]) => [code, rest]);
  return others.length > 0 ? { ...activity, translations: Object.fromEntries(others) } : activity;
}
