/** A button that copies a text; where the clipboard is refused, it shows the text selected and says what to press. */
import { h, setText } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";

/**
 * @param {{label: string, text: () => string, name: string, say?: (text: string) => void}} options
 * @returns {HTMLElement} the button with what it shows below itself
 */
export function copyButton({ label, text, name, say = () => {} }) {
  const status = h("span", { class: "psy-copy__done" });
  const spare = h("div", { class: "psy-copy__spare" });
  let timer = null;

  function done(message) {
    setText(status, message);
    say(message);
    clearTimeout(timer);
    timer = setTimeout(() => setText(status, ""), 4000);
  }

  async function copy() {
    spare.replaceChildren();
    try {
      await navigator.clipboard.writeText(text());
      done(gettext("Copied"));
    } catch {
      showSelected();
    }
  }

  /** Not every frame and not every plain-HTTP site may write to the clipboard. */
  function showSelected() {
    const field = h("textarea", {
      class: "psy-copy__field",
      attrs: { readonly: true, rows: Math.min(6, text().split("\n").length + 1), "aria-label": label },
    });
    field.value = text();
    const how = gettext("This browser does not let us copy. The text is selected: copy it from here.");
    spare.replaceChildren(h("p", { class: "psy-copy__how", text: how }), field);
    field.focus();
    field.select();
    say(how);
  }

  return h("div", { class: "psy-copy", dataset: { copy: name } },
    h("button", { class: "psy-link", text: label, dataset: { action: name }, on: { click: copy } }), status, spare);
}
