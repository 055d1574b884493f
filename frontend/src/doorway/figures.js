/** For whoever looks after the course: the figures over all teams, in a page of their own. */
import { h } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { errorLine, once } from "./join_form.js";

/**
 * @param {() => Promise<{insights_url: string}>} load
 * @returns {HTMLElement}
 */
export function createFiguresLink(load) {
  const error = errorLine();
  const button = h("button", { class: "psy-quiet psy-past__open", text: gettext("Figures over all teams"), on: { click: () => once([button], error, open) } });

  async function open() {
    // Now, while the browser knows that somebody pressed.
    const tab = window.open("", "_blank");
    try {
      const { insights_url: url } = await load();
      if (!tab) return window.location.assign(url);
      tab.opener = null;
      tab.location.replace(url);
    } catch (problem) {
      tab?.close();
      throw problem;
    }
  }

  return h("div", { class: "psy-past" }, button, error);
}
