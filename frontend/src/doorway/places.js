/** The small places of a block: where the team is, and the still picture in Studio. */
import { h, setText } from "../lib/dom.js";
import { gettext, interpolate } from "../lib/i18n.js";
import { agendaItem } from "./agenda_item.js";
import { whereTitle } from "./decide.js";
import { headline } from "./doorway.js";

/**
 * The session is somewhere else.
 * @param {HTMLElement} root
 * @param {{data: any}} options
 */
export function createElsewhere(root, { data }) {
  const line = h("span");
  root.replaceChildren(h("section", { class: "psy-door psy-elsewhere" },
    data.kind === "wall" && h("p", { class: "psy-elsewhere__prompt", text: data.prompt, attrs: { dir: "auto" } }),
    h("p", { class: "psy-elsewhere__row" }, h("i", { class: "psy-dot", attrs: { "aria-hidden": "true" } }), line)));
  return {
    update(state) {
      const title = whereTitle(state);
      setText(line, title
        ? interpolate(gettext("The team is at: %(title)s"), { title })
        : gettext("Your session is open. It goes on in the other part of this page."));
    },
    destroy: () => root.replaceChildren(),
  };
}

/**
 * In Studio: what learners will meet, still.
 * @param {HTMLElement} root
 * @param {{data: any}} options
 */
export function createPreview(root, { data }) {
  const agenda = (data.agenda || []).map((item) => ({ ...item, status: "waiting" }));
  root.replaceChildren(h("section", { class: "psy-door psy-preview" },
    h("p", { class: "psy-door__notice", text: gettext("Preview. Nothing is stored from here.") }),
    h("div", { class: "psy-door__in" },
      headline(data),
      data.kind === "wall" && data.help && h("p", { class: "psy-lede", text: data.help, attrs: { dir: "auto" } }),
      data.kind !== "wall" && data.introduction && h("p", { class: "psy-lede", text: data.introduction, attrs: { dir: "auto" } }),
      data.kind === "wall" ? sampleNotes() : h("ol", { class: "psy-agenda" }, agenda.map(agendaItem)))));
  return { destroy: () => root.replaceChildren() };
}

/** Made up, so that an author sees what a wall looks like. */
function sampleNotes() {
  const notes = [
    gettext("Say that I do not understand when everybody else nods."),
    gettext("Show a half-finished idea."),
    gettext("Ask for help before it is too late."),
  ];
  return h("ul", { class: "psy-sample", attrs: { "aria-label": gettext("Sample notes") } },
    notes.map((text, at) => h("li", { class: `psy-sample__note psy-sample__note--${at + 1}`, text })));
}
