/** The fields of one step, by its kind. */

import { h } from "../lib/dom.js";
import { gettext, interpolate } from "../lib/i18n.js";
import { fieldProblem, minimumRemark } from "./check.js";
import { createCheck, createFold, createNumber, createPick, createText } from "./fields.js";
import { createLines } from "./lines.js";
import { createSharing } from "./sharing.js";

/**
 * @typedef {Object} FormContext
 * @property {any} limits
 * @property {any} defaults
 * @property {ReturnType<import("./places.js").createPlaces>} places
 * @property {(text: string) => void} say
 */

/**
 * @param {Object} options
 * @param {string} options.path where the step's fields register
 * @param {any} options.activity as it is now
 * @param {FormContext} options.context
 * @param {(name: string, value: any) => void} options.onInput
 * @param {() => void} options.reveal opens the step, before a field of it is focused
 * @returns {HTMLElement[]}
 */
export function createStepForm({ path, activity, context, onInput, reveal }) {
  const { limits, defaults } = context;
  const put = (name, field, unfold = () => {}) => {
    context.places.add(`${path}/${name}`, {
      label: field.label,
      show: field.show,
      focus() {
        reveal();
        unfold();
        field.focus();
      },
    });
    return field.node;
  };
  const text = (name, label, more = {}) => createText({
    label, value: activity.exercise ? flowing(activity[name]) : activity[name], limit: limits[name], onInput: (value) => onInput(name, value),
    check: (value) => fieldProblem(name, value, limits), ...more,
  });
  const number = (name, label, more = {}) => createNumber({
    label, value: activity[name] ?? "", onInput: (value) => onInput(name, value),
    check: (value) => fieldProblem(name, value, limits), ...more,
  });
  const tick = (name, label, help) => createCheck({
    label, help, value: activity[name] ?? false, onInput: (value) => onInput(name, value),
  });
  const minimum = () => {
    const standard = activity.kind === "wall" ? defaults.wall_minimum : defaults.counted_minimum;
    const field = number("minimum", gettext("Group minimum"), {
      help: interpolate(gettext("So many answers are needed before anything is shown. Empty means %(n)s."), { n: standard }),
      empty: undefined,
      onInput: (value) => {
        field.remark(minimumRemark(value));
        onInput("minimum", value);
      },
    });
    field.remark(minimumRemark(activity.minimum));
    return put("minimum", field);
  };
  const minutes = () => put("minutes", number("minutes", gettext("Minutes"), { value: activity.minutes ?? defaults.minutes }));
  const row = (...nodes) => h("div", { class: "psy-fields" }, nodes);

  const own = {
    wall: () => [
      put("starter", text("starter", gettext("Sentence starter"), { help: gettext("Stands in the empty note, and can be changed there. May stay empty.") })),
      row(minutes(), minimum(), put("max_length", number("max_length", gettext("Longest note"), {
        value: activity.max_length ?? defaults.max_length, unit: gettext("characters"),
      }))),
      createSharing({ values: activity, limits, put, onInput, say: context.say }),
    ],
    talk: () => [
      put("form", createPick({
        label: gettext("How people talk"), value: activity.form || "all", onInput: (value) => onInput("form", value),
        options: [
          { value: "all", label: gettext("All together") },
          { value: "round", label: gettext("Round the table") },
          { value: "pairs", label: gettext("In pairs") },
        ],
      })),
      put("begins", text("begins", gettext("Who begins"), { help: gettext("Such as: whoever travelled farthest. May stay empty.") })),
      row(minutes()),
      put("beside", tick("beside", gettext("What was shown before stays beside it"), gettext("For a talk about the notes or numbers of the step before."))),
    ],
    choice: () => [
      put("options", createLines({
        label: gettext("Options"), value: activity.options, most: limits.options[1], add: gettext("Add an option"),
        name: (n) => interpolate(gettext("Option %(n)s"), { n }), onInput: (value) => onInput("options", value), say: context.say,
      })),
      row(minutes(), minimum()),
      put("about", createCheck({
        label: gettext("It is about what the team agreed on the last time"),
        help: gettext("Those sentences then stand above the question, if the same person led."),
        value: activity.about === "commitments", onInput: (value) => onInput("about", value ? "commitments" : ""),
      })),
    ],
    pulse: () => [
      put("statements", createLines({
        label: gettext("Statements"), value: activity.statements, most: limits.statements[1], add: gettext("Add a statement"),
        help: gettext("Each is rated from 1, not at all, to 5, fully."),
        name: (n) => interpolate(gettext("Statement %(n)s"), { n }),
        mark: { label: gettext("Here a low number is the good one"), help: "" },
        onInput: (value) => onInput("statements", value), say: context.say,
      })),
      row(minutes(), minimum()),
      put("compare", tick("compare", gettext("Show the earlier numbers beside"), gettext("When the same person led the same statements before, and enough people answered both times."))),
    ],
    commitments: () => [
      put("starter", text("starter", gettext("Sentence starter"), { help: gettext("Such as: When …, we will …. May stay empty.") })),
      row(minutes(), minimum(), put("days", number("days", gettext("Look again after"), {
        value: activity.days ?? defaults.days, unit: gettext("days"),
      }))),
    ],
  }[activity.kind];

  return [
    put("prompt", text("prompt", promptLabel(activity.kind), { rows: 2 })),
    put("title", text("title", gettext("Name of the step"), { help: gettext("Stands in the agenda. Without one, the question stands there.") })),
    put("help", text("help", gettext("Help"), { rows: 2, help: gettext("One or two sentences below the question. May stay empty.") })),
    ...own(),
    guide(),
    media(),
  ];

  function guide() {
    const fold = createFold({ label: gettext("For the leader"), note: gettext("What to say, and what to know") });
    fold.panel.append(
      put("script", text("script", gettext("What the leader says"), {
        rows: 8, help: gettext("Ready to be read aloud. Only the leader sees it."),
      }), fold.unfold),
      put("notes", text("notes", gettext("What the leader should know"), {
        rows: 6, help: gettext("What usually happens, and what helps then. Only the leader sees it."),
      }), fold.unfold),
    );
    return fold.node;
  }

  function media() {
    const fold = createFold({
      label: gettext("Picture and film"), note: activity.picture || activity.video ? "" : gettext("None so far"),
    });
    fold.panel.append(
      put("picture", text("picture", gettext("Picture"), {
        mode: "url", placeholder: "/static/…",
        help: gettext("Upload it to the files of the course, and put its Studio address here. The big screen shows it."),
      }), fold.unfold),
      put("picture_alt", text("picture_alt", gettext("What the picture shows"), {
        help: gettext("For people who do not see it."),
      }), fold.unfold),
      put("video", text("video", gettext("Film"), {
        mode: "url", placeholder: "https://", help: gettext("Its address stands beside the question."),
      }), fold.unfold),
    );
    return fold.node;
  }
}

/** The library's files break their lines at a width; in a field a paragraph is one line. What is stored stays the same. */
function flowing(text) {
  return typeof text === "string" ? text.replace(/([^\n])\n(?![\n\s\-•*]|\d+[.)])/g, "$1 ") : text;
}

function promptLabel(kind) {
  if (kind === "talk") return gettext("What to talk about");
  return kind === "pulse" ? gettext("Question above the statements") : gettext("Question");
}
