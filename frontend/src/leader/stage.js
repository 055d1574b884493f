/** What stands in the middle while the session runs: the question and how far the room is, then what its kind shows. */
import { h, setText } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { minutesText } from "../doorway/agenda_item.js";
import { isShown, kindOf } from "../kinds/index.js";
import { headed, inMain, shownText, textAttrs, withActivities } from "../kinds/language.js";
import { createMedia } from "../kinds/media.js";
import { createSummary } from "../summary/summary_view.js";
import { createAgendaList, createShortfall } from "./agenda_list.js";
import { createBigWall } from "./big_wall.js";
import { isUnwritten } from "./controller.js";
import { nextTitle } from "./people.js";

const LEVELS = ["few", "enough", "most", "all"];

/**
 * @param {{state: any, onHide: (note: string) => Promise<any>, onReport: (note: string) => Promise<any>, live: boolean, phone?: boolean,
 *   run?: (command: any) => Promise<boolean>}} options
 *   onHide and onReport settle when it is done; live: the leader was here before, so a wall is being revealed just now;
 *   run sends what a kind's own tools write; phone: nobody else sees this screen
 * @returns {{key: string, element: HTMLElement, update: (state: any, offset?: number) => void,
 *   tick?: (offset: number) => void, destroy: () => void}}
 *   key: a new stage is needed when stageKey() gives another one
 */
export function createStage({ state, onHide, onReport, live, phone = false, run = async () => false }) {
  const key = stageKey(state);
  const make = { idle, summary: summaryStage, writing, shown, back: shown }[key.split(":").pop()];
  // The laptop may be mirrored: what the room reads there is in both languages. The phone is the leader's.
  const seen = (next) => (phone ? withActivities(next, inMain) : next);
  const made = make({ state: seen(state), onHide, onReport: phone ? onReport : undefined, live, phone, run });
  return { key, destroy: () => {}, ...made, update: (next, offset) => made.update(seen(next), offset) };
}

/** @returns {string} what kind of stage a state needs */
export function stageKey(state) {
  const { round } = state;
  if (state.phase === "summary") return "summary";
  if (round && state.looking_back) return `${round.id}:back`;
  if (!round || (round.phase === "closed" && !round.results)) return "idle";
  return `${round.id}:${isShown(round) ? "shown" : "writing"}`;
}

/** Between two activities: what comes, what the session consists of, and what becomes what with too few people. */
function idle() {
  const title = h("h2", { class: "psy-question", attrs: { dir: "auto" } });
  const minutes = h("p", { class: "psy-lede" });
  const agenda = createAgendaList({});
  const short = createShortfall();
  const element = h("div", { class: "psy-stage psy-stage--idle" }, title, minutes, agenda.element, short.element);
  return {
    element,
    update(state) {
      setText(title, nextTitle(state) || gettext("You are through"));
      const items = state.agenda || [];
      const next = items.find((item) => item.id === state.next_activity);
      setText(minutes, items.length < 2 && next ? minutesText(next.minutes) : "");
      agenda.element.hidden = items.length < 2;
      agenda.update(state);
      short.update(state);
    },
  };
}

/** What everybody sees before the session ends. */
function summaryStage({ state }) {
  const element = h("div", { class: "psy-stage psy-stage--summary" });
  let drawn = "";
  return {
    element,
    update({ summary }) {
      const key = JSON.stringify(summary);
      if (key === drawn) return;
      drawn = key;
      element.replaceChildren(summary ? createSummary({ summary, level: 2 }) : h("p", { text: gettext("One moment…") }));
    },
  };
}

function question({ round: { activity } }) {
  return [
    asked(activity),
    activity.help && shownText(activity, "help", { look: "psy-lede" }),
    createMedia(activity),
  ].filter(Boolean);
}

const asked = (activity) => headed(activity,
  h("h2", { class: "psy-question", text: activity.prompt, attrs: textAttrs(activity, "prompt") }));

/** While the room answers. The four steps say as little as the phones say; the number is the leader's. */
function writing({ state: first, run, phone }) {
  const kind = kindOf(first.round.activity);
  const place = h("div", { class: "psy-stage__asked" });
  const meter = h("div", { class: "psy-meter", attrs: { "aria-hidden": "true" } },
    LEVELS.map(() => h("span", { class: "psy-meter__step" })));
  const number = h("p", { class: "psy-stage__number" });
  const tools = toolsOf(first, { run, phone });
  const element = h("div", { class: "psy-stage psy-stage--writing" }, place, tools.node, meter, number);
  let drawn = "";
  return {
    element,
    update(state) {
      const { round } = state;
      const key = JSON.stringify(round.activity);
      if (key !== drawn) {
        drawn = key;
        const rows = kind.outline(round.activity);
        place.replaceChildren(...question(state), ...(rows.length > 0
          ? [h("ul", { class: "psy-outline", attrs: { role: "list" } }, rows)] : []));
      }
      const level = round.answers > 0 ? LEVELS.indexOf(round.progress) : -1;
      [...meter.children].forEach((step, at) => step.classList.toggle("psy-meter__step--on", at <= level));
      // Where nobody answers on a device (yet), there is nothing to be measured.
      meter.hidden = Boolean(round.activity.paper) || isUnwritten(round);
      setText(number, meter.hidden ? "" : answersText(round.answers || 0) || kind.words().silence);
      number.hidden = !number.textContent;
      tools.update(state);
    },
    destroy: tools.destroy,
  };
}

/** What only the leader does in a round: writing down what was agreed on, typing paper cards. */
function toolsOf(state, { run, phone }) {
  const kind = kindOf(state.round.activity);
  const made = kind.leaderTools ? kind.leaderTools({ state, run, phone }) : null;
  return { destroy: () => {}, ...(made || { node: null, update: () => {} }) };
}

/** @returns {string} "3 answers", "" for none */
export function answersText(answers) {
  if (answers === 0) return "";
  return interpolate(ngettext("%(n)s answer", "%(n)s answers", answers), { n: answers });
}

/** After the reveal, or looking back at it: what the kind of the activity shows. */
function shown({ state, onHide, onReport, live, run, phone }) {
  const { round, looking_back: back } = state;
  const made = kindOf(round.activity).leaderShown({ state, onHide, onReport });
  const tools = back ? null : toolsOf(state, { run, phone });
  const big = round.activity.kind === "wall" ? createBigWall({ wall: made.wall, run }) : null;
  const element = h("div", { class: "psy-stage psy-stage--shown" },
    back && h("p", { class: "psy-stage__back", text: gettext("Looking back") }),
    asked(round.activity),
    tools && tools.node, big && big.node, made.nodes);
  let first = live && !back;
  return {
    element,
    update(next, offset = 0) {
      made.update(next, { first, offset });
      if (tools) tools.update(next);
      if (big) big.update(next);
      first = false;
    },
    tick: made.tick,
    destroy() {
      if (made.destroy) made.destroy();
      if (tools) tools.destroy();
    },
  };
}
