/** What the pages without an LMS around them share: their settings, and the secret behind the # of their address. */

import { setMessages } from "./i18n.js";

/**
 * Reads the settings from the page's main element, and takes its messages into use.
 * @param {HTMLElement} main
 * @returns {{api: string, language: string, credentials: "omit" | "same-origin"}} api ends with a slash
 */
export function readPage(main) {
  const { api = "", language = "en", fetchCredentials, messages } = main.dataset;
  try {
    setMessages(JSON.parse(messages || "{}"), language);
  } catch {
    setMessages({}, language);
  }
  return {
    api: api.replace(/\/?$/, "/"),
    language,
    credentials: fetchCredentials === "same-origin" ? "same-origin" : "omit",
  };
}

/**
 * A code or token stands in the address only until it has been read: history, screenshots and shared links stay clean.
 * @returns {string} what stood behind the #, or ""
 */
export function takeFragment() {
  const { hash, pathname, search } = window.location;
  if (!hash) return "";
  window.history.replaceState(null, "", pathname + search);
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
}
