/**
 * What a leader can do next: a pure function of the state, used by the block on the laptop and by the phone that
 * drives. It decides nothing that the server does not check again; it only offers what will work.
 */
import { kindOf } from "../kinds/index.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";

/**
 * @typedef {object} Action
 * @property {string} id        stable name, for tests and for focus
 * @property {string} label     what the button says
 * @property {boolean} enabled  false: the button stands there, the hint says what is missing
 * @property {object} [command] what is sent to the live API (without `step`)
 * @property {Confirmation} [confirm]  asked first
 * @property {Choice} [choice]  several ways, shown before anything is sent
 */
/** @typedef {{title: string, text: string, yes: string}} Confirmation */
/** @typedef {{title: string, text: string, actions: Action[]}} Choice */
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
  "driven", "lobby", "ready", "finished", "few", "enough", "all", "closing", "counting", "counted", "too_few_notes",
  "talking",
];

const MINUTE = 60;
const NOTICE = 20;

/**
 * @param {object} state  the leader's state
 * @returns {Plan}
 */
export function plan(state) {
  const moment = momentOf(state);
  return { moment, hint: "", advice: "", primary: null, secondary: [], more: [], revealAt: null, ...PLANS[moment](state) };
}

/** @returns {string} one of MOMENTS */
export function momentOf(state) {
  if (isDrivenElsewhere(state)) return "driven";
  if (state.phase === "lobby") return "lobby";
  const round = state.round;
  if (!round || round.phase === "closed") return state.next_activity ? "ready" : "finished";
  if (round.phase === "revealed") return kindOf(round.activity).momentAfter(round);
  if ((round.answers || 0) < round.needed) return "few";
  if (round.progress === "all") return "all";
  return round.closing ? "closing" : "enough";
}

/** @returns {boolean} a phone has the controls, and this page is not that phone */
export function isDrivenElsewhere(state) {
  return Boolean(state.drive && state.drive.phase === "driving" && state.device !== "phone");
}

/** @returns {string} the title of the activity that comes next, or '' */
export function nextTitle(state) {
  const next = nextItem(state);
  return next ? next.title : "";
}

/** @returns {string} "4 seats are needed, 3 are taken", or '' when there are enough */
export function missingPeople(state) {
  const missing = state.too_few_people || 0;
  if (missing <= 0) return "";
  const taken = state.seats ? state.seats.all : 0;
  const needed = taken + missing;
  const first = interpolate(
    ngettext("%(needed)s seat is needed,", "%(needed)s seats are needed,", needed), { needed });
  const second = interpolate(ngettext("%(taken)s is taken.", "%(taken)s are taken.", taken), { taken });
  return `${first} ${second}`;
}

/** @returns {Action} ends the session, after asking */
export function endAction() {
  return act("end", gettext("End the session"), { command: "close_session" }, {
    confirm: {
      title: gettext("End the session?"),
      text: gettext("All notes come down now, on every device. They cannot be brought back."),
      yes: gettext("End it now"),
    },
  });
}

const PLANS = {
  driven: () => ({ hint: gettext("Driven from your phone") }),

  lobby: (state) => ({
    hint: seated(state) ? gettext("Everybody here? Then begin.") : gettext("Nobody has a seat yet."),
    advice: seated(state) && missingPeople(state) ? missingAdvice(state) : "",
    primary: act("begin", gettext("Begin"), { command: "begin" }),
  }),

  ready: (state) => {
    const missing = missingPeople(state);
    return {
      hint: missing || interpolate(gettext("Next: %(title)s"), { title: nextTitle(state) }),
      advice: missing ? wordsOf(nextItem(state)).tooFew : "",
      primary: { ...startAction(state), label: gettext("Start"), enabled: !missing },
    };
  },

  finished: () => ({
    hint: gettext("That was the last one. The notes come down when you end the session."),
    primary: endAction(),
  }),

  few: (state) => {
    const missing = state.round.needed - (state.round.answers || 0);
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
      secondary: [goOnAction(state)],
    };
  },

  counted: (state) => afterwards(state, gettext("Talk about it: what surprises you?")),

  talking: (state) => ({
    hint: missingNext(state) || gettext("The time left is above. Go on any time."),
    advice: missingNext(state) ? wordsOf(nextItem(state)).tooFew : "",
    primary: goOnAction(state),
    secondary: [minuteAction()],
    more: state.next_activity ? [closeAction()] : [],
  }),

  too_few_notes: (state) => afterwards(state, gettext("Most passed. That is an answer too.")),
};

/** After everything is shown: the next activity if there is one, else close. */
function afterwards(state, hint) {
  return {
    hint: missingNext(state) || hint,
    advice: missingNext(state) ? wordsOf(nextItem(state)).tooFew : "",
    primary: goOnAction(state),
    secondary: state.next_activity ? [closeAction()] : [],
  };
}

function goOnAction(state) {
  if (!state.next_activity) return closeAction();
  return {
    ...startAction(state),
    label: interpolate(gettext("Next: %(title)s"), { title: nextTitle(state) }),
    enabled: !missingNext(state),
  };
}

/** @returns {string} who is missing for what comes next, '' when nothing comes or nobody is missing */
const missingNext = (state) => (state.next_activity ? missingPeople(state) : "");

const seated = (state) => Boolean(state.seats && state.seats.all > 0);

const nextItem = (state) => (state.agenda || []).find((item) => item.id === state.next_activity);

const wordsOf = (item) => kindOf(item).words();

const missingAdvice = (state) => `${missingPeople(state)} ${wordsOf(nextItem(state)).lateStart}`;

const startAction = (state) => act("start", "", { command: "start_round", activity: state.next_activity });
const revealAction = () => act("reveal", gettext("Reveal"), { command: "reveal" });
const closeAction = () => act("close", gettext("Close"), { command: "close_round" });
const minuteAction = () => act("minute", gettext("One more minute"), { command: "extend", seconds: MINUTE });
const stopAction = () => act("stop", gettext("Stop without showing"), { command: "close_round" }, {
  confirm: {
    title: gettext("Stop without showing anything?"),
    text: gettext("The answers are deleted unread. Nobody sees them, also you."),
    yes: gettext("Stop"),
  },
});

function act(id, label, command, more = {}) {
  return { id, label, command, enabled: true, ...more };
}
