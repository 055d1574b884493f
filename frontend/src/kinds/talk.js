/** Talking: nothing is typed and nothing is kept. What to do, what about, who begins, how long. */

import { secondsLeft, timeLeftText } from "../lib/clock.js";
import { h, setText } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { wall } from "./wall.js";

/** @type {import("./index.js").Kind} */
export const talk = {
  ...wall,
  name: () => gettext("Talk"),
  timed: true,
  outline: () => [],
  momentAfter: () => "talking",
  seatShown,
  leaderShown,
  screenShown,

  words: () => ({
    ...wall.words(),
    lateStart: gettext("You can begin, and start when the others are here."),
    tooFew: gettext("Wait for the others."),
  }),
};

/** @returns {string} how the talk goes, in one plain sentence */
export function formText(form) {
  switch (form) {
    case "pairs":
      return gettext("In pairs");
    case "round":
      return gettext("Round the table");
    case "all":
      return gettext("All together");
    default:
      return gettext("Talk");
  }
}

/** The parts of every view of a talk; `look` is the prefix of their classes. */
function parts(activity, look) {
  const help = { pairs: pairsHelp, round: roundHelp, all: allHelp }[activity.form];
  const clock = h("p", { class: `${look}clock` });
  const begins = activity.begins || "";
  let endsAt = null;
  const tick = (offset) => setText(clock, timeLeftText(secondsLeft(endsAt, offset)));
  return {
    form: h("p", { class: `${look}form`, text: formText(activity.form) }),
    how: h("p", { class: `${look}how`, text: activity.help || (help ? help() : ""), attrs: { dir: "auto" } }),
    begins: begins ? h("p", { class: `${look}begins`, text: begins, attrs: { dir: "auto" } }) : null,
    clock,
    tick,
    update(state, { offset }) {
      endsAt = state.round.phase === "revealed" ? state.round.ends_at : null;
      tick(offset);
    },
  };
}

const pairsHelp = () => gettext("Turn to one other person. Half the time each.");
const roundHelp = () => gettext("One after the other. Nobody interrupts, and you may pass.");
const allHelp = () => gettext("Whoever wants to speaks. Leave room for the quiet ones.");

function seatShown({ state, heading }) {
  const made = parts(state.round.activity, "psy-talk__");
  return {
    nodes: [h("div", { class: "psy-talk" }, made.form, heading, made.how, made.begins, made.clock)],
    announce: `${formText(state.round.activity.form)}. ${state.round.activity.prompt}`,
    update: made.update,
    tick: made.tick,
  };
}

function leaderShown({ state }) {
  const made = parts(state.round.activity, "psy-talk__");
  return {
    nodes: [h("div", { class: "psy-talk psy-talk--stage" }, made.form, made.how, made.begins, made.clock)],
    update: made.update,
    tick: made.tick,
  };
}

function screenShown({ state }) {
  const { activity } = state.round;
  const made = parts(activity, "psy-room__talk");
  return {
    look: "talk",
    nodes: [
      made.form,
      h("div", { class: "psy-room__ask" },
        h("h1", { class: "psy-room__q", text: activity.prompt, attrs: { dir: "auto" } }), made.how),
      h("div", { class: "psy-room__foot" }, made.begins || h("span"), made.clock),
    ],
    update: made.update,
    tick: made.tick,
  };
}
