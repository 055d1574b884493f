/** One question, one choice: how many chose what, or only what most chose. */

import { h, uid } from "../lib/dom.js";
import { gettext, interpolate } from "../lib/i18n.js";
import { createFormFrame } from "../seat/form_frame.js";
import { countedWords } from "../seat/words.js";
import { createAnswersKind, tooFewText } from "./answers.js";
import { createMaskedNumber } from "./masked_number.js";

export const choice = createAnswersKind({
  name: () => gettext("One question to choose from"),
  createForm,
  outline: ({ options }) => options.map(({ text }, at) => h("li", { class: "psy-outline__row" },
    h("span", { class: "psy-outline__number", text: at + 1, attrs: { "aria-hidden": "true" } }),
    h("span", { text, attrs: { dir: "auto" } }))),
  rows,
  look: "choice",
  pageSizes: [8, 4, 2, 1],
});

/** @type {import("./index.js").Kind["createForm"]} the draft is the id of an option */
function createForm({ activity, veiled, onDraft, onSend, onPass }) {
  const frame = createFormFrame({ veiled, promiseOf: countedWords, onPass, onSend: send });
  const ids = activity.options.map((option) => option.id);
  const picker = veiled ? masked() : radios();
  frame.fill(picker.node);

  function changed() {
    frame.complain("");
    onDraft(picker.get());
  }

  function send() {
    const option = picker.get();
    if (option) onSend({ option });
    else refuse(gettext("Choose one first, or pass."));
  }

  function refuse(message) {
    frame.complain(message);
    picker.focus();
  }

  function radios() {
    const name = uid("choice");
    const inputs = ids.map((id) => h("input", {
      attrs: { type: "radio", name, value: id, autocomplete: "off" }, on: { change: changed },
    }));
    const node = h("fieldset", { class: "psy-picks", attrs: { "aria-describedby": `${frame.promiseId} ${frame.errorId}` } },
      h("legend", { class: "psy-sr", text: gettext("Your choice") }),
      activity.options.map(({ text }, at) => h("label", { class: "psy-pick" }, inputs[at],
        h("span", { class: "psy-pick__text", text, attrs: { dir: "auto" } }))));
    const chosen = () => inputs.find((input) => input.checked);
    return {
      node,
      get: () => (chosen() ? chosen().value : null),
      set: (id) => inputs.forEach((input) => { input.checked = input.value === id; }),
      focus: () => (chosen() || inputs[0]).focus(),
    };
  }

  /** On a screen that the room sees: the number of the option, masked. */
  function masked() {
    const field = createMaskedNumber({
      label: gettext("The number of your choice. It stays masked: the room may see this screen."),
      most: ids.length, describedBy: `${frame.promiseId} ${frame.errorId}`, onChange: changed,
    });
    return {
      node: h("div", { class: "psy-picks" },
        h("ol", { class: "psy-outline", attrs: { role: "list" } }, choice.outline(activity)), field.node),
      get: () => ids[field.get() - 1] || null,
      set: (id) => field.set(ids.indexOf(id) + 1),
      focus: field.focus,
    };
  }

  return {
    node: frame.node,
    restore: (draft) => picker.set(ids.includes(draft) ? draft : null),
    describe: frame.describe,
    refuse,
    focus: picker.focus,
  };
}

/** Agreement of a small team is told as a sentence, without a number of people. */
function rows(activity, results) {
  const [item] = results.items;
  if (item.too_few) return [h("li", { class: "psy-result", text: tooFewText() })];
  if (item.most) {
    const texts = activity.options.filter((option) => item.most.includes(option.id)).map((option) => option.text);
    const most = interpolate(gettext("Most of us: %(answer)s"), { answer: texts.join(", ") });
    return [h("li", { class: "psy-result psy-result--most", text: most, attrs: { dir: "auto" } })];
  }
  return activity.options.map((option) => {
    const count = item.counts[option.id] || 0;
    const fill = h("span", { class: "psy-part__fill" });
    fill.style.setProperty("--psy-part", item.total ? `${Math.round((1000 * count) / item.total) / 10}%` : "0%");
    return h("li", { class: "psy-result" },
      h("span", { class: "psy-result__text", text: option.text, attrs: { dir: "auto" } }),
      " ",
      h("span", {
        class: "psy-result__number",
        text: interpolate(gettext("%(count)s of %(total)s"), { count, total: item.total }),
      }),
      h("span", { class: "psy-part", attrs: { "aria-hidden": "true" } }, fill));
  });
}
