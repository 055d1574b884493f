/** One digit that nobody in the room can read: for a leader who answers on the laptop that the projector mirrors. */

import { h, uid } from "../lib/dom.js";

/**
 * @param {{label: string, most: number, describedBy: string, onChange: () => void}} options most: the largest number
 * @returns {{node: HTMLElement, get: () => number, set: (number: number) => void, focus: () => void}}
 *   get gives 0 for anything that is not one of the numbers
 */
export function createMaskedNumber({ label, most, describedBy, onChange }) {
  const id = uid("masked");
  const field = h("input", {
    class: "psy-masked__field",
    attrs: {
      id, type: "password", inputmode: "numeric", maxlength: 1, dir: "ltr", "aria-describedby": describedBy,
      // Neither a password to be remembered nor one to be proposed.
      autocomplete: "one-time-code", "data-lpignore": "true", "data-1p-ignore": true,
    },
    on: { input: onChange },
  });
  return {
    node: h("div", { class: "psy-masked" }, h("label", { text: label, attrs: { for: id } }), field),
    get() {
      const number = /^[1-9]$/.test(field.value) ? Number(field.value) : 0;
      return number <= most ? number : 0;
    },
    set(number) {
      field.value = number >= 1 && number <= most ? String(number) : "";
    },
    focus: () => field.focus(),
  };
}
