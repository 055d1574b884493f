/**
 * What a leader can do next: a pure function of the state, used by the block on the laptop and by the phone that
 * drives. It decides nothing that the server does not check again; it only offers what will work.
 */
import { kindOf } from "../kinds/index.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import {
  act, backAction, closeAction, countEchoAction, endAction, insteadAction, minuteAction, openEchoAction, openEchoNowAction,
  paperAction, revealAction, startAction, stopAction, summaryAction,
} from "./actions.js";
import { givenUp, insteadText, missingNext, missingPeople, nextItem, nextTitle, paperable } from "./people.js";

/** @typedef {import("./actions.js").Action} Action */
/**
 * @typedef {object} Plan
 * @property {string} moment     where the session is, one word of MOMENTS
 * @property {string} hint       the one sentence beside the buttons
 * @property {string} advice     what to do instead, or ''
 * @property {Action|null} primary
 * @property {Action[]} secondary
 * @property {Action[]} more      what is rarely needed, behind "More"
 * @property {string|null} revealAt  ISO time at which this page reveals by itself
 */

export const MOMENTS = [
  "driven", "lobby", "ready", "finished", "few", "enough", "all", "closing", "cards", "writing", "counting", "counted",
  "echoing", "too_few_notes", "talking", "looking_back", "summary",
];

const NOTICE = 20;

/**
 * @param {object} state  the leader's state
 * @returns {Plan}
 */
export function plan(state) {
  const moment = momentOf(state);
  const made = { hint: "", advice: "", primary: null, secondary: [], more: [], revealAt: null, ...PLANS[moment](state) };
  return { moment, ...made, more: [...made.more, ...always(state, made)] };
}

/** @returns {string} one of MOMENTS */
export function momentOf(state) {
  if (isDrivenElsewhere(state)) return "driven";
  if (state.phase === "lobby") return "lobby";
  if (state.phase === "summary") return "summary";
  if (state.looking_back) return "looking_back";
  const round = state.round;
  if (!round || round.phase === "closed") return state.next_activity ? "ready" : "finished";
  if (isUnwritten(round)) return "writing";
  if (round.phase === "revealed") return kindOf(round.activity).momentAfter(round);
  if (round.activity.paper) return "cards";
  if (round.missing > 0) return "few";
  if (round.progress === "all") return "all";
  return round.closing ? "closing" : "enough";
}

/** @returns {boolean} a phone has the controls, and this page is not that phone */
export function isDrivenElsewhere(state) {
  return Boolean(state.drive && state.drive.phase === "driving" && state.device !== "phone");
}

/** @returns {boolean} whether answers are being collected just now: nothing else can be begun then */
export function isCollecting(state) {
  return Boolean(state.round && state.round.phase === "collecting" && !state.looking_back);
}

/** @returns {boolean} the leader has to write what the room agrees on before anybody can answer */
export function isUnwritten(round) {
  const { commitments } = round.activity;
  return Array.isArray(commitments) && commitments.length === 0 && round.phase !== "closed";
}

const PLANS = {
  driven: () => ({ hint: gettext("Driven from your phone") }),

  lobby: (state) => ({
    hint: seated(state) ? gettext("Everybody here? Then begin.") : gettext("Nobody has a seat yet."),
    advice: seated(state) && missingNext(state) ? missingAdvice(state) : "",
    primary: act("begin", gettext("Begin"), { command: "begin" }),
  }),

  ready: (state) => {
    const missing = missingNext(state);
    const start = { ...startAction(state), label: gettext("Start"), enabled: !missing };
    const [first, ...others] = missing ? ways(state) : [start];
    return {
      hint: missing || interpolate(gettext("Next: %(title)s"), { title: nextTitle(state) }),
      advice: missing ? insteadText(nextItem(state)) : "",
      primary: first,
      secondary: [...(missing ? [...others, start] : []), ...again(state)],
    };
  },

  finished: (state) => {
    const [once] = again(state);
    if (!once) return atTheEnd(state);
    return {
      hint: missingPeople(state, givenUp(state).missing) || gettext("Nothing of it was shown. You can ask it again."),
      primary: once,
      secondary: [summaryAction()],
    };
  },

  summary: () => ({
    hint: gettext("Everybody sees the summary. Thank them, then end the session."),
    primary: endAction(),
  }),

  looking_back: () => ({
    hint: gettext("You are looking back. Nothing of it is opened again."),
    primary: act("return", gettext("Back to where we were"), { command: "next" }),
  }),

  writing: () => ({
    hint: gettext("Write what you agree on, in the team’s own words."),
    secondary: [minuteAction()],
    more: [stopAction()],
  }),

  few: (state) => {
    const { missing } = state.round;
    return {
      hint: interpolate(ngettext(
        "%(missing)s more answer is needed before anything is shown.",
        "%(missing)s more answers are needed before anything is shown.", missing), { missing }),
      primary: { ...revealAction(), enabled: false },
      secondary: [minuteAction()],
      more: [stopAction()],
    };
  },

  enough: ({ round }) => ({
    hint: wordsOf(round.activity).enough,
    primary: {
      id: "reveal_choice", label: gettext("Reveal"), enabled: true,
      choice: {
        title: wordsOf(round.activity).still,
        text: wordsOf(round.activity).notice,
        actions: [
          minuteAction(),
          act("notice", gettext("Show in 20 seconds"), { command: "extend", seconds: NOTICE, closing: true }),
        ],
      },
    },
    secondary: [minuteAction()],
  }),

  all: () => ({ hint: gettext("All have answered."), primary: revealAction() }),

  closing: (state) => ({
    hint: wordsOf(state.round.activity).noticed,
    secondary: [minuteAction()],
    revealAt: state.round.ends_at,
  }),

  cards: ({ round }) => {
    const { missing } = round;
    const typed = round.answers || 0;
    return {
      hint: missing > 0
        ? interpolate(ngettext(
          "%(missing)s more card is needed before anything is shown.",
          "%(missing)s more cards are needed before anything is shown.", missing), { missing })
        : interpolate(ngettext("%(typed)s card is typed.", "%(typed)s cards are typed.", typed), { typed }),
      primary: {
        ...revealAction(),
        enabled: missing <= 0,
        confirm: {
          title: gettext("Are all cards typed?"),
          text: gettext("What is not typed yet stays off the wall."),
          yes: gettext("Show them"),
        },
      },
      more: [stopAction()],
    };
  },

  counting: (state) => {
    const round = state.round;
    const sent = round.resonance_answers || 0;
    const missing = round.resonance_needed - sent;
    return {
      hint: missing > 0
        ? interpolate(gettext("Tap on your phones which you could have written. %(sent)s sent, counted from %(needed)s."),
          { sent, needed: round.resonance_needed })
        : interpolate(ngettext("%(sent)s has sent. You can count.", "%(sent)s have sent. You can count.", sent), { sent }),
      primary: { ...act("count", gettext("Count"), { command: "count_resonance" }), enabled: missing <= 0 },
      secondary: [state.next_activity ? goOnAction(state) : closeAction()],
      more: round.echo_offer ? [missing > 0 ? openEchoNowAction(round) : openEchoAction(round)] : [],
    };
  },

  echoing: (state) => {
    const enough = state.round.echo.progress !== "few";
    return {
      hint: enough
        ? gettext("Enough have sent. You can count.")
        : gettext("Tap on your phones which notes of other teams you could have written."),
      primary: countEchoAction(enough),
      secondary: [state.next_activity ? goOnAction(state) : closeAction()],
    };
  },

  counted: (state) => afterwards(state, state.round.activity.commitments
    ? gettext("This is what you agree on. Thank each other for it.")
    : gettext("Talk about it: what surprises you?")),

  talking: (state) => ({
    hint: missingNext(state) || gettext("The time left is above. Go on any time."),
    advice: adviceAhead(state),
    primary: goOnAction(state),
    secondary: [minuteAction()],
    more: [closeAction()],
  }),

  too_few_notes: (state) => afterwards(state, gettext("Most passed. That is an answer too.")),
};

function atTheEnd(state) {
  return hasSomething(state)
    ? {
      hint: gettext("That was the last one. The summary shows everybody what you did together."),
      primary: summaryAction(),
      secondary: [endAction()],
    }
    : { hint: gettext("Nothing is left to do. You can end the session."), primary: endAction() };
}

/** @returns {Action[]} asks once more what was given up; none where nothing was */
function again(state) {
  const item = givenUp(state);
  if (!item) return [];
  const command = { command: "start_round", activity: item.id };
  return [act("again", gettext("Ask it again"), command, { enabled: !(item.missing > 0) })];
}

/** After everything is shown: what other teams wrote, then the next activity if there is one, else the summary. */
function afterwards(state, hint) {
  const { round } = state;
  if (round.echo_offer) {
    return {
      hint: round.echo_offer === "pool"
        ? gettext("Other teams wrote about the same. You can show what they shared.")
        : gettext("Too few other teams have shared notes so far. There are examples to show."),
      advice: adviceAhead(state),
      primary: openEchoAction(round),
      secondary: [closeAction(), goOnAction(state)],
    };
  }
  return {
    hint: missingNext(state) || hint,
    advice: adviceAhead(state),
    primary: goOnAction(state),
    secondary: [closeAction()],
  };
}

/** @returns {string} while something else is on: what the next one becomes with so few */
function adviceAhead(state) {
  if (!missingNext(state)) return "";
  const next = interpolate(gettext("Next: %(title)s"), { title: nextTitle(state) });
  return `${next}. ${insteadText(nextItem(state))}`;
}

function goOnAction(state) {
  if (!state.next_activity) return summaryAction();
  if (missingNext(state)) return ways(state)[0];
  return { ...startAction(state), label: interpolate(gettext("Next: %(title)s"), { title: nextTitle(state) }) };
}

/** The ways round too few people, for what comes next; one of them always works. */
function ways(state) {
  const item = nextItem(state);
  return [paperable(item) && !seated(state) && paperAction(item), insteadAction(item)].filter(Boolean);
}

/** What can be done at (almost) any time, unless it stands in the bar already. */
function always(state, { primary, secondary }) {
  if (isDrivenElsewhere(state) || isCollecting(state)) return [];
  const shown = [primary, ...secondary].filter(Boolean).map((action) => action.id);
  const item = nextItem(state);
  return [
    hasEarlier(state) && backAction(),
    paperable(item) && !state.looking_back && state.phase !== "summary" && paperAction(item),
    state.phase === "running" && hasSomething(state) && summaryAction(),
  ].filter((action) => action && !shown.includes(action.id));
}

/** @returns {boolean} whether something was before what is shown now */
const hasEarlier = (state) => state.phase === "running" && Boolean(state.round) && state.round.number > 1;

const hasSomething = (state) => Boolean(state.round) || (state.agenda || []).some((item) => item.status === "done");

const seated = (state) => Boolean(state.seats && state.seats.all > 0);

const wordsOf = (item) => kindOf(item).words();

const missingAdvice = (state) => `${missingPeople(state)} ${wordsOf(nextItem(state)).lateStart}`;
