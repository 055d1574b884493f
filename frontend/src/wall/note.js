/** One note on the wall, as an element. */

import { h } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { countedWords } from "./counted.js";
import { lookOf } from "./layout.js";

/** Only the first few notes fly in one after the other; five hundred would take a minute. */
const LAST_STAGGERED = 30;

/**
 * @param {{id: string, text: string, resonance: any, cluster?: number | null, near?: string}} note near:
 *   what the own team wrote that reads like it
 * @param {number} position
 * @param {Object} how
 * @param {"read" | "select" | "pick"} how.mode
 * @param {boolean} [how.selected]
 * @param {(id: string, button: HTMLElement) => void} [how.onTap]
 * @param {string} [how.pickLabel]
 * @param {boolean} [how.brief]
 * @returns {HTMLLIElement}
 */
export function createNote(note, position, { mode, selected = false, onTap, pickLabel = "", brief = false }) {
  const { turn } = lookOf(position);
  // What reads alike hangs together, so its place is one.
  const { tint } = lookOf(note.cluster ?? position);
  const text = [
    note.near && h("span", { class: "psy-note__near" },
      h("span", { class: "psy-note__who", text: gettext("Your team wrote") }), " ", h("span", { text: note.near, attrs: { dir: "auto" } }), " "),
    note.near && h("span", { class: "psy-note__who", text: gettext("Another team wrote") }), note.near && " ",
    h("span", { class: "psy-note__text", text: note.text, attrs: { dir: "auto" } }),
  ];
  const tap = (event) => onTap && onTap(note.id, event.currentTarget);
  const item = h("li", { class: `psy-wall__item psy-tint-${tint}`, dataset: { note: note.id } });
  item.style.setProperty("--psy-turn", `${turn}deg`);
  item.style.setProperty("--psy-place", String(Math.min(position, LAST_STAGGERED)));
  if (mode === "select") {
    const mark = h("span", { class: "psy-note__mark", text: gettext("I could have written this") });
    item.append(
      h("button", { class: "psy-note", attrs: { "aria-pressed": String(selected) }, on: { click: tap } }, text, mark),
    );
    return item;
  }
  const body = h("div", { class: "psy-note" }, text);
  if (mode === "pick") {
    body.append(h("button", { class: "psy-quiet psy-note__pick", text: pickLabel, on: { click: tap } }));
  }
  item.append(body);
  showResonance(item, note.resonance, brief);
  return item;
}

/**
 * @param {HTMLElement} item
 * @param {any} resonance a number from 3 up, what is told of a note of the echo, or null: then nothing is shown, and not
 *   a zero either
 * @param {boolean} [brief] where one line explains it for all notes
 */
export function showResonance(item, resonance, brief = false) {
  const body = /** @type {HTMLElement} */ (item.firstElementChild);
  const old = body.querySelector(".psy-note__told");
  if (!resonance) {
    if (old) old.remove();
    return;
  }
  const { full, short } = countedWords(resonance);
  const count = old || h("span", { class: "psy-note__count psy-note__told" });
  if (brief) {
    count.replaceChildren(h("span", { text: short, attrs: { "aria-hidden": "true" } }), h("span", { class: "psy-sr", text: full }));
  } else {
    count.textContent = full;
  }
  if (!old) body.append(count);
}
