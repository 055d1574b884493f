/** The way through a preview: where one can stand in it, in order, and what each place and moment is called. */
import { kindName } from "../kinds/index.js";
import { gettext, interpolate } from "../lib/i18n.js";

/**
 * @typedef {Object} Stop
 * @property {string} place "start", "lobby", "summary", or "step" and its number from 0
 * @property {number | null} step
 * @property {string} moment one of MOMENTS, or the place itself where there is only one
 */

/** What happens in a step, by its kind. Afterwards is the same picture as before the next one. */
const MOMENTS = {
  wall: ["before", "answering", "shown", "counted", "closed"],
  choice: ["before", "answering", "shown", "closed"],
  pulse: ["before", "answering", "shown", "closed"],
  commitments: ["before", "writing", "answering", "shown", "closed"],
  talk: ["before", "talking", "closed"],
};

/**
 * @param {{audience: string, steps: any[]}} data
 * @returns {Stop[]}
 */
export function stopsOf({ audience, steps }) {
  if (audience === "course") return ["answering", "shown"].map((moment) => ({ place: "step0", step: 0, moment }));
  return [
    { place: "start", step: null, moment: "start" },
    { place: "lobby", step: null, moment: "lobby" },
    ...steps.flatMap((step, at) => momentsOf(step).map((moment) => ({ place: `step${at}`, step: at, moment }))),
    { place: "summary", step: null, moment: "summary" },
  ];
}

/** Notes of other teams, or here the author's examples, come after the team's own have been counted. */
function momentsOf({ public: { kind }, echo }) {
  const moments = MOMENTS[kind] || MOMENTS.wall;
  return echo.length ? moments.flatMap((moment) => (moment === "counted" ? [moment, "echo"] : [moment])) : moments;
}

/** @returns {number} the stop after this one; what would look the same is left out */
export function after(stops, at) {
  const twin = stops[at].moment === "closed" && stops[at + 1] && stops[at + 1].moment === "before";
  return Math.min(stops.length - 1, at + (twin ? 2 : 1));
}

/** @returns {number} the stop before this one, in the same way */
export function ahead(stops, at) {
  const twin = stops[at].moment === "before" && stops[at - 1] && stops[at - 1].moment === "closed";
  return Math.max(0, at - (twin ? 2 : 1));
}

/** @returns {number} where a place, or a moment of a step, begins; -1 when there is none */
export const find = (stops, place, moment = null) => stops.findIndex((stop) => stop.place === place && (!moment || stop.moment === moment));

/** @returns {number} where a preview opens: all three are at work, with what the author has written */
export const opening = (stops) => Math.max(0, stops.findIndex(({ step, moment }) => step === 0 && moment !== "before"));

/** @returns {string} what a place is called in the list of all of them */
export function placeText({ place, step }, data) {
  if (place === "start") return gettext("Before you start");
  if (place === "lobby") return gettext("The team comes in");
  if (place === "summary") return gettext("The summary");
  const { title, prompt } = data.steps[step].public;
  const kind = kindName(data.steps[step].public);
  const name = [title || prompt, kind].filter(Boolean).join(" · ");
  return data.steps.length < 2 ? name : interpolate(gettext("%(n)s. %(name)s"), { n: step + 1, name });
}

/** @returns {string} what a moment of a step is called */
export function momentText(moment, course = false) {
  switch (moment) {
    case "before":
      return gettext("Before");
    case "writing":
      return gettext("The leader writes");
    case "talking":
      return gettext("People talk");
    case "shown":
      return course ? gettext("After notes were put up") : gettext("Shown to all");
    case "counted":
      return gettext("Taps counted");
    case "echo":
      return gettext("From other teams");
    case "closed":
      return gettext("Closed");
    default:
      return gettext("People answer");
  }
}
