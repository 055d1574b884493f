/** One question, one choice: how many chose what, or only what most chose. */

import { h, uid } from "../lib/dom.js";
import { dayText, gettext, interpolate } from "../lib/i18n.js";
import { createFormFrame } from "../seat/form_frame.js";
import { countedWords } from "../seat/words.js";
import { createAnswersKind, tooFewText } from "./answers.js";
import { second, shownText, textAttrs } from "./language.js";
import { createMaskedNumber } from "./masked_number.js";

export const choice = createAnswersKind({
  name: () => gettext("One question to choose from"),
  createForm,
  outline: (activity) => [...recalled(activity), ...numbered(activity)],
  rows: (activity, results) => [...recalled(activity), ...rows(activity, results)],
  look: "choice",
  pageSizes: [9, 8, 6, 4, 3, 2, 1],
  recap: (entry) => halves(told(entry)).map((part) => h("ul", { class: "psy-recap__list" }, part)),
  words: () => ({
    instead: gettext("With fewer people you talk about the possible answers instead, and nobody is counted."),
  }),
});

const numbered = (activity) => activity.options.map(({ id }, at) => h("li", { class: "psy-outline__row" },
  h("span", { class: "psy-outline__number", text: at + 1, attrs: { "aria-hidden": "true" } }),
  shownText(activity, "options", { tag: "span", id })));

/** What the team agreed on the last time, as the first row, when the question is about that. */
function recalled({ recall }) {
  if (!recall || recall.commitments.length === 0) return [];
  const day = dayText(recall.due);
  const title = day ? interpolate(gettext("What we agreed on, to look at on %(day)s:"), { day }) : gettext("What we agreed on:");
  return [h("li", { class: "psy-recall" },
    h("p", { class: "psy-recall__title", text: title }),
    h("ul", { attrs: { role: "list" } }, recall.commitments.map((text) => h("li", { class: "psy-agreed", text, attrs: { dir: "auto" } }))))];
}

/** One line an option, or the one sentence that may be told, for the summary. */
function told({ options, items }) {
  const [item] = items || [];
  return rows({ options }, { items: [item || { too_few: true }] });
}

/** @type {import("./index.js").Kind["createForm"]} the draft is the id of an option */
function createForm({ activity, veiled, terms, onDraft, onSend, onPass }) {
  const frame = createFormFrame({ veiled, promiseOf: countedWords, terms, onPass, onSend: send });
  const ids = activity.options.map((option) => option.id);
  const picker = veiled ? masked() : radios();
  const recall = recalled(activity);
  frame.fill(recall.length > 0 ? h("ul", { class: "psy-outline", attrs: { role: "list" } }, recall) : null, picker.node);

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
        h("span", { class: "psy-pick__text", text, attrs: textAttrs(activity, "options") }))));
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
        h("ol", { class: "psy-outline", attrs: { role: "list" } }, numbered(activity)), field.node),
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

/** Eight long options do not stand on one page of the big screen. */
function halves(parts) {
  return parts.length > 4 ? [parts.slice(0, 4), parts.slice(4)] : [parts];
}

/** Agreement of a small team is told as a sentence, without a number of people. */
function rows(activity, results) {
  const [item] = results.items;
  if (item.too_few) return [h("li", { class: "psy-result", text: tooFewText() })];
  if (item.most) {
    const chosen = activity.options.filter((option) => item.most.includes(option.id));
    const most = interpolate(gettext("Most of us: %(answer)s"), { answer: chosen.map(({ text }) => text).join(", ") });
    const others = chosen.map(({ id }) => second(activity, "options", id)).filter(Boolean);
    const other = others.length > 0 && h("span", {
      class: "psy-second", text: others.map(({ text }) => text).join(", "), attrs: others[0].attrs,
    });
    return [h("li", { class: "psy-result psy-result--most", text: most, attrs: { dir: "auto" } }, other && [" ", other])];
  }
  return activity.options.map((option) => {
    const count = item.counts[option.id] || 0;
    const fill = h("span", { class: "psy-part__fill" });
    fill.style.setProperty("--psy-part", item.total ? `${Math.round((1000 * count) / item.total) / 10}%` : "0%");
    return h("li", { class: "psy-result" },
      shownText(activity, "options", { tag: "span", look: "psy-result__text", id: option.id }),
      " ",
      h("span", {
        class: "psy-result__number",
        text: interpolate(gettext("%(count)s of %(total)s"), { count, total: item.total }),
      }),
      h("span", { class: "psy-part", attrs: { "aria-hidden": "true" } }, fill));
  });
}
