/** Where the leader writes down what the team agrees on, in the sight of all: one to three sentences and a date. */

import { h, setText, uid } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { textAttrs } from "./language.js";

const MOST = 3;
const LONGEST = 280;

/** What was typed and is not shown yet, by round: it outlives that the tools are made anew, and goes with the page. */
const drafts = new Map();

/** @type {import("./index.js").Kind["leaderTools"]} */
export function createCommitmentsTools({ state, run }) {
  const { id, activity } = state.round;
  const error = h("p", { class: "psy-error", attrs: { id: uid("error"), role: "alert" } });
  const done = h("p", { class: "psy-hint", attrs: { role: "status" } });
  const list = h("div", { class: "psy-tool__fields" });
  const more = h("button", { class: "psy-link", text: gettext("One more sentence"), on: { click: () => add("").focus() } });
  const due = h("input", {
    class: "psy-tool__date", attrs: { type: "date", required: true, autocomplete: "off" }, on: { input: changed },
  });
  const show = h("button", { class: "psy-button", on: { click: send } });
  const node = h("div", { class: "psy-tool" }, list, more,
    h("label", { class: "psy-tool__label psy-tool__label--row" }, h("span", { text: gettext("We look again on") }), due),
    error, h("div", { class: "psy-tool__end" }, show, done));
  let fields = [];
  let written = "";
  fill(drafts.get(id) || kept(activity));

  function fill(draft) {
    fields = [];
    list.replaceChildren();
    for (const text of draft.texts.length > 0 ? draft.texts : [""]) add(text);
    due.value = draft.due;
  }

  function add(text) {
    const help = activity.starter ? h("span", { class: "psy-hint", text: activity.starter, attrs: { id: uid("starter"), ...textAttrs(activity, "starter") } }) : null;
    const field = h("textarea", {
      class: "psy-tool__field",
      attrs: {
        rows: 2, maxlength: LONGEST, dir: "auto", autocomplete: "off", spellcheck: "false",
        "aria-describedby": `${help ? help.id : ""} ${error.id}`.trim(),
      },
      on: { input: changed },
    });
    field.value = text;
    const label = labelOf(fields.length + 1);
    list.append(h("label", { class: "psy-tool__label" }, h("span", { text: label }), fields.length === 0 ? help : null, field));
    fields.push(field);
    more.hidden = fields.length >= MOST;
    return field;
  }

  function changed() {
    setText(error, "");
    setText(done, "");
    drafts.set(id, { texts: fields.map((field) => field.value), due: due.value });
  }

  async function send() {
    const texts = fields.map((field) => field.value.trim()).filter(Boolean);
    const wrong = complaint(texts, due.value);
    setText(error, wrong);
    if (wrong) {
      (texts.length === 0 ? fields[0] : due).focus();
      return;
    }
    if (await run({ command: "set_commitments", commitments: texts, due: due.value })) {
      drafts.delete(id);
      setText(done, activity.counted === false
        ? gettext("All see it now. You can still correct it.")
        : gettext("All see it now. Until the first answer you can still correct it."));
    }
  }

  return {
    node,
    update({ round }) {
      const now = JSON.stringify(kept(round.activity));
      // A colleague at the other device wrote: shown here too, unless something else is being typed.
      if (now !== written && written !== "" && !drafts.has(id)) fill(kept(round.activity));
      written = now;
      due.min = localDay(0);
      setText(show, round.activity.commitments.length > 0 ? gettext("Show the corrected text") : gettext("Show it to all"));
      const open = round.phase === "collecting" || (round.phase === "revealed" && round.activity.counted === false);
      node.hidden = !open || (round.answers || 0) > 0;
      if (node.hidden) drafts.delete(id);
    },
  };
}

function labelOf(number) {
  if (number === 1) return gettext("The sentence");
  return number === 2 ? gettext("The second sentence") : gettext("The third sentence");
}

/** What stands there already, with the date that the author suggests while there is none. */
function kept({ commitments, due, days }) {
  return { texts: commitments.map(({ text }) => text), due: due || localDay(days || 0) };
}

/** @returns {string} what is missing, "" when it can be shown */
export function complaint(texts, due, today = localDay(0)) {
  if (texts.length === 0) return gettext("Write one sentence first.");
  if (new Set(texts).size < texts.length) return gettext("Two sentences are the same.");
  if (!due) return gettext("Choose the day on which you look at it again.");
  return due < today ? gettext("That day is over. Choose today or a later one.") : "";
}

/** @returns {string} the day so many days from now where this device is, as a date field wants it */
export function localDay(days, now = new Date()) {
  const at = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  const two = (number) => String(number).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
