/** "I could have written this": the bar under the wall that sends the taps, once. */

import { h, setAttr, setText } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";

/**
 * Both buttons weigh the same all the time: the bar of somebody who found none looks like the bar of somebody who did.
 * @param {{onSubmit: (count: number) => void}} options count: how many notes are tapped
 * @returns {{node: HTMLElement, show: (count: number, busy: boolean, message: string) => void}}
 */
export function createSelectBar({ onSubmit }) {
  const none = h("button", { class: "psy-button", text: gettext("None of them"), on: { click: sendNone } });
  const send = h("button", { class: "psy-button", text: gettext("Send"), on: { click: sendTapped } });
  const message = h("p", { class: "psy-hint", attrs: { role: "status" } });
  const node = h("div", { class: "psy-select" }, message, h("div", { class: "psy-pair" }, none, send));
  let tapped = 0;
  let waiting = false;

  function sendNone() {
    if (waiting) return;
    if (tapped === 0) onSubmit(0);
    else setText(message, tappedText(tapped));
  }

  function sendTapped() {
    if (waiting) return;
    if (tapped > 0) onSubmit(tapped);
    else setText(message, gettext("No note is tapped. Tap one, or choose “None of them”."));
  }

  return {
    node,
    show(count, busy, text) {
      tapped = count;
      waiting = busy;
      setText(
        send,
        count > 0 ? interpolate(ngettext("Send %(n)s", "Send %(n)s", count), { n: count }) : gettext("Send"),
      );
      setAttr(none, "aria-disabled", busy ? "true" : null);
      setAttr(send, "aria-disabled", busy ? "true" : null);
      setText(message, text);
    },
  };
}

function tappedText(count) {
  const text = ngettext(
    "%(n)s note is tapped. Tap it again to take that back, or send.",
    "%(n)s notes are tapped. Tap them again to take that back, or send.",
    count,
  );
  return interpolate(text, { n: count });
}
