/** The single things that a leader can do, each with what is sent, what its button says, and what is asked first. */
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { insteadText } from "./people.js";

/**
 * @typedef {object} Action
 * @property {string} id        stable name, for tests and for focus
 * @property {string} label     what the button says
 * @property {boolean} enabled  false: the button stands there, the hint says what is missing
 * @property {object} [command] what is sent to the live API (without `step`)
 * @property {Confirmation} [confirm]  asked first
 * @property {Choice} [choice]  several ways, shown before anything is sent
 * @property {() => any} [local]  done in this page, nothing is sent by itself
 */
/** @typedef {{title: string, text?: string, points?: string[], yes: string}} Confirmation  points: one line each */
/** @typedef {{title: string, text: string, actions: Action[]}} Choice */

const MINUTE = 60;

/** @returns {Action} */
export function act(id, label, command, more = {}) {
  return { id, label, command, enabled: true, ...more };
}

/** @returns {Action} without a label: it says what comes next, or only "Start" */
export const startAction = (state) => act("start", "", { command: "start_round", activity: state.next_activity });

/** @returns {Action} what an activity becomes with too few people */
export const insteadAction = (item) => act("instead", gettext("Do that instead"),
  { command: "start_round", activity: item.id, instead: true });

/** @returns {Action} a wall whose cards are written on paper and typed here */
export const paperAction = (item) => act("paper", gettext("Without phones: type paper cards"),
  { command: "start_round", activity: item.id, paper: true }, {
    confirm: {
      title: gettext("Type paper cards?"),
      text: gettext("Everybody writes on a card of the same kind, in block letters. Collect them, shuffle them, then type them here. Nobody answers on a phone this time."),
      yes: gettext("Start with paper"),
    },
  });

export const revealAction = () => act("reveal", gettext("Reveal"), { command: "reveal" });
export const closeAction = () => act("close", gettext("Close"), { command: "close_round" });
export const minuteAction = () => act("minute", gettext("One more minute"), { command: "extend", seconds: MINUTE });
export const countEchoAction = (enabled) => act("count_echo", gettext("Count"), { command: "count_echo" }, { enabled });
export const backAction = () => act("back", gettext("Look back one step"), { command: "back" });
export const summaryAction = () => act("summary", gettext("Show the summary"), { command: "show_summary" });

/** @returns {Action} shows what other teams wrote, or the author's examples */
export const openEchoAction = ({ echo_offer: offer }, more = {}) => act("open_echo",
  offer === "pool" ? gettext("Open the echo") : gettext("Show the examples"), { command: "open_echo" }, more);

/** @returns {Action} the same while taps are still too few to be counted: says that these are lost */
export const openEchoNowAction = (round) => openEchoAction(round, {
  confirm: {
    title: gettext("Go on without counting?"),
    text: gettext("What was tapped so far is not counted."),
    yes: gettext("Go on"),
  },
});

export const stopAction = () => act("stop", gettext("Stop without showing"), { command: "close_round" }, {
  confirm: {
    title: gettext("Stop without showing anything?"),
    text: gettext("The answers are deleted unread. Nobody sees them, also you."),
    yes: gettext("Stop"),
  },
});

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

export const lockAction = () => act("lock_door", gettext("Lock the door"), { command: "lock_door" });
export const unlockAction = () => act("unlock_door", gettext("Open the door"), { command: "unlock_door" });

/** @returns {Action} all who came by code sit down once more; says beforehand what happens to whom */
export function newCodeAction(state) {
  return act("new_code", gettext("Start over with a new code"), { command: "new_code" }, {
    confirm: {
      title: gettext("Start over with a new code?"),
      points: [
        gettext("The old code stops working, and a new one is shown here."),
        ...seatsThatGo(state),
        gettext("Seats with an account stay."),
        ...whatIsThrownAway(state),
      ],
      yes: gettext("Start over"),
    },
  });
}

function seatsThatGo({ seats }) {
  const { guests: n = 0, tablet = 0 } = seats || {};
  if (n === 0) return [];
  const go = ngettext(
    "%(n)s seat by code is taken away; whoever is here scans the new one.",
    "All %(n)s seats by code are taken away; whoever is here scans the new one.", n);
  return [interpolate(go, { n }), ...(tablet > 0 ? [gettext("The tablet’s seats go too: offer it new ones.")] : [])];
}

/** What has been acknowledged is never thrown away without a word. */
function whatIsThrownAway({ round, looking_back: back }) {
  if (!round || back) return [];
  if (round.phase === "revealed" && [round.resonance, round.echo && round.echo.phase].includes("open")) return [gettext("What was tapped so far is not counted.")];
  if (round.phase !== "collecting") return [];
  const n = round.answers || 0;
  const lost = ngettext("%(n)s answer is thrown away unread.", "%(n)s answers are thrown away unread.", n);
  return [
    n > 0 && interpolate(lost, { n }),
    ["pulse", "choice"].includes(round.activity.kind) && gettext("This question is not asked again in this session."),
  ].filter(Boolean);
}

/**
 * What can be done with one line of the agenda; nothing while answers are collected.
 * @param {any} item a line of the agenda
 * @param {any} state the leader's state
 * @returns {Action[]}
 */
export function lineActions(item, state) {
  const collecting = state.round && state.round.phase === "collecting" && !state.looking_back;
  if (collecting || (state.drive && state.drive.phase === "driving" && state.device !== "phone")) return [];
  const next = item.id === state.next_activity;
  switch (item.status) {
    case "waiting":
      return [
        state.phase !== "lobby" && !next && jumpAction(item, gettext("Start now")),
        state.phase !== "summary" && !state.looking_back && skipAction(item),
      ].filter(Boolean);
    case "skipped":
      return [jumpAction(item, gettext("Start now"))];
    case "done":
      return item.repeatable ? [jumpAction(item, gettext("Run again"))] : [];
    default:
      return [];
  }
}

const skipAction = (item) => act(`skip_${item.id}`, gettext("Skip"), { command: "skip", activity: item.id });

/** Starts an activity out of its turn. That is seen by all at once, so it is asked first. */
function jumpAction(item, label) {
  const instead = item.missing > 0;
  const again = item.status === "done";
  const title = interpolate(again ? gettext("Run “%(title)s” again?") : gettext("Start “%(title)s” now?"),
    { title: item.title });
  const text = again
    ? gettext("It is a new round. What was written before stays as it was.")
    : gettext("It starts on all devices at once. What is shown now is closed.");
  return act(`jump_${item.id}`, label, { command: "start_round", activity: item.id, ...(instead ? { instead: true } : {}) }, {
    confirm: {
      title,
      text: instead ? insteadText(item) : text,
      yes: instead ? gettext("Do that instead") : label,
    },
  });
}
