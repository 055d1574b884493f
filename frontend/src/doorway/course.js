/** A wall for everybody in the course: no code and no session to wait for; a seat is taken by one clear press. */
import { h } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { giveSeatBack } from "../lib/leave.js";
import { createStore } from "../lib/storage.js";
import { createKeptDoor } from "../seat/kept_door.js";
import { createSeatView } from "../seat/seat_view.js";
import { connect, heldFrom } from "./connection.js";
import { errorLine, once } from "./join_form.js";

/**
 * @param {HTMLElement} place
 * @param {{data: any, call: (name: string, body: any) => Promise<any>}} options
 */
export function mountCourseWall(place, { data, call }) {
  // A seat of its own: the learner may hold one in a team's session too.
  const store = createStore({ key: `${data.storage_key}.${data.block}`, persistent: true });
  const held = store.get("seat");
  if (held) enter(held);
  else askFirst("");

  function askFirst(notice) {
    const error = errorLine();
    const button = h("button", {
      class: "psy-button", text: gettext("Read and write"), dataset: { action: "enter" },
      on: { click: () => once([button], error, async () => {
        const seat = heldFrom(await call("take_seat", {}));
        store.set("seat", seat);
        enter(seat);
      }) },
    });
    place.replaceChildren(h("section", { class: "psy-door" },
      notice && h("p", { class: "psy-door__notice", text: notice, attrs: { role: "status" } }),
      h("div", { class: "psy-door__in" },
        h("h2", { class: "psy-question", text: data.prompt, attrs: { dir: "auto" } }),
        data.help && h("p", { class: "psy-lede", text: data.help, attrs: { dir: "auto" } }),
        h("p", { class: "psy-lede", text: gettext("A wall for everybody in this course. Notes have no names and are put up several at a time, at fixed times, never one alone. You may also just read.") }),
        h("div", { class: "psy-open__row" }, button), error)));
  }

  function enter(seat) {
    let view = null;
    const link = connect({
      held: seat,
      data,
      element: place,
      onState: (state, offset) => {
        if (!view) {
          place.replaceChildren();
          view = createSeatView(place, {
            api: link.api, store, onChanged: link.nudge, kept: createKeptDoor({ api: link.api, urls: data.urls }),
            onLeave: () => {
              giveSeatBack(link.api);
              leave("");
            },
          });
        }
        // The name that a block has from the start reads in each language; the state has that of the site.
        view.update({ ...state, title: data.title }, offset);
      },
      onOffline: (off) => view && view.offline && view.offline(off),
      // Seats on this wall hold for a fixed time; the next one is a press away.
      onRefused: () => leave(gettext("Your seat here has run out. Take a new one.")),
      onEnded: () => leave(gettext("This wall has come down.")),
    });
    place.replaceChildren(h("p", { class: "psy-block__wait", text: gettext("One moment…") }));

    function leave(why) {
      link.stop();
      if (view) view.destroy();
      store.wipe();
      askFirst(why);
    }
  }
}
