/** How long a step and the whole take, against what was planned. It only tells; nothing ever jumps by itself. */
import { gettext, interpolate, ngettext } from "../lib/i18n.js";

/** Nobody is warned for less: planned minutes are round numbers. */
const GRACE_S = 60;

/**
 * @param {string | null | undefined} since ISO time
 * @param {number} offsetMs server time minus this device's time
 * @param {number} [now] this device's time in milliseconds
 * @returns {number | null} whole seconds, never below 0; null without a beginning
 */
export function secondsSince(since, offsetMs, now = Date.now()) {
  const begin = Date.parse(since || "");
  return Number.isNaN(begin) ? null : Math.max(0, Math.floor((now + offsetMs - begin) / 1000));
}

/**
 * The time of the step that is open, and of the whole.
 * @param {any} state the leader's state
 * @param {number} offsetMs
 * @param {number} [now]
 * @returns {{step: string, whole: string, over: string}} each "" when there is nothing to say; over: the kind warning
 */
export function timesOf(state, offsetMs, now = Date.now()) {
  const round = openRound(state);
  const stepS = round ? secondsSince(round.started_at, offsetMs, now) : null;
  const planned = round ? round.activity.minutes : 0;
  const wholeS = secondsSince(state.begun_at, offsetMs, now);
  const stepOver = isOver(stepS, planned);
  const wholeOver = isOver(wholeS, state.minutes);
  return {
    step: stepS === null ? "" : interpolate(gettext("Step: %(time)s"), { time: ofText(stepS, planned) }),
    whole: wholeS === null ? "" : interpolate(gettext("Whole: %(time)s"), { time: ofText(wholeS, state.minutes) }),
    over: overText(stepOver, wholeOver),
  };
}

/** @returns {string} "4 of 8 min", or "4 min" without a plan */
export function ofText(seconds, planned) {
  const minutes = Math.floor(seconds / 60);
  if (!planned) return interpolate(ngettext("%(n)s min", "%(n)s min", minutes), { n: minutes });
  return interpolate(
    ngettext("%(n)s of %(planned)s min", "%(n)s of %(planned)s min", planned), { n: minutes, planned });
}

const isOver = (seconds, planned) => seconds !== null && planned > 0 && seconds >= planned * 60 + GRACE_S;

function overText(stepOver, wholeOver) {
  if (wholeOver) return gettext("Over the time you planned. Ask the others whether they can stay, or go to the summary.");
  if (stepOver) return gettext("A little over time. Finish the thought, then go on when you are ready.");
  return "";
}

/** A step that is looked back at, or closed, has no time that runs. */
function openRound(state) {
  if (state.looking_back || state.phase !== "running") return null;
  return state.round && state.round.phase !== "closed" ? state.round : null;
}
