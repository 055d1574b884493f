/** One held token: the API it opens and the poller that follows the session with it. */
import { createApi } from "../lib/api.js";
import { createPoller } from "../lib/poll.js";

/**
 * @typedef {object} Held
 * @property {string} session_id
 * @property {string} api_url
 * @property {string} token
 */

/**
 * @param {{held: Held, data: any, element: Element, onState: (state: any, offsetMs: number) => void,
 *   onOffline: (off: boolean) => void, onRefused: () => void, onEnded: () => void}} options
 * @returns {{api: import("../lib/api.js").Api, token: string, nudge: () => void, stop: () => void}}
 */
export function connect({ held, data, element, onState, onOffline, onRefused, onEnded }) {
  const api = createApi({
    apiUrl: held.api_url, token: held.token, credentials: data.fetch_credentials,
  });
  const poller = createPoller({
    api,
    element,
    onState,
    onEnded,
    onOk: () => onOffline(false),
    onError: (error) => (error.status === 401 ? onRefused() : onOffline(true)),
  });
  poller.start();
  return { api, token: held.token, nudge: poller.nudge, stop: poller.stop };
}

/** @param {any} reply of a handler @returns {Held} only what is needed again */
export const heldFrom = ({ session_id, api_url, token }) => ({ session_id, api_url, token });
