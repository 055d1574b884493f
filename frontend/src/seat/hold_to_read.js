/** A button that unmasks what is typed, only while it is held, by finger or by key. */

import { h } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";

/**
 * @param {(on: boolean) => void} show
 * @returns {HTMLElement}
 */
export function holdToRead(show) {
  const read = (on) => () => show(on);
  const key = (on) => (event) => {
    if (event.key === " " || event.key === "Enter") show(on);
  };
  return h("button", {
    class: "psy-quiet",
    text: gettext("Hold to read"),
    on: {
      pointerdown: read(true),
      pointerup: read(false),
      pointerleave: read(false),
      pointercancel: read(false),
      blur: read(false),
      keydown: key(true),
      keyup: key(false),
    },
  });
}
