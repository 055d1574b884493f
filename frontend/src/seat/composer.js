/**
 * Giving one answer, of whatever kind: the form that the kind supplies, five seconds in which nothing has left, then sending until it is acknowledged.
 * The draft and what is on its way are kept on the device, for this round only, and are gone once counted.
 */

import { kindOf } from "../kinds/index.js";
import { h, setText } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { HOLD_MS, begin, reduce } from "./composer_state.js";
import { deliver } from "./deliver.js";
import { troubleText } from "./words.js";

/** Names in the store; all begin with "draft:", so that wiping "draft:" leaves nothing. */
export const draftName = (roundId) => `draft:${roundId}`;
export const outName = (roundId) => `draft:${roundId}:out`;

/**
 * @param {HTMLElement} root
 * @param {Object} options
 * @param {{post: Function}} options.api
 * @param {import("../lib/storage.js").Store} options.store
 * @param {any} options.state the session's state, with the round that collects
 * @param {boolean} [options.veiled]
 * @param {HTMLElement | null} [options.terms] stands with the promise, above the form
 * @param {(text: string) => void} options.say the live region
 * @param {(phase: string, maybe: boolean) => void} options.onPhase after each change of phase
 * @param {() => void} options.onEnded
 * @returns {{update: (state: any) => void, closed: () => void, destroy: () => void, phase: () => string,
 *            missed: () => string}} closed: the round collects no more; missed: what to say when it came too late
 */
export function createComposer(root, { api, store, state: session, veiled = false, terms = null, say, onPhase, onEnded }) {
  const round = session.round;
  const stopping = new AbortController();
  let retrying = null;
  let seconds = null;
  let leaving = false;
  let current = begin(store.get(outName(round.id)));

  const kind = kindOf(round.activity);
  const form = kind.createForm({
    activity: round.activity,
    veiled,
    terms,
    onDraft: (draft) => (draft === null ? store.remove(draftName(round.id)) : store.set(draftName(round.id), draft)),
    onSend: (answer) => dispatch({ type: "hold", answer, now: Date.now() }),
    onPass: () => dispatch({ type: "hold", answer: { pass: true }, now: Date.now() }),
  });
  const bar = createWaitingBar(() => dispatch({ type: "undo" }));
  form.restore(store.get(draftName(round.id)));
  form.describe(session);
  document.addEventListener("visibilitychange", onHidden);
  window.addEventListener("pagehide", onPageHide);
  render(null);
  proceed(true);

  function dispatch(event) {
    const before = current;
    current = reduce(before, event);
    if (current === before) return;
    remember();
    render(before);
    if (current.phase !== before.phase) {
      proceed(false);
      onPhase(current.phase, current.maybe);
    }
  }

  /** Keeps on the device exactly what a reload needs, and nothing once the answer is counted or missed. */
  function remember() {
    const { phase, answer, until } = current;
    if (phase === "holding" || phase === "sending") {
      store.set(outName(round.id), { answer, until, sending: phase === "sending" });
      return;
    }
    store.remove(outName(round.id));
    if (phase === "counted" || phase === "missed") {
      store.remove(draftName(round.id));
      form.restore(null);
    }
  }

  function render(before) {
    const { phase } = current;
    if (phase === "writing") {
      const back = before && before.phase !== "writing";
      root.replaceChildren(form.node);
      if (back) {
        if (current.refusal) form.refuse(refusalText(current.refusal));
        else form.focus();
      }
    } else if (phase === "holding" || phase === "sending") {
      const focused = root.contains(document.activeElement);
      const long = root.contains(form.node);
      if (bar.node.parentNode !== root) root.replaceChildren(bar.node);
      if (phase === "holding") bar.hold(current.until - Date.now());
      else bar.send(current.trouble);
      if (focused) bar.focus();
      // Below a long form the page has just become short.
      if (long && focused && bar.node.scrollIntoView) bar.node.scrollIntoView({ block: "nearest" });
    } else {
      root.replaceChildren();
    }
  }

  /** Starts what the phase that was just entered asks for. */
  function proceed(reloaded) {
    clearInterval(seconds);
    if (current.phase === "holding") {
      seconds = setInterval(tick, 200);
      if (!reloaded) say(gettext("Your answer goes out in five seconds. You can undo it."));
      tick();
    } else if (current.phase === "sending") {
      sendOut(reloaded);
    }
  }

  function tick() {
    const left = current.until - Date.now();
    // A clock that was set back must not hold an answer for ever.
    if (left <= 0 || left > HOLD_MS + 1000) dispatch({ type: "due" });
    else bar.seconds(Math.ceil(left / 1000));
  }

  async function sendOut(triedBefore) {
    retrying = new AbortController();
    const body = { round: round.id, answer: current.answer };
    const result = await deliver(() => api.post("answers", body, { keepalive: leaving }), {
      signal: retrying.signal,
      triedBefore,
      onTrouble: (error) => {
        dispatch({ type: "trouble", error });
        say(troubleText(error));
      },
    });
    if (!result || stopping.signal.aborted) return;
    if (result.outcome === "ended") onEnded();
    else dispatch({ type: result.outcome, maybe: result.maybe, error: result.error });
  }

  function onHidden() {
    if (document.hidden) onPageHide();
    else leaving = false;
  }

  /** Whoever locks the phone has decided: the answer goes out at once and outlives the page. */
  function onPageHide() {
    leaving = true;
    dispatch({ type: "due" });
  }

  return {
    update(next) {
      if (next.round.answered) dispatch({ type: "counted" });
      form.describe(next);
    },
    closed() {
      dispatch({ type: "closed", maybe: true });
      if (retrying) retrying.abort();
      store.remove(draftName(round.id));
      store.remove(outName(round.id));
    },
    destroy() {
      stopping.abort();
      if (retrying) retrying.abort();
      clearInterval(seconds);
      document.removeEventListener("visibilitychange", onHidden);
      window.removeEventListener("pagehide", onPageHide);
    },
    phase: () => current.phase,
    missed: () => kind.words().missed(current.maybe),
  };
}

/** The server's own words, when it has any. */
function refusalText(error) {
  if (error.status === 401) return gettext("Your seat is no longer valid here. Your answer is kept. Join again with the code.");
  return error.detail || gettext("This could not be sent. Your answer is kept. Please try again.");
}

/** What stands in place of the form while an answer waits or travels: the same for a note and for a pass. */
function createWaitingBar(onUndo) {
  const text = h("p", { class: "psy-hold__text" });
  const line = h("div", { class: "psy-hold__line", attrs: { "aria-hidden": "true" } });
  const undo = h("button", { class: "psy-button psy-button--alt", text: gettext("Undo"), on: { click: onUndo } });
  const node = h("div", { class: "psy-hold", attrs: { tabindex: "-1" } }, line, text, undo);
  return {
    node,
    hold(leftMs) {
      undo.hidden = false;
      node.classList.remove("psy-hold--sending");
      line.style.animationDelay = `${Math.min(0, leftMs - HOLD_MS)}ms`;
    },
    seconds(n) {
      setText(
        text,
        interpolate(ngettext("Your answer goes out in %(n)s second", "Your answer goes out in %(n)s seconds", n), { n }),
      );
    },
    send(trouble) {
      undo.hidden = true;
      node.classList.add("psy-hold--sending");
      setText(text, trouble ? troubleText(trouble) : gettext("Sending"));
    },
    focus: () => (undo.hidden ? node : undo).focus({ preventScroll: true }),
  };
}
