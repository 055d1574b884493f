/** The lead in a block: the leader's view, and below it the leader's own seat when this browser holds one. */
import { heldFrom } from "../doorway/connection.js";
import { createLeaderView } from "./leader_view.js";
import { createOwnSeat } from "./own_seat.js";

/**
 * @param {HTMLElement} place
 * @param {{link: ReturnType<typeof import("../doorway/connection.js").connect>, held: any, store: any, data: any,
 *   call: (name: string, body: any) => Promise<any>, joinCode: () => string, onGone: (error: any) => void,
 *   onNewState: (state: any) => void}} options call: an XBlock handler
 * @returns {{update: (state: any, offsetMs: number) => void, offline: (off: boolean) => void, destroy: () => void}}
 */
export function createLeaderPlace(place, { link, held, store, data, call, joinCode, onGone, onNewState }) {
  const view = createLeaderView(place, {
    api: link.api, driveAddress: data.urls.drive, nudge: link.nudge, onGone, onNewState, onTakePart,
  });
  let own = null;
  mountOwn();

  async function onTakePart() {
    const seat = store.get("seat");
    const body = { join_code: joinCode(), ...(seat ? { token: seat.token } : {}) };
    store.set("seat", heldFrom(await call("take_seat", body)));
    mountOwn();
  }

  function mountOwn() {
    const seat = store.get("seat");
    if (own) own.destroy();
    own = null;
    // A seat in somebody else's session is not this one's.
    if (!seat || seat.session_id !== held.session_id) return;
    own = createOwnSeat({ seat, store, data, onGone: () => {
      store.remove("seat");
      mountOwn();
    } });
    view.below.append(own.element);
    own.start();
  }

  return {
    update: view.update,
    offline: view.offline,
    destroy() {
      if (own) own.destroy();
      view.destroy();
    },
  };
}
