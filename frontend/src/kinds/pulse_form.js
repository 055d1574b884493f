/** The form of a pulse: five radio buttons a statement, each statement may stay empty, one Send at the end. */

import { h, uid } from "../lib/dom.js";
import { gettext, interpolate } from "../lib/i18n.js";
import { createFormFrame } from "../seat/form_frame.js";
import { countedWords } from "../seat/words.js";
import { textAttrs } from "./language.js";
import { createMaskedNumber } from "./masked_number.js";

const RATINGS = [1, 2, 3, 4, 5];

/** @type {import("./index.js").Kind["createForm"]} the draft is the ratings, by statement */
export function createPulseForm({ activity, veiled, terms, onDraft, onSend, onPass }) {
  const frame = createFormFrame({ veiled, promiseOf: countedWords, terms, onPass, onSend: send });
  const scales = activity.statements.map((statement) => {
    const made = veiled
      ? maskedScale(statement, frame.errorId, changed)
      : scale(statement, textAttrs(activity, "statements"), changed);
    return { id: statement.id, ...made };
  });
  frame.fill(
    h("p", { class: "psy-hint", text: veiled
      ? gettext("Type a number from 1 (not at all) to 5 (fully). It stays masked: the room may see this screen.")
      : gettext("Leave out what you like.") }),
    h("div", { class: "psy-scales" }, scales.map((one) => one.node)),
  );

  /** @returns {Object<string, number> | null} what is rated so far */
  function ratings() {
    const rated = scales.filter((one) => one.get()).map((one) => [one.id, one.get()]);
    return rated.length > 0 ? Object.fromEntries(rated) : null;
  }

  function changed() {
    frame.complain("");
    onDraft(ratings());
  }

  function send() {
    const rated = ratings();
    if (rated) onSend({ ratings: rated });
    else refuse(gettext("Rate at least one, or pass."));
  }

  function refuse(message) {
    frame.complain(message);
    scales[0].focus();
  }

  return {
    node: frame.node,
    restore(draft) {
      const kept = draft && typeof draft === "object" ? draft : {};
      for (const one of scales) one.set(RATINGS.includes(kept[one.id]) ? kept[one.id] : 0);
    },
    describe: frame.describe,
    refuse,
    focus: () => scales[0].focus(),
  };
}

function scale(statement, attrs, onChange) {
  const name = uid("rating");
  const inputs = RATINGS.map((rating) => h("input", {
    attrs: { type: "radio", name, value: rating, autocomplete: "off" }, on: { change: changed },
  }));
  // The words of the ends belong to the numbers, and are not read out a second time.
  const said = { 1: gettext("1, not at all"), 5: gettext("5, fully") };
  const clear = h("button", {
    class: "psy-quiet psy-scale__clear",
    attrs: { "aria-label": interpolate(gettext("Skip: %(statement)s"), { statement: statement.text }) },
    text: gettext("Skip"),
    on: { click: take },
  });
  const node = h("fieldset", { class: "psy-scale" },
    h("legend", { class: "psy-scale__text", attrs }, statement.text),
    h("div", { class: "psy-scale__row" }, inputs.map((input, at) => h("label", { class: "psy-rating" }, input,
      h("span", { class: "psy-rating__number", attrs: { "aria-hidden": "true" }, text: RATINGS[at] }),
      h("span", { class: "psy-sr", text: said[RATINGS[at]] || RATINGS[at] })))),
    h("div", { class: "psy-ends psy-ends--scale" },
      h("span", { text: gettext("Not at all"), attrs: { "aria-hidden": "true" } }),
      clear,
      h("span", { text: gettext("Fully"), attrs: { "aria-hidden": "true" } })));

  const chosen = () => inputs.find((input) => input.checked);

  function changed() {
    show();
    onChange();
  }

  function take() {
    for (const input of inputs) input.checked = false;
    // The button goes away with what it took back.
    inputs[0].focus();
    changed();
  }

  function show() {
    clear.hidden = !chosen();
  }

  show();
  return {
    node,
    get: () => (chosen() ? Number(chosen().value) : 0),
    set(rating) {
      for (const input of inputs) input.checked = Number(input.value) === rating;
      show();
    },
    focus: () => (chosen() || inputs[0]).focus(),
  };
}

function maskedScale(statement, describedBy, onChange) {
  return createMaskedNumber({ label: statement.text, most: RATINGS.length, describedBy, onChange });
}
