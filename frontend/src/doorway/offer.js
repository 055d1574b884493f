/** A wall in a unit that the leader has reached with a session that runs: start it here. */
import { h, setText } from "../lib/dom.js";
import { gettext, interpolate } from "../lib/i18n.js";
import { missingPeople } from "../leader/people.js";
import { seatsText } from "../leader/lobby.js";
import { ownerOf, whereTitle } from "./decide.js";
import { errorLine, once } from "./join_form.js";

/**
 * @param {HTMLElement} root
 * @param {{data: any, onStart: () => Promise<void>, onAttach: () => Promise<void>}} options
 *   onAttach: only hands the wall over, because a phone has the controls
 */
export function createOffer(root, { data, onStart, onAttach }) {
  const error = errorLine();
  const hint = h("p", { class: "psy-helm__hint" });
  const button = h("button", { class: "psy-helm__btn", dataset: { action: "start_wall" } });
  const advice = h("p", { class: "psy-leader__advice" });
  let driven = false;
  button.addEventListener("click", () => once([button], error, () => (driven ? onAttach() : onStart())));
  root.replaceChildren(h("section", { class: "psy-door psy-offer" },
    h("div", { class: "psy-door__in" },
      h("h2", { class: "psy-question", text: data.prompt, attrs: { dir: "auto" } }),
      data.help && h("p", { class: "psy-lede", text: data.help, attrs: { dir: "auto" } }),
      h("p", { class: "psy-lede", text: gettext("Every phone of your team follows by itself.") }), advice, error),
    h("div", { class: "psy-helm" }, hint, h("div", { class: "psy-helm__row" }, button))));
  return {
    update(state) {
      driven = Boolean(state.drive && state.drive.phase === "driving");
      const attached = (state.agenda || []).some((item) => item.block === data.block && item.status === "waiting");
      const running = state.round && state.round.phase === "collecting" && ownerOf(state) !== data.block;
      setText(hint, running
        ? interpolate(gettext("The team is still at: %(title)s"), { title: whereTitle(state) })
        : seatsText(state.seats));
      setText(button, driven ? gettext("Hand it to my phone") : gettext("Start this wall with your team"));
      setText(advice, driven && attached ? gettext("It is ready. Start it from your phone.") : missingPeople(state));
      button.hidden = Boolean(running || (driven && attached));
    },
    destroy: () => root.replaceChildren(),
  };
}
