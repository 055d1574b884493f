/** The sheet of paper: the field, what helps with it, and two buttons of the same weight. Knows nothing of sending. */

import { h, setText, uid } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { findIdentifying } from "./identifying.js";
import { identifyingText, plainWords } from "./words.js";

/** The server counts the same way: code points of the trimmed text. */
export const lengthOf = (text) => Array.from(text.trim()).length;

/**
 * @param {Object} options
 * @param {{max_length: number, starter?: string}} options.activity
 * @param {boolean} options.veiled the text is masked, for a laptop whose screen the room sees
 * @param {(text: string) => void} options.onDraft each change
 * @param {(text: string) => void} options.onSend a text that may be sent
 * @param {() => void} options.onPass
 * @returns {{node: HTMLElement, setText: (text: string) => void, describe: (state: any) => void,
 *            refuse: (message: string) => void, focus: () => void}}
 */
export function createWritingForm({ activity, veiled, onDraft, onSend, onPass }) {
  const ids = { count: uid("count"), hint: uid("hint"), error: uid("error"), promise: uid("promise") };
  const promise = h("p", { class: "psy-promise", attrs: { id: ids.promise } });
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
      "aria-describedby": `${ids.promise} ${ids.count} ${ids.hint} ${ids.error}`,
    },
    on: { input: changed },
  });
  const label = h("label", { class: "psy-paper" }, h("span", { class: "psy-sr", text: gettext("Your note") }), field);
  const starter = activity.starter
    ? h("button", { class: "psy-chip", on: { click: insertStarter } }, h("bdi", { text: activity.starter }))
    : null;
  const count = h("span", { class: "psy-count__number", attrs: { id: ids.count } });
  const hint = h("p", { class: "psy-hint", attrs: { id: ids.hint, role: "status" } });
  const error = h("p", { class: "psy-error", attrs: { id: ids.error, role: "alert" } });
  const node = h(
    "div",
    { class: veiled ? "psy-write psy-write--veiled" : "psy-write" },
    promise,
    label,
    h(
      "div",
      { class: "psy-count" },
      h("span", { text: gettext("Kept here until you send it") }),
      count,
    ),
    starter || veiled ? h("div", { class: "psy-tools" }, starter, veiled ? holdToRead() : null) : null,
    hint,
    error,
    h(
      "div",
      { class: "psy-pair" },
      h("button", { class: "psy-button", text: gettext("Pass"), on: { click: onPass } }),
      h("button", { class: "psy-button", text: gettext("Send"), on: { click: send } }),
    ),
  );
  show();

  function changed() {
    setText(error, "");
    field.removeAttribute("aria-invalid");
    show();
    onDraft(field.value);
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
    else onSend(field.value.trim());
  }

  function refuse(message) {
    setText(error, message);
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  function insertStarter() {
    field.value = `${activity.starter.replace(/[\s.…]+$/u, "")} `;
    changed();
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  /** Unmasks only while it is held, by finger or by key. */
  function holdToRead() {
    const read = (on) => () => node.classList.toggle("psy-write--reading", on);
    const key = (on) => (event) => {
      if (event.key === " " || event.key === "Enter") read(on)();
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

  return {
    node,
    setText(text) {
      field.value = text;
      show();
    },
    describe(state) {
      const words = plainWords(state);
      const key = JSON.stringify(words);
      if (promise.dataset.key === key) return;
      promise.dataset.key = key;
      promise.replaceChildren(
        h("span", { text: words.promise }),
        words.seats ? " " : "",
        words.seats ? h("strong", { text: words.seats }) : "",
        words.caution ? ` ${words.caution}` : "",
      );
    },
    refuse,
    focus: () => field.focus(),
  };
}
