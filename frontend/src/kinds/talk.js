/** Talking: nothing is typed and nothing is kept. What to do, what about, who begins, how long. */

import { secondsLeft, timeLeftText } from "../lib/clock.js";
import { h, setText } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { forScreen, screenHeading } from "../screen/heading.js";
import { createTurningList } from "../screen/turning_list.js";
import { createBeside } from "./beside.js";
import { shownText } from "./language.js";
import { besideMedia, createMedia } from "./media.js";
import { wall } from "./wall.js";

/** @type {import("./index.js").Kind} */
export const talk = {
  ...wall,
  name: () => gettext("Talk"),
  timed: true,
  waits: () => null,
  leaderTools: () => null,
  recap: ({ form }) => [
    h("p", { text: [gettext("Talk"), form && formText(form)].filter(Boolean).join(" · ") }),
  ],
  momentAfter: () => "talking",
  seatShown,
  leaderShown,
  screenShown,

  words: () => ({
    ...wall.words(),
    lateStart: gettext("You can begin, and start when the others are here."),
    instead: gettext("It goes with any number of people."),
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
  const instead = howInstead(activity.instead_of);
  const clock = h("p", { class: `${look}clock psy-time` });
  const points = activity.points || [];
  let endsAt = null;
  const tick = (offset) => setText(clock, timeLeftText(secondsLeft(endsAt, offset), { over: gettext("Time is up") }));
  return {
    form: h("p", { class: `${look}form`, text: formText(activity.form) }),
    // Where it stands in for something else, that comes first and is enough.
    how: activity.help && !instead
      ? shownText(activity, "help", { look: `${look}how` })
      : h("p", { class: `${look}how`, text: instead || howIn(activity.form), attrs: { dir: "auto" } }),
    points: points.length > 0
      ? h("ul", { class: "psy-points" }, points.map((_, at) => shownText(activity, "points", { tag: "li", id: String(at) })))
      : null,
    begins: activity.begins ? shownText(activity, "begins", { look: `${look}begins` }) : null,
    clock,
    tick,
    update(state, { offset }) {
      endsAt = state.round.phase === "revealed" ? state.round.ends_at : null;
      tick(offset);
    },
  };
}

/** @returns {string} how the talk goes, "" for a form that is not known here */
function howIn(form) {
  switch (form) {
    case "pairs":
      return gettext("Turn to one other person. Half the time each.");
    case "round":
      return gettext("One after the other. Nobody interrupts, and you may pass.");
    case "all":
      return gettext("Whoever wants to speaks. Leave room for the quiet ones.");
    default:
      return "";
  }
}

/** @returns {string} what to do without devices where something was to be collected, "" for a talk of its own */
function howInstead(kind) {
  switch (kind) {
    case "wall":
      return gettext("Everybody writes on a card in capital letters, with the same kind of pen. Shuffle the cards, and each reads another’s card aloud. Nobody asks who wrote it.");
    case "pulse":
      return gettext("Go through the statements. Each says what makes it easier or harder here. Nobody has to give a number.");
    case "choice":
      return gettext("Go through the answers. Each says what speaks for one of them. Nobody has to choose.");
    default:
      return "";
  }
}

function seatShown({ state, heading, tools }) {
  const made = parts(state.round.activity, "psy-talk__");
  const beside = createBeside(state, (kind, round) => kind.seatShown({ state: { round }, heading: null, after: true, tools }));
  return {
    nodes: [
      h("div", { class: "psy-talk" }, made.form, heading, made.how, made.points, made.begins, made.clock),
      ...beside.nodes,
    ],
    announce: `${formText(state.round.activity.form)}. ${state.round.activity.prompt}`,
    update: both(made.update, beside.update),
    tick: made.tick,
    destroy: beside.destroy,
  };
}

function leaderShown({ state, onHide }) {
  const made = parts(state.round.activity, "psy-talk__");
  const beside = createBeside(state, (kind, round) => kind.leaderShown({ state: { round }, onHide }));
  return {
    nodes: [
      h("div", { class: "psy-talk psy-talk--stage" }, made.form, made.how, made.points, made.begins, made.clock,
        createMedia(state.round.activity)),
      ...beside.nodes,
    ],
    update: both(made.update, beside.update),
    tick: made.tick,
    destroy: beside.destroy,
  };
}

const both = (first, second) => (state, how) => {
  first(state, how);
  second(state, how);
};

function screenShown(context) {
  return context.state.beside ? screenAround(context) : screenAlone(context);
}

/** The talk in one line above and one below what it is about. */
function screenAround({ state, hang }) {
  const { activity } = state.round;
  const made = parts(activity, "psy-room__talk");
  const beside = createBeside(state, (kind, round) => kind.screenShown({ state: { round }, hang }));
  const { look, body, pages } = beside.shown;
  return {
    look,
    nodes: [
      screenHeading(activity, { look: "psy-room__q--wall" }),
      body,
      h("div", { class: "psy-room__foot psy-room__under" }, made.form, made.begins, pages, made.clock),
    ],
    update: both(made.update, beside.update),
    tick: made.tick,
    destroy: beside.destroy,
  };
}

function screenAlone({ state }) {
  const activity = forScreen(state.round.activity);
  const made = parts(activity, "psy-room__talk");
  const pages = h("span", { class: "psy-room__pages" });
  const turning = made.points
    ? createTurningList(made.points, { sizes: [10, 8, 6, 4, 3, 2, 1], onPage: (text) => setText(pages, text) })
    : null;
  const points = made.points ? [...made.points.children] : [];
  return {
    look: "talk",
    nodes: [
      made.form,
      besideMedia(h("div", { class: turning ? "psy-room__ask psy-room__ask--rows" : "psy-room__ask" },
        screenHeading(activity, { below: made.how.textContent || "" }), made.how, made.points), activity),
      h("div", { class: "psy-room__foot" }, made.begins || h("span"), pages, made.clock),
    ],
    update(next, how) {
      // Only in the page is it known what fits.
      if (turning && points.length > 0) turning.update(points.splice(0));
      made.update(next, how);
    },
    tick: made.tick,
    destroy: turning ? turning.destroy : undefined,
  };
}
