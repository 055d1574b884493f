/** What the form of every kind of activity has: the promise above, what is wrong below, two buttons of the same weight. */

import { h, setText, uid } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";

/**
 * @typedef {Object} FormOptions what a kind's `createForm` is given
 * @property {any} activity the public part of the activity, as it was frozen into the round
 * @property {boolean} veiled the answer is masked, for a laptop whose screen the room sees
 * @property {HTMLElement | null} [terms] what stands with the promise, for who wants to see for themselves
 * @property {(draft: any) => void} onDraft each change; null when there is nothing to keep
 * @property {(answer: any) => void} onSend an answer that may be sent
 * @property {() => void} onPass
 */
/**
 * @typedef {Object} Form what a kind's `createForm` gives back
 * @property {HTMLElement} node
 * @property {(draft: any) => void} restore puts a draft in; anything that does not fit empties the form
 * @property {(state: any) => void} describe brings the promise up to date
 * @property {(message: string) => void} refuse says why the answer stays here
 * @property {() => void} focus
 */

/**
 * @param {{veiled: boolean, promiseOf: (state: any) => {promise: string, seats: string, caution: string},
 *   terms?: HTMLElement | null, onPass: () => void, onSend: () => void}} options
 * @returns {{node: HTMLElement, promiseId: string, errorId: string, fill: (...parts: any[]) => void,
 *   complain: (message: string) => void, describe: (state: any) => void}} fill: what stands between promise and buttons
 */
export function createFormFrame({ veiled, promiseOf, terms = null, onPass, onSend }) {
  const promiseId = uid("promise");
  const errorId = uid("error");
  const promise = h("p", { class: "psy-promise", attrs: { id: promiseId } });
  const error = h("p", { class: "psy-error", attrs: { id: errorId, role: "alert" } });
  const pair = h(
    "div",
    { class: "psy-pair" },
    h("button", { class: "psy-button", text: gettext("Pass"), on: { click: onPass } }),
    h("button", { class: "psy-button", text: gettext("Send"), on: { click: onSend } }),
  );
  const node = h("div", { class: veiled ? "psy-write psy-write--veiled" : "psy-write" },
    h("div", { class: "psy-terms" }, promise, terms), error, pair);

  return {
    node,
    promiseId,
    errorId,
    fill: (...parts) => error.before(...parts.filter(Boolean)),
    complain: (message) => setText(error, message),
    describe(state) {
      const words = promiseOf(state);
      const key = JSON.stringify(words);
      if (promise.dataset.key === key) return;
      promise.dataset.key = key;
      promise.replaceChildren(
        h("span", { text: words.promise }),
        words.seats ? " " : "",
        words.seats ? h("strong", { text: words.seats }) : "",
        words.caution ? ` ${words.caution}` : "",
      );
    },
  };
}
