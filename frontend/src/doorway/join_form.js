/** A field for a code, however it is typed, with its button and what went wrong. */
import { h, setText, uid } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { troubleText } from "../leader/commander.js";
import { groupCode, normaliseCode } from "./code.js";

/**
 * @param {{label: string, go: string, title?: string, onCode: (code: string) => Promise<any>,
 *   reason?: (error: any) => string}} options reason: words for an error, "" for the usual ones
 * @returns {HTMLElement} a form
 */
export function codeForm({ label, go, title = "", onCode, reason = () => "" }) {
  const id = uid("code");
  const error = errorLine();
  error.id = `${id}-error`;
  const field = h("input", {
    class: "psy-field psy-field--code",
    attrs: {
      id, name: "code", type: "text", autocomplete: "off", autocapitalize: "characters", spellcheck: "false",
      enterkeyhint: "go", maxlength: 20, dir: "ltr", "aria-describedby": error.id, placeholder: "•••• ••••",
    },
    on: { input: () => regroup(field) },
  });
  const button = h("button", {
    class: "psy-button", text: go, attrs: { type: "submit" }, dataset: { action: "join" },
  });
  return h("form", {
    class: "psy-way",
    attrs: { novalidate: true },
    on: { submit: (event) => {
      event.preventDefault();
      const code = normaliseCode(field.value);
      if (!code) {
        setText(error, gettext("Type the code first."));
        field.focus();
        return;
      }
      once([button], error, () => onCode(code), reason).then((done) => done || field.focus());
    } },
  },
  title && h("h3", { class: "psy-way__title", text: title }),
  h("label", { class: "psy-way__label", text: label, attrs: { for: id } }),
  field, error, button);
}

/** Groups of four while typing, unless the caret stands inside: then whoever types is correcting something. */
function regroup(field) {
  if (field.selectionStart === field.value.length) field.value = groupCode(field.value);
}

/** @returns {HTMLElement} */
export const errorLine = () => h("p", { class: "psy-error", attrs: { role: "alert" } });

/**
 * Runs something once, with its buttons off, and says in place what went wrong.
 * @param {HTMLElement[]} buttons
 * @param {HTMLElement} error
 * @param {() => Promise<any>} work
 * @param {(error: any) => string} [reason]
 * @returns {Promise<boolean>} whether it worked
 */
export async function once(buttons, error, work, reason = () => "") {
  if (buttons.some((button) => button.getAttribute("aria-disabled") === "true")) return false;
  for (const button of buttons) button.setAttribute("aria-disabled", "true");
  setText(error, "");
  try {
    await work();
    return true;
  } catch (problem) {
    setText(error, reason(problem) || problem.detail || troubleText(problem));
    return false;
  } finally {
    for (const button of buttons) button.removeAttribute("aria-disabled");
  }
}
