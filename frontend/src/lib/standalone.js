/** What the pages without an LMS around them share: their settings, and the secret behind the # of their address. */

import { setMessages } from "./i18n.js";

/**
 * Reads the settings from the page's main element, and takes its messages into use.
 * @param {HTMLElement} main
 * @returns {{api: string, language: string, languages: [string, string][], credentials: "omit" | "same-origin",
 *   texts: {language: string, direction: string, messages: Object<string, string | string[]>},
 *   kept: {kept_script?: string, kept_style?: string, kept_messages: string}}}
 *   api ends with a slash; languages: code and name of those that the page can be shown in; texts: those of `language`;
 *   kept: where the page of what is kept comes from
 */
export function readPage(main) {
  const { api = "", language = "en", fetchCredentials } = main.dataset;
  const messages = parsed(main.dataset.messages, {});
  setMessages(messages, language);
  const root = api.replace(/\/?$/, "/");
  return {
    kept: {
      kept_script: main.dataset.keptScript, kept_style: main.dataset.keptStyle, kept_messages: `${root}messages?for=kept`,
    },
    languages: parsed(main.dataset.languages, []),
    texts: { language, direction: document.documentElement.dir || "ltr", messages },
    api: root,
    language,
    credentials: fetchCredentials === "same-origin" ? "same-origin" : "omit",
  };
}

function parsed(text, otherwise) {
  try {
    return JSON.parse(text || "") || otherwise;
  } catch {
    return otherwise;
  }
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
