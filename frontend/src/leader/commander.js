/** Sends the leader's commands: one at a time, each with the step that the page showed when it was pressed. */
import { gettext } from "../lib/i18n.js";

/**
 * @param {{api: import("../lib/api.js").Api, onState: (state: any) => void, onBusy: (busy: boolean) => void,
 *   onNotice: (text: string) => void, onGone: (error: any) => void}} options
 *   onGone: the token is not accepted any more, or the session is over; with `summary_url` when it was ended here
 */
export function createCommander({ api, onState, onBusy, onNotice, onGone }) {
  let state = null;
  let busy = false;

  /** Runs one thing at a time; a second click while it runs does nothing. */
  async function once(work) {
    if (busy) return false;
    busy = true;
    onBusy(true);
    onNotice("");
    try {
      await work();
      return true;
    } catch (error) {
      await explain(error);
      return false;
    } finally {
      busy = false;
      onBusy(false);
    }
  }

  async function explain(error) {
    if (error.status === 401 || error.status === 410 || error.code === "unknown_session") return onGone(error);
    if (error.code !== "stale_step") return onNotice(error.detail || troubleText(error));
    const fresh = await api.getState(null).catch(() => null);
    if (fresh && fresh.state) take(fresh.state);
    return onNotice(gettext("Somebody was faster; here is where we are."));
  }

  /** Takes a state unless a newer one is here: a slow poll must not undo what a command has just answered. */
  function take(next) {
    if (state && next.step < state.step) return false;
    state = next;
    onState(next);
    return true;
  }

  return {
    take,
    /** @returns {boolean} whether a command is under way */
    isBusy: () => busy,
    /** @param {{command: string}} command without its step @returns {Promise<boolean>} whether it was done */
    run: (command) => once(async () => {
      const { body } = await api.post("commands", { ...command, step: state.step });
      // The last reply is not a state to be shown: it says where the summary is.
      if (body.phase === "ended") onGone({ status: 410, summary_url: body.summary_url || null });
      else take(body);
    }),
    /** @param {"offer"|"window"|"hand_over"|"confirm"|"refuse"|"take_back"} what @returns {Promise<any>} the reply, or null */
    async drive(what) {
      let reply = null;
      await once(async () => {
        reply = (await api.post("drive", { do: what })).body || {};
      });
      return reply;
    },
    /** @param {() => Promise<void>} work anything else that must not run twice */
    also: once,
  };
}

/** @returns {string} what a person can do about a request that got no proper answer */
export function troubleText(error) {
  if (error.code === "not_json_reply") return gettext("This site answered with another page. Sign in again, then reload.");
  if (error.code === "too_many_wrong_codes") return gettext("Too many wrong codes. Wait a minute, then try again.");
  if (error.status === 0) return gettext("No connection. Nothing was changed; try again.");
  return gettext("That did not work. Try again.");
}
