/** The library, in the flow of the form: exercises to add one by one, and whole sessions. */

import { h, setAttr, setText, uid } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { KINDS } from "./draft.js";
import { createSelect, createText } from "./fields.js";
import { matching } from "./library.js";
import { kindName, TOPICS, topicName } from "./words.js";

/** So many are shown at first: a topic or a word finds faster than scrolling. */
const AT_FIRST = 8;

/**
 * @param {Object} options
 * @param {{[language: string]: {exercises: any[], sessions: any[]}}} options.library
 * @param {{code: string, name: string}[]} options.languages
 * @param {(exercise: any) => string} options.onAdd adds it; returns what to say about it
 * @param {(session: any, language: string) => void} options.onUse
 * @param {() => string} options.warning what using a session would replace; "" for nothing
 * @param {() => void} options.onClose
 */
export function createLibraryPanel({ library, languages, onAdd, onUse, warning, onClose }) {
  const wanted = { text: "", topic: "", kind: "" };
  let language = languages[0].code;
  let whole = false;

  const heading = h("h3", { class: "psy-library__title", text: gettext("From the library"), attrs: { tabindex: -1 } });
  const search = createText({ label: gettext("Search"), value: "", onInput: (text) => { wanted.text = text; refresh(); } });
  const topic = createSelect({
    label: gettext("Topic"), value: "", onInput: (value) => { wanted.topic = value; refresh(); },
    options: [{ value: "", label: gettext("All topics") }, ...TOPICS.map((one) => ({ value: one, label: topicName(one) }))],
  });
  const kind = createSelect({
    label: gettext("Kind"), value: "", onInput: (value) => { wanted.kind = value; refresh(); },
    options: [{ value: "", label: gettext("All kinds") }, ...KINDS.map((one) => ({ value: one, label: kindName(one) }))],
  });
  const tongue = createSelect({
    label: gettext("Language"), value: language, onInput: (value) => { language = value; refresh(); },
    options: languages.map(({ code, name }) => ({ value: code, label: name })),
  });
  const count = h("p", { class: "psy-soft psy-library__count", attrs: { role: "status" } });
  const list = h("ul", { class: "psy-library__list" });
  const more = h("button", {
    class: "psy-button psy-button--alt psy-button--small psy-library__more",
    on: {
      click: () => {
        const next = /** @type {HTMLElement} */ (list.querySelector(":scope > [hidden]"));
        for (const each of list.children) /** @type {HTMLElement} */ (each).hidden = false;
        more.hidden = true;
        next.querySelector("button").focus();
      },
    },
  });
  const sides = [
    side(gettext("Single exercises"), false),
    side(gettext("Whole sessions"), true),
  ];
  const node = h("section", {
    class: "psy-library", attrs: { "aria-label": gettext("Library") },
    on: { keydown: (event) => { if (event.key === "Escape") { event.stopPropagation(); onClose(); } } },
  },
  h("div", { class: "psy-library__head" }, heading,
    h("button", { class: "psy-quiet", text: gettext("Close the library"), on: { click: onClose } })),
  h("div", { class: "psy-library__sides", attrs: { role: "group", "aria-label": gettext("What to show") } }, sides),
  h("div", { class: "psy-fields" }, search.node, topic.node, kind.node, languages.length > 1 && tongue.node),
  count, list, more);

  function side(name, value) {
    return h("button", { class: "psy-library__side", text: name, on: { click: () => show(value) } });
  }

  function show(sessions) {
    whole = sessions;
    sides.forEach((button, at) => setAttr(button, "aria-pressed", String(Boolean(at) === whole)));
    kind.node.hidden = whole;
    refresh();
  }

  function refresh() {
    const shelf = library[language];
    const found = whole
      ? matching(shelf.sessions, { text: wanted.text, topic: wanted.topic })
      : matching(shelf.exercises, wanted);
    const nodes = found.map(whole ? sessionItem : exerciseItem);
    list.replaceChildren(...nodes);
    nodes.slice(AT_FIRST).forEach((each) => { each.hidden = true; });
    more.hidden = nodes.length <= AT_FIRST;
    more.textContent = interpolate(gettext("Show all %(n)s"), { n: nodes.length });
    setText(count, found.length
      ? interpolate(whole
        ? ngettext("%(n)s session", "%(n)s sessions", found.length)
        : ngettext("%(n)s exercise", "%(n)s exercises", found.length), { n: found.length })
      : gettext("Nothing fits. Try another word, or all topics."));
  }

  function exerciseItem(exercise) {
    const done = h("p", { class: "psy-library__done", attrs: { role: "status" } });
    const look = preview([exercise.activity.prompt, exercise.activity.help], exercise.source);
    const add = h("button", {
      class: "psy-button psy-button--alt psy-button--small", text: gettext("Add"),
      attrs: { "aria-label": interpolate(gettext("Add: %(what)s"), { what: exercise.title }) },
      on: { click: () => { done.textContent = onAdd(exercise); } },
    });
    return item(exercise.title, [kindName(exercise.kind), minutesText(exercise.minutes)], exercise.idea,
      h("div", { class: "psy-library__row" }, add, look.button, done), look.panel);
  }

  function sessionItem(session) {
    const ask = h("div", { class: "psy-ask", attrs: { hidden: true } });
    const use = h("button", {
      class: "psy-button psy-button--alt psy-button--small", text: gettext("Use this session"),
      attrs: { "aria-label": interpolate(gettext("Use this session: %(what)s"), { what: session.title }) },
      on: { click: () => press() },
    });
    function press() {
      const lost = warning();
      if (!lost) {
        onUse(session, language);
        return;
      }
      const yes = h("button", {
        class: "psy-button psy-button--alt psy-button--small", text: gettext("Replace the steps"),
        on: { click: () => onUse(session, language) },
      });
      ask.replaceChildren(h("p", { text: lost }), h("div", { class: "psy-library__row" }, yes,
        h("button", {
          class: "psy-quiet", text: gettext("Keep the steps as they are"),
          on: { click: () => { ask.hidden = true; use.focus(); } },
        })));
      ask.hidden = false;
      yes.focus();
    }
    const titles = session.agenda.map((step) => {
      const exercise = library[language].exercises.find((one) => one.name === step.exercise);
      return step.title || (exercise && exercise.title) || "";
    });
    const look = preview(titles, "", "ol");
    return item(session.title, [minutesText(session.minutes)], session.summary,
      h("div", { class: "psy-library__row" }, use, look.button), look.panel, ask);
  }

  /** What one would get, to be unfolded. */
  function preview(lines, source, tag = "div") {
    const panel = h("div", { class: "psy-library__look", attrs: { id: uid("look"), hidden: true } },
      h(tag, { attrs: { dir: "auto" } }, lines.filter(Boolean).map((text) => h(tag === "ol" ? "li" : "p", { text, attrs: { dir: "auto" } }))),
      source && h("p", { class: "psy-f__help", text: source, attrs: { dir: "auto" } }));
    const button = h("button", {
      class: "psy-quiet", text: gettext("Have a look"), attrs: { "aria-expanded": "false", "aria-controls": panel.id },
      on: {
        click: () => {
          panel.hidden = !panel.hidden;
          button.setAttribute("aria-expanded", String(!panel.hidden));
        },
      },
    });
    return { panel, button };
  }

  function item(title, facts, text, ...rest) {
    return h("li", { class: "psy-library__item" },
      h("h4", { class: "psy-library__name", text: title, attrs: { dir: "auto" } }),
      h("p", { class: "psy-library__facts", text: facts.join(" · ") }),
      h("p", { class: "psy-library__idea", text, attrs: { dir: "auto" } }), rest);
  }

  show(false);
  return {
    node,
    /** @param {boolean} sessions which of the two to begin with */
    open(sessions) {
      show(sessions);
      heading.focus();
    },
  };
}

/** @returns {string} */
export function minutesText(n) {
  return interpolate(ngettext("%(n)s minute", "%(n)s minutes", n), { n });
}
