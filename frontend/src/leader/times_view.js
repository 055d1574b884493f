/** The leader's two clocks, and the kind word when it takes longer. */
import { h, setText } from "../lib/dom.js";
import { timesOf } from "./times.js";

/** @returns {{element: HTMLElement, update: (state: any, offset: number) => void}} */
export function createTimes() {
  const step = h("span", { class: "psy-clocks__step" });
  const whole = h("span", { class: "psy-clocks__whole" });
  const over = h("p", { class: "psy-clocks__over", attrs: { role: "status" } });
  const element = h("div", { class: "psy-clocks psy-time" }, h("p", { class: "psy-clocks__row" }, step, whole), over);
  return {
    element,
    update(state, offset) {
      const texts = timesOf(state, offset);
      setText(step, texts.step);
      setText(whole, texts.whole);
      setText(over, texts.over);
      element.hidden = !texts.step && !texts.whole;
    },
  };
}
