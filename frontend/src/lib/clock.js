/** Time left, by the server's clock: devices in a meeting room disagree by minutes. */

import { gettext, interpolate, ngettext } from "./i18n.js";

/**
 * @param {string | null | undefined} endsAt ISO time
 * @param {number} offsetMs server time minus this device's time
 * @param {number} [now] this device's time in milliseconds
 * @returns {number | null} whole seconds left, never below 0; null without an end
 */
export function secondsLeft(endsAt, offsetMs, now = Date.now()) {
  const end = Date.parse(endsAt || "");
  if (Number.isNaN(end)) return null;
  return Math.max(0, Math.ceil((end - now - offsetMs) / 1000));
}

/**
 * @param {number | null} seconds
 * @param {{over?: string}} [words] over: what stands there when the time is up
 * @returns {string} calm words: minutes while there are any, seconds only at the very end; nothing without an end
 */
export function timeLeftText(seconds, { over = "" } = {}) {
  if (seconds === null) return "";
  if (seconds === 0) return over || gettext("Finish your sentence");
  if (seconds < 60) {
    return interpolate(ngettext("%(n)s second left", "%(n)s seconds left", seconds), { n: seconds });
  }
  const minutes = Math.ceil(seconds / 60);
  return interpolate(ngettext("%(n)s min left", "%(n)s min left", minutes), { n: minutes });
}

/**
 * Calls once a second until stopped, or until the element leaves the page.
 * @param {Element} element
 * @param {() => void} tick
 * @returns {() => void} stops it
 */
export function everySecond(element, tick) {
  const timer = setInterval(() => {
    if (element.isConnected) tick();
    else clearInterval(timer);
  }, 1000);
  return () => clearInterval(timer);
}
