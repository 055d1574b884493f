/** What the people of a rehearsal answer: made up, different each time, and fit for what is asked. */
import { gettext } from "../lib/i18n.js";

/** @returns {string[]} notes as real teams could write them */
export const pretendNotes = () => [
  gettext("Say that I do not understand when everybody else nods."),
  gettext("Ask for help before it is too late."),
  gettext("Tell a colleague that the joke was not funny."),
  gettext("Show something that is only half finished."),
  gettext("Say no when my week is already full."),
  gettext("Admit that the mistake was mine."),
  gettext("Disagree with somebody who has been here much longer."),
  gettext("Say in the meeting what I say in the corridor."),
];

/**
 * @param {any} round which collects
 * @param {number} person 0 for the first
 * @param {() => number} [random] 0 to 1
 * @returns {any} an answer, as the live API takes it
 */
export function pretendAnswer(round, person, random = Math.random) {
  const make = ANSWERS[round.activity.kind];
  return (make && make(round.activity, person, random)) || { pass: true };
}

/** @type {Object<string, (activity: any, person: number, random: () => number) => any>} */
const ANSWERS = {
  /** The first passes, so that a leader sees what a pass looks like: nothing, but that a note is missing. */
  wall(activity, person) {
    if (person === 0) return null;
    const notes = pretendNotes();
    return { text: [...notes[person % notes.length]].slice(0, activity.max_length).join(""), share: false };
  },
  choice: ({ options }, person, random) => ({ option: options[Math.floor(random() * options.length)].id }),
  /** Each statement has a middle of its own; the people spread around it. */
  pulse: ({ statements }, person, random) => ({
    ratings: Object.fromEntries(statements.map(({ id, reversed }, at) => {
      const middle = reversed ? 2.4 : 3.1 + ((at * 7) % 4) * 0.4;
      return [id, Math.min(5, Math.max(1, Math.round(middle + (random() - 0.5) * 3.4)))];
    })),
  }),
  /** Most stand behind most of it. */
  commitments: ({ commitments }, person, random) => ({
    stand: commitments.filter(() => random() < 0.85).map(({ id }) => id),
  }),
};

/**
 * @param {{id: string}[]} notes that hang there
 * @param {() => number} [random]
 * @returns {string[]} two or three that this person could have written. Two of the first three are always among them:
 *   of six people at least one note then gets four taps
 */
export function pretendTaps(notes, random = Math.random) {
  const ids = notes.map(({ id }) => id);
  const favourites = ids.slice(0, 3);
  if (favourites.length === 3) favourites.splice(Math.floor(random() * 3), 1);
  const others = ids.slice(3);
  if (others.length > 0 && random() < 0.6) favourites.push(others[Math.floor(random() * others.length)]);
  return favourites;
}
