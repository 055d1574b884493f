/** The safety net as a list of cards that open one by one. */
import { h } from "../lib/dom.js";
import { safetyCards } from "./cards.js";

/** @returns {HTMLElement} */
export function createCards() {
  const cards = safetyCards().map(({ id, title, steps, say }) => h("details", {
    class: "psy-card", dataset: { card: id },
  },
  h("summary", { class: "psy-card__title" }, h("span", { text: title })),
  h("div", { class: "psy-card__in" },
    h("ul", { class: "psy-card__steps" }, steps.map((text) => h("li", { text }))),
    say && h("p", { class: "psy-card__say", text: say }))));
  // One at a time: the leader reads standing, and the open one must not be pushed out of sight.
  for (const card of cards) {
    card.addEventListener("toggle", () => {
      if (card.open) for (const other of cards) if (other !== card) other.open = false;
    });
  }
  return h("div", { class: "psy-cards" }, cards);
}
