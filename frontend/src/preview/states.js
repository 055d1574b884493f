/**
 * The states that a preview hands to the real views: made of the block's own steps and of where the author stands in
 * them, in the form in which the live API gives them (docs/api.md, section 3). Pure functions; nothing is asked for.
 */
import { CODE, sampleNotes } from "./sample.js";

const GUESTS = 3;

/** @typedef {import("./walk.js").Stop} Stop */

/**
 * @param {any} data what the preview was given
 * @param {Stop} stop
 * @param {number} [now] in milliseconds
 * @returns {{leader: any, seat: any, screen: any}} what each of the three is told at this stop
 */
export function statesAt(data, stop, now = Date.now()) {
  const shared = data.audience === "course" ? courseState(data, stop, now) : teamState(data, stop, now);
  const links = { join_code: CODE, join_url: "" };
  return {
    seat: { ...shared, role: "seat", round: shared.round && { ...shared.round, ...own(stop) } },
    screen: { ...shared, ...links, role: "screen" },
    leader: leaderState(data, { ...shared, ...links }, stop, now),
  };
}

/** @returns {{activities: Object<string, any>}} what the leader reads, as `GET guide` gives it */
export function guideOf({ steps }) {
  return { activities: Object.fromEntries(steps.map((step, at) => [idOf(at), step.guide])) };
}

const idOf = (at) => `a${at}`;
const own = ({ moment }) => ({ answered: false, resonated: moment !== "shown", echoed: false, took_down: false, may_answer: true });

function teamState(data, stop, now) {
  const at = stepOf(data, stop);
  const running = ["before", "lobby", "start"].includes(stop.moment) ? at - 1 : at;
  return {
    version: "preview",
    step: 1,
    kind: "team",
    phase: { start: "lobby", lobby: "lobby", summary: "summary" }[stop.place] || "running",
    rehearsal: false,
    language: data.session_language,
    languages: [data.session_language],
    title: data.title,
    seats: { all: data.people, guests: data.guests_allowed === false ? 0 : GUESTS, tablet: 0, generation: 1 },
    guests_allowed: data.guests_allowed !== false,
    door: "open",
    leader_seated: false,
    poll_after: 0,
    agenda: data.steps.map((step, place) => line(data, step, place, statusOf(place, running, stop))),
    next_activity: nextOf(data, at, stop),
    looking_back: false,
    round: roundAt(data, running, stop, now),
    beside: besideOf(data, running, stop, now),
    summary: stop.place === "summary" ? summaryOf(data, now) : null,
  };
}

/** @returns {number} the step that a stop is about; before the first one 0, after the last one their number */
function stepOf(data, { place, step }) {
  if (step !== null) return step;
  return place === "summary" ? data.steps.length : 0;
}

function statusOf(place, running, { moment }) {
  if (place > running) return "waiting";
  return place === running && !["before", "closed"].includes(moment) ? "running" : "done";
}

function nextOf(data, at, { moment }) {
  const next = ["before", "lobby", "start"].includes(moment) ? at : at + 1;
  return next < data.steps.length ? idOf(next) : null;
}

function line(data, { public: { kind, title, minutes } }, place, status) {
  return { id: idOf(place), kind, title, minutes, block: data.block, status };
}

/** The round that is open at a stop, or the one that was closed before it. */
function roundAt(data, at, stop, now) {
  if (at < 0 || at >= data.steps.length) return null;
  const step = data.steps[at];
  const moment = stop.step === at ? stop.moment : "closed";
  const timed = moment === "answering" || moment === "talking";
  return {
    id: `r${at}`,
    number: at + 1,
    activity: activityOf(data, step, at, moment),
    phase: phaseOf(moment, step),
    needed: step.needed,
    progress: moment === "answering" ? "enough" : moment === "writing" ? "few" : "all",
    ends_at: timed ? iso(now + step.public.minutes * 60000) : null,
    closing: false,
    results: resultsOf(step, moment),
    resonance: step.public.kind !== "wall" ? "none" : moment === "shown" ? "open" : moment === "answering" ? "none" : "counted",
    resonance_needed: step.needed,
    resonance_progress: step.public.kind === "wall" && moment === "shown" ? "few" : null,
    next_publication: null,
    echo: moment === "echo" ? echoOf(step) : null,
  };
}

/** As it stands as long as too few teams have shared notes. */
function echoOf({ echo }) {
  const notes = echo.map((text, at) => ({ id: `e${at}`, text, people: null }));
  return { source: "examples", phase: "counted", notes, near: {}, progress: null };
}

function activityOf(data, step, at, moment) {
  const shown = moment === "writing" ? step.public : step.done;
  return { ...shown, id: idOf(at), block: data.block, guests: data.guests_allowed !== false };
}

function phaseOf(moment, step) {
  if (moment === "closed") return "closed";
  return ["writing", "answering"].includes(moment) && step.collects ? "collecting" : "revealed";
}

function resultsOf(step, moment) {
  if (!step.collects || !["shown", "counted", "echo", "closed"].includes(moment)) return null;
  if (step.public.kind === "wall") {
    return { notes: sampleNotes(step.public, { counted: moment !== "shown" }), hidden: 0, too_few: false };
  }
  return { notes: [], hidden: 0, too_few: step.items.every((item) => item.too_few), items: step.items };
}

/** Results that stay beside a talk about them: those of the last step before it that has any. */
function besideOf(data, at, stop, now) {
  if (at < 0 || !data.steps[at] || !data.steps[at].beside || stop.step !== at) return null;
  for (let earlier = at - 1; earlier >= 0; earlier -= 1) {
    if (data.steps[earlier].collects) return roundAt(data, earlier, stop, now);
  }
  return null;
}

const KEPT = ["kind", "title", "prompt", "minutes", "form", "statements", "options", "commitments"];

function summaryOf(data, now) {
  const agreed = data.steps.map((step) => step.done).filter((done) => done.kind === "commitments").pop();
  return {
    title: data.title,
    held_on: iso(now).slice(0, 10),
    due: agreed ? agreed.due : null,
    commitments: agreed ? agreed.commitments.map(({ text }) => text) : [],
    activities: data.steps.map((step) => ({
      ...Object.fromEntries(KEPT.filter((field) => field in step.done).map((field) => [field, step.done[field]])),
      ...(step.public.kind === "wall"
        ? { notes: sampleNotes(step.public, { counted: true }).filter((note) => note.resonance), hidden: 0 }
        : { items: step.items }),
    })),
  };
}

function leaderState(data, shared, stop, now) {
  const { round } = shared;
  const before = data.steps.slice(0, stepOf(data, stop)).reduce((sum, step) => sum + step.public.minutes, 0);
  const all = data.people;
  return {
    ...shared,
    role: "leader",
    device: "phone",
    drive: { phase: "driving" },
    screen_url: null,
    agenda: shared.agenda.map((item) => ({ ...item, missing: 0, repeatable: false })),
    too_few_people: 0,
    guide: "preview",
    minutes: data.steps.reduce((sum, step) => sum + step.public.minutes, 0),
    begun_at: shared.phase === "lobby" ? null : iso(now - before * 60000),
    round: round && {
      ...round,
      started_at: iso(now),
      answers: round.activity.kind === "talk" || stop.moment === "writing" ? 0 : stop.moment === "answering" ? Math.min(all - 1, round.needed) : all,
      missing: stop.moment === "writing" ? round.needed : 0,
      resonance_answers: stop.moment === "shown" ? round.resonance_needed : 0,
      echo_offer: ["shown", "counted"].includes(stop.moment) && data.steps[stop.step].echo.length ? "examples" : null,
    },
  };
}

/** A wall for the whole course: nobody leads, and notes are put up several at a time. */
function courseState(data, stop, now) {
  const step = data.steps[0];
  const shown = stop.moment === "shown";
  return {
    ...teamState(data, { place: "lobby", step: null, moment: "lobby" }, now),
    kind: "course",
    phase: "running",
    seats: null,
    guests_allowed: false,
    agenda: [],
    next_activity: null,
    round: {
      ...roundAt(data, 0, { place: "step0", step: 0, moment: "answering" }, now),
      needed: step.needed,
      progress: null,
      ends_at: null,
      results: { notes: shown ? sampleNotes(step.public, { all: true }) : [], hidden: 0, too_few: false },
      next_publication: iso(now + 3600000),
    },
  };
}

const iso = (ms) => new Date(ms).toISOString();
