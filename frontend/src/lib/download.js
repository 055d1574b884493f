/** A file that is fetched with the token, or made here, and handed to the browser's own "save". */

import { h, setText } from "./dom.js";
import { gettext } from "./i18n.js";

/** Long enough for slow phones to have read the file. */
const KEPT_MS = 60000;

/**
 * @param {{load: () => Promise<Blob> | Blob, name: string, label: string}} options
 * @returns {HTMLElement} a button, and below it what went wrong
 */
export function createDownload({ load, name, label }) {
  const said = h("p", { class: "psy-hint", attrs: { role: "status" } });
  const button = h("button", { class: "psy-button psy-button--alt", text: label, on: { click: save } });

  async function save() {
    if (button.hasAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    setText(said, "");
    try {
      saveFile(await load(), name);
    } catch (error) {
      setText(said, error.detail || gettext("This could not be fetched. Please try again."));
    }
    button.removeAttribute("aria-disabled");
  }

  return h("div", { class: "psy-download" }, button, said);
}

/** It has no address that could be passed on. */
function saveFile(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = h("a", { attrs: { href: address, download: name, hidden: true } });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
