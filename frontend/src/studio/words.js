/** What the form calls things. The kinds have the names that leaders and teams read too. */

import { gettext } from "../lib/i18n.js";

/** @returns {string} a kind of activity in plain words */
export function kindName(kind) {
  switch (kind) {
    case "wall":
      return gettext("Wall of notes");
    case "talk":
      return gettext("Talk");
    case "choice":
      return gettext("One question to choose from");
    case "pulse":
      return gettext("Statements to rate");
    case "commitments":
      return gettext("Agreement");
    default:
      return gettext("Unknown step");
  }
}

/** @returns {string} what people do in it */
export function kindIdea(kind) {
  switch (kind) {
    case "wall":
      return gettext("Everybody answers without a name, and all answers go up at once.");
    case "talk":
      return gettext("People talk, in pairs, round the table or all together.");
    case "choice":
      return gettext("Everybody picks one of a few options.");
    case "pulse":
      return gettext("Everybody rates sentences from 1 to 5.");
    default:
      return gettext("The team writes down one to three sentences.");
  }
}

/** Topics of the library, in the order in which a team may need them. */
export const TOPICS = [
  "first-meeting", "check-in", "mistakes", "asking-for-help", "difference", "speaking-up", "remote", "after-conflict",
  "leaders", "follow-up",
];

/** @returns {string} a topic of the library in plain words; an unknown one as it is written */
export function topicName(topic) {
  switch (topic) {
    case "first-meeting":
      return gettext("First meeting");
    case "mistakes":
      return gettext("Mistakes");
    case "asking-for-help":
      return gettext("Asking for help");
    case "difference":
      return gettext("Being different");
    case "speaking-up":
      return gettext("Speaking up to the boss");
    case "remote":
      return gettext("Remote teams");
    case "after-conflict":
      return gettext("After a conflict");
    case "leaders":
      return gettext("Leaders among themselves");
    case "check-in":
      return gettext("Check-in and check-out");
    case "follow-up":
      return gettext("Follow-up");
    default:
      return topic;
  }
}
