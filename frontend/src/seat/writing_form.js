/** The sheet of paper: the field, what helps with it, and two buttons of the same weight. Knows nothing of sending. */

import { textAttrs } from "../kinds/language.js";
import { h, setText, uid } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { createConsent } from "./consent.js";
import { createFormFrame } from "./form_frame.js";
import { holdToRead } from "./hold_to_read.js";
import { findIdentifying } from "./identifying.js";
import { identifyingText, plainWords } from "./words.js";

/** The server counts the same way: code points of the trimmed text. */
export const lengthOf = (text) => Array.from(text.trim()).length;

/**
 * @param {import("./form_frame.js").FormOptions} options the draft is the text; where sharing is asked, {text, share}
 * @returns {import("./form_frame.js").Form}
 */
export function createWritingForm({ activity, veiled, terms, onDraft, onSend, onPass }) {
  const frame = createFormFrame({ veiled, promiseOf: plainWords, terms, onPass, onSend: send });
  const { node } = frame;
  const ids = { count: uid("count"), hint: uid("hint") };
  const field = h("textarea", {
    class: "psy-paper__text",
    attrs: {
      rows: 4,
      dir: "auto",
      autocomplete: "off",
      // Some browsers and helpers send what is typed to a service to check it. Not here.
      spellcheck: "false",
      "data-gramm": "false",
      "data-lt-active": "false",
      "aria-describedby": `${frame.promiseId} ${ids.count} ${ids.hint} ${frame.errorId}`,
    },
    on: { input: changed },
  });
  const label = h("label", { class: "psy-paper" }, h("span", { class: "psy-sr", text: gettext("Your note") }), field);
  const starter = activity.starter
    ? h("button", { class: "psy-chip", on: { click: insertStarter } }, h("bdi", { text: activity.starter, attrs: textAttrs(activity, "starter") }))
    : null;
  const count = h("span", { class: "psy-count__number", attrs: { id: ids.count } });
  const hint = h("p", { class: "psy-hint", attrs: { id: ids.hint, role: "status" } });
  const consent = activity.share
    ? createConsent({ veiled, describedBy: frame.errorId, onChange: chosen })
    : null;
  frame.fill(
    label,
    h(
      "div",
      { class: "psy-count" },
      h("span", { text: gettext("Kept here until you send it") }),
      count,
    ),
    starter || veiled ? h("div", { class: "psy-tools" }, starter, veiled ? holdToRead((on) => node.classList.toggle("psy-write--reading", on)) : null) : null,
    hint,
    consent && consent.node,
  );
  show();

  function changed() {
    frame.complain("");
    field.removeAttribute("aria-invalid");
    show();
    keep();
  }

  function chosen() {
    frame.complain("");
    keep();
  }

  function keep() {
    const text = field.value;
    if (!consent) onDraft(text || null);
    else onDraft(text || consent.get() !== null ? { text, share: consent.get() } : null);
  }

  function show() {
    const left = activity.max_length - lengthOf(field.value);
    setText(
      count,
      left >= 0
        ? interpolate(ngettext("%(n)s character left", "%(n)s characters left", left), { n: left })
        : interpolate(ngettext("%(n)s character too many", "%(n)s characters too many", -left), { n: -left }),
    );
    count.classList.toggle("psy-count__number--over", left < 0);
    setText(hint, identifyingText(findIdentifying(field.value)));
    if (starter) starter.hidden = field.value.trim() !== "";
  }

  function send() {
    const length = lengthOf(field.value);
    if (length === 0) refuse(gettext("Write something first, or pass."));
    else if (length > activity.max_length) refuse(gettext("This is too long. Make it a little shorter."));
    else if (consent && consent.get() === null) askWho();
    else onSend({ text: field.value.trim(), share: Boolean(consent && consent.get()) });
  }

  function askWho() {
    frame.complain(gettext("One thing more: who may read your note? Choose, then send."));
    consent.focus();
  }

  function refuse(message) {
    frame.complain(message);
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  function insertStarter() {
    field.value = `${activity.starter.replace(/[\s.…]+$/u, "")} `;
    changed();
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  return {
    node,
    restore(draft) {
      const { text, share } = draft && typeof draft === "object" ? draft : { text: draft, share: null };
      field.value = typeof text === "string" ? text : "";
      if (consent) consent.set(typeof share === "boolean" ? share : null);
      show();
    },
    describe: frame.describe,
    refuse,
    focus: () => field.focus(),
  };
}
