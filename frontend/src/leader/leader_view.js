/**
 * The leader's view: a stage fit for a mirrored projector, and one slim bar with the next thing. The same view, in
 * another dress and without what belongs to the laptop, is the console on the leader's phone.
 */
import { everySecond, secondsLeft, timeLeftText } from "../lib/clock.js";
import { clockRuns, kindOf } from "../kinds/index.js";
import { announcer, h, setAttr, setText } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { createStore } from "../lib/storage.js";
import { createTimeSwitch } from "../lib/time_switch.js";
import { createAsk } from "./ask.js";
import { createBar } from "./bar.js";
import { createCommander } from "./commander.js";
import { createConsole } from "./console.js";
import { endAction } from "./actions.js";
import { isCollecting, isDrivenElsewhere, plan } from "./controller.js";
import { createRushNotice } from "./door.js";
import { createDriveOffer, drivenLine } from "./drive_offer.js";
import { createLobby } from "./lobby.js";
import { createMenu } from "./menu.js";
import { createPrivateWindow } from "./private_window.js";
import { createStage, stageKey } from "./stage.js";
import { createTabletOffer } from "./tablet_offer.js";
import { doorText } from "../seat/words.js";

/** Between two tries of the reveal that follows the notice, should the first find no connection. */
const RETRY_MS = 3000;

/**
 * @param {HTMLElement} root
 * @param {{api: any, store?: import("../lib/storage.js").Store, phone?: boolean, driveAddress?: string, onNewState?: (state: any) => void, nudge: () => void,
 *   onTakePart?: () => Promise<void>, onGone: (error: any) => void}} options
 *   nudge asks the poller at once; onTakePart takes a seat for the leader; onGone: the token holds no more
 * @returns {{update: (state: any, offsetMs?: number) => void, offline: (off: boolean) => void, below: HTMLElement,
 *   farewell: () => string, destroy: () => void}} below: a place under the bar for the leader's own seat;
 *   farewell: what to say when the lead is gone from here, "" for nothing special
 */
export function createLeaderView(root, options) {
  const { api, store = createStore({ key: "leader", area: null }), phone = false, nudge, onGone } = options;
  const where = h("span", { class: "psy-leader__where", attrs: { dir: "auto" } });
  const side = h("span", { class: "psy-leader__side psy-time" });
  const timing = h("span", { class: "psy-leader__timing" }, side);
  const ribbon = h("p", {
    class: "psy-leader__ribbon", text: gettext("Rehearsal: six people who do not exist. Nothing is kept."),
    attrs: { hidden: true },
  });
  const notice = h("p", { class: "psy-leader__notice", attrs: { role: "status", hidden: true } });
  const rush = createRushNotice({ onAction: act });
  const stagePlace = h("div", { class: "psy-leader__stage" });
  const advice = h("p", { class: "psy-leader__advice", attrs: { hidden: true } });
  const askPlace = h("div", { class: "psy-leader__ask" });
  const below = h("div", { class: "psy-leader__below" });
  const more = phone
    ? createConsole({ api, stage: [stagePlace, advice], onAction: act })
    : { ...createMenu({ onAction: act }), showNow: () => {}, destroy: () => {} };
  const bar = createBar({ onAction: act, onMore: phone ? undefined : showMenu });
  const driven = drivenLine({ onTakeBack: () => offer.takeBack() });
  const card = h("section", {
    class: phone ? "psy-leader psy-leader--phone" : "psy-leader",
    attrs: { "aria-label": gettext("You lead this session"), tabindex: -1 },
  },
  // On the phone it is the whole page.
  phone && h("h1", { class: "psy-sr", text: gettext("You lead this session") }),
  ribbon,
  h("div", { class: "psy-leader__head" }, h("span", { class: "psy-leader__title" },
    h("i", { class: "psy-dot", attrs: { "aria-hidden": "true" } }), where), timing),
  notice, !phone && rush.element, phone ? more.nodes : [stagePlace, advice, more.element], askPlace, bar.element,
  driven.element);
  // On the phone it stands in the dock, under the thumb and always in sight.
  if (phone) bar.element.prepend(rush.element);
  root.replaceChildren(card, below);

  const timeSwitch = createTimeSwitch(card, store);
  timing.append(timeSwitch.node);
  const say = announcer(root);
  const ask = createAsk(askPlace);
  const commander = createCommander({
    api, onState: render, onBusy: setBusy, onNotice: tell, onGone,
  });
  const offer = createDriveOffer({ ask, address: options.driveAddress || "", commander, nudge, say: tell });
  const notes = createPrivateWindow({ ask, commander, nudge });
  const tablet = createTabletOffer({ ask, api, commander, nudge, say: tell, state: () => state });
  let state = null;
  let offset = 0;
  let stage = null;
  let now = null;
  let lastTry = 0;
  const stopClock = everySecond(card, tick);

  function render(next) {
    const before = now;
    const seen = state;
    state = next;
    now = plan(next);
    setText(where, next.title || gettext("With your team"));
    setText(advice, [now.advice, doubleSeats(next)].filter(Boolean).join(" "));
    advice.hidden = !advice.textContent;
    ribbon.hidden = !next.rehearsal;
    renderStage();
    const elsewhere = isDrivenElsewhere(next);
    driven.element.hidden = !elsewhere;
    driven.say(notes.used() ? gettext("Driven from your window") : gettext("Driven from your phone"));
    bar.element.hidden = elsewhere;
    setAttr(card, "data-driven", elsewhere);
    bar.update({ ...now, primary: primaryOf(now), secondary: secondaryOf(now) });
    if (elsewhere) bar.closeMore();
    rush.update(next);
    more.update(next, steps(), others());
    offer.update(next);
    // A question that was asked about an earlier moment means something else now.
    if (before && before.moment !== now.moment && ask.isOpen() && !offer.isOpen()) ask.close();
    sayChanges(seen, before);
    tick();
    if (options.onNewState) options.onNewState(next);
  }

  /** What a screen reader is told when it has changed: the code, the door, the next thing. */
  function sayChanges(seen, before) {
    if (!seen) return;
    const anew = seen.join_code !== state.join_code;
    const words = [
      anew && gettext("The new code is shown."),
      !anew && seen.door !== state.door && (doorText(state) || gettext("The door is open.")),
      before.moment !== now.moment && now.hint,
    ].filter(Boolean);
    if (words.length > 0) say(words.join(" "));
  }

  /** On a phone the words to say come first, so the way to the field stands under the thumb. */
  function primaryOf({ moment, primary }) {
    if (!phone || moment !== "writing") return primary;
    return { id: "write", label: gettext("Write it down"), enabled: true, local: () => {
      more.showNow();
      const field = stagePlace.querySelector("textarea");
      if (field) field.focus();
    } };
  }

  function secondaryOf({ moment, secondary }) {
    if (moment !== "lobby" || phone || state.rehearsal) return secondary;
    return [{ id: "drive", label: gettext("Drive from my phone"), enabled: true, local: () => offer.offer() }];
  }

  function renderStage() {
    const key = state.phase === "lobby" ? "lobby" : stageKey(state);
    if (!stage || stage.key !== key) {
      if (stage) stage.destroy();
      stage = key === "lobby" ? lobbyStage() : createStage({ state, onHide: hide, onReport: report, live: Boolean(stage), phone, run });
      stagePlace.replaceChildren(stage.element);
      card.dataset.stage = key.split(":").pop();
    }
    stage.update(state, offset);
  }

  function lobbyStage() {
    const onTakePart = options.onTakePart ? takePart : null;
    return { key: "lobby", destroy: () => {}, ...createLobby({ api, state, onTakePart, onAction: act, say }) };
  }

  const takePart = () => commander.also(async () => {
    await options.onTakePart();
    nudge();
  });

  /** @returns {Promise<boolean>} whether it was done; what went wrong is told already */
  async function run(command) {
    const done = await commander.run(command);
    nudge();
    return done;
  }

  function act(action) {
    bar.closeMore();
    if (action.local) return action.local();
    if (action.choice) return choose(action.choice);
    if (action.confirm) return confirm(action);
    ask.close();
    return run(action.command);
  }

  function choose({ title, text, actions }) {
    ask.ask({ title, text, actions: actions.map((a) => ({ ...a, run: () => act(a) })) });
  }

  function confirm({ id, confirm: question, command }) {
    ask.ask({
      title: question.title,
      text: question.text,
      body: question.points && h("ul", { class: "psy-query__points" }, question.points.map((text) => h("li", { text }))),
      actions: [{ id: `${id}_yes`, label: question.yes, run: () => run(command) }],
    });
  }

  /** The wall has asked already, beside the note; it shows what went wrong when this rejects. */
  async function hide(note) {
    if (!(await run({ command: "hide_note", note }))) throw new Error("not hidden");
  }

  async function report(note) {
    if (!(await run({ command: "report_note", note }))) throw new Error("not reported");
  }

  function showMenu(open) {
    if (!phone) more.element.hidden = !open;
  }

  /** What can be done with the session apart from the next thing; to end it is always among it. */
  function steps() {
    const actions = isDrivenElsewhere(state) ? [] : [...now.more, endAction()];
    return actions.map((action) => ({
      id: action.id === "end" ? "end_session" : action.id, label: action.label, run: () => act(action),
    }));
  }

  /** What has to do with the room and its devices rather than with the step. A rehearsal has no room. */
  function others() {
    const running = state.phase !== "lobby";
    const real = !state.rehearsal;
    const joinable = real && state.door !== "locked";
    const local = (id, label, start) => ({ id, label, run: () => { bar.closeMore(); return start(); } });
    return [
      running && !phone && state.screen_url
        && { id: "screen", label: gettext("Open the big screen"), href: state.screen_url, run: () => {} },
      running && !phone && real && local("drive", gettext("Drive from my phone"), () => offer.offer()),
      !phone && local("window", gettext("My notes in a private window"), notes.offer),
      !phone && real && local("hand_over", gettext("Hand the lead to a colleague"), () => offer.offer("hand_over")),
      joinable && state.guests_allowed !== false && !isCollecting(state)
        && local("tablet", gettext("One tablet goes round"), tablet.offer),
      running && joinable && options.onTakePart && !state.leader_seated
        && local("take_part", gettext("Take part myself"), takePart),
    ].filter(Boolean);
  }

  /** Once a second: the time left, and the reveal that the notice on all phones announced. */
  function tick() {
    if (!state) return;
    // In the block a talk has its clock on the stage; on the phone that may be out of sight.
    const runs = state.round && !state.looking_back && (phone ? clockRuns(state.round) : state.round.phase === "collecting");
    const round = runs ? state.round : null;
    const left = round ? secondsLeft(round.ends_at, offset) : null;
    setText(side, round ? timeLeftText(left, kindOf(round.activity).words()) : "");
    if (stage && stage.tick) stage.tick(offset);
    more.tick(state, offset);
    timeSwitch.update();
    if (!now.revealAt || secondsLeft(now.revealAt, offset) > 0) return;
    if (commander.isBusy() || Date.now() - lastTry < RETRY_MS) return;
    lastTry = Date.now();
    run({ command: "reveal" });
  }

  function tell(text) {
    setText(notice, text);
    notice.hidden = !text;
  }

  function setBusy(busy) {
    bar.setBusy(busy);
    card.setAttribute("aria-busy", String(busy));
  }

  return {
    below,
    update(next, offsetMs = offset) {
      offset = offsetMs;
      commander.take(next);
    },
    offline: (off) => tell(off ? gettext("No connection. Trying again…") : ""),
    farewell: () => (offer.handedOver()
      ? gettext("Your colleague leads the session now. Thank you for handing it over well.") : ""),
    destroy() {
      stopClock();
      more.destroy();
      if (stage) stage.destroy();
      root.replaceChildren();
    },
  };
}

function doubleSeats(state) {
  if (!state.seats || !(state.seats.generation > 1)) return "";
  return gettext("The server was restarted: somebody may hold two seats. Count the people here.");
}
