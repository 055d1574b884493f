/**
 * The leader's view: a stage fit for a mirrored projector, and one slim bar with the next thing. The same view, in
 * another dress and without what belongs to the laptop, is the console on the leader's phone.
 */
import { everySecond, secondsLeft, timeLeftText } from "../lib/clock.js";
import { kindOf } from "../kinds/index.js";
import { announcer, h, setAttr, setText } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { createAsk } from "./ask.js";
import { createBar } from "./bar.js";
import { createCommander } from "./commander.js";
import { endAction, isDrivenElsewhere, plan } from "./controller.js";
import { createDriveOffer, drivenLine } from "./drive_offer.js";
import { bigCode, createLobby, screenLink, seatsText } from "./lobby.js";
import { createStage, stageKey } from "./stage.js";

/** Between two tries of the reveal that follows the notice, should the first find no connection. */
const RETRY_MS = 3000;

/**
 * @param {HTMLElement} root
 * @param {{api: any, phone?: boolean, driveAddress?: string, onNewState?: (state: any) => void, nudge: () => void,
 *   onTakePart?: () => Promise<void>, onGone: (error: any) => void}} options
 *   nudge asks the poller at once; onTakePart takes a seat for the leader; onGone: the token holds no more
 * @returns {{update: (state: any, offsetMs?: number) => void, offline: (off: boolean) => void, below: HTMLElement,
 *   destroy: () => void}} below: a place under the bar for the leader's own seat
 */
export function createLeaderView(root, options) {
  const { api, phone = false, nudge, onGone } = options;
  const where = h("span", { class: "psy-leader__where" });
  const side = h("span", { class: "psy-leader__side" });
  const notice = h("p", { class: "psy-leader__notice", attrs: { role: "status", hidden: true } });
  const stagePlace = h("div", { class: "psy-leader__stage" });
  const advice = h("p", { class: "psy-leader__advice", attrs: { hidden: true } });
  const menu = h("div", { class: "psy-menu", attrs: { hidden: true } });
  const askPlace = h("div", { class: "psy-leader__ask" });
  const below = h("div", { class: "psy-leader__below" });
  const bar = createBar({ onAction: act, onMore: showMenu });
  const driven = drivenLine({ onTakeBack: () => offer.takeBack() });
  const card = h("section", {
    class: phone ? "psy-leader psy-leader--phone" : "psy-leader",
    attrs: { "aria-label": gettext("You lead this session") },
  },
  h("div", { class: "psy-leader__head" }, h("span", { class: "psy-leader__title" },
    h("i", { class: "psy-dot", attrs: { "aria-hidden": "true" } }), where), side),
  notice, stagePlace, advice, menu, askPlace, bar.element, driven.element);
  root.replaceChildren(card, below);

  const say = announcer(root);
  const ask = createAsk(askPlace);
  const commander = createCommander({
    api, onState: render, onBusy: setBusy, onNotice: tell, onGone,
  });
  const offer = createDriveOffer({ ask, address: options.driveAddress || "", commander, nudge, say: tell });
  let state = null;
  let offset = 0;
  let stage = null;
  let now = null;
  let lastTry = 0;
  const stopClock = everySecond(card, tick);

  function render(next) {
    const before = now;
    state = next;
    now = plan(next);
    setText(where, next.title || gettext("With your team"));
    setText(advice, [now.advice, doubleSeats(next)].filter(Boolean).join(" "));
    advice.hidden = !advice.textContent;
    renderStage();
    const elsewhere = isDrivenElsewhere(next);
    driven.element.hidden = !elsewhere;
    bar.element.hidden = elsewhere;
    setAttr(card, "data-driven", elsewhere);
    bar.update({ ...now, secondary: secondaryOf(now) });
    if (elsewhere && !menu.hidden) bar.closeMore();
    if (!menu.hidden) fillMenu();
    offer.update(next);
    // A question that was asked about an earlier moment means something else now.
    if (before && before.moment !== now.moment && ask.isOpen() && !offer.isOpen()) ask.close();
    if (before && before.moment !== now.moment) say(now.hint);
    tick();
    if (options.onNewState) options.onNewState(next);
  }

  function secondaryOf({ moment, secondary }) {
    if (moment !== "lobby" || phone) return secondary;
    return [{ id: "drive", label: gettext("Drive from my phone"), enabled: true, local: () => offer.offer() }];
  }

  function renderStage() {
    const key = state.phase === "lobby" ? "lobby" : stageKey(state);
    if (!stage || stage.key !== key) {
      if (stage) stage.destroy();
      stage = key === "lobby" ? lobbyStage() : createStage({ state, onHide: hide, live: Boolean(stage) });
      stagePlace.replaceChildren(stage.element);
      card.dataset.stage = key.split(":").pop();
    }
    stage.update(state, offset);
  }

  function lobbyStage() {
    const onTakePart = options.onTakePart ? takePart : null;
    return { key: "lobby", destroy: () => {}, ...createLobby({ api, state, onTakePart, say }) };
  }

  const takePart = () => commander.also(async () => {
    await options.onTakePart();
    nudge();
  });

  function act(action) {
    bar.closeMore();
    if (action.local) return action.local();
    if (action.choice) return choose(action.choice);
    if (action.confirm) return confirm(action);
    ask.close();
    return commander.run(action.command).then(nudge);
  }

  function choose({ title, text, actions }) {
    ask.ask({ title, text, actions: actions.map((a) => ({ ...a, run: () => act(a) })) });
  }

  function confirm({ id, confirm: question, command }) {
    ask.ask({
      title: question.title,
      text: question.text,
      actions: [{ id: `${id}_yes`, label: question.yes, run: () => commander.run(command).then(nudge) }],
    });
  }

  /** The wall has asked already, beside the note; it shows what went wrong when this rejects. */
  async function hide(note) {
    if (!(await commander.run({ command: "hide_note", note }))) throw new Error("not hidden");
    nudge();
  }

  function showMenu(open) {
    menu.hidden = !open;
    if (open) fillMenu();
  }

  function fillMenu() {
    const running = state.phase !== "lobby";
    const item = (id, label, run) => h("button", {
      class: "psy-link", text: label, dataset: { action: id }, on: { click: () => { bar.closeMore(); run(); } },
    });
    const focused = menu.contains(document.activeElement) ? document.activeElement.dataset.action : null;
    menu.replaceChildren(...[
      running && h("div", { class: "psy-menu__code" },
        h("span", { text: gettext("Somebody is late? The code still works:") }), bigCode(state.join_code),
        h("span", { text: seatsText(state.seats) })),
      h("div", { class: "psy-menu__row" },
        running && screenLink(state),
        running && !phone && item("drive", gettext("Drive from my phone"), () => offer.offer()),
        running && options.onTakePart && !state.leader_seated
          && item("take_part", gettext("Take part myself"), takePart),
        now.more.map((action) => item(action.id, action.label, () => act(action))),
        item("end_session", gettext("End the session"), () => confirm(endAction()))),
    ].filter(Boolean));
    if (focused) (menu.querySelector(`[data-action="${focused}"]`) || card).focus({ preventScroll: true });
  }

  /** Once a second: the time left, and the reveal that the notice on all phones announced. */
  function tick() {
    if (!state) return;
    const round = state.round && state.round.phase === "collecting" ? state.round : null;
    const left = round ? secondsLeft(round.ends_at, offset) : null;
    setText(side, round ? timeLeftText(left, kindOf(round.activity).words()) : "");
    if (stage && stage.tick) stage.tick(offset);
    if (!now.revealAt || secondsLeft(now.revealAt, offset) > 0) return;
    if (commander.isBusy() || Date.now() - lastTry < RETRY_MS) return;
    lastTry = Date.now();
    commander.run({ command: "reveal" }).then(nudge);
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
    destroy() {
      stopClock();
      if (stage) stage.destroy();
      root.replaceChildren();
    },
  };
}

function doubleSeats(state) {
  if (!state.seats || !(state.seats.generation > 1)) return "";
  return gettext("The server was restarted: somebody may hold two seats. Count the people here.");
}
