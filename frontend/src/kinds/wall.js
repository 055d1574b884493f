/** The wall: everybody writes, all notes show at once, and whoever likes says which could have been theirs. */

import { h, setText } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { screenHeading } from "../screen/heading.js";
import { resonanceText } from "../seat/seat_wall.js";
import { missedText } from "../seat/words.js";
import { createWritingForm } from "../seat/writing_form.js";
import { createEchoView } from "../wall/echo_view.js";
import { createWallView, hiddenText } from "../wall/wall_view.js";
import { createPaperTools } from "./paper_tools.js";

/** How many notes of a summary stand on one page of the big screen. */
const RECAP_ROWS = 2;

/** @type {import("./index.js").Kind} */
export const wall = {
  name: () => gettext("Wall of notes"),
  timed: false,
  createForm: createWritingForm,
  outline: () => [],
  waits: ({ paper }) => (paper ? { title: gettext("This time on paper."), text: gettext("Look up.") } : null),
  standsAlone: () => false,
  leaderTools: (context) => (context.state.round.activity.paper ? createPaperTools(context) : null),
  recap,
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
    instead: gettext("With fewer people everybody writes on a card instead. The cards are shuffled and read aloud."),
  }),

  momentAfter(round) {
    if (round.echo && round.echo.phase === "open") return "echoing";
    if (round.resonance === "open") return "counting";
    return round.results && round.results.too_few ? "too_few_notes" : "counted";
  },
};

/** The notes that several could have written; all others have come down. */
function recap({ notes }) {
  if (!notes || notes.length === 0) return [h("p", { text: gettext("The notes come down with the session.") })];
  const lines = notes.map(({ text, resonance }) => h("li", { class: "psy-recap__row" },
    h("q", { class: "psy-recap__text", text, attrs: { dir: "auto" } }), " ",
    h("span", {
      class: "psy-recap__told",
      text: interpolate(ngettext("%(n)s of us could have written this", "%(n)s of us could have written this", resonance), { n: resonance }),
    })));
  const pages = [];
  for (let at = 0; at < lines.length; at += RECAP_ROWS) pages.push(h("ul", { class: "psy-recap__list" }, lines.slice(at, at + RECAP_ROWS)));
  return pages;
}

const silence = () => [
  h("span", { text: gettext("Read in silence.") }),
  " ",
  h("strong", { text: gettext("Nobody asks or guesses who wrote what.") }),
];

/** @returns {{node: HTMLElement, update: (round: any) => void}} what tells the own wall from the echo above it */
function ownHeading(level) {
  const node = h(level, { class: "psy-echo__own", text: gettext("Your own wall") });
  return { node, update: (round) => { node.hidden = !round.echo; } };
}

function seatShown({ heading, after, tools }) {
  const own = ownHeading(tools.echo.querySelector("h2") ? "h2" : "h3");
  if (after) {
    return {
      nodes: [heading, tools.echo, own.node, tools.place],
      update({ round }) {
        own.update(round);
        tools.update(round);
      },
      destroy: tools.destroy,
    };
  }
  const ask = h("p", { class: "psy-which" });
  return {
    nodes: [heading, tools.echo, own.node, h("p", { class: "psy-lead psy-lead--wall" }, ...silence()), ask, tools.place],
    announce: gettext("The notes are up. Read in silence."),
    update({ round }, { first }) {
      own.update(round);
      setText(ask, resonanceText(round));
      ask.hidden = ask.textContent === "";
      tools.update(round, { first });
    },
    destroy: tools.destroy,
  };
}

const couldBe = () => gettext("Which could you have written?");

function leaderShown({ onHide, onReport }) {
  const place = h("div", { class: "psy-stage__wall" });
  const which = h("span", { text: couldBe() });
  const sentence = h("p", { class: "psy-stage__silence" }, ...silence(), " ", which);
  const view = createWallView(place, { mode: "block", selectable: false, onHide });
  const echo = createEchoView({ mode: "block", level: "h3", ask: ({ resonance }) => (resonance === "open" ? couldBe() : ""), onReport });
  const own = ownHeading("h3");
  return {
    nodes: [echo.node, own.node, place, sentence],
    wall: place,
    update({ round }, { first }) {
      sentence.hidden = Boolean(round.results && round.results.too_few);
      which.hidden = round.resonance !== "open";
      own.update(round);
      view.update(round, { first });
      echo.update(round);
    },
    destroy() {
      view.destroy();
      echo.destroy();
    },
  };
}

/** What the numbers on the notes mean, told once for all of them. */
function countedText({ results }) {
  const any = results && results.notes.some((note) => note.resonance);
  return any ? gettext("The number: so many of us could have written it.") : "";
}

/** The same for the echo, and what is asked while it is open. */
function echoText({ phase, notes }) {
  if (phase === "open") return couldBe();
  return notes.some((note) => note.people) ? gettext("The number: so many could have written it, of all teams together.") : "";
}

function screenShown({ state, hang }) {
  const own = h("div", { class: "psy-room__wall" });
  const holder = h("div", { class: "psy-room__wall" }, own);
  const which = h("span", { class: "psy-room__which" });
  const pages = h("span", { class: "psy-room__pages" });
  const onPage = (text) => setText(pages, text);
  const view = createWallView(own, { mode: "screen", hang, onPage });
  const quiet = h("span", null, ...silence());
  const foot = h("div", { class: "psy-room__foot" }, quiet, pages, which);
  let echo = null;

  /** There is room for one wall: the echo takes the place of the own one, which stays on the phones. */
  function showEcho(round) {
    if (!echo) {
      view.destroy();
      echo = createEchoView({ mode: "screen", level: "h2", hang, onPage });
      holder.replaceChildren(echo.node);
    }
    foot.hidden = quiet.hidden = false;
    setText(which, round.phase === "closed" ? "" : echoText(round.echo));
    echo.update(round);
  }

  return {
    look: "wall",
    nodes: [screenHeading(state.round.activity, { look: "psy-room__q--wall" }), holder, foot],
    body: holder,
    pages,
    update({ round, screen_page: page }, { first }) {
      if (round.echo) return showEcho(round);
      foot.hidden = Boolean(round.results && round.results.too_few);
      const ask = round.resonance === "counted" ? countedText(round) : couldBe();
      const { notes, hidden } = round.results || { notes: [], hidden: 0 };
      const alike = notes.some(({ cluster }) => (cluster ?? null) !== null) ? gettext("Notes that read alike hang together.") : "";
      setText(which, [round.phase === "closed" ? "" : ask, alike, hiddenText(hidden)].filter(Boolean).join(" "));
      return view.update(round, { first, page });
    },
    destroy: () => (echo || view).destroy(),
  };
}
