/** Questions asked in the flow of the page, above the buttons that led to them. Never a window of the browser. */
import { h, uid } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";

/**
 * A place for one question at a time. The focus goes to its heading, Escape cancels, and the focus returns.
 * @param {HTMLElement} place an empty element in the flow
 * @returns {{ask: (question: {title: string, text?: string, body?: Node, cancel?: string,
 *   actions: {id: string, label: string, run: () => void, quiet?: boolean}[], onCancel?: () => void}) => void,
 *   close: () => void, isOpen: () => boolean, hold: (busy: boolean) => void}}
 */
export function createAsk(place) {
  let back = null;
  let open = null;

  function close() {
    if (!open) return;
    const hadFocus = place.contains(document.activeElement);
    open = null;
    place.replaceChildren();
    if (hadFocus && back && back.isConnected) back.focus({ preventScroll: true });
    back = null;
  }

  function cancel() {
    const question = open;
    close();
    if (question && question.onCancel) question.onCancel();
  }

  function ask(question) {
    back = open ? back : document.activeElement;
    open = question;
    const id = uid("ask");
    const heading = h("h3", { class: "psy-query__title", text: question.title, attrs: { id, tabindex: -1 } });
    const buttons = question.actions.map((action) =>
      h("button", {
        class: action.quiet ? "psy-button psy-button--alt" : "psy-button",
        text: action.label,
        dataset: { action: action.id },
        on: { click: () => { close(); action.run(); } },
      }));
    place.replaceChildren(h("div", {
      class: "psy-query",
      attrs: { role: "group", "aria-labelledby": id },
      on: { keydown: (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        cancel();
      } },
    },
    heading,
    question.body,
    question.text && h("p", { class: "psy-query__text", text: question.text }),
    h("div", { class: "psy-query__row" },
      buttons,
      h("button", {
        // Beside one answer the way back weighs the same; beside several it only goes back.
        class: question.actions.length === 1 ? "psy-button psy-button--alt" : "psy-quiet", dataset: { action: "cancel" },
        text: question.cancel || gettext("Cancel"), on: { click: cancel },
      }))));
    heading.focus({ preventScroll: false });
  }

  return { ask, close, isOpen: () => Boolean(open) };
}
