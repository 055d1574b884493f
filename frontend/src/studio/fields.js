/**
 * The fields of the form. Each knows its label, its help, how much room is left, and the sentence that says what is
 * wrong. What was typed stays as it is, also when it is not possible.
 */

import { h, setAttr, setText, uid } from "../lib/dom.js";
import { interpolate, ngettext } from "../lib/i18n.js";
import { lengthOf } from "./check.js";

/** From this share of its room on, a field says what is left. */
const NEARLY_FULL = 0.8;

/**
 * @typedef {Object} Field
 * @property {HTMLElement} node
 * @property {string} label
 * @property {(problem: string) => void} show "" takes it away
 * @property {(text: string) => void} remark what is possible but odd
 * @property {() => void} focus
 */

/**
 * @param {Object} options
 * @param {string} options.label
 * @param {string} [options.help]
 * @param {string} options.value
 * @param {number} [options.limit] characters
 * @param {number} [options.rows] a field of several lines
 * @param {"url"} [options.mode] which keyboard a phone shows; an address is read from the left
 * @param {string} [options.placeholder]
 * @param {(value: string) => void} options.onInput
 * @param {(value: string) => string} [options.check] what is wrong, asked when the field is left
 * @returns {Field}
 */
export function createText({ label, help, value, limit, rows, mode, placeholder, onInput, check }) {
  const input = h(rows ? "textarea" : "input", {
    class: "psy-f__input",
    attrs: {
      rows, type: rows ? null : "text", dir: mode === "url" ? "ltr" : "auto", inputmode: mode || null, placeholder,
      autocomplete: "off", spellcheck: mode === "url" ? "false" : null,
    },
  });
  // A field that grows with its text ignores the attribute.
  if (rows) input.style.setProperty("--rows", String(rows));
  input.value = String(value ?? "");
  const frame = createFrame({ label, help, input });
  input.addEventListener("input", () => {
    frame.show("");
    frame.count(lengthOf(input.value), limit);
    onInput(input.value);
  });
  if (check) input.addEventListener("change", () => frame.show(check(input.value)));
  frame.count(lengthOf(input.value), limit);
  return frame;
}

/**
 * @param {Object} options
 * @param {string} options.label
 * @param {string} [options.help]
 * @param {number | string | null | undefined} options.value a text when what was typed is no number
 * @param {string} [options.unit]
 * @param {string} [options.placeholder]
 * @param {any} [options.empty] what an empty field means; "" when it may not be empty
 * @param {(value: any) => void} options.onInput a number, or what was typed
 * @param {(value: any) => string} options.check
 * @returns {Field}
 */
export function createNumber({ label, help, value, unit, placeholder, empty = "", onInput, check }) {
  const input = h("input", {
    class: "psy-f__input psy-f__input--number",
    attrs: { type: "text", inputmode: "numeric", autocomplete: "off", placeholder, dir: "ltr" },
  });
  input.value = String(value ?? "");
  const frame = createFrame({ label, help, input, unit, narrow: true });
  const read = () => readNumber(input.value, empty);
  input.addEventListener("input", () => {
    frame.show("");
    onInput(read());
  });
  input.addEventListener("change", () => frame.show(check(read())));
  return frame;
}

/** @returns {any} a whole number; what was typed when it is none; `empty` for nothing */
export function readNumber(typed, empty) {
  const text = typed.trim();
  if (!text) return empty;
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}

/**
 * @param {{label: string, help?: string, value: boolean, onInput: (value: boolean) => void}} options
 * @returns {Field}
 */
export function createCheck({ label, help, value, onInput }) {
  const input = h("input", { class: "psy-f__box", attrs: { type: "checkbox" } });
  input.checked = Boolean(value);
  input.addEventListener("change", () => onInput(input.checked));
  const note = createNote(input, help);
  const node = h("div", { class: "psy-f psy-f--check" },
    h("label", { class: "psy-f__tick" }, input, h("span", { text: label })), note.help, note.problem, note.odd);
  return { node, label, show: note.show, remark: note.remark, focus: () => input.focus() };
}

/**
 * One of a few, all of them to be seen.
 * @param {{label: string, help?: string, value: any, options: {value: any, label: string, help?: string}[], onInput: (value: any) => void}} options
 * @returns {Field}
 */
export function createPick({ label, help, value, options, onInput }) {
  const name = uid("pick");
  const inputs = options.map((option) => {
    const input = h("input", { class: "psy-f__box", attrs: { type: "radio", name, value: String(option.value) } });
    input.checked = option.value === value;
    input.addEventListener("change", () => onInput(option.value));
    return input;
  });
  const group = h("fieldset", { class: "psy-f psy-f--pick" }, h("legend", { class: "psy-f__label", text: label }));
  const note = createNote(group, help);
  group.append(note.help || "", h("div", { class: "psy-f__options" }, options.map((option, at) =>
    h("label", { class: "psy-f__tick" }, inputs[at], h("span", null, option.label,
      option.help && h("small", { class: "psy-f__small", text: option.help }))))), note.problem, note.odd);
  const first = () => inputs.find((input) => input.checked) || inputs[0];
  return { node: group, label, show: note.show, remark: note.remark, focus: () => first().focus() };
}

/**
 * @param {{label: string, value: string, options: {value: string, label: string}[], onInput: (value: string) => void}} options
 * @returns {{node: HTMLElement, input: HTMLSelectElement}}
 */
export function createSelect({ label, value, options, onInput }) {
  const input = h("select", { class: "psy-f__input", attrs: { id: uid("select") }, on: { change: () => onInput(input.value) } },
    options.map((option) => h("option", { text: option.label, attrs: { value: option.value, dir: "auto" } })));
  input.value = value;
  return { node: h("div", { class: "psy-f" }, h("label", { class: "psy-f__label", text: label, attrs: { for: input.id } }), input), input };
}

/**
 * Label, help, what is wrong and what is odd, around any input.
 * @param {{label: string, help?: string, input: any, shown?: HTMLElement, unit?: string, narrow?: boolean, labelled?: boolean}} options
 *   shown: what stands there, when the input is a part of it; labelled: the input is none that a label can be for
 */
export function createFrame({ label, help, input, shown = input, unit, narrow = false, labelled = false }) {
  input.id = uid("field");
  const name = labelled
    ? h("span", { class: "psy-f__label", text: label, attrs: { id: `${input.id}-label` } })
    : h("label", { class: "psy-f__label", text: label, attrs: { for: input.id } });
  if (labelled) input.setAttribute("aria-labelledby", name.id);
  const note = createNote(input, help);
  const counter = h("p", { class: "psy-f__count", attrs: { id: `${input.id}-count` } });
  const row = unit ? h("div", { class: "psy-f__row" }, shown, h("span", { class: "psy-f__unit", text: unit })) : shown;
  // Numbers stand side by side, and their boxes on one line, whatever help each has.
  const order = narrow ? [name, row, note.problem, note.help, note.odd] : [name, note.help, row, counter, note.problem, note.odd];
  const node = h("div", { class: "psy-f" }, order);

  function count(has, limit) {
    if (!limit) return;
    const left = limit - has;
    const near = has >= limit * NEARLY_FULL;
    counter.classList.toggle("psy-f__count--over", left < 0);
    setText(counter, near ? roomText(left) : "");
    note.describe(near && left >= 0 ? counter.id : "");
  }
  return { node, label, input, show: note.show, remark: note.remark, count, focus: () => input.focus() };
}

/** Help, problem and remark of an input, which its description names. */
function createNote(input, helpText) {
  const id = input.id || uid("note");
  const help = helpText ? h("p", { class: "psy-f__help", text: helpText, attrs: { id: `${id}-help` } }) : null;
  const problem = h("p", { class: "psy-f__problem", attrs: { id: `${id}-problem` } });
  const odd = h("p", { class: "psy-f__odd", attrs: { id: `${id}-odd` } });
  let more = "";
  const refresh = () => {
    const ids = [help && help.id, problem.textContent && problem.id, odd.textContent && odd.id, more].filter(Boolean);
    setAttr(input, "aria-describedby", ids.length ? ids.join(" ") : null);
  };
  refresh();
  return {
    help,
    problem,
    odd,
    show(text) {
      setText(problem, text);
      setAttr(input, "aria-invalid", text ? "true" : null);
      refresh();
    },
    remark(text) {
      setText(odd, text);
      refresh();
    },
    describe(id) {
      more = id;
      refresh();
    },
  };
}

function roomText(left) {
  if (left >= 0) {
    return interpolate(ngettext("Room for %(n)s more character", "Room for %(n)s more characters", left), { n: left });
  }
  return interpolate(ngettext("%(n)s character too many", "%(n)s characters too many", -left), { n: -left });
}

/**
 * A part that can be folded away.
 * @param {{label: string, note?: string, level?: "h2" | null, open?: boolean}} options note: what is in it, in a few words
 * @returns {{node: HTMLElement, panel: HTMLElement, unfold: () => void, setNote: (text: string) => void}}
 */
export function createFold({ label, note = "", level = null, open = false }) {
  const panel = h("div", { class: "psy-fold__panel", attrs: { id: uid("fold") } });
  const said = h("bdi", { text: note });
  const button = h("button", {
    class: "psy-fold__button", attrs: { "aria-controls": panel.id },
    on: { click: () => set(button.getAttribute("aria-expanded") !== "true") },
  }, h("span", { class: "psy-fold__label", text: label }), h("span", { class: "psy-fold__note" }, said));

  function set(on) {
    button.setAttribute("aria-expanded", String(on));
    panel.hidden = !on;
  }
  set(open);
  const head = level ? h(level, { class: "psy-fold__head" }, button) : button;
  return {
    node: h(level ? "section" : "div", { class: level ? "psy-fold psy-fold--part" : "psy-fold" }, head, panel),
    panel,
    unfold: () => set(true),
    setNote: (text) => setText(said, text),
  };
}
