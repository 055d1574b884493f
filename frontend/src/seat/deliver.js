/** Sends one thing until the server has answered for it. Sending twice is safe: the server counts a seat once. */

const LONGEST_WAIT_MS = 20000;

/**
 * @typedef {Object} Delivery
 * @property {"counted" | "closed" | "refused" | "ended"} outcome
 * @property {boolean} maybe with `closed`: an earlier try may have arrived
 * @property {any} error the last error, null when counted
 */

/**
 * @param {() => Promise<any>} send
 * @param {{signal: AbortSignal, onTrouble: (error: any) => void, triedBefore?: boolean}} options onTrouble hears of
 *   each failure after which it is tried again; abort the signal to stop trying
 * @returns {Promise<Delivery | null>} null when stopped
 */
export async function deliver(send, { signal, onTrouble, triedBefore = false }) {
  let tries = triedBefore ? 1 : 0;
  for (;;) {
    if (signal.aborted) return null;
    try {
      await send();
      return { outcome: "counted", maybe: false, error: null };
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome) return { outcome, maybe: tries > 0, error };
      tries += 1;
      if (signal.aborted) return null;
      onTrouble(error);
      await pause(waitAfter(error, tries), signal);
    }
  }
}

/** @returns {Delivery["outcome"] | null} null: try again */
function outcomeOf(error) {
  if (error.code === "already_answered") return "counted";
  if (error.code === "round_closed" || error.code === "unknown_round") return "closed";
  if (error.status === 410) return "ended";
  if (error.retryable || error.status === 429 || error.code === "not_json_reply") return null;
  return "refused";
}

function waitAfter(error, tries) {
  if (error.retryAfter) return error.retryAfter * 1000;
  return Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (tries - 1));
}

/** Waits, but not longer than until the network is back. */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      resolve(undefined);
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}
