/** The way in: one sentence, then two equal ways. Also for somebody who opens the unit alone. */
import { h } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { codeForm, errorLine, once } from "./join_form.js";
import { createFiguresLink } from "./figures.js";
import { createPast } from "./past.js";

/** @typedef {{text: string, link?: {href: string, label: string} | null}} Notice */

/**
 * @param {HTMLElement} root
 * @param {{data: any, notice?: Notice | null, onJoin: (code: string) => Promise<void>, onConvene: (how?: any) => void,
 *   onContinue: () => Promise<void>, loadPast: () => Promise<any>, loadFigures: () => Promise<any>}} options loadPast: the sessions that the caller led
 * @returns {{showOpenLead: (lead: any) => void, destroy: () => void, element: HTMLElement}}
 *   showOpenLead: the caller leads a session that is still open; asks before it is continued
 */
export function createDoorway(root, { data, notice = null, onJoin, onConvene, onContinue, loadPast, loadFigures }) {
  const place = h("div", { class: "psy-door__lead" });
  const convene = data.may_lead ? conveneCard(onConvene) : null;
  const element = h("section", { class: "psy-door", attrs: { "aria-label": data.title || undefined } },
    notice && noticeLine(notice),
    h("div", { class: "psy-door__in" }, headline(data)),
    place,
    h("div", { class: convene ? "psy-ways" : "psy-ways psy-ways--one" }, codeForm({
        title: gettext("Join"), label: gettext("The code that your leader shows"), go: gettext("Join"),
        onCode: onJoin, reason: joinTrouble,
      }), convene),
    data.may_lead && createPast({ load: loadPast }),
    data.insights && createFiguresLink(loadFigures));
  root.replaceChildren(element);
  // What stood here had the focus and is gone; whoever listens goes on with what became of it.
  if (notice && document.activeElement === document.body) element.querySelector(".psy-door__notice").focus({ preventScroll: true });

  return {
    element,
    showOpenLead() {
      const again = h("button", { class: "psy-button", text: gettext("Continue it"), dataset: { action: "continue" } });
      const fresh = h("button", {
        class: "psy-button psy-button--alt", text: gettext("Start new"), dataset: { action: "fresh" },
        on: { click: () => onConvene({ fresh: true }) },
      });
      const error = errorLine();
      again.addEventListener("click", () => once([again, fresh], error, onContinue));
      place.replaceChildren(h("div", { class: "psy-open" },
        h("h3", { class: "psy-open__title", text: gettext("A session of yours is still open") }),
        h("p", { text: gettext("Continue it with the same team, or start new? Starting new ends the open one, and its notes come down.") }),
        h("div", { class: "psy-open__row" }, again, fresh), error));
      // Two ways to convene would be one too many: the question above already offers both.
      if (convene) convene.hidden = true;
      element.querySelector(".psy-ways").classList.add("psy-ways--one");
    },
    destroy: () => root.replaceChildren(),
  };
}

/** @param {Notice} notice @returns {HTMLElement} */
function noticeLine({ text, link }) {
  return h("div", { class: "psy-door__notice", attrs: { role: "status", tabindex: -1 } }, h("span", { text }), link && h("a", {
    class: "psy-link", text: link.label, dataset: { action: "summary" },
    attrs: { href: link.href, target: "_blank", rel: "noopener noreferrer" },
  }));
}

/** @returns {HTMLElement[]} what this is, in one sentence */
export function headline(data) {
  if (data.kind === "wall") {
    return [
      h("h2", { class: "psy-question", text: data.prompt, attrs: { dir: "auto" } }),
      h("p", { class: "psy-lede", text: gettext("Your team answers this together, on a wall of notes without names. It opens when a team gathers; alone there is nothing to do here.") }),
    ];
  }
  return [
    h("h2", { class: "psy-title", text: data.title || gettext("With your team"), attrs: { dir: "auto" } }),
    h("p", { class: "psy-lede", text: gettext("Here a team gathers, in one room or on a call, and answers together without names. It opens when a team gathers; alone there is nothing to do here.") }),
  ];
}

function conveneCard(onConvene) {
  return h("div", { class: "psy-way psy-way--lead" },
    h("h3", { class: "psy-way__title", text: gettext("Lead") }),
    h("p", { class: "psy-way__label", text: gettext("You gather your team and lead it through. No training needed: the next step is always on the screen.") }),
    h("button", {
      class: "psy-button", text: gettext("I convene my team"), dataset: { action: "convene" },
      on: { click: () => onConvene() },
    }));
}

function joinTrouble(problem) {
  return problem.code === "unknown_code" ? gettext("No session has this code. Look at it again.") : "";
}
