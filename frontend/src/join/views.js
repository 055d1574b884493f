/** The page before somebody is seated: a code field, one big button, or the answer to a phone that only tries. */

import { groupCode, normaliseCode, CODE_LENGTH } from "../doorway/code.js";
import { h, setText, uid } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";

/**
 * @typedef {Object} View
 * @property {HTMLElement} node
 * @property {(on: boolean) => void} busy
 * @property {(message: string) => void} fail nothing that was typed is lost
 */

/** @returns {{title: string, label: string, go: string, below: string}} what a guest reads around the field */
const guestWords = () => ({
  title: gettext("Join your team"),
  label: gettext("The code on the screen"),
  go: gettext("Take a seat"),
  below: gettext("No name, no account, nothing to install."),
});

/**
 * @param {{code: string, message: string, onCode: (code: string) => void, onType?: (typed: string) => void,
 *   words?: ReturnType<typeof guestWords>}} options message: why the field is shown; onType: what stands in it
 * @returns {View}
 */
export function codeView({ code, message, onCode, onType = () => {}, words = guestWords() }) {
  const errorId = uid("error");
  const field = h("input", {
    class: "psy-code",
    attrs: {
      type: "text",
      inputmode: "text",
      autocapitalize: "characters",
      autocomplete: "off",
      autocorrect: "off",
      spellcheck: "false",
      enterkeyhint: "go",
      dir: "ltr",
      "aria-describedby": errorId,
      value: groupCode(code),
    },
    on: { input: tidy },
  });
  const error = h("p", { class: "psy-error", attrs: { id: errorId, role: "alert" } });
  const go = h("button", { class: "psy-button psy-button--big", text: words.go, attrs: { type: "submit" } });
  const label = h("label", { class: "psy-codefield" }, h("span", { text: words.label }), field);
  const form = h("form", { class: "psy-join__form", attrs: { novalidate: true }, on: { submit } }, label, error, go);
  const node = h(
    "div",
    { class: "psy-join__view" },
    h("h1", { class: "psy-q", text: words.title }),
    message ? h("p", { class: "psy-notice", text: message, attrs: { role: "status" } }) : null,
    form,
    h("p", { class: "psy-soft", text: words.below }),
  );

  /** Groups of four while typing at the end; whoever corrects in the middle keeps the cursor. */
  function tidy() {
    field.removeAttribute("aria-invalid");
    setText(error, "");
    onType(field.value);
    if (field.selectionStart !== field.value.length) return;
    const typed = normaliseCode(field.value).slice(0, CODE_LENGTH);
    field.value = groupCode(typed);
  }

  function submit(event) {
    event.preventDefault();
    const typed = normaliseCode(field.value);
    if (typed.length === CODE_LENGTH) onCode(typed);
    else fail(gettext("A code has eight letters and digits."));
  }

  function fail(text) {
    setText(error, text);
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  return { node, fail, busy: (on) => go.toggleAttribute("disabled", on) };
}

/**
 * @param {{code: string, onSit: () => void, onOther: () => void}} options
 * @returns {View}
 */
export function sitView({ code, onSit, onOther }) {
  const error = h("p", { class: "psy-error", attrs: { role: "alert" } });
  const go = h("button", { class: "psy-button psy-button--big", text: gettext("Take a seat"), on: { click: onSit } });
  const other = h("button", { class: "psy-quiet", text: gettext("Type another code"), on: { click: onOther } });
  const node = h(
    "div",
    { class: "psy-join__view" },
    h("h1", { class: "psy-q", text: gettext("Your team is waiting") }),
    h("p", { class: "psy-shown-code", text: groupCode(code), attrs: { dir: "ltr" } }),
    error,
    go,
    h("p", { class: "psy-soft", text: guestWords().below }),
    h("div", null, other),
  );
  return { node, fail: (text) => setText(error, text), busy: (on) => go.toggleAttribute("disabled", on) };
}

/** @returns {View} for the self-test before the day */
export function tryView() {
  const node = h(
    "div",
    { class: "psy-join__view" },
    h("div", { class: "psy-tick", attrs: { "aria-hidden": "true" } }),
    h("h1", { class: "psy-q", text: gettext("It works. This phone can take part.") }),
    h("p", { class: "psy-soft", text: gettext("There is nothing else to do. You can close this page.") }),
  );
  return { node, fail() {}, busy() {} };
}

/** @returns {View} while a kept seat is looked up */
export function waitView() {
  const node = h(
    "div",
    { class: "psy-join__view" },
    h("p", { class: "psy-soft", text: gettext("One moment"), attrs: { role: "status" } }),
  );
  return { node, fail() {}, busy() {} };
}

/**
 * @param {{mine: boolean, onMine: (mine: boolean) => void}} options
 * @returns {HTMLElement} below the seat
 */
export function mineToggle({ mine, onMine }) {
  const box = h("input", { attrs: { type: "checkbox" }, on: { change: () => onMine(box.checked) } });
  box.checked = mine;
  return h(
    "label",
    { class: "psy-mine" },
    box,
    h(
      "span",
      null,
      h("span", { text: gettext("This is my phone") }),
      h("small", { text: gettext("Keeps your seat when this page is closed, until the session ends.") }),
    ),
  );
}
