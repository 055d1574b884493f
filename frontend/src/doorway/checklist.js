/** What a leader can tick off before convening the team. Ticks live in the page only: nothing of it is kept or sent. */
import { h, setText } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";

/**
 * @param {any} data what the block was given
 * @returns {{id: string, text: string, more: string}[]} in the order in which one would do it
 */
export function checklistOf(data) {
  const minutes = minutesOf(data);
  const guests = data.guests_allowed !== false;
  return [
    { id: "intro",
      text: gettext("I know what is going to happen."),
      more: data.introduction || data.introduction_video
        ? gettext("Watch or read the introduction, and look through the steps above.")
        : gettext("Look through the steps above. A rehearsal shows you all of them.") },
    { id: "screen",
      text: gettext("Everybody can see one screen."),
      more: gettext("In the room, or shared on the call.") },
    { id: "devices",
      text: guests
        ? gettext("Everybody has a phone or a laptop.")
        : gettext("Everybody has a device that is signed in to this course."),
      more: guests
        ? gettext("If not, one tablet can go round, or you write on paper.")
        : gettext("If not, you write on paper.") },
    { id: "time",
      text: minutes > 0
        ? interpolate(ngettext("Nobody disturbs us for %(n)s minute.", "Nobody disturbs us for %(n)s minutes.", minutes), { n: minutes })
        : gettext("Nobody disturbs us."),
      more: gettext("A closed door, and no meeting right after.") },
    { id: "help",
      text: gettext("I know whom to call if this stirs something up in somebody."),
      more: gettext("Your human resources, an occupational health service, or somebody the team trusts.") },
  ];
}

/** @returns {number} planned for the whole agenda */
export function minutesOf(data) {
  return (data.agenda || []).reduce((sum, item) => sum + (item.minutes || 0), 0);
}

/**
 * @param {any} data
 * @returns {HTMLElement}
 */
export function createChecklist(data) {
  const items = checklistOf(data);
  const count = h("span", { class: "psy-checks__count", attrs: { role: "status" } });
  const boxes = items.map(({ id, text, more }) => {
    const box = h("input", { class: "psy-check__box", attrs: { type: "checkbox", autocomplete: "off" }, dataset: { check: id }, on: { change: show } });
    return { box, node: h("li", null, h("label", { class: "psy-check" }, box,
      h("span", { class: "psy-check__text" }, h("span", { text }), h("small", { text: more })))) };
  });

  function show() {
    const ticked = boxes.filter(({ box }) => box.checked).length;
    setText(count, ticked === items.length
      ? gettext("All is ready.")
      : interpolate(gettext("%(n)s of %(all)s"), { n: ticked, all: items.length }));
  }

  show();
  return h("section", { class: "psy-checks" },
    h("div", { class: "psy-checks__head" }, h("h3", { class: "psy-before__part", text: gettext("Ready?") }), count),
    h("ul", { class: "psy-checks__list", attrs: { role: "list" } }, boxes.map(({ node }) => node)));
}
