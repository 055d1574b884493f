/** The agenda in the form: the ready session as long as it is used, or the author's own steps; how long they take. */

import { h, setText } from "../lib/dom.js";
import { gettext, interpolate } from "../lib/i18n.js";
import { inParagraphs } from "../lib/rich_text.js";
import { fieldProblem, timeRemark } from "./check.js";
import { toHtml } from "./clean.js";
import { blank, isFull, KINDS, totalMinutes } from "./draft.js";
import { createNumber } from "./fields.js";
import { sessionOf, stepsOf } from "./library.js";
import { createLibraryPanel, minutesText } from "./library_panel.js";
import { createStepList } from "./step_list.js";
import { stepMeta, stepTitle } from "./step_view.js";
import { kindIdea, kindName } from "./words.js";

/**
 * @param {Object} options
 * @param {any} options.data what the form was opened with
 * @param {import("./step_form.js").FormContext} options.context
 * @param {() => import("./draft.js").Draft} options.now
 * @param {(action: any) => void} options.dispatch
 */
export function createAgendaPart({ data, context, now, dispatch }) {
  const { limits, defaults } = data;
  const languages = data.library_languages;
  const shelf = data.library[languages[0].code];
  const list = createStepList({ context, now, dispatch });

  const planned = createNumber({
    label: gettext("Length of the meeting"), unit: gettext("minutes"), value: now().fields.planned_minutes,
    onInput: (value) => dispatch({ type: "field", name: "planned_minutes", value }),
    check: (value) => fieldProblem("planned_minutes", value, limits),
  });
  context.places.add("planned_minutes", planned);
  const total = h("p", { class: "psy-time__total" });
  const over = h("p", { class: "psy-f__odd" });
  const time = h("div", { class: "psy-time" }, planned.node, total, over);

  const ready = h("div", { class: "psy-ready" });
  const heading = h("h2", { class: "psy-part__title", text: gettext("Steps"), attrs: { tabindex: -1 } });
  const hint = h("p", { class: "psy-f__help", text: gettext("Open a step to change it. To move one, use the arrows beside it, or Alt and the arrow keys.") });
  const full = h("p", { class: "psy-f__help", text: interpolate(gettext("An agenda has room for %(n)s steps."), { n: limits.activities }) });
  const openLibrary = h("button", {
    class: "psy-button psy-button--alt", text: gettext("Add from the library"), attrs: { "aria-expanded": "false" },
    on: { click: () => show("library") },
  });
  const openBlank = h("button", {
    class: "psy-button psy-button--alt", text: gettext("Add a blank step"), attrs: { "aria-expanded": "false" },
    on: { click: () => show("blank") },
  });
  const adding = h("div", { class: "psy-adding" }, openLibrary, openBlank);
  const library = createLibraryPanel({
    library: data.library, languages,
    onAdd: addExercise, onUse: useSession, warning, onClose: () => hide(),
  });
  const blanks = h("section", {
    class: "psy-library", attrs: { "aria-label": gettext("Kinds of steps") },
    on: { keydown: (event) => { if (event.key === "Escape") { event.stopPropagation(); hide(); } } },
  },
  h("div", { class: "psy-library__head" }, h("h3", { class: "psy-library__title", text: gettext("Which kind of step?"), attrs: { tabindex: -1 } }),
    h("button", { class: "psy-quiet", text: gettext("Close"), on: { click: () => hide() } })),
  h("ul", { class: "psy-kinds" }, KINDS.map((kind) => h("li", null, h("button", {
    class: `psy-kind psy-step--${kind}`, on: { click: () => addBlank(kind) },
  }, h("span", { class: "psy-kind__name", text: kindName(kind) }), h("span", { class: "psy-kind__idea", text: kindIdea(kind) }))))));
  let opener = /** @type {HTMLElement} */ (openLibrary);
  show("", null);

  const node = h("section", { class: "psy-part" }, heading, time, ready, hint, list.node, full, adding, library.node, blanks);
  const own = h("p", { class: "psy-f__problem" });
  heading.after(own);
  context.places.add("agenda", { label: gettext("Steps"), show: (text) => setText(own, text), focus: () => heading.focus() });
  context.places.add("ready_session", { label: gettext("Steps"), show: (text) => setText(own, text), focus: () => heading.focus() });

  function show(what, focus = "open", sessions = false) {
    if (focus && document.activeElement && node.contains(document.activeElement)) opener = /** @type {HTMLElement} */ (document.activeElement);
    library.node.hidden = what !== "library";
    blanks.hidden = what !== "blank";
    openLibrary.setAttribute("aria-expanded", String(what === "library"));
    openBlank.setAttribute("aria-expanded", String(what === "blank"));
    if (what === "library") library.open(sessions);
    if (what === "blank") blanks.querySelector("h3").focus();
  }

  function hide() {
    show("", null);
    (opener.isConnected && !opener.closest("[hidden]") ? opener : openLibrary).focus();
  }

  function addExercise(exercise) {
    if (isFull(now())) return interpolate(gettext("An agenda has room for %(n)s steps."), { n: limits.activities });
    dispatch({ type: "add", activity: { ...exercise.activity, exercise: exercise.name } });
    return interpolate(gettext("Added as step %(n)s."), { n: now().steps.length });
  }

  function addBlank(kind) {
    show("", null);
    dispatch({ type: "add", activity: blank(kind, defaults) });
    const { steps } = now();
    list.view(steps[steps.length - 1].key).focusFirst();
  }

  function useSession(session, language) {
    dispatch({
      type: "replace", activities: stepsOf(data.library[language], session), session: session.name,
      introduction: introductionFor(session),
    });
    show("", null);
    heading.focus();
    context.say(interpolate(gettext("These are now the steps of: %(what)s"), { what: session.title }));
  }

  /** Its own introduction comes along, unless the author wrote another. */
  function introductionFor(session) {
    const all = Object.values(data.library).flatMap(({ sessions }) => sessions.map((one) => introductionOf(one)));
    const current = now().fields.introduction || "";
    return !current || all.includes(current) ? introductionOf(session) : undefined;
  }

  function warning() {
    const { steps } = now();
    return steps.length ? gettext("The steps that stand here now are replaced. You can take it back right afterwards.") : "";
  }

  function showReady(draft) {
    const session = sessionOf(shelf, draft.fields.ready_session);
    if (!session) {
      ready.replaceChildren(h("p", { text: gettext("The ready session that was chosen does not exist any more. Choose another one.") }),
        h("div", { class: "psy-adding" }, chooseOther()));
      return;
    }
    const steps = stepsOf(shelf, session);
    ready.replaceChildren(
      h("p", { class: "psy-ready__lead" }, gettext("This ready session is used. It works as it is.")),
      h("h3", { class: "psy-ready__title", text: session.title, attrs: { dir: "auto" } }),
      h("p", { class: "psy-soft", text: session.summary, attrs: { dir: "auto" } }),
      h("ol", { class: "psy-ready__steps" }, steps.map((step, at) => h("li", { class: `psy-ready__step psy-step--${step.kind}` },
        h("span", { class: "psy-step__number", text: at + 1, attrs: { "aria-hidden": "true" } }),
        h("span", { class: "psy-step__name" }, h("span", { class: "psy-step__title" }, h("bdi", { text: stepTitle(step) })),
          h("span", { class: "psy-step__meta", text: stepMeta(step, defaults) }))))),
      h("div", { class: "psy-adding" },
        h("button", { class: "psy-button", text: gettext("Change these steps"), on: { click: () => takeOver(session) } }),
        chooseOther(),
        h("button", {
          class: "psy-quiet", text: gettext("Begin without any step"),
          on: { click: () => { dispatch({ type: "own" }); heading.focus(); } },
        })));
  }

  function chooseOther() {
    return h("button", { class: "psy-button psy-button--alt", text: gettext("Choose another session"), on: { click: () => show("library", "open", true) } });
  }

  function takeOver(session) {
    dispatch({ type: "replace", activities: stepsOf(shelf, session), session: session.name, introduction: introductionFor(session) });
    const first = now().steps[0];
    if (first) list.view(first.key).focus();
    context.say(gettext("The steps can be changed now."));
  }

  return {
    node,
    /** @param {string} key opens a step, so that its fields are there */
    unfold: (key) => list.view(key) && list.view(key).unfold(),
    /** @param {string} key @param {string} text */
    mark: (key, text) => list.view(key) && list.view(key).mark(text),
    /** @param {import("./draft.js").Draft} draft */
    update(draft, before) {
      const session = sessionOf(shelf, draft.fields.ready_session);
      const steps = draft.own ? draft.steps.map(({ activity }) => activity) : session ? stepsOf(shelf, session) : [];
      const minutes = totalMinutes(steps, defaults.minutes);
      setText(total, interpolate(gettext("The steps take %(time)s together."), { time: minutesText(minutes) }));
      setText(over, timeRemark(minutes, draft.fields.planned_minutes));
      if (!before || before.own !== draft.own || before.fields.ready_session !== draft.fields.ready_session) {
        ready.hidden = draft.own;
        list.node.hidden = !draft.own;
        hint.hidden = !draft.own;
        adding.hidden = !draft.own;
        if (!draft.own) showReady(draft);
      }
      full.hidden = !isFull(draft);
      adding.classList.toggle("psy-adding--full", isFull(draft));
      if (draft.own) list.update(draft);
    },
  };
}

const introductionOf = (session) => toHtml(inParagraphs(session.introduction));
