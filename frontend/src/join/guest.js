/** The way of a guest: code, seat, session, end. Every step survives a reload. */

import { normaliseCode } from "../doorway/code.js";
import { createApi, getJson, postJson } from "../lib/api.js";
import { gettext } from "../lib/i18n.js";
import { createLanguage, showLanguageSwitch } from "../lib/language.js";
import { giveSeatBack } from "../lib/leave.js";
import { createPoller } from "../lib/poll.js";
import { readPage, takeFragment } from "../lib/standalone.js";
import { draftName } from "../seat/composer.js";
import { createKeptDoor } from "../seat/kept_door.js";
import { createSeatView } from "../seat/seat_view.js";
import { joinErrorText } from "./errors.js";
import { createKeep } from "./keep.js";
import { codeView, mineToggle, sitView, tryView, waitView } from "./views.js";

/** How soon a kept seat is looked up again when the network is away. */
const LOOK_AGAIN_MS = 3000;

/**
 * @param {HTMLElement} main
 * @param {{keep?: ReturnType<typeof createKeep>, fetch?: typeof fetch}} [parts] for tests
 * @returns {{start: () => Promise<void>}}
 */
export function createGuest(main, { keep = createKeep(), fetch } = {}) {
  const page = readPage(main);
  const common = { credentials: page.credentials, fetch };
  const language = createLanguage({
    page,
    entry: "join",
    title: () => gettext("Join your team"),
    onChange: () => redraw(),
    kept: { get: keep.language, set: keep.keepLanguage },
    fetch,
  });
  let leaveScene = () => {};
  let redraw = () => {};
  let shown = /** @type {any} */ (null);
  let sitting = false;
  let turn = 0;
  /** What somebody was writing when the seat was taken away, in memory only, until the same is asked again. */
  let unfinished = /** @type {{activity: string, draft: any} | null} */ (null);

  async function start() {
    showLanguageSwitch(main, { page, language });
    await language.start();
    window.addEventListener("hashchange", () => enter(takeFragment()));
    await enter(takeFragment());
  }

  /** @param {string} fragment what the link carried */
  async function enter(fragment) {
    const mine = (turn += 1);
    if (fragment === "try") {
      show(tryView);
      return;
    }
    const code = normaliseCode(fragment);
    if (code) keep.keepCode(code);
    const seat = keep.seat();
    if (seat && (!code || (await isSameSession(code, seat)))) {
      if (mine === turn) await resume(seat, mine);
      return;
    }
    if (mine !== turn) return;
    if (keep.code()) showSit(keep.code());
    else showCode();
  }

  /** Somebody seated who scans the code again keeps the seat; a guest seat per scan would spoil the count. */
  async function isSameSession(code, seat) {
    show(waitView);
    try {
      const { body } = await postJson(`${page.api}join`, { join_code: code }, common);
      return body.session_id === seat.session_id;
    } catch {
      return false;
    }
  }

  /** Asks whether the kept seat still holds, for as long as the network needs. */
  async function resume(seat, mine) {
    let trouble = () => "";
    show(waitView, (view) => {
      if (trouble()) view.node.firstElementChild?.replaceChildren(trouble());
    });
    for (;;) {
      try {
        await getJson(`${page.api}whoami`, { ...common, token: seat.token });
        if (mine === turn) showSeat(seat);
        return;
      } catch (error) {
        if (mine !== turn) return;
        if (error.status === 401 || error.status === 410 || error.code === "unknown_session") {
          const scanned = keep.code();
          keep.forget();
          // Whoever has just scanned the new code needs no words about the old seat.
          if (scanned) keep.keepCode(scanned);
          if (scanned) showSit(scanned);
          else if (error.status === 401) showCode(seatGoneText);
          else showCode(() => gettext("That session has ended. What was kept on this device is gone."));
          return;
        }
        trouble = () => (error.code === "not_json_reply"
          ? joinErrorText(error)
          : gettext("No connection just now. This page keeps trying."));
        redraw();
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
        if (mine !== turn) return;
      }
    }
  }

  /** @param {() => string} [message] why the field is shown */
  function showCode(message = () => "") {
    let typed = "";
    show(() => codeView({ code: typed, message: message(), onCode: sit, onType: (text) => (typed = text) }));
  }

  function showSit(code) {
    show(() => sitView({
      code,
      onSit: () => sit(code),
      onOther: () => {
        keep.keepCode(null);
        showCode();
      },
    }));
  }

  /** What goes wrong is told by the view that stands there then: it may have been drawn anew. */
  async function sit(code) {
    if (sitting) return;
    const mine = turn;
    sitting = true;
    shown.busy(true);
    try {
      const { body: session } = await postJson(`${page.api}join`, { join_code: code }, common);
      await language.follow(session);
      const api = createApi({ apiUrl: session.api_url, ...common });
      const { body: seat } = await api.post("seats", { join_code: code });
      const kept = { session_id: session.session_id, api_url: session.api_url, token: seat.token };
      keep.forget();
      keep.keepSeat(kept);
      if (mine === turn) showSeat(kept);
    } catch (error) {
      shown.busy(false);
      shown.fail(joinErrorText(error));
    } finally {
      sitting = false;
    }
  }

  function showSeat(seat) {
    leaveScene();
    const api = createApi({ apiUrl: seat.api_url, token: seat.token, ...common });
    const kept = createKeptDoor({ api, urls: page.kept });
    let last = null;
    let over = false;
    let view = /** @type {any} */ (null);
    draw();
    redraw = () => {
      view.destroy(true);
      draw();
      if (last) view.update(...last);
      if (over) view.sessionEnded();
    };
    const poller = createPoller({
      api,
      element: main,
      onState: (state, offset) => {
        last = [state, offset];
        putBack(state);
        language.follow(state);
        view.update(state, offset);
      },
      onOk: () => view.offline(false),
      onError: (error) => {
        if (error.status !== 401) {
          view.offline(true);
          return;
        }
        rescue(last && last[0]);
        keep.forget();
        showCode(seatGoneText);
      },
      onEnded: () => {
        over = true;
        view.sessionEnded();
        main.querySelector(".psy-mine")?.remove();
        keep.forget();
      },
    });
    leaveScene = () => {
      poller.stop();
      view.destroy();
      leaveScene = () => {};
    };
    poller.start();

    /** In another language it is a new view of the same seat; what was written is in the store. */
    function draw() {
      main.replaceChildren();
      view = createSeatView(main, {
        api,
        store: keep.store(),
        heading: "h1",
        kept,
        onLeave: () => {
          giveSeatBack(api);
          keep.forget();
          showCode(() => gettext("You left the seat. This device has forgotten it."));
        },
        onChanged: () => poller.nudge(),
      });
      if (!over) main.append(mineToggle({ mine: keep.isMine(), onMine: keep.setMine }));
    }
  }

  /** @param {any} state the last one that the seat was told */
  function rescue(state) {
    const round = state && state.round;
    const draft = round && round.phase === "collecting" ? keep.store().get(draftName(round.id)) : null;
    unfinished = draft === null ? null : { activity: round.activity.id, draft };
  }

  /** Whoever was in the middle of a sentence finds it again where the same is asked. */
  function putBack({ round }) {
    if (!unfinished || !round || round.phase !== "collecting") return;
    if (round.activity.id === unfinished.activity && !round.answered) {
      keep.store().set(draftName(round.id), unfinished.draft);
    }
    unfinished = null;
  }

  /**
   * @param {() => import("./views.js").View} make once more in another language
   * @param {(view: import("./views.js").View) => void} [drawn]
   */
  function show(make, drawn = () => {}) {
    leaveScene();
    redraw = draw;
    draw();

    function draw() {
      const inside = main.contains(document.activeElement);
      shown = make();
      main.replaceChildren(shown.node);
      drawn(shown);
      if (inside) /** @type {HTMLElement | null} */ (main.querySelector("input, button"))?.focus();
    }
  }

  return { start };
}

/** A token that is not known tells no reason, so the words hold for each of them. */
const seatGoneText = () => gettext("Your seat is no longer valid. If your leader has started over, a new code is on the screen: take a seat with it. Answers that were not shown yet were thrown away unread.");
