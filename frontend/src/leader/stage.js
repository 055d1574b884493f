/** What stands in the middle while the session runs: the question and how far the room is, then what its kind shows. */
import { h, setText } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { isShown, kindName, kindOf } from "../kinds/index.js";
import { nextTitle } from "./controller.js";

const LEVELS = ["few", "enough", "most", "all"];

/**
 * @param {{state: any, onHide: (note: string) => Promise<any>, live: boolean}} options
 *   onHide settles when the note is hidden; live: the leader was here before, so a wall is being revealed just now
 * @returns {{key: string, element: HTMLElement, update: (state: any, offset?: number) => void,
 *   tick?: (offset: number) => void, destroy: () => void}}
 *   key: a new stage is needed when stageKey() gives another one
 */
export function createStage({ state, onHide, live }) {
  const key = stageKey(state);
  const made = key === "idle" ? idle() : key.endsWith(":shown") ? shown({ state, onHide, live }) : writing(state);
  return { key, destroy: () => {}, ...made };
}

/** @returns {string} what kind of stage a state needs */
export function stageKey(state) {
  const round = state.round;
  if (!round || (round.phase === "closed" && !round.results)) return "idle";
  return `${round.id}:${isShown(round) ? "shown" : "writing"}`;
}

/** Between two activities: what comes, and what the session consists of. */
function idle() {
  const title = h("h2", { class: "psy-question", attrs: { dir: "auto" } });
  const minutes = h("p", { class: "psy-lede" });
  const list = h("ol", { class: "psy-agenda" });
  const element = h("div", { class: "psy-stage psy-stage--idle" }, title, minutes, list);
  return {
    element,
    update(state) {
      setText(title, nextTitle(state) || gettext("You are through"));
      const items = state.agenda || [];
      const next = items.find((item) => item.id === state.next_activity);
      setText(minutes, items.length < 2 && next ? minutesText(next.minutes) : "");
      list.hidden = items.length < 2;
      list.replaceChildren(...items.map(agendaItem));
    },
  };
}

/** @returns {HTMLElement} one line of the agenda */
export function agendaItem(item) {
  const status = { done: gettext("done"), running: gettext("now") }[item.status] || minutesText(item.minutes);
  const kind = kindName(item);
  return h("li", { class: `psy-agenda__item psy-agenda__item--${item.status || "waiting"}` },
    h("span", { class: "psy-agenda__what" },
      h("span", { text: item.title, attrs: { dir: "auto" } }),
      kind && h("span", { class: "psy-agenda__kind", text: kind })),
    status && h("span", { class: "psy-agenda__status", text: status }));
}

/** @returns {string} "about 8 minutes", or "" */
export function minutesText(minutes) {
  if (!minutes) return "";
  return interpolate(ngettext("about %(n)s minute", "about %(n)s minutes", minutes), { n: minutes });
}

function question(state) {
  const { prompt, help } = state.round.activity;
  return [
    h("h2", { class: "psy-question", text: prompt, attrs: { dir: "auto" } }),
    help && h("p", { class: "psy-lede", text: help, attrs: { dir: "auto" } }),
  ];
}

/** While the room answers. The four steps say as little as the phones say; the number is the leader's. */
function writing(first) {
  const kind = kindOf(first.round.activity);
  const rows = kind.outline(first.round.activity);
  const outline = rows.length > 0 ? h("ul", { class: "psy-outline", attrs: { role: "list" } }, rows) : null;
  const meter = h("div", { class: "psy-meter", attrs: { "aria-hidden": "true" } },
    LEVELS.map(() => h("span", { class: "psy-meter__step" })));
  const number = h("p", { class: "psy-stage__number" });
  const element = h("div", { class: "psy-stage psy-stage--writing" });
  return {
    element,
    update(state) {
      const round = state.round;
      if (!element.firstChild) element.append(...[...question(state), outline].filter(Boolean), meter, number);
      const level = round.answers > 0 ? LEVELS.indexOf(round.progress) : -1;
      [...meter.children].forEach((step, at) => step.classList.toggle("psy-meter__step--on", at <= level));
      setText(number, answersText(round.answers || 0) || kind.words().silence);
    },
  };
}

/** @returns {string} "3 answers", "" for none */
export function answersText(answers) {
  if (answers === 0) return "";
  return interpolate(ngettext("%(n)s answer", "%(n)s answers", answers), { n: answers });
}

/** After the reveal: what the kind of the activity shows. */
function shown({ state: { round }, onHide, live }) {
  const made = kindOf(round.activity).leaderShown({ state: { round }, onHide });
  const element = h("div", { class: "psy-stage psy-stage--shown" },
    h("h2", { class: "psy-question", text: round.activity.prompt, attrs: { dir: "auto" } }), made.nodes);
  let first = live;
  return {
    element,
    update(state, offset = 0) {
      made.update(state, { first, offset });
      first = false;
    },
    tick: made.tick,
    destroy: made.destroy || (() => {}),
  };
}
