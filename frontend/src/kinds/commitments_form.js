/** The form of a seat for what the team agrees on: a tick beside each sentence, and "None of them" as a real answer. */

import { h } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { createFormFrame } from "../seat/form_frame.js";
import { standWords } from "../seat/words.js";
import { createMaskedNumber } from "./masked_number.js";

/** On a screen that the room sees: 1 is "I stand behind this", 2 is "not". */
const STAND = 1;
const NOT = 2;

/** @type {import("./index.js").Kind["createForm"]} the draft is the list of sentences stood behind; null: nothing said */
export function createStandForm({ activity, veiled, terms, onDraft, onSend, onPass }) {
  const frame = createFormFrame({ veiled, promiseOf: standWords, terms, onPass, onSend: send });
  const sentences = activity.commitments;
  const answer = veiled ? masked() : ticks();
  frame.fill(...answer.nodes);

  function changed() {
    frame.complain("");
    onDraft(answer.get());
  }

  function send() {
    const stand = answer.get();
    if (stand) onSend({ stand });
    else refuse(answer.missing());
  }

  function refuse(message) {
    frame.complain(message);
    answer.focus();
  }

  function ticks() {
    const boxes = sentences.map(() => box(() => {
      none.checked = false;
      changed();
    }));
    const none = box(() => {
      for (const one of boxes) one.checked = false;
      changed();
    });
    const noneText = sentences.length > 1 ? gettext("None of them") : gettext("I do not stand behind this");
    const described = { "aria-describedby": `${frame.promiseId} ${frame.errorId}` };
    return {
      nodes: [h("fieldset", { class: "psy-picks", attrs: described },
        h("legend", { class: "psy-sr", text: gettext("What I stand behind") }),
        sentences.map(({ text }, at) => h("label", { class: "psy-pick" }, boxes[at],
          h("span", { class: "psy-pick__text" },
            h("span", { class: "psy-pick__sentence", text, attrs: { dir: "auto" } }), " ",
            h("span", { class: "psy-pick__say", text: gettext("I stand behind this") })))),
        h("label", { class: "psy-pick" }, none, h("span", { class: "psy-pick__text", text: noneText })))],
      get() {
        const stand = sentences.filter((_, at) => boxes[at].checked).map(({ id }) => id);
        return stand.length > 0 || none.checked ? stand : null;
      },
      set(stand) {
        sentences.forEach(({ id }, at) => { boxes[at].checked = Boolean(stand && stand.includes(id)); });
        none.checked = Boolean(stand) && !boxes.some((one) => one.checked);
      },
      missing: () => (sentences.length > 1
        ? gettext("Tick what you stand behind, or “None of them”. Or pass.")
        : gettext("Tick one of the two, or pass.")),
      focus: () => (boxes.find((one) => one.checked) || boxes[0]).focus(),
    };
  }

  function masked() {
    const fields = sentences.map(({ text }) => createMaskedNumber({
      label: text, most: NOT, describedBy: `${frame.promiseId} ${frame.errorId}`, onChange: changed,
    }));
    return {
      nodes: [
        h("p", { class: "psy-hint", text: gettext("Type 1 if you stand behind it, 2 if you do not. It stays masked: the room may see this screen.") }),
        h("div", { class: "psy-scales" }, fields.map((field) => field.node)),
      ],
      get() {
        if (fields.some((field) => !field.get())) return null;
        return sentences.filter((_, at) => fields[at].get() === STAND).map(({ id }) => id);
      },
      set: (stand) => sentences.forEach(({ id }, at) => fields[at].set(!stand ? 0 : stand.includes(id) ? STAND : NOT)),
      missing: () => gettext("Type 1 or 2 for each, or pass."),
      focus: () => (fields.find((field) => !field.get()) || fields[0]).focus(),
    };
  }

  return {
    node: frame.node,
    restore: (draft) => answer.set(Array.isArray(draft) && draft.every((id) => sentences.some((one) => one.id === id)) ? draft : null),
    describe: frame.describe,
    refuse,
    focus: answer.focus,
  };
}

function box(onChange) {
  return h("input", { attrs: { type: "checkbox", autocomplete: "off" }, on: { change: onChange } });
}
