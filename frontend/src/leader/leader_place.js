/**
 * The lead in a block: the leader's view, and below it the leader's own seat when this browser holds one. In a rehearsal
 * a pretend team answers.
 */
import { heldFrom } from "../doorway/connection.js";
import { createLeaderView } from "./leader_view.js";
import { createOwnSeat } from "./own_seat.js";
import { createPretendTeam } from "./pretend.js";

/**
 * @param {HTMLElement} place
 * @param {{link: ReturnType<typeof import("../doorway/connection.js").connect>, held: any, store: any, data: any,
 *   call: (name: string, body: any) => Promise<any>, joinCode: () => string, onGone: (error: any) => void,
 *   onNewState: (state: any) => void}} options call: an XBlock handler; held.pretend: the seats of a rehearsal
 * @returns {{update: (state: any, offsetMs: number) => void, offline: (off: boolean) => void, farewell: () => string,
 *   destroy: () => void}}
 */
export function createLeaderPlace(place, { link, held, store, data, call, joinCode, onGone, onNewState }) {
  const team = held.pretend
    ? createPretendTeam({ apiUrl: held.api_url, tokens: held.pretend, data })
    : null;
  const view = createLeaderView(place, {
    api: link.api,
    store,
    driveAddress: data.urls.drive,
    nudge: link.nudge,
    onGone,
    onNewState: (state) => {
      if (team) team.update(state);
      onNewState(state);
    },
    // Nobody joins a rehearsal, the leader neither.
    onTakePart: team ? undefined : onTakePart,
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
    farewell: view.farewell,
    destroy() {
      if (team) team.destroy();
      if (own) own.destroy();
      view.destroy();
    },
  };
}
