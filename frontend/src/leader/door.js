/** The door, where seats are counted: whether it is locked, and what can be done about it. */
import { h, setText } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { doorText } from "../seat/words.js";
import { lockAction, newCodeAction, unlockAction } from "./actions.js";
import { isDrivenElsewhere } from "./controller.js";
import { createLinks } from "./links.js";
import { createRush } from "./rush.js";

/**
 * The line and its quiet links.
 * @param {{onAction: (action: any) => void}} options
 * @returns {{element: HTMLElement, update: (state: any) => void}}
 */
export function createDoor({ onAction }) {
  const line = h("p", { class: "psy-gate__line" });
  const links = createLinks();
  const element = h("div", { class: "psy-gate" }, line, links.element);
  return {
    element,
    update(state) {
      setText(line, doorText(state));
      // A rehearsal has no door, and what a phone drives is done there.
      element.hidden = Boolean(state.rehearsal);
      links.update(isDrivenElsewhere(state) ? [] : doorActions(state).map((action) => ({
        id: action.id, label: action.label, run: () => onAction(action),
      })));
    },
  };
}

/** First the door is locked, with one tap; whether all start over can then be thought about in peace. */
const doorActions = (state) => (state.door === "locked" ? [unlockAction(), newCodeAction(state)] : [lockAction()]);

/**
 * What stands above everything when seats by code come fast: the number, and what to do about it.
 * @param {{onAction: (action: any) => void, now?: () => number}} options now: for tests
 * @returns {{element: HTMLElement, update: (state: any) => void}}
 */
export function createRushNotice({ onAction, now }) {
  const rush = createRush(now);
  const text = h("p", { class: "psy-rush__text" });
  const links = createLinks();
  const said = h("div", { attrs: { role: "status" } }, text);
  const element = h("div", { class: "psy-rush", attrs: { hidden: true } }, said, links.element);
  let state = null;

  function draw(came) {
    element.hidden = came === 0 || isDrivenElsewhere(state);
    setText(text, element.hidden ? "" : rushText(came));
    links.update(element.hidden ? [] : [
      { id: "rush_lock", label: lockAction().label, run: () => onAction(lockAction()) },
      { id: "rush_known", label: gettext("Yes, that is us"), run: known },
    ]);
  }

  function known() {
    rush.settle();
    draw(0);
  }

  return {
    element,
    update(next) {
      state = next;
      draw(rush.see(next));
    },
  };
}

function rushText(came) {
  return interpolate(ngettext(
    "%(n)s seat by code was taken within a minute. Are so many of you new here?",
    "%(n)s seats by code were taken within a minute. Are so many of you new here?", came), { n: came });
}
