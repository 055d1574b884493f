/** The sessions that somebody has led here: a quiet line, and on a press the list with a link to each summary. */
import { h, uid } from "../lib/dom.js";
import { dayText, gettext, interpolate } from "../lib/i18n.js";
import { errorLine, once } from "./join_form.js";

/**
 * @param {{load: () => Promise<{sessions: {title: string, held_on: string, summary_url: string}[]}>}} options
 * @returns {HTMLElement}
 */
export function createPast({ load }) {
  const id = uid("past");
  const list = h("div", { class: "psy-past__list", attrs: { id, hidden: true } });
  const error = errorLine();
  const button = h("button", {
    class: "psy-quiet psy-past__open", text: gettext("Your earlier sessions"), dataset: { action: "past" },
    attrs: { "aria-expanded": "false", "aria-controls": id },
    on: { click: () => (list.hidden ? once([button], error, open) : close()) },
  });

  async function open() {
    const { sessions = [] } = await load();
    list.replaceChildren(sessions.length > 0
      ? h("ul", { class: "psy-past__sessions", attrs: { role: "list" } }, sessions.map(item))
      : h("p", { class: "psy-soft", text: gettext("None yet. After a session its summary waits here, until the course’s retention time is over.") }));
    show(true);
  }

  const close = () => show(false);

  function show(on) {
    list.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
  }

  return h("div", { class: "psy-past" }, button, error, list);
}

function item({ title, held_on: heldOn, summary_url: url }) {
  const day = dayText(heldOn);
  return h("li", { class: "psy-past__session" },
    h("span", { class: "psy-past__title", text: title, attrs: { dir: "auto" } }),
    h("time", { class: "psy-soft", text: day, attrs: { datetime: heldOn } }),
    h("a", {
      class: "psy-link", text: gettext("Summary"),
      attrs: { href: url, target: "_blank", rel: "noopener noreferrer", "aria-label": interpolate(gettext("Summary of %(title)s, %(day)s"), { title, day }) },
    }));
}
