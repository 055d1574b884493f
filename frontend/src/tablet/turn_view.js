/** One person's turn: the seat as on every phone, kept nowhere, and wiped when nobody seems to hold the tablet. */

import { h, setText } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { createPoller } from "../lib/poll.js";
import { createStore } from "../lib/storage.js";
import { outName } from "../seat/composer.js";
import { createSeatView } from "../seat/seat_view.js";
import { watchIdle } from "./idle.js";
import { isDone, occasionOf } from "./turns.js";

/**
 * @param {HTMLElement} place
 * @param {{api: import("../lib/api.js").Api, state: any, onDone: () => void, onBack: () => void,
 *   onOver: () => void, onRefused: () => void, onEnded: () => void}} options onDone: the answer is counted;
 *   onBack: nobody is there, or it was the wrong person; onOver: what the turn was for has ended in between
 * @returns {{redraw: () => void, destroy: () => void}} redraw: in another language, with what is written here
 */
export function createTurn(place, { api, state: first, onDone, onBack, onOver, onRefused, onEnded }) {
  const occasion = occasionOf(first);
  const purpose = occasion.split(":").pop();
  /** Memory only: a reload, the next person and the back button find nothing. */
  const store = createStore({ key: "turn", area: null });
  const seat = h("div", { class: "psy-tablet__seat" });
  const warning = createWarning(() => idle.alive());
  const back = h("button", {
    class: "psy-quiet psy-tablet__back", dataset: { action: "back" }, on: { click: () => onBack() },
  });
  place.replaceChildren(warning.node, seat, back);
  let over = false;
  let last = { state: first, offset: 0 };
  let view = draw();

  function draw() {
    setText(back, gettext("Not my turn: back, and wipe what is here"));
    return createSeatView(seat, { api, store, heading: "h1", onChanged });
  }

  const poller = createPoller({
    api,
    element: place,
    onState: follow,
    onOk: () => view.offline(false),
    onError: (error) => (error.status === 401 ? onRefused() : view.offline(true)),
    onEnded,
  });
  // Not the warning: it would be gone from under the finger that presses its button.
  const idle = watchIdle(seat, {
    onWarn: warning.show, onCalm: warning.hide, onIdle: onBack, isBusy: () => store.get(outName(first.round.id)) !== null,
  });
  view.update(first);
  poller.start();
  // Somebody may come back to this page by the back button: it must not show what stood there.
  window.addEventListener("pagehide", hide);
  window.addEventListener("pageshow", unveil);

  function follow(state, offset) {
    if (over) return;
    last = { state, offset };
    if (occasionOf(state) !== occasion) finish(onOver);
    else if (isDone(state)) finish(onDone);
    else view.update(state, offset);
  }

  /** A counted answer ends the turn; of a wall only the taps do, not a note that was taken down. */
  function onChanged() {
    if (purpose === "answer") queueMicrotask(() => finish(onDone));
    else poller.nudge();
  }

  function finish(how) {
    if (over) return;
    over = true;
    how();
  }

  function hide() {
    seat.hidden = true;
  }

  function unveil(event) {
    if (event.persisted) finish(onBack);
    else seat.hidden = false;
  }

  return {
    redraw() {
      view.destroy();
      view = draw();
      view.update(last.state, last.offset);
      warning.redraw();
    },
    destroy() {
      over = true;
      idle.stop();
      poller.stop();
      window.removeEventListener("pagehide", hide);
      window.removeEventListener("pageshow", unveil);
      view.destroy();
      store.wipe();
      place.replaceChildren();
    },
  };
}

/** Fifteen seconds before the text goes. Said once, shown with the seconds. */
function createWarning(onStay) {
  const text = h("p", { class: "psy-ask__text" });
  const said = h("p", { class: "psy-sr", attrs: { role: "alert" } });
  const stay = h("button", { class: "psy-button", dataset: { action: "stay" }, on: { click: onStay } });
  const box = h("div", { class: "psy-ask psy-tablet__warning", attrs: { hidden: true } }, text, stay);
  const redraw = () => setText(stay, gettext("I am still here"));
  redraw();
  return {
    redraw,
    node: h("div", { class: "psy-tablet__warn" }, box, said),
    show(seconds) {
      if (box.hidden) setText(said, gettext("Are you still here? What is written here is wiped in 20 seconds."));
      box.hidden = false;
      setText(text, interpolate(ngettext(
        "Are you still here? What is written here is wiped in %(n)s second.",
        "Are you still here? What is written here is wiped in %(n)s seconds.", seconds), { n: seconds }));
    },
    hide() {
      box.hidden = true;
      setText(said, "");
    },
  };
}
