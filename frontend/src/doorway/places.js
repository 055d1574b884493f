/** The small place of a block whose session is in another one. */
import { h, setText } from "../lib/dom.js";
import { gettext, interpolate } from "../lib/i18n.js";
import { whereTitle } from "./decide.js";

/**
 * The session is somewhere else.
 * @param {HTMLElement} root
 * @param {{data: any}} options
 */
export function createElsewhere(root, { data }) {
  const line = h("span");
  root.replaceChildren(h("section", { class: "psy-door psy-elsewhere" },
    data.kind === "wall" && h("p", { class: "psy-elsewhere__prompt", text: data.prompt, attrs: { dir: "auto" } }),
    h("p", { class: "psy-elsewhere__row" }, h("i", { class: "psy-dot", attrs: { "aria-hidden": "true" } }), line)));
  return {
    update(state) {
      const title = whereTitle(state);
      setText(line, title
        ? interpolate(gettext("The team is at: %(title)s"), { title })
        : gettext("Your session is open. It goes on in the other part of this page."));
    },
    destroy: () => root.replaceChildren(),
  };
}
