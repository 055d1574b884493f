/**
 * Completion "after the session". A browser that held a seat keeps its token, worthless by then, until the platform has
 * been told; and tells it after a random while, so that no log shows who left the room together.
 */

export const SOONEST_MS = 10000;
export const LATEST_MS = 120000;

/** The name in the store, and the one thing that outlives a session. */
export const DONE = "done";

/**
 * @param {{wanted: boolean, store: import("../lib/storage.js").Store, call: (name: string, body: any) => Promise<any>,
 *   random?: () => number, timers?: {setTimeout: Function}}} options wanted: the author chose it for this block;
 *   call: an XBlock handler; random, timers: for tests
 * @returns {{ended: (token: string) => void, resume: () => void}} ended: the session of this seat is over;
 *   resume: look for what an earlier page left behind
 */
export function createCompletion({ wanted, store, call, random = Math.random, timers = globalThis }) {
  let planned = "";

  function ended(token) {
    if (!wanted) return;
    store.set(DONE, token);
    resume();
  }

  function resume() {
    const token = wanted ? store.get(DONE) : null;
    if (!token || planned === token) return;
    planned = token;
    timers.setTimeout(() => tell(token), SOONEST_MS + random() * (LATEST_MS - SOONEST_MS));
  }

  async function tell(token) {
    try {
      await call("complete", { token });
    } catch (error) {
      if (!isRefusal(error)) return;
    }
    // By now the store may hold the token of a later session.
    if (store.get(DONE) === token) store.remove(DONE);
  }

  return { ended, resume };
}

/** @returns {boolean} whether asking again could never help; everything else waits for the next visit */
function isRefusal({ status, code }) {
  return status >= 400 && status < 500 && status !== 429 && code !== "not_now";
}

/** Forgets all that belongs to a session, but not that its end has still to be told. */
export function wipeSession(store) {
  for (const name of store.names()) if (name !== DONE) store.remove(name);
}
