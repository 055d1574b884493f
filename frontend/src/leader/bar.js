/** The slim bar at the bottom of the block: one sentence, and the one next thing. Buttons keep their element. */
import { h, setText } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";

/**
 * @param {{onAction: (action: import("./controller.js").Action) => void, onMore?: (open: boolean) => void}} options
 * @returns {{element: HTMLElement, update: (plan: {hint: string, primary: any, secondary: any[]}) => void,
 *   setBusy: (busy: boolean) => void, closeMore: () => void, more: HTMLElement | null}}
 */
export function createBar({ onAction, onMore }) {
  const hint = h("p", { class: "psy-helm__hint" });
  const row = h("div", { class: "psy-helm__row" });
  const buttons = new Map();
  let busy = false;

  const more = onMore
    ? h("button", {
      class: "psy-helm__btn psy-helm__btn--plain",
      text: gettext("More"),
      attrs: { "aria-expanded": "false" },
      dataset: { action: "more" },
      on: { click: () => setMore(more.getAttribute("aria-expanded") !== "true") },
    })
    : null;
  const element = h("div", { class: "psy-helm", attrs: { role: "group", "aria-label": gettext("Lead the session") } },
    hint, row);

  function setMore(open) {
    more.setAttribute("aria-expanded", String(open));
    onMore(open);
  }

  function update({ hint: text, primary, secondary }) {
    setText(hint, text);
    const actions = [...secondary.map((a) => ({ ...a, quiet: true })), ...(primary ? [primary] : [])];
    const held = row.contains(document.activeElement) ? document.activeElement : null;
    for (const id of [...buttons.keys()]) if (!actions.some((a) => a.id === id)) buttons.delete(id);
    place(row, [...(more ? [more] : []), ...actions.map(buttonFor)]);
    // The pressed button is gone: whoever steers by keyboard goes on with the one that took its place.
    if (held && !held.isConnected) (row.lastElementChild || element).focus({ preventScroll: true });
  }

  function buttonFor(action) {
    let button = buttons.get(action.id);
    if (!button) {
      button = h("button", { on: { click: () => pressed(action.id) } });
      button.dataset.action = action.id;
      buttons.set(action.id, button);
    }
    button.className = action.quiet ? "psy-helm__btn psy-helm__btn--alt" : "psy-helm__btn";
    setText(button, action.label);
    button.psyAction = action;
    mark(button);
    return button;
  }

  /** aria-disabled and not disabled: a button that loses the focus in the middle of a click is lost to a keyboard. */
  function mark(button) {
    const off = busy || !button.psyAction.enabled;
    if (off) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }

  function pressed(id) {
    const action = buttons.get(id).psyAction;
    if (!busy && action.enabled) onAction(action);
  }

  return {
    element,
    more,
    update,
    closeMore: () => more && setMore(false),
    setBusy(value) {
      busy = value;
      element.classList.toggle("psy-helm--busy", value);
      for (const button of buttons.values()) mark(button);
    },
  };
}

/** Makes `nodes` the children, moving only what is not in its place: a moved element loses the focus. */
function place(parent, nodes) {
  for (const child of [...parent.children]) if (!nodes.includes(child)) child.remove();
  nodes.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] || null);
  });
}
