/** Above the seat of somebody who leads: their session is open, and the lead is on another device. */
import { h } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { errorLine, once } from "./join_form.js";

/** @param {{onTake: () => Promise<any>}} options @returns {HTMLElement} */
export function takeoverLine({ onTake }) {
  const error = errorLine();
  const button = h("button", {
    class: "psy-link", text: gettext("Lead from here"), dataset: { action: "take_lead" },
    on: { click: () => once([button], error, onTake) },
  });
  return h("div", { class: "psy-takeover" },
    h("span", { text: gettext("You lead a session that is open.") }), button, error);
}
