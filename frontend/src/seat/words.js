/** The plain words of a seat: what happens with a note, how far the room is, what went wrong. Whole sentences only. */

import { gettext, interpolate, momentText, ngettext } from "../lib/i18n.js";

/**
 * What stands above the field: who sees the note, when, for how long, that passing is equal, and how many could be
 * writing. At most 40 words.
 * @param {any} state
 * @returns {{promise: string, seats: string, caution: string}} empty strings where nothing is to be said
 */
export function plainWords(state) {
  if (state.kind === "course") {
    const others = state.round.needed - 1;
    const promise = ngettext(
      "Everybody in the course can read your note, without your name. It appears together with at least %(n)s other, shuffled, at a fixed time, and stays up. Passing is just as good.",
      "Everybody in the course can read your note, without your name. It appears together with at least %(n)s others, shuffled, at a fixed time, and stays up. Passing is just as good.",
      others,
    );
    return { promise: interpolate(promise, { n: others }), seats: "", caution: "" };
  }
  return {
    promise: gettext(
      "Your team sees all notes together once enough answer, without names, until the session ends. Passing is just as good.",
    ),
    seats: seatsText(state.seats),
    caution:
      state.seats && state.seats.generation > 1
        ? gettext("If that is more than the people here, do not answer. Seats were given out anew: somebody may hold two.")
        : gettext("If that is more than the people here, do not answer."),
  };
}

/**
 * The same where nothing is written: what is told is only how many gave which answer. At most 40 words.
 * @param {any} state
 * @returns {{promise: string, seats: string, caution: string}}
 */
export function countedWords(state) {
  return {
    ...plainWords(state),
    promise: gettext(
      "Your team sees only how many chose what, all together, once enough have answered. Passing is just as good.",
    ),
  };
}

/**
 * The same for what the team agrees on. At most 40 words.
 * @param {any} state
 * @returns {{promise: string, seats: string, caution: string}}
 */
export function standWords(state) {
  return {
    ...plainWords(state),
    promise: gettext(
      "Your team sees only how many stand behind each sentence, all together, once enough have answered. Passing is just as good.",
    ),
  };
}

/**
 * @param {{all: number, guests: number} | null} seats
 * @returns {string}
 */
export function seatsText(seats) {
  if (!seats) return "";
  const text = seats.guests
    ? ngettext("%(all)s seat is taken, by code.", "%(all)s seats are taken, %(guests)s of them by code.", seats.all)
    : ngettext("%(all)s seat is taken.", "%(all)s seats are taken.", seats.all);
  return interpolate(text, seats);
}

/**
 * @param {{door?: string | null}} state
 * @returns {string} "" while the door is open
 */
export function doorText({ door }) {
  return door === "locked" ? gettext("The door is locked: nobody new can take a seat.") : "";
}

/**
 * @param {"few" | "enough" | "most" | "all" | null} progress
 * @returns {string} how far the room is, without pointing at the last one
 */
export function progressText(progress) {
  switch (progress) {
    case "few":
      return gettext("Not enough have answered yet");
    case "enough":
      return gettext("Enough have answered");
    case "most":
      return gettext("Most have answered");
    case "all":
      return gettext("All have answered");
    default:
      return "";
  }
}

/**
 * @param {import("./identifying.js").Kind | null} kind
 * @returns {string} a gentle question; it never keeps anybody from sending
 */
export function identifyingText(kind) {
  switch (kind) {
    case "email":
      return gettext("This looks like an e-mail address. Could it tell who wrote the note, or whom it is about?");
    case "phone":
      return gettext("This looks like a phone number. Could it tell who wrote the note, or whom it is about?");
    case "handle":
      return gettext("This looks like somebody’s name with an @. Could it tell who wrote the note, or whom it is about?");
    case "link":
      return gettext("This looks like a link. Could it tell who wrote the note, or whom it is about?");
    default:
      return "";
  }
}

/**
 * @param {any} error what keeps an answer from arriving, while it is tried again
 * @returns {string}
 */
export function troubleText(error) {
  if (error.code === "not_json_reply") {
    return gettext("This network shows a page of its own instead of ours. Sign in to it in another tab. Your answer is kept and sent again by itself.");
  }
  if (error.code === "busy" || error.status === 429) {
    return gettext("It is busy just now. Your answer is kept and sent again by itself.");
  }
  return gettext("No connection just now. Your answer is kept and sent again by itself.");
}

/**
 * @param {boolean} maybe whether the answer can have arrived
 * @returns {string}
 */
export function missedText(maybe) {
  return maybe
    ? gettext("The wall opened in between. Your note may have arrived. It was not sent again.")
    : gettext("The wall opened first. Your note did not leave this device and was not counted.");
}

/**
 * @param {string | null} iso
 * @returns {string} when a course-wide wall shows its next notes
 */
export function publicationText(iso) {
  const when = momentText(iso);
  return when && interpolate(gettext("New notes appear at a fixed time, next on %(when)s."), { when });
}

/**
 * @param {any} state the last one, null when none came
 * @returns {string} of notes only where there was a wall
 */
export function farewellText(state) {
  const kinds = ((state && state.agenda) || []).map((item) => item.kind);
  if (kinds.includes("wall") || (state && state.kind === "course")) {
    return gettext("The notes have come down. Thank you for taking part.");
  }
  return kinds.length > 0
    ? gettext("The answers are no longer shown. Thank you for taking part.")
    : gettext("Thank you for taking part.");
}
