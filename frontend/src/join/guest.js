/** The way of a guest: code, seat, session, end. Every step survives a reload. */

import { normaliseCode } from "../doorway/code.js";
import { createApi, getJson, postJson } from "../lib/api.js";
import { gettext } from "../lib/i18n.js";
import { giveSeatBack } from "../lib/leave.js";
import { createPoller } from "../lib/poll.js";
import { readPage, takeFragment } from "../lib/standalone.js";
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
  const common = { language: page.language, credentials: page.credentials, fetch };
  let leaveScene = () => {};
  let turn = 0;

  async function start() {
    window.addEventListener("hashchange", () => enter(takeFragment()));
    await enter(takeFragment());
  }

  /** @param {string} fragment what the link carried */
  async function enter(fragment) {
    const mine = (turn += 1);
    if (fragment === "try") {
      show(tryView());
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
    else showCode("", "");
  }

  /** Somebody seated who scans the code again keeps the seat; a guest seat per scan would spoil the count. */
  async function isSameSession(code, seat) {
    show(waitView());
    try {
      const { body } = await postJson(`${page.api}join`, { join_code: code }, common);
      return body.session_id === seat.session_id;
    } catch {
      return false;
    }
  }

  /** Asks whether the kept seat still holds, for as long as the network needs. */
  async function resume(seat, mine) {
    const view = waitView();
    show(view);
    for (;;) {
      try {
        await getJson(`${page.api}whoami`, { ...common, token: seat.token });
        if (mine === turn) showSeat(seat);
        return;
      } catch (error) {
        if (mine !== turn) return;
        if (error.status === 401 || error.status === 410 || error.code === "unknown_session") {
          keep.forget();
          showCode("", gettext("That session has ended, or the seat was given up. What was kept on this device is gone."));
          return;
        }
        const message = joinErrorText(error);
        view.node.firstElementChild?.replaceChildren(
          error.code === "not_json_reply" ? message : gettext("No connection just now. This page keeps trying."),
        );
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
        if (mine !== turn) return;
      }
    }
  }

  function showCode(code, message) {
    const view = codeView({ code, message, onCode: (typed) => sit(typed, view) });
    show(view);
  }

  function showSit(code) {
    const view = sitView({
      code,
      onSit: () => sit(code, view),
      onOther: () => {
        keep.keepCode(null);
        showCode("", "");
      },
    });
    show(view);
  }

  /** @param {string} code @param {import("./views.js").View} view which tells what went wrong */
  async function sit(code, view) {
    const mine = turn;
    view.busy(true);
    try {
      const { body: session } = await postJson(`${page.api}join`, { join_code: code }, common);
      const api = createApi({ apiUrl: session.api_url, ...common });
      const { body: seat } = await api.post("seats", { join_code: code });
      const kept = { session_id: session.session_id, api_url: session.api_url, token: seat.token };
      keep.forget();
      keep.keepSeat(kept);
      if (mine === turn) showSeat(kept);
    } catch (error) {
      view.busy(false);
      view.fail(joinErrorText(error));
    }
  }

  function showSeat(seat) {
    leaveScene();
    main.replaceChildren();
    const api = createApi({ apiUrl: seat.api_url, token: seat.token, ...common });
    const view = createSeatView(main, {
      api,
      store: keep.store(),
      data: { language: page.language },
      heading: "h1",
      onLeave: () => {
        giveSeatBack(api);
        keep.forget();
        showCode("", gettext("You left the seat. This device has forgotten it."));
      },
      onChanged: () => poller.nudge(),
    });
    const toggle = mineToggle({ mine: keep.isMine(), onMine: keep.setMine });
    main.append(toggle);
    const poller = createPoller({
      api,
      element: main,
      onState: (state, offset) => view.update(state, offset),
      onOk: () => view.offline(false),
      onError: (error) => {
        if (error.status !== 401) {
          view.offline(true);
          return;
        }
        keep.forget();
        showCode("", gettext("Your seat is no longer valid. Take a seat again with the code."));
      },
      onEnded: () => {
        view.sessionEnded();
        toggle.remove();
        keep.forget();
      },
    });
    leaveScene = () => {
      poller.stop();
      view.destroy();
      leaveScene = () => {};
    };
    poller.start();
  }

  /** @param {import("./views.js").View} view */
  function show(view) {
    leaveScene();
    const inside = main.contains(document.activeElement);
    main.replaceChildren(view.node);
    if (inside) /** @type {HTMLElement | null} */ (main.querySelector("input, button"))?.focus();
  }

  return { start };
}
