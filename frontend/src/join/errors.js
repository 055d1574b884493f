/** What went wrong while joining, in words that say what to do. */

import { gettext, interpolate, ngettext } from "../lib/i18n.js";

/**
 * @param {any} error an ApiError
 * @returns {string}
 */
export function joinErrorText(error) {
  switch (error.code) {
    case "unknown_code":
    case "unknown_session":
    case "ended":
      return gettext("No session has this code. Compare it with the one on the screen: it has eight letters and digits.");
    case "guests_not_admitted":
      return gettext("This session is for people with an account. Open the course on your device and join there.");
    case "too_many_wrong_codes":
      return waitText(error.retryAfter);
    case "network":
    case "timeout":
      return gettext("No connection just now. Your code is still here: try again.");
    case "not_json_reply":
      return gettext("This network shows a page of its own instead of ours. Sign in to it in another tab, then try again.");
    default:
      return error.detail || gettext("This did not work. Your code is still here: try again.");
  }
}

function waitText(seconds) {
  if (!seconds) return gettext("There were too many wrong codes. Wait a little, then try again.");
  const minutes = Math.ceil(seconds / 60);
  const text = ngettext(
    "There were too many wrong codes. Try again in %(n)s minute.",
    "There were too many wrong codes. Try again in %(n)s minutes.",
    minutes,
  );
  return interpolate(text, { n: minutes });
}
