/** Loads what only a leader needs, once a page, and stands in for its views until it is here. */
import { h } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";

/** Two scripts of blocks may be on a page; what is being loaded is known to both. */
const LOADING = "psychsafetyLeaderLoading";

/**
 * @param {string} url of the script
 * @param {any} [host] window
 * @returns {Promise<any>} what leader.js offers; rejects when the script did not come, and the next call tries again
 */
export function loadLeader(url, host = window) {
  if (host.psychsafetyLeader) return Promise.resolve(host.psychsafetyLeader);
  if (!host[LOADING]) {
    host[LOADING] = new Promise((resolve, reject) => {
      const script = h("script", { attrs: { src: url } });
      const fail = () => {
        host[LOADING] = null;
        script.remove();
        reject(new Error("leader script"));
      };
      script.addEventListener("load", () => (host.psychsafetyLeader ? resolve(host.psychsafetyLeader) : fail()));
      script.addEventListener("error", fail);
      host.document.head.append(script);
    });
  }
  return host[LOADING];
}

/**
 * A view whose code comes when it is needed.
 * @param {HTMLElement} place
 * @param {{data: any, make: (parts: any) => any}} options make: builds the view in the place
 * @returns {any} a view like the one that is made; what it is told before is passed on
 */
export function createLate(place, { data, make }) {
  let view = null;
  let last = null;
  let gone = false;

  function start(parts) {
    if (gone) return;
    parts.setMessages(data.messages, data.language);
    view = make(parts);
    if (last && view.update) view.update(...last);
  }

  function load(again = false) {
    const wait = h("p", { class: "psy-block__wait", text: gettext("One moment…"), attrs: { tabindex: -1 } });
    place.replaceChildren(wait);
    if (again) wait.focus({ preventScroll: true });
    loadLeader(data.urls.leader_script).then(start, () => !gone && failed(again));
  }

  function failed(again) {
    const retry = h("button", {
      class: "psy-button", text: gettext("Try again"), dataset: { action: "load_leader" }, on: { click: () => load(true) },
    });
    place.replaceChildren(h("div", { class: "psy-door" }, h("div", { class: "psy-door__in" },
      h("p", {
        text: gettext("A part of this page did not come. Your session goes on; nothing is lost."),
        attrs: { role: "status" },
      }),
      h("div", null, retry))));
    if (again) retry.focus({ preventScroll: true });
  }

  if (window.psychsafetyLeader) start(window.psychsafetyLeader);
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
