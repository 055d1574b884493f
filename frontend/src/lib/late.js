/** Parts of a page that few need: script, sheet and texts come on demand, once a page, and something stands in for them. */
import { getJson } from "./api.js";
import { h } from "./dom.js";
import { gettext } from "./i18n.js";

/**
 * @typedef {Object} Part
 * @property {string} name under which the script puts on window what it offers; `setMessages` is among it
 * @property {string} script its address
 * @property {string} [style] the address of a sheet that only this part needs
 * @property {string} texts the address of its texts, "" for English; the browser keeps the reply for a while
 */

/** Two scripts of blocks may be on a page; what is being loaded is known to both. */
const loadingName = (name) => `${name}Loading`;

/**
 * @param {string} name
 * @param {string} url of the script
 * @param {any} [host] window
 * @returns {Promise<any>} what the script offers; rejects when it did not come, and the next call tries again
 */
export function loadPart(name, url, host = window) {
  if (host[name]) return Promise.resolve(host[name]);
  const loading = loadingName(name);
  if (!host[loading]) {
    host[loading] = new Promise((resolve, reject) => {
      const script = h("script", { attrs: { src: url } });
      const fail = () => {
        host[loading] = null;
        script.remove();
        reject(new Error(name));
      };
      script.addEventListener("load", () => (host[name] ? resolve(host[name]) : fail()));
      script.addEventListener("error", fail);
      host.document.head.append(script);
    });
  }
  return host[loading];
}

/** Asked for once a page. A part is readable without its sheet, so nothing waits for one that does not come. */
function loadStyle(url) {
  const there = [...document.querySelectorAll('link[rel="stylesheet"]')].some((one) => one.getAttribute("href") === url);
  if (!url || there) return null;
  const sheet = h("link", { attrs: { rel: "stylesheet", href: url } });
  return new Promise((resolve) => {
    sheet.addEventListener("load", resolve);
    sheet.addEventListener("error", resolve);
    document.head.append(sheet);
  });
}

/** @returns {Promise<Object>} */
async function loadTexts(url) {
  return url ? (await getJson(url, { cache: "default" })).body.messages : {};
}

/**
 * A view whose code comes when it is needed.
 * @param {HTMLElement} place
 * @param {{part: Part, language: string, make: (offered: any) => any}} options make: builds the view in the place
 * @returns {any} a view like the one that is made; what it is told before is passed on
 */
export function createLate(place, { part, language, make }) {
  let view = null;
  let last = null;
  let gone = false;

  function start([offered, messages]) {
    if (gone) return;
    offered.setMessages(messages, language);
    view = make(offered);
    if (last && view.update) view.update(...last);
  }

  function load(again = false) {
    const wait = h("p", { class: "psy-block__wait", text: gettext("One moment…"), attrs: { tabindex: -1 } });
    place.replaceChildren(wait);
    if (again) wait.focus({ preventScroll: true });
    Promise.all([loadPart(part.name, part.script), loadTexts(part.texts), loadStyle(part.style || "")])
      .then(start, () => !gone && failed(again));
  }

  function failed(again) {
    const retry = h("button", {
      class: "psy-button", text: gettext("Try again"), dataset: { action: "load_part" }, on: { click: () => load(true) },
    });
    place.replaceChildren(h("div", { class: "psy-door" }, h("div", { class: "psy-door__in" },
      h("p", {
        text: gettext("A part of this page did not come. Your session goes on; nothing is lost."),
        attrs: { role: "status" },
      }),
      h("div", null, retry))));
    if (again) retry.focus({ preventScroll: true });
  }

  if (window[part.name] && !part.texts) start([window[part.name], {}]);
  else load();

  return {
    update(...args) {
      last = args;
      if (view && view.update) view.update(...args);
    },
    offline: (off) => view && view.offline && view.offline(off),
    farewell: () => (view && view.farewell ? view.farewell() : ""),
    /** @returns {boolean} whether the view itself stands there */
    ready: () => view !== null,
    destroy() {
      gone = true;
      if (view) view.destroy();
      else place.replaceChildren();
    },
  };
}
