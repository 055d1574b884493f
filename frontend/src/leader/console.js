/**
 * The console on the leader's phone, or in a private window: what to say and to know, the whole agenda, the safety net.
 * Nobody but the leader sees it, and it is used standing, with one hand; the next thing stands below it, under the thumb.
 */
import { minutesText } from "../doorway/agenda_item.js";
import { h, setText } from "../lib/dom.js";
import { gettext, interpolate } from "../lib/i18n.js";
import { createAgendaList } from "./agenda_list.js";
import { createCards } from "./cards_view.js";
import { createDoor } from "./door.js";
import { createGuide, createScript, guidedActivity } from "./guide.js";
import { createLinks } from "./links.js";
import { bigCode, seatsText } from "./lobby.js";
import { nextItem } from "./people.js";
import { createTabs } from "./tabs.js";
import { createTimes } from "./times_view.js";

/**
 * @param {{api: any, stage: HTMLElement[], onAction: (action: any) => void}} options
 *   stage: what the room sees, and what to do about too few people
 * @returns {{nodes: HTMLElement[], showNow: () => void, update: (state: any, actions: any[], device: any[]) => void,
 *   tick: (state: any, offset: number) => void, destroy: () => void}}
 */
export function createConsole({ api, stage, onAction }) {
  const script = createScript();
  const guide = createGuide({ api, onChange: showScript });
  const times = createTimes();
  const agenda = createAgendaList({ onAction, notes: true });
  const steps = createLinks();
  const devices = createLinks();
  const then = h("p", { class: "psy-con__then" });
  const codePlace = h("div", { class: "psy-room-part__code" });
  const seats = h("p", { class: "psy-room-part__seats" });
  const door = createDoor({ onAction });
  const tabs = createTabs({
    label: gettext("The console"),
    parts: [
      { id: "now", label: gettext("Now"), node: h("div", { class: "psy-con" }, script.element, h("div", { class: "psy-con__room" }, stage), then) },
      { id: "agenda", label: gettext("Agenda"), node: h("div", { class: "psy-con" }, agenda.element, steps.element) },
      { id: "cards", label: gettext("If …"), node: h("div", { class: "psy-con" }, createCards()) },
      { id: "room", label: gettext("Room"), node: h("div", { class: "psy-con" }, codePlace, seats, door.element, devices.element) },
    ],
  });
  let state = null;
  let code = null;
  let step = null;

  function showScript() {
    if (state) script.update(state, guide.of(guidedActivity(state)));
  }

  /** Another step: its first words are what is needed now, unless the leader is reading what to do in need. */
  function turnTo({ phase, round, next_activity: coming }) {
    const key = JSON.stringify([phase, round && round.id, round && round.phase === "closed", coming]);
    const before = step;
    step = key;
    if (before === null || before === key || tabs.shown() === "cards") return;
    tabs.show("now");
    const card = tabs.bar.closest(".psy-leader");
    if (card && card.scrollIntoView) card.scrollIntoView({ block: "start" });
  }

  return {
    /** Shows what the room sees, and the leader's tools in it. */
    showNow: () => tabs.show("now"),
    nodes: [times.element, tabs.bar, tabs.panels],
    update(next, actions, device) {
      state = next;
      turnTo(next);
      guide.update(next);
      showScript();
      setText(then, thenText(next));
      agenda.update(next);
      steps.update(actions);
      devices.update(device);
      setText(seats, seatsText(next.seats));
      door.update(next);
      const late = next.door === "locked" ? "" : next.join_code;
      if (late === code) return;
      code = late;
      codePlace.replaceChildren(...(code ? [h("p", { text: gettext("Whoever is late joins with this code:") }), bigCode(code)] : []));
    },
    tick: (next, offset) => times.update(next, offset),
    destroy: guide.destroy,
  };
}

/** @returns {string} what comes after the step that is open; between two steps that is said above already */
function thenText(state) {
  const item = nextItem(state);
  if (!item || !state.round || state.round.phase === "closed" || state.phase !== "running") return "";
  const title = interpolate(gettext("Then: %(title)s"), { title: item.title });
  return [title, minutesText(item.minutes)].filter(Boolean).join(", ");
}
