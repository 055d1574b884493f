/**
 * The team of a rehearsal: people who do not exist answer through the live API like phones do, one after the other. The
 * leader's page plays them, so they stop when it goes, and go on where they were when it comes back.
 */
import { createApi } from "../lib/api.js";
import { pretendAnswer, pretendTaps } from "./pretend_answers.js";

const FASTEST_MS = 1000;
const SLOWEST_MS = 4000;
const TRIES = 4;

/**
 * @param {{apiUrl: string, tokens: string[], data: any, timers?: {setTimeout: Function, clearTimeout: Function},
 *   random?: () => number}} options timers, random: for tests
 * @returns {{update: (state: any) => void, destroy: () => void}} update: each new state of the leader
 */
export function createPretendTeam({ apiUrl, tokens, data, timers, random = Math.random }) {
  const clock = timers || { setTimeout: window.setTimeout.bind(window), clearTimeout: window.clearTimeout.bind(window) };
  const apis = tokens.map((token) => createApi({
    apiUrl, token, credentials: data.fetch_credentials,
  }));
  let task = "";
  let waiting = [];

  function update(state) {
    const next = taskOf(state);
    if (next === task) return;
    stop();
    task = next;
    if (task) begin(state.round);
  }

  /** One after the other, in an order that is new each time. */
  function begin(round) {
    const mine = task;
    let after = 0;
    apis.map((api, person) => ({ api, person, order: random() })).sort((one, other) => one.order - other.order)
      .forEach(({ api, person }) => {
        after += pause();
        later(after, () => act(api, person, round, mine, TRIES));
      });
  }

  async function act(api, person, round, mine, tries) {
    if (task !== mine) return;
    const done = { answer: "answered", tap: "resonated", echo: "echoed" }[mine.split(":").pop()];
    try {
      // Before a reload this one may have answered already.
      const own = (await api.getState(null)).state.round;
      if (!own || own.id !== round.id || own[done] || task !== mine) return;
      if (done === "echoed") await api.post("echo", { round: round.id, notes: pretendTaps(round.echo.notes, random) });
      else if (done === "resonated") await api.post("resonance", { round: round.id, notes: pretendTaps(round.results.notes, random) });
      else await api.post("answers", { round: round.id, answer: pretendAnswer(round, person, random) });
    } catch (error) {
      // Closed in between is fine. A lost connection comes back.
      if (error.retryable && tries > 1) later(pause(), () => act(api, person, round, mine, tries - 1));
    }
  }

  const pause = () => FASTEST_MS + random() * (SLOWEST_MS - FASTEST_MS);
  const later = (ms, run) => waiting.push(clock.setTimeout(run, ms));

  function stop() {
    for (const timer of waiting) clock.clearTimeout(timer);
    waiting = [];
    task = "";
  }

  return { update, destroy: stop };
}

/** @returns {string} what there is to do for the people of a rehearsal, "" for nothing */
export function taskOf({ round, looking_back: lookingBack }) {
  if (!round || lookingBack || round.activity.paper) return "";
  if (round.phase === "collecting") {
    const { kind, commitments } = round.activity;
    // Nobody can stand behind what is not written yet; and what is changed before that is answered anew by nobody.
    return kind === "commitments" && !(commitments && commitments.length) ? "" : `${round.id}:answer`;
  }
  if (round.phase === "revealed" && round.echo && round.echo.phase === "open") return `${round.id}:echo`;
  const notes = round.results && round.results.notes;
  return round.phase === "revealed" && round.resonance === "open" && notes && notes.length > 0 ? `${round.id}:tap` : "";
}
