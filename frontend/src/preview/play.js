/**
 * The real views, each in a page of its own like on the device it is made for. This runs inside of such a page
 * (frame.js), so that the sizes, the focus and the clock are those of that page.
 */
import { createBeforeStart } from "../doorway/before_start.js";
import { createLeaderView } from "../leader/leader_view.js";
import { everySecond } from "../lib/clock.js";
import { h } from "../lib/dom.js";
import { setMessages } from "../lib/i18n.js";
import { createStore } from "../lib/storage.js";
import { createScenes } from "../screen/scenes.js";
import { createSeatView } from "../seat/seat_view.js";
import { samplePicture } from "./sample.js";
import { createLeaderApi, createSeatApi, refusal } from "./still_api.js";

/**
 * @typedef {Object} Part
 * @property {any} data what the preview was given
 * @property {any} state the state to show
 * @property {any} guide what the leader reads
 * @property {(command: any) => any} onCommand
 * @property {() => void} onConvene
 */
/** @typedef {{update: (state: any) => void, destroy: () => void}} Played */

/**
 * @param {"before" | "leader" | "seat" | "screen"} role
 * @param {HTMLElement} main an empty place
 * @param {Part} part
 * @returns {Played}
 */
export function play(role, main, part) {
  setMessages(part.data.messages, part.data.language);
  return PLAYS[role](main, part);
}

const PLAYS = { before, leader, seat, screen };

/** Memory only: what is chosen or drafted in a preview is nobody's. */
const noStore = () => createStore({ key: "preview", area: null });

/** In the unit of the course, on the leader's laptop. */
function before(main, { data, onConvene }) {
  const place = h("div", { class: "psy-block__place" });
  main.replaceChildren(h("div", { class: "psy psy-block" }, place));
  const view = createBeforeStart(place, {
    data,
    store: noStore(),
    fresh: false,
    still: true,
    onOpen: async () => onConvene(),
    onRehearse: async () => {
      throw refusal();
    },
    onCancel: () => {},
  });
  return { update() {}, destroy: view.destroy };
}

function leader(main, { state, guide, onCommand }) {
  main.className = "psy-driver";
  const place = h("div", { class: "psy-drive__console" });
  main.replaceChildren(place);
  const api = createLeaderApi({ guide, onCommand });
  const view = createLeaderView(place, { api, store: noStore(), phone: true, nudge: () => {}, onGone: () => {} });
  view.update(state, 0);
  return { update: (next) => view.update(next, 0), destroy: view.destroy };
}

function seat(main, { state }) {
  main.className = "psy-join";
  main.replaceChildren();
  let shown = state;
  const api = createSeatApi({
    onTapped: () => update({ ...shown, round: { ...shown.round, resonated: true } }),
  });
  const view = createSeatView(main, { api, store: noStore(), heading: "h1" });

  function update(next) {
    shown = next;
    view.update(next, 0);
  }

  update(state);
  return { update, destroy: view.destroy };
}

function screen(main, { state }) {
  const place = h("div", { class: "psy-room__place" });
  main.className = "";
  main.replaceChildren(place);
  const scenes = createScenes(place, { loadQr: async () => samplePicture() });
  scenes.update(state, 0);
  const stopTicking = everySecond(main, () => scenes.tick());
  return {
    update: (next) => scenes.update(next, 0),
    destroy() {
      stopTicking();
      scenes.destroy();
    },
  };
}
