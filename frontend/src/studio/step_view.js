/** One step of the agenda: a line that opens into its form, with the ways to move it. */

import { h, setAttr, setText, uid } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { isKnown } from "./draft.js";
import { createStepForm } from "./step_form.js";
import { kindName } from "./words.js";

/** @returns {string} what a step is called in a list */
export function stepTitle(activity) {
  const title = String((activity && (activity.title || activity.prompt)) || "").trim();
  return title || gettext("Not written yet");
}

/** @returns {string} its kind and its minutes */
export function stepMeta(activity, defaults) {
  const minutes = (activity && activity.minutes) ?? defaults.minutes;
  const kind = kindName(activity && activity.kind);
  if (!Number.isInteger(minutes)) return kind;
  const time = interpolate(ngettext("%(n)s minute", "%(n)s minutes", minutes), { n: minutes });
  return `${kind} · ${time}`;
}

/**
 * @param {Object} options
 * @param {import("./draft.js").Step} options.step
 * @param {import("./step_form.js").FormContext} options.context
 * @param {(action: any) => void} options.dispatch
 * @param {(by: -1 | 1, focus: HTMLElement) => void} options.onMove focus: what keeps the focus
 * @param {() => void} options.onRemove
 * @param {() => void} options.onDuplicate
 */
export function createStepView({ step, context, dispatch, onMove, onRemove, onDuplicate }) {
  const { key } = step;
  const path = `step/${key}`;
  let activity = step.activity;
  const known = isKnown(activity);
  const panel = h("div", { class: "psy-step__form", attrs: { id: uid("step"), hidden: true } });
  const number = h("span", { class: "psy-step__number" });
  const title = h("bdi");
  const meta = h("span", { class: "psy-step__meta" });
  const wrong = h("span", { class: "psy-step__wrong" });
  const more = h("span", { class: "psy-step__more" });
  const toggle = h("button", {
    class: "psy-step__toggle", attrs: { "aria-expanded": "false", "aria-controls": panel.id },
    on: { click: () => set(panel.hidden) },
  }, number, h("span", { class: "psy-step__name" }, h("span", { class: "psy-step__title" }, title), meta, wrong), more);
  const up = mover(-1, "↑");
  const down = mover(1, "↓");
  const handle = h("span", { class: "psy-step__handle", text: "⠿", attrs: { draggable: "true", "aria-hidden": "true" } });
  const node = h("li", { class: `psy-step psy-step--${known ? activity.kind : "unknown"}`, dataset: { key }, on: { keydown: onKey } },
    h("div", { class: "psy-step__head" }, handle, h("h3", { class: "psy-step__heading" }, toggle), up, down), panel);
  let made = false;
  set(false);

  context.places.add(path, { label: "", show: (text) => mark(text), focus: () => { set(true); toggle.focus(); } });

  function set(on) {
    if (on && !made) {
      made = true;
      panel.append(h("div", { class: "psy-step__tools" },
        h("button", { class: "psy-quiet", text: gettext("Duplicate"), on: { click: onDuplicate } }),
        h("button", { class: "psy-quiet", text: gettext("Remove"), on: { click: onRemove } })),
      ...(known ? form() : [h("p", { text: gettext("This step was written outside of this form, and cannot be read. You can move or remove it.") })]));
    }
    toggle.setAttribute("aria-expanded", String(on));
    panel.hidden = !on;
    setText(more, on ? gettext("Close") : gettext("Change"));
  }

  function form() {
    return createStepForm({
      path, activity, context, reveal: () => set(true),
      onInput: (name, value) => dispatch({ type: "step", key, name, value }),
    });
  }

  function mover(by, sign) {
    const button = h("button", { class: "psy-icon", on: { click: () => onMove(by, button) } },
      h("span", { text: sign, attrs: { "aria-hidden": "true" } }));
    return button;
  }

  /** With Alt and an arrow, from anywhere but a field, where the arrows belong to the text. */
  function onKey(event) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || !event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    onMove(/** @type {-1 | 1} */ (by), event.target);
  }

  function mark(text) {
    setText(wrong, text ? gettext("Needs another look") : "");
  }

  return {
    node,
    handle,
    unfold: () => set(true),
    focus: () => toggle.focus(),
    /** The question of a blank step is the first thing to write. */
    focusFirst() {
      set(true);
      const place = context.places.find(`${path}/prompt`);
      if (place) place.focus();
    },
    mark,
    /**
     * @param {import("./draft.js").Step} now
     * @param {number} place
     * @param {number} all
     */
    update(now, place, all) {
      activity = now.activity;
      setText(number, String(place + 1));
      setText(title, stepTitle(activity));
      setText(meta, stepMeta(activity, context.defaults));
      const what = { what: stepTitle(activity) };
      setAttr(up, "aria-label", interpolate(gettext("Move up: %(what)s"), what));
      setAttr(down, "aria-label", interpolate(gettext("Move down: %(what)s"), what));
      setAttr(up, "aria-disabled", place === 0 ? "true" : null);
      setAttr(down, "aria-disabled", place === all - 1 ? "true" : null);
    },
    destroy: () => context.places.forget(path),
  };
}
