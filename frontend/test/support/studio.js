/** Studio around the form: its data, a runtime that remembers what it was told, and the form's own controls. */

import { mountEditor } from "../../src/studio/editor.js";
import { openPage, settle } from "./page.js";

const COMMON = { guests_allowed: true, who_may_lead: "learner", complete_after_session: false };
export const LIMITS = {
  title: 120, prompt: 300, help: 600, starter: 80, begins: 120, script: 2000, notes: 2000, picture: 500, picture_alt: 200,
  video: 500, option: 120, options: [2, 8], statement: 200, statements: [1, 10], minutes: [1, 120], minimum: [3, 50],
  max_length: [20, 500], days: [1, 365], activities: 30, planned_minutes: [5, 480], introduction: 20000, display_name: 120,
  echo_example: 200, echo_examples: [0, 8],
};
export const DEFAULTS = { wall_minimum: 4, counted_minimum: 5, minutes: 10, max_length: 200, days: 28 };

const WELCOME = { kind: "talk", title: "Welcome", prompt: "Why are we here?", form: "round", minutes: 4, exercise: "welcome" };
const COURAGE = { kind: "wall", title: "Courage", prompt: "What takes courage?", minutes: 7, minimum: 4, exercise: "courage" };
const MODIG = { ...COURAGE, title: "Mod", prompt: "Hvad kræver mod?" };

const entry = (activity, more) => ({
  name: activity.exercise, kind: activity.kind, title: activity.title, minutes: activity.minutes, topics: [], idea: "An idea.",
  source: "Somebody (2001)", activity, ...more,
});

export const LIBRARY = {
  en: {
    exercises: [entry(WELCOME, { topics: ["check-in"] }), entry(COURAGE, { topics: ["speaking-up"], idea: "Nobody is alone." })],
    sessions: [{
      name: "first-hour", title: "The first hour", summary: "All of it.", minutes: 12, topics: [],
      introduction: "One hour.\n\nNo more & no less.",
      agenda: [{ exercise: "welcome", minutes: 5 }, { exercise: "courage" }],
    }],
  },
  da: { exercises: [entry(MODIG)], sessions: [] },
};

/** @returns {any} what a team session's form is opened with */
export function sessionData(fields = {}) {
  return {
    kind: "team_session", block: "b1", language: "en", messages: {}, revision: "r1", limits: LIMITS, defaults: DEFAULTS,
    fields: {
      display_name: "With your team", introduction_title: "", introduction_video: "", introduction: "",
      ready_session: "first-hour", agenda: [], planned_minutes: 60, minimum: null, ...COMMON, ...fields,
    },
    library: LIBRARY, library_languages: [{ code: "en", name: "English" }, { code: "da", name: "Dansk" }],
  };
}

/** @returns {any} what a wall's form is opened with */
export function wallData(fields = {}) {
  return {
    kind: "wall", block: "b2", language: "en", messages: {}, revision: "r1", limits: LIMITS, defaults: DEFAULTS,
    fields: {
      display_name: "Wall", prompt: "What takes courage?", help_text: "", starter: "", audience: "team", minimum: 4,
      max_length: 200, minutes: 10, echo: true, echo_scope: "run", echo_examples: [], ...COMMON, ...fields,
    },
  };
}

export const AGENDA = [WELCOME, COURAGE, { kind: "choice", prompt: "Where?", options: ["Here", "There"], minutes: 3 }];

/**
 * Opens a page with the form on it.
 * @param {any} data
 * @param {{area?: any, replies?: Array<[number, any] | Error | string>}} [options] replies: what the server says, in order;
 *   a text is a page that is no JSON
 */
export function openEditor(data, { area = null, replies = [] } = {}) {
  const page = openPage({ html: '<div id="root"><div class="psy psy-studio"></div></div>' });
  const told = [];
  const sent = [];
  const fetch = async (url, init) => {
    sent.push({ url, body: JSON.parse(init.body), headers: init.headers });
    const reply = replies.shift();
    if (reply instanceof Error) throw reply;
    if (typeof reply === "string") return new Response(reply, { headers: { "Content-Type": "text/html" } });
    const [status, body] = reply || [200, { revision: "r2", fields: {} }];
    return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
  };
  const runtime = { handlerUrl: (_, name) => `/handler/${name}`, notify: (name, more) => told.push([name, more]) };
  mountEditor(runtime, [page.root], data, { area, fetch: /** @type {any} */ (fetch) });
  const { root } = page;
  return {
    ...page, told, sent,
    names: () => told.map(([name, more]) => (more && more.state ? `${name} ${more.state}` : name)),
    steps: () => [...root.querySelectorAll(".psy-steplist > [data-key] .psy-step__title")].map((node) => node.textContent),
    /** A visible field by its label. */
    field(label) {
      const found = [...root.querySelectorAll("label")].find((node) => node.textContent.trim() === label && !node.closest("[hidden]"));
      if (!found) throw new Error(`no field "${label}"`);
      return found.htmlFor ? page.window.document.getElementById(found.htmlFor) : found.querySelector("input");
    },
    type(input, value) {
      input.value = value;
      input.dispatchEvent(new page.window.Event("input", { bubbles: true }));
      input.dispatchEvent(new page.window.Event("change", { bubbles: true }));
    },
    /** Presses a visible button by its text or its label. */
    press(name, place = 0) {
      const all = [...root.querySelectorAll("button")].filter((node) => !node.closest("[hidden]")
        && (node.getAttribute("aria-label") || node.textContent).trim() === name);
      if (!all[place]) throw new Error(`no button "${name}" in ${root.textContent}`);
      all[place].click();
      return all[place];
    },
    toggle: (place) => root.querySelectorAll(".psy-step__toggle")[place],
    async save() {
      root.querySelector('[data-action="save"]').click();
      await settle(40);
    },
    problems: () => [...root.querySelectorAll(".psy-f__problem")].map((node) => node.textContent).filter(Boolean),
  };
}
