/**
 * An activity in the languages that a session has. Each phone shows its own; the big screen and the leader's stage show
 * the main one, and the second below it. What reads the same in both is told once, and nobody knows its language.
 */

import { h } from "../lib/dom.js";

/**
 * @param {any} activity as the state has it, perhaps with `language` and `translations`
 * @param {string} language of this page, such as "da", "da-dk" or "pt_BR"
 * @returns {any} with its texts in this language if they are there in it, else in the main one; `said` knows which
 */
export function inLanguage(activity, language) {
  const { language: main = "", translations = {} } = activity;
  if (Object.keys(translations).length === 0 || isSame(main, language)) return inMain(activity);
  const code = Object.keys(translations).find((one) => isSame(one, language));
  return code ? { ...withTexts(activity, translations[code]), translations: undefined, said: saidIn(activity, code) } : inMain(activity);
}

/**
 * @param {any} activity
 * @returns {any} in the main language alone
 */
export function inMain(activity) {
  if (!activity.translations) return activity;
  return { ...activity, translations: undefined, said: saidIn(activity, activity.language) };
}

/**
 * @param {any} state
 * @param {(activity: any) => any} change
 * @returns {any} the state with every activity whose texts stand there changed
 */
export function withActivities(state, change) {
  const changed = (round) => round && { ...round, activity: change(round.activity) };
  if (!state) return state;
  return { ...state, round: changed(state.round), ...(state.beside ? { beside: changed(state.beside) } : {}) };
}

/**
 * @param {any} activity
 * @param {string} field
 * @returns {{dir: string, lang: string | undefined}} attributes of the element that holds this text
 */
export function textAttrs(activity, field) {
  return { dir: "auto", lang: (activity.said || saidIn(activity, activity.language))[field] || undefined };
}

/**
 * @param {any} activity
 * @param {string} field
 * @param {string} [id] of one text of a list, or its place in it
 * @returns {{text: string, attrs: any} | null} the same in the second language, null where there is nothing else to read
 */
export function second(activity, field, id) {
  const [code] = Object.keys(activity.translations || {});
  const found = code ? activity.translations[code][field] : undefined;
  const text = id === undefined ? found : textOf(found, id);
  return text ? { text, attrs: { dir: "auto", lang: code } } : null;
}

/**
 * @param {any} activity
 * @param {string} field
 * @param {{tag?: string, look?: string, id?: string}} [how] look: its class; id: of one text of a list, or its place in it
 * @returns {HTMLElement} the text, and below it the same in the second language, if this view shows that
 */
export function shownText(activity, field, { tag = "p", look = "", id } = {}) {
  const text = id === undefined ? activity[field] : textOf(activity[field], id);
  const other = second(activity, field, id);
  return h(tag, { class: look, text, attrs: textAttrs(activity, field) },
    other && [" ", h("span", { class: "psy-second", ...other })]);
}

/**
 * @param {any} activity
 * @param {HTMLElement} heading with the question in the main language
 * @param {string} [look] another class
 * @returns {HTMLElement} the heading, with the question in the second language below it if there is one
 */
export function headed(activity, heading, look = "") {
  const other = second(activity, "prompt");
  return other ? h("hgroup", { class: "psy-both" }, heading, h("p", { class: `psy-second ${look}`.trim(), ...other })) : heading;
}

/** @returns {boolean} whether two codes name one language: "pt_BR" and "pt-br", "da" and "da-dk" */
function isSame(one, other) {
  const [a, b] = [one, other].map((code) => String(code || "").toLowerCase().replace(/_/g, "-").split("-")[0]);
  return a !== "" && a === b;
}

/** Lists are told whole; what a translation does not say of one of their texts (which way it is good) stays. */
function withTexts(activity, texts) {
  const merged = Object.entries(texts).map(([field, text]) => {
    const here = activity[field];
    if (!Array.isArray(text) || !Array.isArray(here)) return [field, text];
    return [field, text.map((one, at) => (typeof one === "string" ? one : { ...here[at], ...one }))];
  });
  return { ...activity, ...Object.fromEntries(merged) };
}

function textOf(list, id) {
  const found = (list || []).find((one, at) => (typeof one === "string" ? String(at) === id : one.id === id));
  return typeof found === "string" ? found : found && found.text;
}

/** Which fields are known to be in a language: those that are there in two. */
function saidIn({ translations = {} }, code) {
  const fields = Object.values(translations).flatMap((texts) => Object.keys(texts));
  return Object.fromEntries(fields.map((field) => [field, code]));
}
