/** Paper cards, typed by the leader: one after the other, in no order that anybody knows. */

import { h, setText, uid } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { holdToRead } from "../seat/hold_to_read.js";
import { lengthOf } from "../seat/writing_form.js";

/** The card that is being typed, by round: it outlives that the tools are made anew, and goes with the page. */
const drafts = new Map();

/** @type {import("./index.js").Kind["leaderTools"]} */
export function createPaperTools({ state, run, phone }) {
  const { id, activity } = state.round;
  const error = h("p", { class: "psy-error", attrs: { id: uid("error"), role: "alert" } });
  const how = h("p", {
    class: "psy-hint",
    attrs: { id: uid("how") },
    text: gettext("Everybody writes in capital letters, with the same kind of pen. Shuffle the cards before you type them, word for word."),
  });
  const typed = h("p", { class: "psy-hint", attrs: { role: "status" } });
  const field = h("textarea", {
    class: "psy-tool__field",
    attrs: {
      rows: 3, dir: "auto", autocomplete: "off", spellcheck: "false", "data-gramm": "false", "data-lt-active": "false",
      "aria-describedby": `${how.id} ${error.id}`,
    },
    on: { input: changed },
  });
  const node = h("div", { class: phone ? "psy-tool" : "psy-tool psy-tool--veiled" });
  node.append(how,
    h("label", { class: "psy-tool__label" },
      h("span", { text: phone ? gettext("The next card") : gettext("The next card. It stays masked: the room may see this screen.") }),
      field),
    error,
    h("div", { class: "psy-tool__end" },
      h("button", { class: "psy-button", text: gettext("Add card"), on: { click: add } }),
      phone ? "" : holdToRead((on) => node.classList.toggle("psy-tool--reading", on)), typed));
  field.value = drafts.get(id) || "";

  function changed() {
    setText(error, "");
    drafts.set(id, field.value);
  }

  async function add() {
    const text = field.value.trim();
    const wrong = cardComplaint(text, activity.max_length);
    setText(error, wrong);
    field.focus();
    if (wrong || !(await run({ command: "add_card", text }))) return;
    // Whatever was typed in the meantime is the beginning of the next card.
    field.value = field.value.trim().startsWith(text) ? field.value.trim().slice(text.length).trim() : field.value;
    drafts.set(id, field.value);
  }

  return {
    node,
    update({ round }) {
      const cards = round.answers || 0;
      setText(typed, cards === 0 ? "" : interpolate(ngettext("%(n)s card is typed", "%(n)s cards are typed", cards), { n: cards }));
      node.hidden = round.phase !== "collecting";
      if (!node.hidden) return;
      drafts.delete(id);
      field.value = "";
    },
  };
}

/** @returns {string} why this card cannot be added, "" when it can */
export function cardComplaint(text, longest) {
  const length = lengthOf(text);
  if (length === 0) return gettext("Type the card first.");
  return length > longest ? gettext("This is too long. Make it a little shorter.") : "";
}
