/** The question on the big screen, as large as its length allows. */

import { h } from "../lib/dom.js";

/** From so many characters on it is set in the next smaller size; what stands below it counts for a third. */
const LENGTHS = [60, 120, 200];

/**
 * @param {string} prompt
 * @param {{look?: string, below?: string}} [more] look: another class; below: the text that needs room too
 * @returns {HTMLElement}
 */
export function screenHeading(prompt, { look = "", below = "" } = {}) {
  const length = prompt.length + below.length / 3;
  const long = LENGTHS.filter((limit) => length > limit).length;
  return h("h1", { class: `psy-room__q ${look}`.trim(), text: prompt, attrs: { dir: "auto" }, dataset: { long } });
}
