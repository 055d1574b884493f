/**
 * The leader's phone: types a one-time code, compares two digits with the laptop, then drives. The token stays in this
 * tab; taking the controls back on the laptop ends it.
 */
import { postJson } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { connect, heldFrom } from "../doorway/connection.js";
import { normaliseCode } from "../doorway/code.js";
import { codeForm } from "../doorway/join_form.js";
import { createLeaderView } from "./leader_view.js";

const ASK_AGAIN_MS = 1500;

/**
 * @param {HTMLElement} main
 * @param {{data: {api: string, fetch_credentials?: "omit" | "same-origin"}, store: any,
 *   code: string, onState?: (state: any) => void}} options code: from the address, or ""
 * @returns {{redraw: () => void, destroy: () => void}} redraw: in another language
 */
export function createDrivePage(main, { data, store, code, onState = () => {} }) {
  const url = data.api.replace(/\/?$/, "/") + "drive";
  const options = { credentials: data.fetch_credentials };
  let timer = null;
  let link = null;
  let view = null;
  let redraw = () => {};

  function stop() {
    clearTimeout(timer);
    if (link) link.stop();
    if (view) view.destroy();
    link = null;
    view = null;
  }

  /** @param {() => string} [notice] why */
  function askForCode(notice = () => "") {
    stop();
    store.wipe();
    showCode(notice);
  }

  function showCode(notice) {
    const typed = main.querySelector("input")?.value || "";
    redraw = () => showCode(notice);
    main.replaceChildren(h("section", { class: "psy-drive" },
      h("h1", { class: "psy-title", text: gettext("Drive from this phone") }),
      h("p", { class: "psy-lede", text: gettext("The laptop shows a code: choose “Drive from my phone” there, or “Hand the lead to a colleague”.") }),
      notice() && h("p", { class: "psy-door__notice", text: notice(), attrs: { role: "status" } }),
      codeForm({ label: gettext("The code on your laptop"), go: gettext("Drive"), onCode: claim, reason })));
    /** @type {any} */ (main.querySelector("input")).value = typed;
  }

  async function claim(typed) {
    stop();
    const { body } = await postJson(url, { code: typed }, options);
    store.wipe();
    store.set("claim", body);
    wait(body);
  }

  /** A window of the laptop itself is let in at once; everybody else compares digits first. */
  function wait(held) {
    redraw = () => main.replaceChildren(waitLine());
    redraw();
    poll(held);
  }

  function showDigits(held) {
    if (main.querySelector(".psy-digits")) return;
    drawDigits(held);
  }

  function drawDigits(held) {
    redraw = () => drawDigits(held);
    main.replaceChildren(h("section", { class: "psy-drive psy-drive--wait" },
      h("h1", { class: "psy-lede", text: gettext("Does your laptop show the same digits?") }),
      h("p", { class: "psy-digits", text: held.check, attrs: { dir: "ltr" } }),
      h("p", { class: "psy-lede", text: gettext("Then confirm there. This page goes on by itself.") }),
      h("button", {
        class: "psy-quiet", text: gettext("Cancel"), dataset: { action: "cancel" }, on: { click: () => askForCode() },
      })));
  }

  async function poll(held) {
    try {
      const { status, body } = await postJson(url, { claim: held.claim }, options);
      if (!store.get("claim")) return;
      if (status === 200 && body.token) {
        store.wipe();
        store.set("lead", heldFrom(body));
        drive(store.get("lead"));
        return;
      }
    } catch (error) {
      if (!store.get("claim")) return;
      if (error.status >= 400 && error.status < 500 && error.status !== 429) {
        askForCode(() => gettext("The laptop did not confirm. Ask for a new code there."));
        return;
      }
    }
    showDigits(held);
    timer = setTimeout(() => main.isConnected && poll(held), ASK_AGAIN_MS);
  }

  function drive(held) {
    stop();
    const place = h("div", { class: "psy-drive__console" }, waitLine());
    let last = null;
    main.replaceChildren(place);
    redraw = () => {
      if (!view) return place.replaceChildren(waitLine());
      const tab = place.querySelector("[role=tab][aria-selected=true]")?.getAttribute("data-action");
      view.destroy();
      view = make();
      view.update(...last);
      return /** @type {HTMLElement | null} */ (place.querySelector(`[data-action="${tab}"]`))?.click();
    };
    link = connect({
      held,
      data,
      element: place,
      onState: (state, offset) => {
        last = [state, offset];
        onState(state);
        if (!view) view = make();
        view.update(state, offset);
      },
      onOffline: (off) => view && view.offline(off),
      onRefused: takenBack,
      onEnded: () => ended(),
    });

    function make() {
      return createLeaderView(place, { api: link.api, store, phone: true, nudge: link.nudge, onGone: gone });
    }
  }

  const gone = (error) => (error.status === 401 ? takenBack() : ended(error.summary_url));
  const takenBack = () => askForCode(() => gettext("The laptop has the controls again."));

  /** @param {string | null} [summary] where the leader finds what is left; known to the page that ended the session */
  function ended(summary = null) {
    stop();
    store.wipe();
    if (summary) store.set("summary", summary);
    farewell(summary);
  }

  function farewell(summary) {
    drawFarewell(summary);
    /** @type {HTMLElement} */ (main.querySelector("h1")).focus({ preventScroll: true });
  }

  function drawFarewell(summary) {
    redraw = () => drawFarewell(summary);
    const heading = h("h1", { class: "psy-title", text: gettext("The session has ended"), attrs: { tabindex: -1 } });
    main.replaceChildren(h("section", { class: "psy-drive" },
      heading,
      h("p", { class: "psy-lede", text: gettext("All notes are down.") }),
      summary && h("p", null, h("a", {
        class: "psy-button", text: gettext("Your summary"), dataset: { action: "summary" },
        attrs: { href: summary, target: "_blank", rel: "noopener noreferrer" },
      })),
      h("button", {
        class: "psy-quiet", text: gettext("Drive another session"), dataset: { action: "again" },
        on: { click: () => askForCode() },
      })));
  }

  const fresh = normaliseCode(code);
  if (fresh) claim(fresh).catch((error) => askForCode(() => reason(error)));
  else if (store.get("lead")) drive(store.get("lead"));
  else if (store.get("claim")) wait(store.get("claim"));
  else if (store.get("summary")) farewell(store.get("summary"));
  else askForCode();

  return { redraw: () => redraw(), destroy: stop };
}

const waitLine = () => h("p", { class: "psy-block__wait", text: gettext("One moment…") });

function reason(error) {
  if (error.code === "unknown_code") return gettext("This code does not work any more. Ask for a new one on the laptop.");
  return error.detail || "";
}

/**
 * Reads a code from the address and removes it at once: it must not stay in the history or be shared by accident.
 * @param {Window} host
 * @returns {string} the code, or ""
 */
export function takeCodeFromAddress(host) {
  const code = normaliseCode(decoded(host.location.hash.slice(1)));
  if (host.location.hash) host.history.replaceState(null, "", host.location.pathname + host.location.search);
  return code;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
