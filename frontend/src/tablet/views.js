/** What the tablet shows while nobody writes on it: to whom it goes next, thanks, and the end. */

import { inLanguage } from "../kinds/language.js";
import { h, setText } from "../lib/dom.js";
import { currentLanguage, gettext, interpolate, ngettext } from "../lib/i18n.js";
import { progressText } from "../seat/words.js";

/**
 * @typedef {Object} Cover
 * @property {HTMLElement} node
 * @property {(state: any) => void} update
 * @property {(text: string) => void} tell what went wrong, or what became of the turn before
 * @property {(on: boolean) => void} busy
 */

/**
 * The tablet between two people. It tells how far the room is in the same words as every phone, and nothing of itself.
 * @param {{purpose: import("./turns.js").Purpose, share: number, onTurn: () => void}} options share: the seats it has
 * @returns {Cover}
 */
export function coverView({ purpose, share, onTurn }) {
  const prompt = h("p", { class: "psy-tablet__prompt", attrs: { dir: "auto" } });
  const progress = h("p", { class: "psy-soft psy-progress" });
  const error = h("p", { class: "psy-error", attrs: { role: "alert" } });
  const turn = h("button", {
    class: "psy-button psy-button--big", text: gettext("It is my turn"), dataset: { action: "turn" }, on: { click: onTurn },
  });
  const made = scene(gettext("Hand the tablet to whoever is next."), prompt, error, turn, progress, sharing(share));
  return {
    ...made,
    update({ round }) {
      const asked = {
        answer: () => inLanguage(round.activity, currentLanguage()).prompt,
        resonance: () => gettext("Which could you have written?"),
        echo: () => gettext("Which notes of other teams could you have written?"),
      };
      setText(prompt, asked[purpose]());
      setText(progress, purpose === "answer" ? progressText(round.progress) : "");
    },
    tell: (text) => setText(error, text),
    busy: (on) => (on ? turn.setAttribute("aria-disabled", "true") : turn.removeAttribute("aria-disabled")),
  };
}

/** @returns {Cover} all seats of the tablet have been used for what is open now */
export function roundView() {
  return scene(
    gettext("All have had the tablet."),
    h("p", { class: "psy-lead", text: gettext("Put it down, and look up.") }),
  );
}

/**
 * @param {{share: number}} options
 * @returns {Cover} nothing is to be done on it just now
 */
export function restView({ share }) {
  const notice = h("p", { class: "psy-notice", attrs: { role: "status", hidden: true } });
  const made = scene(
    gettext("Look up."),
    notice,
    h("p", { class: "psy-lead", text: gettext("Put the tablet where all can reach it. It says when it goes round.") }),
    sharing(share),
  );
  return {
    ...made,
    tell(text) {
      setText(notice, text);
      notice.hidden = !text;
    },
  };
}

/** @returns {Cover} the same whatever was answered */
export function thanksView() {
  return scene(
    h("div", { class: "psy-tick", attrs: { "aria-hidden": "true" } }),
    gettext("Thank you. Hand it on."),
  );
}

/** @returns {Cover} */
export function endView() {
  return scene(
    gettext("This session has ended."),
    h("p", { class: "psy-lead", text: gettext("Nothing of it is left on this tablet. Thank you for taking part.") }),
  );
}

/** @returns {Cover} */
export function waitView() {
  const text = h("p", { class: "psy-soft", text: gettext("One moment"), attrs: { role: "status" } });
  return { ...plain(h("div", { class: "psy-join__view" }, text)), tell: (message) => setText(text, message) };
}

/** So many share it: who is one too many, or one too few, should say so before anything is written. */
function sharing(share) {
  const text = ngettext(
    "%(n)s person uses this tablet. If that is not the number of people here, tell your leader.",
    "%(n)s people share this tablet. If that is not the number of people here, tell your leader.", share);
  return h("p", { class: "psy-soft psy-tablet__share", text: interpolate(text, { n: share }) });
}

/** @returns {Cover} strings are the heading */
function scene(...parts) {
  return plain(h("div", { class: "psy-join__view psy-tablet__cover" }, parts.map((part) => (
    typeof part === "string" ? h("h1", { class: "psy-q", text: part, attrs: { tabindex: -1 } }) : part))));
}

const plain = (node) => ({ node, update() {}, tell() {}, busy() {} });
