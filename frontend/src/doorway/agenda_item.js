/** One line of an agenda, as everybody may see it. */
import { kindName } from "../kinds/index.js";
import { h } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";

/** @returns {HTMLElement} one line of the agenda */
export function agendaItem(item) {
  const status = statusText(item) || minutesText(item.minutes);
  const kind = kindName(item);
  return h("li", { class: `psy-agenda__item psy-agenda__item--${item.status || "waiting"}` },
    h("span", { class: "psy-agenda__what" },
      h("span", { text: item.title, attrs: { dir: "auto" } }),
      kind && h("span", { class: "psy-agenda__kind", text: kind })),
    status && h("span", { class: "psy-agenda__status", text: status }));
}

/** @returns {string} what became of an activity, "" while it waits */
export function statusText({ status }) {
  return { done: gettext("done"), running: gettext("now"), skipped: gettext("skipped") }[status] || "";
}

/** @returns {string} "about 8 minutes", or "" */
export function minutesText(minutes) {
  if (!minutes) return "";
  return interpolate(ngettext("about %(n)s minute", "about %(n)s minutes", minutes), { n: minutes });
}
