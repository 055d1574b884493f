/** The wall: everybody writes, all notes show at once, and whoever likes says which could have been theirs. */

import { h, setText } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { resonanceText } from "../seat/seat_wall.js";
import { missedText } from "../seat/words.js";
import { createWritingForm } from "../seat/writing_form.js";
import { createWallView } from "../wall/wall_view.js";

/** @type {import("./index.js").Kind} */
export const wall = {
  name: () => gettext("Wall of notes"),
  timed: false,
  createForm: createWritingForm,
  outline: () => [],
  seatShown,
  leaderShown,
  screenShown,

  words: () => ({
    own: gettext("Your own note"),
    counted: gettext("Look up. The wall opens for everybody at once."),
    closing: gettext("The wall opens in %(n)s s"),
    closingSaid: gettext("The wall opens soon. Finish your sentence."),
    over: gettext("Finish your sentence"),
    missed: missedText,
    silence: gettext("Everybody writes in silence."),
    still: gettext("Some are still writing."),
    enough: gettext("Enough have answered. Some are still writing."),
    notice: gettext("Give them a minute, or tell all phones that the notes are shown in 20 seconds."),
    noticed: gettext("All phones say that the notes are about to be shown."),
    lateStart: gettext("You can begin, and start the wall when the others are here."),
    tooFew: gettext("Wait for the others, or talk about the question without the wall: paper cards work too."),
  }),

  momentAfter(round) {
    if (round.resonance === "open") return "counting";
    return round.results && round.results.too_few ? "too_few_notes" : "counted";
  },
};

const silence = () => [
  h("span", { text: gettext("Read in silence.") }),
  " ",
  h("strong", { text: gettext("Nobody asks or guesses who wrote what.") }),
];

function seatShown({ heading, after, tools }) {
  if (after) return { nodes: [heading, tools.place], update: ({ round }) => tools.update(round), destroy: tools.destroy };
  const ask = h("p", { class: "psy-which" });
  return {
    nodes: [heading, h("p", { class: "psy-lead psy-lead--wall" }, ...silence()), ask, tools.place],
    announce: gettext("The notes are up. Read in silence."),
    update({ round }, { first }) {
      setText(ask, resonanceText(round));
      ask.hidden = ask.textContent === "";
      tools.update(round, { first });
    },
    destroy: tools.destroy,
  };
}

function leaderShown({ onHide }) {
  const place = h("div", { class: "psy-stage__wall" });
  const which = h("span", { text: gettext("Which could you have written?") });
  const sentence = h("p", { class: "psy-stage__silence" }, ...silence(), " ", which);
  const view = createWallView(place, { mode: "block", selectable: false, onHide });
  return {
    nodes: [place, sentence],
    update({ round }, { first }) {
      sentence.hidden = Boolean(round.results && round.results.too_few);
      which.hidden = round.resonance !== "open";
      view.update(round, { first });
    },
    destroy: view.destroy,
  };
}

function screenShown({ state }) {
  const holder = h("div", { class: "psy-room__wall" });
  const view = createWallView(holder, { mode: "screen" });
  const list = /** @type {HTMLElement} */ (holder.querySelector("ul"));
  const which = h("span");
  const pages = h("span", { class: "psy-room__pages" });
  const showPages = () => {
    setText(pages, list.dataset.page || "");
    pages.hidden = pages.textContent === "";
  };
  return {
    look: "wall",
    nodes: [
      h("h1", { class: "psy-room__q psy-room__q--wall", text: state.round.activity.prompt, attrs: { dir: "auto" } }),
      holder,
      h("div", { class: "psy-room__foot" }, h("span", null, ...silence()), which, pages),
    ],
    update({ round }, { first }) {
      setText(which, round.resonance === "counted" ? "" : gettext("Which could you have written?"));
      view.update(round, { first });
      showPages();
    },
    tick: showPages,
    destroy: view.destroy,
  };
}
