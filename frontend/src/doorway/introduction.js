/** What the author tells whoever is about to lead: a title, a film, a text. */
import { filmText } from "../kinds/media.js";
import { h } from "../lib/dom.js";
import { gettext, interpolate } from "../lib/i18n.js";
import { richText } from "../lib/rich_text.js";

/**
 * @param {{introduction_title?: string, introduction_video?: string, introduction?: string}} data
 * @returns {HTMLElement | null} null when the author has written nothing
 */
export function createIntroduction({ introduction_title: title, introduction_video: video, introduction }) {
  const text = richText(introduction);
  const address = filmText(video);
  if (!title && !address && !text.firstChild) return null;
  return h("div", { class: "psy-intro" },
    title && h("h3", { class: "psy-intro__title", text: title, attrs: { dir: "auto" } }),
    address && h("p", { class: "psy-intro__film" }, h("a", {
      class: "psy-button psy-button--alt", text: gettext("Watch the film for leaders"), dataset: { action: "film" },
      attrs: { href: video, target: "_blank", rel: "noopener noreferrer" },
    }), h("span", { class: "psy-intro__where", text: interpolate(gettext("Opens %(address)s in a tab of its own."), { address }) })),
    text.firstChild && h("div", { class: "psy-intro__text", attrs: { dir: "auto" } }, text));
}
