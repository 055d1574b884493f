/** The leader's own seat on the same laptop: the seat's view, veiled, because the room may see this screen. */
import { createApi } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { createPoller } from "../lib/poll.js";
import { createSeatView } from "../seat/seat_view.js";

/**
 * @param {{seat: {api_url: string, token: string}, store: any, data: any, onGone: () => void}} options
 * @returns {{element: HTMLElement, start: () => void, nudge: () => void, destroy: () => void}}
 */
export function createOwnSeat({ seat, store, data, onGone }) {
  const element = h("div", { class: "psy-own" });
  const api = createApi({
    apiUrl: seat.api_url, token: seat.token, credentials: data.fetch_credentials,
  });
  const view = createSeatView(element, {
    api, store, veiled: true, onChanged: () => poller.nudge(),
  });
  const poller = createPoller({
    api,
    element,
    onState: (state, offset) => view.update(state, offset),
    onOk: () => view.offline(false),
    onError: (error) => (error.status === 401 ? gone() : view.offline(true)),
    onEnded: () => view.sessionEnded(),
  });

  function gone() {
    poller.stop();
    onGone();
  }

  return {
    element,
    /** Polling needs the element in the page, so the owner starts it. */
    start: () => poller.start(),
    nudge: () => poller.nudge(),
    destroy() {
      poller.stop();
      view.destroy();
      element.remove();
    },
  };
}
