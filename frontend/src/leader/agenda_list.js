/** The whole agenda, with what can be done with each line. */
import { agendaItem } from "../doorway/agenda_item.js";
import { h } from "../lib/dom.js";
import { gettext, interpolate } from "../lib/i18n.js";
import { lineActions } from "./actions.js";
import { insteadText, shortfalls } from "./people.js";

/**
 * @param {{onAction?: (action: import("./actions.js").Action) => void, notes?: boolean}} options without onAction it is
 *   only read; notes: each line says what it becomes with too few people
 * @returns {{element: HTMLElement, update: (state: any) => void}}
 */
export function createAgendaList({ onAction, notes = false }) {
  const list = h("ol", { class: "psy-agenda psy-agenda--lead" });
  const element = h("div", { class: "psy-agenda-part" }, list);
  let drawn = "";

  return {
    element,
    /** Redrawn only when a line has changed, so that a focused button stays. */
    update(state) {
      const items = state.agenda || [];
      const key = JSON.stringify([items, state.next_activity, items.map((item) => lineActions(item, state))]);
      if (key === drawn) return;
      drawn = key;
      const focused = list.contains(document.activeElement) ? document.activeElement.dataset.action : null;
      list.replaceChildren(...items.map((item) => line(item, state)));
      if (focused) {
        const again = list.querySelector(`[data-action="${focused}"]`) || list.querySelector("button") || list;
        if (again === list) list.setAttribute("tabindex", "-1");
        again.focus({ preventScroll: true });
      }
    },
  };

  function line(item, state) {
    const made = agendaItem(item);
    if (item.status === "running") made.setAttribute("aria-current", "step");
    const next = item.id === state.next_activity && item.status === "waiting";
    if (next) made.classList.add("psy-agenda__item--next");
    if (notes && item.status === "waiting" && item.missing > 0) {
      made.append(h("span", { class: "psy-agenda__note", text: insteadText(item) }));
    }
    const actions = onAction ? lineActions(item, state) : [];
    if (actions.length > 0) {
      made.append(h("span", { class: "psy-agenda__do" }, actions.map((action) => h("button", {
        class: "psy-link",
        dataset: { action: action.id },
        attrs: { "aria-label": interpolate(gettext("%(what)s: %(title)s"), { what: action.label, title: item.title }) },
        text: action.label,
        on: { click: () => onAction(action) },
      }))));
    }
    return made;
  }
}

/**
 * Said beforehand: with the people who are here, which activities become what.
 * @returns {{element: HTMLElement, update: (state: any) => void}}
 */
export function createShortfall() {
  const list = h("ul", { class: "psy-short__list" });
  const element = h("details", { class: "psy-short", attrs: { hidden: true } },
    h("summary", { class: "psy-short__head", text: gettext("If nobody else comes") }), list);
  let drawn = "";
  return {
    element,
    update(state) {
      const found = state.seats && state.seats.all > 0 ? shortfalls(state) : [];
      element.hidden = found.length === 0;
      const key = JSON.stringify(found);
      if (key === drawn) return;
      drawn = key;
      list.replaceChildren(...found.map(({ titles, instead }) => h("li", null,
        h("strong", { text: titles.join(", "), attrs: { dir: "auto" } }), " ", h("span", { text: instead }))));
    },
  };
}
