/** "More" in the block: the whole agenda, the devices, and what is rarely needed. It may stand on a projector. */
import { h, setText } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { createAgendaList } from "./agenda_list.js";
import { createDoor } from "./door.js";
import { createLinks } from "./links.js";
import { bigCode, seatsText } from "./lobby.js";
import { createTimes } from "./times_view.js";

/**
 * @param {{onAction: (action: any) => void}} options
 * @returns {{element: HTMLElement, update: (state: any, actions: any[], devices: any[]) => void,
 *   tick: (state: any, offset: number) => void}}
 */
export function createMenu({ onAction }) {
  const times = createTimes();
  const agenda = createAgendaList({ onAction });
  const steps = createLinks(gettext("This session"));
  const devices = createLinks(gettext("Screens and devices"));
  const code = h("div", { class: "psy-menu__code" });
  const seats = h("span");
  const door = createDoor({ onAction });
  const element = h("div", { class: "psy-menu", attrs: { hidden: true } },
    times.element, code, door.element, agenda.element, steps.element, devices.element);
  let shown = null;

  return {
    element,
    update(state, actions, items) {
      const running = state.phase !== "lobby";
      const late = running && state.door !== "locked" && state.join_code ? state.join_code : "";
      code.hidden = !running || !state.join_code;
      if (late !== shown) {
        shown = late;
        code.replaceChildren(...(late
          ? [h("span", { text: gettext("Somebody is late? The code still works:") }), bigCode(late)] : []), seats);
      }
      // In the lobby it stands there already.
      door.update(state);
      door.element.hidden = door.element.hidden || !running;
      setText(seats, seatsText(state.seats));
      agenda.element.hidden = (state.agenda || []).length < 2;
      agenda.update(state);
      steps.update(actions);
      devices.update(items);
    },
    tick: (state, offset) => times.update(state, offset),
  };
}
