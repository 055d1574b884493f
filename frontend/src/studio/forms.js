/** The parts of both forms that are fields one below the other. */

import { h } from "../lib/dom.js";
import { gettext, interpolate } from "../lib/i18n.js";
import { fieldProblem, minimumRemark } from "./check.js";
import { createFold, createNumber, createPick, createText } from "./fields.js";
import { createRichText } from "./rich_text.js";
import { createSharing } from "./sharing.js";

/**
 * @typedef {Object} Parts
 * @property {import("./step_form.js").FormContext} context
 * @property {() => import("./draft.js").Draft} now
 * @property {(action: any) => void} dispatch
 */

/** @param {Parts} parts */
export function createMakers({ context, now, dispatch }) {
  const { limits, places } = context;
  const set = (name) => (value) => dispatch({ type: "field", name, value });
  const put = (name, field, unfold = () => {}) => {
    places.add(name, { label: field.label, show: field.show, focus: () => { unfold(); field.focus(); } });
    return field.node;
  };
  const check = (name) => (value) => fieldProblem(name, value, limits);
  return {
    put,
    text: (name, label, limit, more = {}) => createText({
      label, value: now().fields[name], limit, onInput: set(name), check: check(name), ...more,
    }),
    number: (name, label, more = {}) => createNumber({
      label, value: now().fields[name], onInput: set(name), check: check(name), ...more,
    }),
    pick: (name, label, options, help) => createPick({ label, help, value: now().fields[name], options, onInput: set(name) }),
    rich: (name, label, limit, help) => createRichText({ label, help, value: now().fields[name], limit, onInput: set(name) }),
  };
}

/**
 * @param {Parts} parts
 * @returns {{node: HTMLElement, update: (draft: any, before: any) => void}}
 */
export function createIntroductionPart(parts) {
  const { limits } = parts.context;
  const { put, text, rich } = createMakers(parts);
  const fold = createFold({ label: gettext("Introduction for leaders"), level: "h2" });
  const body = rich("introduction", gettext("Text"), limits.introduction, gettext("What it is for, how it goes, what to think of beforehand."));
  const ready = h("p", { class: "psy-f__help", text: gettext("As long as there is no text and no step of your own, the introduction of the ready session is shown.") });
  let typed = parts.now().fields.introduction;
  fold.panel.append(
    h("p", { class: "psy-soft", text: gettext("Whoever is about to convene the team reads this first. All of it may stay empty.") }),
    put("introduction_title", text("introduction_title", gettext("Title"), limits.title), fold.unfold),
    put("introduction_video", text("introduction_video", gettext("Film"), limits.video, {
      mode: "url", placeholder: "https://", help: gettext("The address of a film for leaders."),
    }), fold.unfold),
    put("introduction", body, fold.unfold), ready);
  // What is typed comes back here; what another part puts in has to be shown.
  body.node.addEventListener("input", () => {
    typed = parts.now().fields.introduction;
  });
  return {
    node: fold.node,
    update(draft) {
      const { introduction, introduction_title: title } = draft.fields;
      if (introduction !== typed && !fold.node.contains(document.activeElement)) {
        typed = introduction;
        body.load(introduction);
      }
      ready.hidden = Boolean(introduction) || draft.own;
      const comes = !introduction && !draft.own ? gettext("Comes with the ready session") : gettext("None so far");
      fold.setNote(title || (introduction ? gettext("Written") : comes));
    },
  };
}

/**
 * Who may lead and join, and when the unit is done. A session also has a minimum for all of its steps.
 * @param {Parts} parts
 * @returns {{node: HTMLElement, update: (draft: any) => void}}
 */
export function createSettingsPart(parts) {
  const { put, pick, number } = createMakers(parts);
  const fold = createFold({ label: gettext("Settings"), level: "h2" });
  const { fields, hasAgenda } = parts.now();
  fold.panel.append(
    put("who_may_lead", pick("who_may_lead", gettext("Who may lead"), [
      { value: "learner", label: gettext("Any learner"), help: gettext("The leader of a team needs no role in the course.") },
      { value: "staff", label: gettext("Course staff only") },
    ]), fold.unfold),
    put("guests_allowed", pick("guests_allowed", gettext("Who may join"), [
      { value: true, label: gettext("Everybody with the code"), help: gettext("People without an account too, as guests on their phones.") },
      { value: false, label: gettext("Only people with an account") },
    ]), fold.unfold),
    put("complete_after_session", pick("complete_after_session", gettext("When the unit counts as done"), [
      { value: false, label: gettext("When it was seen") },
      { value: true, label: gettext("After the session"), help: gettext("For those who had a seat with their account.") },
    ]), fold.unfold),
  );
  if (hasAgenda) {
    const field = number("minimum", gettext("Group minimum for all steps"), {
      empty: null,
      help: gettext("No step shows anything before so many have answered. Empty means: each step has its own number."),
      onInput(value) {
        field.remark(minimumRemark(value));
        parts.dispatch({ type: "field", name: "minimum", value });
      },
    });
    field.remark(minimumRemark(fields.minimum));
    fold.panel.append(put("minimum", field, fold.unfold));
  }
  return {
    node: fold.node,
    update({ fields: now }) {
      fold.setNote([
        now.who_may_lead === "staff" ? gettext("Course staff leads") : gettext("Any learner leads"),
        now.guests_allowed ? gettext("guests may join") : gettext("no guests"),
        now.complete_after_session ? gettext("done after the session") : gettext("done when seen"),
      ].join(" · "));
    },
  };
}

/**
 * All of a wall but the settings.
 * @param {Parts} parts
 * @returns {{node: HTMLElement, update: (draft: any) => void}}
 */
export function createWallPart(parts) {
  const { limits, defaults } = parts.context;
  const { put, text, number, pick } = createMakers(parts);
  const minimum = number("minimum", gettext("Group minimum"), {
    help: interpolate(gettext("So many answers are needed before anything is shown. Usually %(n)s."), { n: defaults.wall_minimum }),
  });
  const sharing = createSharing({
    values: parts.now().fields, limits, put, say: parts.context.say,
    onInput: (name, value) => parts.dispatch({ type: "field", name, value }),
  });
  return {
    node: h("section", { class: "psy-part" },
      put("prompt", text("prompt", gettext("Question"), limits.prompt, { rows: 2 })),
      put("help_text", text("help_text", gettext("Help"), limits.help, { rows: 2, help: gettext("One or two sentences below the question. May stay empty.") })),
      put("starter", text("starter", gettext("Sentence starter"), limits.starter, { help: gettext("Stands in the empty note, and can be changed there. May stay empty.") })),
      put("audience", pick("audience", gettext("Who writes on this wall"), [
        { value: "team", label: gettext("A team, together at one time"), help: gettext("Somebody leads. The notes go up at one moment.") },
        { value: "course", label: gettext("Everybody in the course, whenever they come by"), help: gettext("Nobody leads. New notes appear together, at fixed times.") },
      ])),
      h("div", { class: "psy-fields" },
        put("minutes", number("minutes", gettext("Minutes"))),
        put("minimum", minimum),
        put("max_length", number("max_length", gettext("Longest note"), { unit: gettext("characters") }))),
      sharing),
    update({ fields }) {
      // All in the course read what is written on their wall anyway.
      sharing.hidden = fields.audience !== "team";
      minimum.remark(fields.audience === "team" ? minimumRemark(fields.minimum) : "");
    },
  };
}
