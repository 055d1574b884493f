/** A row of quiet buttons that keeps the focus while the state around it changes. */
import { h } from "../lib/dom.js";

/**
 * @param {string} [title] above the row
 * @returns {{element: HTMLElement, update: (items: {id: string, label: string, run: () => any, href?: string}[]) => void}}
 *   an item with `href` opens a window of its own
 */
export function createLinks(title = "") {
  const row = h("div", { class: "psy-links__row" });
  const element = h("div", { class: "psy-links" }, title && h("h3", { class: "psy-links__title", text: title }), row);
  let now = [];
  let drawn = "";

  function draw({ id, label, href }) {
    if (href) {
      return h("a", {
        class: "psy-link", text: label, dataset: { action: id }, attrs: { href, target: "_blank", rel: "noopener noreferrer" },
      });
    }
    return h("button", {
      class: "psy-link", text: label, dataset: { action: id },
      on: { click: () => now.find((item) => item.id === id).run() },
    });
  }

  return {
    element,
    update(items) {
      now = items;
      element.hidden = items.length === 0;
      const key = JSON.stringify(items.map(({ id, label, href }) => [id, label, href]));
      if (key === drawn) return;
      drawn = key;
      const focused = row.contains(document.activeElement) ? document.activeElement.dataset.action : null;
      row.replaceChildren(...items.map(draw));
      if (focused) (row.querySelector(`[data-action="${focused}"]`) || row.firstChild || element).focus({ preventScroll: true });
    },
  };
}
