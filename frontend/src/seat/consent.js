/** Who may read a note: asked of its writer each time. Both ways weigh the same, and none is chosen beforehand. */

import { createMaskedNumber } from "../kinds/masked_number.js";
import { h, uid } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";

/**
 * @param {{veiled: boolean, describedBy: string, onChange: () => void}} options veiled: the room may see this screen, so
 *   what is chosen is masked
 * @returns {{node: HTMLElement, get: () => boolean | null, set: (share: boolean | null) => void, focus: () => void}}
 *   true: also other teams; null: not chosen yet
 */
export function createConsent({ veiled, describedBy, onChange }) {
  const texts = [gettext("Only my team"), gettext("Also other teams, without names")];
  const hintId = uid("share");
  const hint = h("p", {
    class: "psy-hint",
    text: gettext("Other teams read it among notes of many teams, without team, place or time; it stays after your session. Nobody here sees what you choose."),
    attrs: { id: hintId },
  });
  const told = `${hintId} ${describedBy}`;
  const picker = veiled ? masked() : radios();
  const node = h("fieldset", { class: "psy-picks psy-share", attrs: { "aria-describedby": told } },
    h("legend", { class: "psy-share__title", text: gettext("Who may read your note?") }), picker.nodes, hint);

  function radios() {
    const name = uid("share");
    const inputs = texts.map((_, at) => h("input", {
      attrs: { type: "radio", name, value: at, autocomplete: "off" }, on: { change: onChange },
    }));
    return {
      nodes: inputs.map((input, at) => h("label", { class: "psy-pick" }, input, h("span", { class: "psy-pick__text", text: texts[at] }))),
      get: () => inputs.findIndex((input) => input.checked),
      set: (at) => inputs.forEach((input, place) => { input.checked = place === at; }),
      focus: () => (inputs.find((input) => input.checked) || inputs[0]).focus(),
    };
  }

  function masked() {
    const field = createMaskedNumber({
      label: gettext("The number of your choice. It stays masked: the room may see this screen."),
      most: texts.length, describedBy: told, onChange,
    });
    return {
      nodes: [h("ol", { class: "psy-share__ways" }, texts.map((text) => h("li", { text }))), field.node],
      get: () => field.get() - 1,
      set: (at) => field.set(at + 1),
      focus: field.focus,
    };
  }

  return {
    node,
    get: () => [false, true][picker.get()] ?? null,
    set: (share) => picker.set([false, true].indexOf(/** @type {boolean} */ (share))),
    focus: picker.focus,
  };
}
