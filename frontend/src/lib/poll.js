/** Follows a session: asks for the state at the pace that the server names, and calmly survives bad networks. */

const DEFAULT_PACE_S = 3;
const HIDDEN_PACE_S = 10;
const MAX_BACK_OFF_S = 20;
const JITTER = 0.1;
/** A question that has been on its way longer than this when a device wakes up was lost in its sleep. */
const STALE_MS = 1000;

/**
 * @typedef {Object} PollerOptions
 * @property {{getState: import("./api.js").Api["getState"]}} api
 * @property {(state: any, serverOffsetMs: number) => void} onState for each changed state
 * @property {(error: any) => void} [onError] for each failure; after `unauthorized` the poller has stopped
 * @property {() => void} [onOk] when an answer came after failures
 * @property {() => void} [onEnded] the session is over; the poller has stopped
 * @property {Element} [element] polling stops when it leaves the page (blocks are told nothing when they go)
 * @property {{setTimeout: Function, clearTimeout: Function, random: () => number, now: () => number}} [timers] for tests
 */

/**
 * @param {PollerOptions} options
 * @returns {{start: () => void, stop: () => void, nudge: () => void}} nudge asks at once, for the
 *   whole state: what only this seat is told ("resonated") is not part of the version
 */
export function createPoller({ api, onState, onError, onOk, onEnded, element, timers }) {
  const clock = timers || {
    setTimeout: window.setTimeout.bind(window),
    clearTimeout: window.clearTimeout.bind(window),
    random: Math.random,
    now: () => Date.now(),
  };
  let running = false;
  let timer = null;
  let flight = null;
  let asked = 0;
  let again = false;
  let whole = false;
  let etag = null;
  let offset = 0;
  let pace = DEFAULT_PACE_S;
  let failures = 0;

  function start() {
    if (running) return;
    running = true;
    document.addEventListener("visibilitychange", onVisible);
    window.addEventListener("online", wake);
    window.addEventListener("pageshow", onPageShow);
    ask();
  }

  function stop() {
    running = false;
    again = false;
    clock.clearTimeout(timer);
    timer = null;
    if (flight) flight.abort();
    flight = null;
    document.removeEventListener("visibilitychange", onVisible);
    window.removeEventListener("online", wake);
    window.removeEventListener("pageshow", onPageShow);
  }

  function onVisible() {
    if (!document.hidden) wake();
  }

  /** Only what comes back from the browser's memory; a page that has just been loaded asks anyway. */
  function onPageShow(event) {
    if (event.persisted) wake();
  }

  /** A phone that slept in the middle of a question would wait for its time limit: it asks anew. */
  function wake() {
    if (flight && clock.now() - asked > STALE_MS) {
      flight.abort();
      flight = null;
    }
    nudge();
  }

  function nudge() {
    if (!running) return;
    whole = true;
    if (flight) again = true;
    else ask();
  }

  async function ask() {
    clock.clearTimeout(timer);
    timer = null;
    if (element && !element.isConnected) return stop();
    const mine = new AbortController();
    flight = mine;
    asked = clock.now();
    const known = whole ? null : etag;
    whole = false;
    try {
      const reply = await api.getState(known, { signal: mine.signal });
      if (flight !== mine) return undefined;
      flight = null;
      succeeded(reply);
    } catch (error) {
      if (flight !== mine) return undefined;
      flight = null;
      whole = whole || known === null;
      failed(error);
    }
    if (running) plan();
    return undefined;
  }

  function succeeded(reply) {
    if (failures > 0 && onOk) onOk();
    failures = 0;
    if (reply.serverOffsetMs !== null) offset = reply.serverOffsetMs;
    if (!reply.state) return;
    etag = reply.etag;
    if (reply.state.poll_after > 0) pace = reply.state.poll_after;
    onState(reply.state, offset);
  }

  function failed(error) {
    if (error.status === 410 || error.code === "unknown_session") {
      stop();
      if (onEnded) onEnded();
      return;
    }
    failures += 1;
    if (error.status === 401) stop();
    if (onError) onError(error);
  }

  function plan() {
    if (again) {
      again = false;
      ask();
      return;
    }
    timer = clock.setTimeout(ask, 1000 * nextDelay({ pace, failures, hidden: document.hidden, random: clock.random() }));
  }

  return { start, stop, nudge };
}

/**
 * @param {{pace: number, failures: number, hidden: boolean, random: number}} now random: 0 to 1
 * @returns {number} seconds until the next question
 */
export function nextDelay({ pace, failures, hidden, random }) {
  let delay = pace;
  if (failures > 0) delay = Math.max(pace, Math.min(MAX_BACK_OFF_S, 2 ** (failures - 1)));
  if (hidden) delay = Math.max(delay, HIDDEN_PACE_S);
  return delay * (1 + JITTER * (2 * random - 1));
}
