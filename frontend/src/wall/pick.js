/** Taking one note down: a quiet button, then a choice, then one calm question. Used by seats and by the leader; reporting one asks in the same way. */

import { h } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";

/**
 * @typedef {Object} PickWords
 * @property {string} open the quiet button under the wall
 * @property {string} choose what to do next
 * @property {string} label on each note
 * @property {string} question
 * @property {string} yes
 * @property {string} no
 * @property {string} stop the quiet button, once it is pressed
 */

/** @returns {PickWords} for a seat */
export function takeDownWords() {
  return {
    open: gettext("Take a note down"),
    choose: gettext("Which note should come down?"),
    label: gettext("This one"),
    question: gettext("Take this note down for everybody? Only once a round; nobody sees who did it."),
    yes: gettext("Take it down"),
    ...keepWords(),
  };
}

/** @returns {PickWords} for the leader */
export function hideWords() {
  return {
    open: gettext("Hide a note"),
    choose: gettext("Which note should be hidden?"),
    label: gettext("This one"),
    question: gettext("Hide this note for everybody? All see that one was taken down."),
    yes: gettext("Hide it"),
    ...keepWords(),
  };
}

/** @returns {PickWords} for the leader, of a note of the echo */
export function reportWords() {
  return {
    open: gettext("Report a note"),
    choose: gettext("Which note should other teams not be shown?"),
    label: gettext("This one"),
    question: gettext("Report this note? When a second leader reports it too, no team is shown it any more. Nobody sees who did it."),
    yes: gettext("Report it"),
    no: gettext("Do not report it"),
    stop: gettext("Report none"),
  };
}

const keepWords = () => ({ no: gettext("Keep it"), stop: gettext("Keep all notes") });

/**
 * The question, in the flow of the page below the note's text.
 * @param {PickWords} words
 * @param {{onYes: () => void, onNo: () => void}} answers
 * @returns {HTMLElement}
 */
export function createQuestion(words, { onYes, onNo }) {
  return h(
    "div",
    { class: "psy-ask", attrs: { role: "group", "aria-label": words.question } },
    h("p", { class: "psy-ask__text", text: words.question }),
    h(
      "div",
      { class: "psy-pair" },
      h("button", { class: "psy-button psy-button--alt", text: words.no, on: { click: onNo } }),
      h("button", { class: "psy-button", text: words.yes, on: { click: onYes } }),
    ),
  );
}
