/** Whoever is pressed by a clock can hide it, here and until it is wanted again; nothing else changes (WCAG 2.2.1). */

import { h, setAttr, setText } from "./dom.js";
import { gettext } from "./i18n.js";

const NAME = "time_hidden";

/**
 * @param {Element} root everything in it that carries the class "psy-time" is hidden and shown together
 * @param {import("./storage.js").Store} store where the choice is remembered; other views of the same page follow it
 * @returns {{node: HTMLElement, update: (now?: {urgent?: boolean}) => void}}
 *   update: as often as the times change; urgent: what stands there now is said whatever was chosen
 */
export function createTimeSwitch(root, store) {
  const node = h("button", { class: "psy-quiet psy-timeswitch", attrs: { hidden: true }, on: { click: turn } });
  let pressing = false;

  const hidden = () => store.get(NAME) === true;

  function turn() {
    if (hidden()) store.remove(NAME);
    else store.set(NAME, true);
    draw();
  }

  function draw() {
    setAttr(root, "data-timeless", hidden() && !pressing);
    setText(node, hidden() ? gettext("Show the time") : gettext("Hide the time"));
  }

  return {
    node,
    update({ urgent = false } = {}) {
      pressing = urgent;
      draw();
      const told = [...root.querySelectorAll(".psy-time")].some((time) => time.textContent !== "" && !time.closest("[hidden]"));
      // A button that goes while it has the focus would take the focus with it.
      node.hidden = (!told || urgent) && node !== document.activeElement;
    },
  };
}
