/** What the form says about itself: problems with links to them, what was kept, what somebody else saved. */

import { h } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";

/**
 * A message with ways out of it.
 * @param {{title: string, text?: string, more?: Array<Node | null | false>, actions?: {label: string, main?: boolean, run: () => void}[], look?: string}} options
 * @returns {HTMLElement}
 */
export function createNotice({ title, text = "", more = [], actions = [], look = "" }) {
  return h("div", { class: `psy-notice ${look ? `psy-notice--${look}` : ""}`, attrs: { role: "group", "aria-label": title } },
    h("p", { class: "psy-notice__title", text: title, attrs: { tabindex: -1 } }),
    text && h("p", { text }), more,
    actions.length > 0 && h("div", { class: "psy-notice__row" }, actions.map(({ label, main, run }) => h("button", {
      class: main ? "psy-button psy-button--small" : "psy-button psy-button--alt psy-button--small", text: label, on: { click: run },
    }))));
}

/** @returns {string} how many places need another look */
export function problemsText(n) {
  return interpolate(ngettext(
    "Nothing was saved yet: %(n)s place needs another look.", "Nothing was saved yet: %(n)s places need another look.", n), { n });
}

/**
 * @param {{label: string, text: string, go: () => void}[]} problems
 * @returns {HTMLElement}
 */
export function createSummary(problems) {
  return createNotice({
    title: problemsText(problems.length),
    look: "bad",
    more: [h("ul", { class: "psy-notice__list" }, problems.map(({ label, text, go }) => h("li", null,
      h("a", {
        text: label ? interpolate(gettext("%(place)s: %(problem)s"), { place: label, problem: text }) : text,
        attrs: { href: "#", dir: "auto" },
        on: { click: (event) => { event.preventDefault(); go(); } },
      }))))],
  });
}
