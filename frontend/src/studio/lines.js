/** A list of short texts: the options of a choice, the statements of a pulse. */

import { h, setAttr, uid } from "../lib/dom.js";
import { gettext, interpolate } from "../lib/i18n.js";
import { textOf } from "./draft.js";

/**
 * @param {Object} options
 * @param {string} options.label
 * @param {string} [options.help]
 * @param {any[]} options.value
 * @param {number} options.most
 * @param {string} options.add what the button says
 * @param {(n: number) => string} options.name what a line is called
 * @param {{label: string, help: string}} [options.mark] a tick on each line, kept as `reversed`
 * @param {(value: any[]) => void} options.onInput
 * @param {(text: string) => void} options.say
 * @returns {import("./fields.js").Field}
 */
export function createLines({ label, help, value, most, add, name, mark, onInput, say }) {
  const id = uid("lines");
  const list = h("ol", { class: "psy-lines" });
  const problem = h("p", { class: "psy-f__problem", attrs: { id: `${id}-problem` } });
  const more = h("button", {
    class: "psy-quiet", text: add,
    on: {
      click: () => {
        if (lines.length >= most) return;
        insert({ text: "", reversed: false });
        changed();
        lines[lines.length - 1].input.focus();
      },
    },
  });
  const node = h("fieldset", { class: "psy-f psy-f--pick", attrs: { "aria-describedby": help ? `${id}-help` : null } },
    h("legend", { class: "psy-f__label", text: label }),
    help && h("p", { class: "psy-f__help", text: help, attrs: { id: `${id}-help` } }), list, more, problem);
  /** @type {{node: HTMLElement, input: HTMLTextAreaElement, reversed: HTMLInputElement | null, remove: HTMLElement, up: HTMLElement, label: HTMLElement}[]} */
  let lines = [];

  function insert({ text, reversed }) {
    const input = h("textarea", {
      class: "psy-f__input", attrs: { id: uid("line"), rows: 1, dir: "auto", autocomplete: "off" },
      on: { input: () => { show(""); tell(); }, keydown: onKey },
    });
    input.style.setProperty("--rows", "1");
    input.value = text;
    const box = mark ? h("input", { class: "psy-f__box", attrs: { type: "checkbox" }, on: { change: tell } }) : null;
    if (box) box.checked = reversed;
    const line = {
      input,
      reversed: box,
      label: h("label", { class: "psy-sr", attrs: { for: input.id } }),
      up: h("button", { class: "psy-icon", on: { click: () => up(line) } }, h("span", { text: "↑", attrs: { "aria-hidden": "true" } })),
      remove: h("button", { class: "psy-icon", on: { click: () => drop(line) } }, h("span", { text: "×", attrs: { "aria-hidden": "true" } })),
      node: h("li", { class: "psy-line" }),
    };
    line.node.append(h("div", { class: "psy-line__row" }, line.label, input, line.up, line.remove));
    if (box && mark) {
      line.node.append(h("label", { class: "psy-f__tick psy-line__mark" }, box, h("span", { text: mark.label })));
    }
    list.append(line.node);
    lines.push(line);
  }

  /** It wraps like a text, but it is one line. */
  function onKey(event) {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault();
  }

  function up(line) {
    const at = lines.indexOf(line);
    if (at < 1) return;
    lines.splice(at, 1);
    lines.splice(at - 1, 0, line);
    list.insertBefore(line.node, lines[at].node);
    changed();
    line.up.focus();
    say(interpolate(gettext("Moved to place %(n)s of %(all)s."), { n: at, all: lines.length }));
  }

  function drop(line) {
    const at = lines.indexOf(line);
    lines = lines.filter((one) => one !== line);
    line.node.remove();
    if (!lines.length) insert({ text: "", reversed: false });
    changed();
    lines[Math.min(at, lines.length - 1)].input.focus();
  }

  function changed() {
    lines.forEach((line, at) => {
      const called = name(at + 1);
      line.label.textContent = called;
      line.up.setAttribute("aria-label", interpolate(gettext("Move up: %(what)s"), { what: called }));
      setAttr(line.up, "aria-disabled", at === 0 ? "true" : null);
      line.remove.setAttribute("aria-label", interpolate(gettext("Remove: %(what)s"), { what: called }));
    });
    more.hidden = lines.length >= most;
    tell();
  }

  function tell() {
    onInput(lines.map(({ input, reversed }) => (reversed && reversed.checked ? { text: lineOf(input), reversed: true } : lineOf(input))));
  }

  function show(text) {
    problem.textContent = text;
    setAttr(node, "aria-describedby", [help && `${id}-help`, text && problem.id].filter(Boolean).join(" ") || null);
    for (const line of lines) {
      setAttr(line.input, "aria-invalid", text ? "true" : null);
      setAttr(line.input, "aria-describedby", text ? problem.id : null);
    }
  }

  const silent = onInput;
  onInput = () => {};
  for (const one of Array.isArray(value) ? value : []) {
    insert({ text: String(textOf(one) ?? ""), reversed: Boolean(one && one.reversed) });
  }
  if (!lines.length) insert({ text: "", reversed: false });
  changed();
  onInput = silent;
  /** What was pasted may have had several. */
  function lineOf(input) {
    return input.value.replace(/\s*\n\s*/g, " ");
  }

  return { node, label, show, remark: () => {}, focus: () => (lines.find((line) => !line.input.value.trim()) || lines[0]).input.focus() };
}
