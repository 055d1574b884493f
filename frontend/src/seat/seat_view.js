/**
 * Everything that a seat sees, from one state of the session: waiting, writing, counted, the wall, the end.
 * Follows the session by itself; the caller only hands over each new state.
 */

import { kindOf } from "../kinds/index.js";
import { inLanguage, withActivities } from "../kinds/language.js";
import { everySecond, secondsLeft, timeLeftText } from "../lib/clock.js";
import { announcer, focusIfInside, h, setText } from "../lib/dom.js";
import { currentLanguage, gettext, interpolate } from "../lib/i18n.js";
import { createTimeSwitch } from "../lib/time_switch.js";
import { createComposer, draftName, outName } from "./composer.js";
import { createSections } from "./sections.js";
import { sceneOf } from "./scene.js";

const ROUND_SCENES = ["waiting", "writing", "counted", "course-counted", "wall", "wall-after"];

/**
 * @typedef {Object} SeatOptions
 * @property {{post: Function}} api for this seat's token
 * @property {import("../lib/storage.js").Store} store
 * @property {() => void} [onLeave] offers "Leave this seat" when given
 * @property {ReturnType<typeof import("./kept_door.js").createKeptDoor>} [kept] the way to what is kept, when given
 * @property {() => void} [onChanged] something was acknowledged; a new state is worth asking for
 * @property {"h1" | "h2"} [heading] h1 where the seat is the whole page
 * @property {boolean} [veiled] a screen that the room sees: folded away, text masked
 */

/**
 * @param {HTMLElement} root
 * @param {SeatOptions} options
 * @returns {{update: (state: any, serverOffsetMs?: number) => void, destroy: (again?: boolean) => void, sessionEnded: () => void,
 *            offline: (on: boolean) => void}}
 */
export function createSeatView(root, options) {
  const { api, store, veiled = false, kept, onLeave, onChanged } = options;
  const dot = h("i", { class: "psy-dot", attrs: { "aria-hidden": "true" } });
  const title = h("span", { attrs: { dir: "auto" } });
  const time = h("span", { class: "psy-bar__time psy-time" });
  const timing = h("span", { class: "psy-bar__timing" }, time);
  const bar = h("div", { class: "psy-bar" }, h("span", { class: "psy-bar__title" }, dot, title), timing);
  const offlineMark = h("p", { class: "psy-offline", attrs: { hidden: true } });
  const notice = h("p", { class: "psy-notice", attrs: { role: "status", hidden: true } });
  const body = h("div", { class: "psy-seat__body" });
  const foot = h("div", { class: "psy-seat__foot" });
  const main = h("div", { class: veiled ? "psy-seat psy-seat--veiled" : "psy-seat" }, bar, offlineMark, notice, body, foot);
  const timeSwitch = createTimeSwitch(main, store);
  timing.append(timeSwitch.node);
  const panel = veiled ? createPanel(main) : null;
  root.append(panel ? panel.node : main);
  const say = announcer(panel ? panel.node : main);
  const sections = createSections({ ...options, say });
  const stopTicking = everySecond(main, showTime);

  let state = null;
  let given = null;
  let offset = 0;
  let scene = "";
  let sceneRound = "";
  let section = null;
  let composer = null;
  let composerRound = null;
  let composerText = "";
  let corrected = false;
  let ended = false;
  let closingSaid = "";

  if (kept) {
    foot.append(kept.link());
    kept.standFor(main, options.heading || "h2");
  }
  if (onLeave) foot.append(sections.leave(onLeave));

  function update(next, serverOffsetMs = offset) {
    if (ended) return;
    const before = state;
    given = next;
    state = withActivities(next, (activity) => inLanguage(activity, currentLanguage()));
    offset = serverOffsetMs;
    setText(title, state.title || gettext("With your team"));
    followComposer();
    showScene(before);
    showTime();
  }

  /** Keeps the one composer of the round that collects, and tells an older one that its round is over. */
  function followComposer() {
    const round = state.round;
    const collecting = Boolean(round) && round.phase === "collecting" && !waits();
    if (composer && collecting && round.id === composerRound) followText();
    if (composer && (!collecting || round.id !== composerRound)) {
      composer.closed();
      showNotice();
      if (!round) showStartedOver();
      if (composer.phase() !== "missed") dropComposer();
      else composerRound = null;
    }
    if (!collecting) {
      leftFromBefore(round);
      return;
    }
    if (composer && composerRound === null) dropComposer();
    if (!composer) {
      setText(notice, corrected ? correctedText() : "");
      notice.hidden = !corrected;
      corrected = false;
      sceneRound = "";
      wipeOtherDrafts(round.id);
      const place = h("div", { class: "psy-compose__place" });
      composer = createComposer(place, {
        api, store, state, veiled, terms: kept ? kept.link() : null, say, onPhase, onEnded: sessionEnded,
      });
      composerRound = round.id;
      composerText = asGiven();
      /** @type {any} */ (composer).place = place;
    }
    composer.update(state);
  }

  /** What is answered was corrected: an answer to the old text must not count for the new one. */
  function followText() {
    if (asGiven() === composerText || composer.phase() === "counted") return;
    dropComposer();
    store.wipe("draft:");
    corrected = true;
    say(correctedText());
  }

  /** In all its languages: that this page is read in another one is no correction. */
  const asGiven = () => JSON.stringify(given.round.activity);

  const waits = () => kindOf(state.round.activity).waits(state.round.activity) !== null;

  /** Nothing that was acknowledged goes without a word, whether its writer still sees it on its way or not. */
  function showStartedOver() {
    setText(notice, gettext("Your leader has started over. The answers so far were thrown away unread."));
    notice.hidden = false;
  }

  function dropComposer() {
    composer.destroy();
    composer = null;
    composerRound = null;
  }

  /** Drafts belong to one round: wipes those of all others. */
  function wipeOtherDrafts(roundId) {
    const kept = [draftName(roundId), outName(roundId)].map((name) => [name, store.get(name)]);
    store.wipe("draft:");
    for (const [name, value] of kept) if (value !== null) store.set(name, value);
  }

  /** The page was reloaded after the reveal, with an answer still on its way. */
  function leftFromBefore(round) {
    const out = round && !composer ? store.get(outName(round.id)) : null;
    if (out) {
      setText(notice, kindOf(round.activity).words().missed(Boolean(out.sending)));
      notice.hidden = false;
    }
    if (!composer) store.wipe("draft:");
  }

  function onPhase(phase) {
    if (phase === "counted") {
      if (panel) panel.close();
      if (onChanged) onChanged();
    }
    showNotice();
    if (state) showScene(state);
  }

  function showNotice() {
    const missed = composer && composer.phase() === "missed";
    if (missed) setText(notice, composer.missed());
    if (missed || (composer && composer.phase() === "counted")) notice.hidden = !missed;
  }

  function showScene(before) {
    const next = sceneOf(state, composer && composerRound ? composer.phase() : null, veiled, Boolean(state.round) && waits());
    // A round may follow another without a pause: what belongs to a round is made anew for each.
    const about = state.round && ROUND_SCENES.includes(next) ? `${state.round.id}${state.looking_back ? " back" : ""}` : "";
    if (panel) {
      if (about) panel.name(kindOf(state.round.activity).words().own);
      panel.show(next === "writing" || next === "counted");
    }
    if (next !== scene || about !== sceneRound || !section) {
      const live = Boolean(before) && scene !== "";
      focusIfInside(body, () => {
        if (section) section.destroy();
        const place = composer ? /** @type {any} */ (composer).place : null;
        section = sections.create(next, state, place);
        body.replaceChildren(...section.nodes);
        return section.heading;
      });
      if (live && !veiled && section.announce) say(section.announce);
      section.first = live && next.startsWith("wall");
      scene = next;
      sceneRound = about;
    }
    section.update(state, offset);
    section.first = false;
  }

  function showTime() {
    if (section && !ended) section.tick(offset);
    const round = state && state.round;
    sayTime(round);
    // What opens in a few seconds is no clock that presses: it is told to whoever still writes.
    timeSwitch.update({ urgent: Boolean(!ended && round && round.phase === "collecting" && round.closing) });
  }

  function sayTime(round) {
    if (ended || !round || round.phase !== "collecting") {
      setText(time, "");
      return;
    }
    const words = kindOf(round.activity).words();
    const left = secondsLeft(round.ends_at, offset);
    if (!round.closing || left === null) {
      setText(time, timeLeftText(left, words));
      return;
    }
    setText(time, interpolate(words.closing, { n: left }));
    if (closingSaid !== round.ends_at) say(words.closingSaid);
    closingSaid = round.ends_at;
  }

  function sessionEnded() {
    if (ended) return;
    ended = true;
    if (kept) kept.close();
    if (composer) dropComposer();
    store.wipe("draft:");
    store.wipe("taps:");
    notice.hidden = true;
    offlineMark.hidden = true;
    foot.replaceChildren();
    if (section) section.destroy();
    section = sections.create("ended", state, null);
    focusIfInside(body, () => {
      body.replaceChildren(...section.nodes);
      return section.heading;
    });
    showTime();
    if (panel) panel.show(false);
    else say(section.announce);
  }

  return {
    update,
    sessionEnded,
    offline(on) {
      setText(offlineMark, on ? gettext("No connection just now. This page keeps trying.") : "");
      offlineMark.hidden = !on;
    },
    /** @param {boolean} [again] a view of the same seat follows at once */
    destroy(again = false) {
      stopTicking();
      if (kept && !again) kept.close();
      if (composer) dropComposer();
      if (section) section.destroy();
      (panel ? panel.node : main).remove();
    },
  };
}

const correctedText = () => gettext("The text was corrected. Please look again.");

/** The leader's own seat on a mirrored laptop: looks the same before and after something was sent. */
function createPanel(inside) {
  const summary = h("summary", { class: "psy-veil__summary", text: gettext("Your own note") });
  const node = h("details", { class: "psy-veil" }, summary, inside);
  return {
    node,
    name: (text) => setText(summary, text),
    close() {
      const focused = node.contains(document.activeElement);
      node.open = false;
      if (focused) summary.focus();
    },
    show(on) {
      node.hidden = !on;
      if (!on) node.open = false;
    },
  };
}
