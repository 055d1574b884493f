/** What the tables and columns are for, in plain words. A table or column that is not known here has only its name. */
import { gettext, interpolate, ngettext } from "../lib/i18n.js";

/** @returns {string} the model that a table is of: "psychsafety_xblock_note" is "note" */
const modelOf = (table) => table.replace(/^.*_/, "");

/** @returns {string} what a table is called for people */
export function titleOf(table) {
  const titles = {
    token: () => gettext("Your seat"),
    ballot: () => gettext("Your marks"),
    note: () => gettext("The notes"),
    tally: () => gettext("What was counted"),
    session: () => gettext("The session"),
    round: () => gettext("What was asked"),
    activity: () => gettext("What the author planned"),
  };
  const title = titles[modelOf(table)];
  return title ? title() : table;
}

/** @returns {string} what a table is for */
export function purposeOf(table) {
  switch (modelOf(table)) {
    case "token":
      return gettext("One row for each seat. This hash is all there is of you: no name, no account, no device.");
    case "ballot":
      return gettext("So that each seat answers once. A mark says that your seat has answered, never what.");
    case "note":
      return gettext("The texts on the wall: without author, time or order.");
    case "tally":
      return gettext("How many chose what: one counter for each possible answer, and nothing of who chose it.");
    case "session":
      return gettext("One row for the whole session, the same for all of you.");
    case "round":
      return gettext("One row for each question or conversation that was started.");
    case "activity":
      return gettext("What the author of the course wrote for your team.");
    default:
      return "";
  }
}

/** @returns {string} in place of rows */
export function emptyText(table) {
  switch (modelOf(table)) {
    case "ballot":
      return gettext("Your seat has no mark now.");
    case "note":
      return gettext("No note is shown now.");
    default:
      return gettext("No row.");
  }
}

/**
 * @param {string} table
 * @param {number | null} days how long a team's session is kept after its end; null on a wall for the whole course
 * @returns {string} when rows are deleted
 */
export function deletionOf(table, days) {
  const model = modelOf(table);
  if (days === null) {
    if (model === "token" || model === "ballot") return gettext("Deleted when the seats of this wall run out.");
    return gettext("Stays until the course is deleted here.");
  }
  if (model === "ballot") return gettext("Destroyed at the reveal; marks of taps when these are counted; all when the question is closed.");
  if (model === "note") {
    const deleted = interpolate(ngettext(
      "Deleted when the session ends. What at least three could have written stays %(n)s day longer, for the leader’s summary.",
      "Deleted when the session ends. What at least three could have written stays %(n)s days longer, for the leader’s summary.",
      days), { n: days });
    return `${deleted} ${gettext("Of what its writer shared with other teams a copy is kept longer, without author and session.")}`;
  }
  const deleted = interpolate(ngettext("Deleted %(n)s day after the session has ended.", "Deleted %(n)s days after the session has ended.", days), { n: days });
  if (model === "token") return deleted;
  return `${deleted} ${gettext("Bare numbers stay: the day, how many seats, what was asked and what was counted.")}`;
}

/** @returns {string} why something is withheld, by the server's word for it */
export function reasonText(reason) {
  switch (reason) {
    case "seats":
      return gettext("The rows of the other seats. Each holds a hash like yours.");
    case "ballots":
      return gettext("The marks of the other seats, and how many there are: that is how many have answered.");
    case "unrevealed":
      return gettext("What is not revealed yet, and how much of it there is. Nobody gets it before the reveal, the leader neither.");
    case "floor":
      return gettext("Too few answered for a number, or nearly all agreed: all of you were shown words or nothing, and so it is here.");
    case "taps":
      return gettext("Taps are told once they are counted, and from three upwards.");
    case "earlier":
      return gettext("Answers to earlier questions. Who came later shall not read them here.");
    case "leader":
      return gettext("Hashes of the leader’s account. Who knows the accounts could try them out.");
    case "code":
      return gettext("The code for joining. It stands on the screen, and is emptied at the end.");
    case "team":
      return gettext("A random mark of your team: with it, its sessions could be put side by side.");
    case "share":
      return gettext("Which notes other teams may read: it would say something about who wrote them.");
    case "number":
      return gettext("How many have answered. It would tell how many passed.");
    case "guide":
      return gettext("In part: what only the leader reads, and figures of an earlier session.");
    case "later":
      return gettext("In part: what comes next is shown when it begins.");
    default:
      return reason;
  }
}

/** @returns {string} what the name of a column does not say, or "" */
export function columnText(table, column) {
  switch (`${modelOf(table)}.${column}`) {
    case "token.hash":
      return gettext("Computed from a random key on this device. The key itself is in no database.");
    case "ballot.id":
      return gettext("Computed from the question and the key on this device. Without the key nobody can tell whose it is.");
    case "note.id":
      return gettext("A random number. At the reveal all notes get new ones, in shuffled order.");
    case "note.share":
      return gettext("Whether other teams may read it, until the question is closed.");
    case "session.expires_at":
      return gettext("When the seats end by themselves.");
    case "session.pepper_fingerprint":
      return gettext("A check value of the secret that seats are made from. The secret itself is in no database.");
    case "session.begun_at":
    case "round.started_at":
      return gettext("When the leader started it, for the leader’s clock. Emptied at the end.");
    default:
      return "";
  }
}

/** @returns {string} what a row of the own marks means, or "" */
export function markText(table, row) {
  if (modelOf(table) !== "ballot") return "";
  switch (row.purpose) {
    case "answer":
      return gettext("This is the mark that your seat has answered. It is destroyed at the reveal.");
    case "resonance":
      return gettext("This is the mark that your seat has tapped. It is destroyed when the taps are counted.");
    case "echo":
      return gettext("This is the mark that your seat has tapped on notes of other teams. It is destroyed when the taps are counted.");
    default:
      return gettext("This is the mark that your seat has taken a note down. It is destroyed when the question is closed.");
  }
}
