/**
 * One tablet goes round. Each turn is one of its seats, drawn by lot; between two turns there is a cover that is always
 * the same. The seats are kept in this tab until the session ends, so that a reload goes on at the cover.
 */

import { normaliseCode } from "../doorway/code.js";
import { joinErrorText } from "../join/errors.js";
import { codeView } from "../join/views.js";
import { createApi, postJson } from "../lib/api.js";
import { gettext } from "../lib/i18n.js";
import { createPoller } from "../lib/poll.js";
import { readPage, takeFragment } from "../lib/standalone.js";
import { createStore } from "../lib/storage.js";
import { createTurn } from "./turn_view.js";
import { drawSeat, occasionOf, purposeOf } from "./turns.js";
import { coverView, endView, restView, roundView, thanksView, waitView } from "./views.js";

const THANKS_MS = 3000;

/**
 * @param {HTMLElement} main
 * @param {{store?: import("../lib/storage.js").Store, fetch?: typeof fetch, random?: () => number}} [parts] for tests
 * @returns {{start: () => Promise<void>}}
 */
export function createTablet(main, { store = createStore({ key: "tablet" }), fetch, random } = {}) {
  const page = readPage(main);
  const common = { language: page.language, credentials: page.credentials, fetch };
  /** @type {{api_url: string, tokens: string[]} | null} */
  let held = store.get("held");
  /** Of the occasion that is open: the seats known to have been used. In memory only, and in no order. */
  let used = new Set();
  let occasion = "";
  let scene = { name: "", leave() {} };
  let cover = null;

  async function start() {
    window.addEventListener("hashchange", () => enter(normaliseCode(takeFragment())));
    await enter(normaliseCode(takeFragment()));
  }

  /** @param {string} code from the link: it works once, so it is used at once */
  async function enter(code) {
    if (!code) {
      if (held) follow();
      else askForCode("");
      return;
    }
    show("wait", waitView());
    try {
      await claim(code);
    } catch (error) {
      if (held) follow();
      else askForCode(reason(error));
    }
  }

  async function claim(code) {
    const { body } = await postJson(`${page.api}tablet`, { code }, common);
    held = { api_url: body.api_url, tokens: body.tokens };
    store.wipe();
    store.set("held", held);
    used = new Set();
    occasion = "";
    follow();
  }

  function askForCode(message) {
    forget();
    const view = codeView({
      code: "",
      message,
      words: {
        title: gettext("One tablet for all of you"),
        label: gettext("The code that your leader shows"),
        go: gettext("Open the tablet"),
        below: gettext("Each of you answers on it in turn. It keeps nothing of what was written."),
      },
      onCode: async (typed) => {
        view.busy(true);
        try {
          await claim(typed);
        } catch (error) {
          view.busy(false);
          view.fail(reason(error));
        }
      },
    });
    show("code", view);
  }

  const apiOf = (token) => createApi({ apiUrl: held.api_url, token, ...common });

  /** The cover, following the session. Any seat sees enough for that; always the same one tells nothing. */
  function follow(message = "") {
    cover = show("wait", waitView());
    const poller = createPoller({
      api: apiOf(held.tokens[0]),
      element: main,
      onState: update,
      onOk: () => cover && cover.tell(""),
      onError: (error) => (error.status === 401
        ? askForCode(gettext("This tablet’s seats were given back. Ask your leader for a new code."))
        : tellOffline()),
      onEnded: ended,
    });
    scene.leave = poller.stop;
    poller.start();

    /** @param {any} state */
    function update(state) {
      notice(state);
      const name = nameOf(state);
      if (scene.name !== name) {
        const stop = scene.leave;
        scene.leave = () => {};
        cover = show(name, makeCover(name));
        scene.leave = stop;
        cover.tell(message);
        message = "";
        if (name.startsWith("cover:")) lookForUsed(() => update(state));
      }
      cover.update(state);
    }
  }

  /** Nobody should take the tablet for nothing: after a reload only the server knows who has had it. */
  async function lookForUsed(onAllUsed) {
    const from = cover;
    const left = await draw().catch(() => true);
    if (cover === from && !left && used.size >= held.tokens.length) onAllUsed();
  }

  const draw = () => drawSeat({
    tokens: held.tokens, used, random, ask: async (token) => (await apiOf(token).getState(null)).state,
  });

  const tellOffline = () => cover && cover.tell(gettext("No connection just now. This page keeps trying."));

  /** A new occasion: all seats are free again. */
  function notice(state) {
    const next = occasionOf(state);
    if (next !== occasion) used = new Set();
    occasion = next;
  }

  function nameOf(state) {
    const purpose = purposeOf(state);
    if (!purpose) return "rest";
    return used.size >= held.tokens.length ? "round" : `cover:${occasion}`;
  }

  function makeCover(name) {
    const share = held.tokens.length;
    if (name === "rest") return restView({ share });
    if (name === "round") return roundView();
    return coverView({ purpose: /** @type {any} */ (occasion.split(":").pop()), share, onTurn: takeTurn });
  }

  let drawing = false;

  async function takeTurn() {
    if (drawing) return;
    drawing = true;
    cover.busy(true);
    cover.tell("");
    const from = cover;
    try {
      const drawn = await draw();
      if (cover !== from) return;
      if (drawn) showTurn(drawn);
      else follow();
    } catch (error) {
      if (cover !== from) return;
      from.busy(false);
      if (error.status === 410) ended();
      else from.tell(gettext("No connection just now. Try again."));
    } finally {
      drawing = false;
    }
  }

  function showTurn({ token, state }) {
    leave();
    scene = { name: "turn", leave() {} };
    cover = null;
    main.replaceChildren();
    const turn = createTurn(main, {
      api: apiOf(token),
      state,
      language: page.language,
      onDone: () => {
        used.add(token);
        thanks();
      },
      onBack: () => follow(),
      onOver: () => follow(gettext("It was shown in the meantime. What had not been sent is wiped.")),
      onRefused: () => askForCode(gettext("This tablet’s seats were given back. Ask your leader for a new code.")),
      onEnded: ended,
    });
    scene.leave = turn.destroy;
    window.scrollTo(0, 0);
    // From the question on: whoever listens hears what is asked and who will see it before the field.
    const heading = main.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }

  function thanks() {
    show("thanks", thanksView());
    const timer = setTimeout(() => follow(), THANKS_MS);
    scene.leave = () => clearTimeout(timer);
  }

  function ended() {
    forget();
    show("ended", endView());
  }

  function forget() {
    held = null;
    used = new Set();
    occasion = "";
    store.wipe();
  }

  /** @template {{node: HTMLElement}} T @param {string} name @param {T} view @returns {T} */
  function show(name, view) {
    const before = scene.name;
    leave();
    scene = { name, leave() {} };
    cover = null;
    main.replaceChildren(view.node);
    // What a person has just done, or what changed before their eyes, is read out from its heading on.
    if (before && name !== "wait") /** @type {HTMLElement | null} */ (main.querySelector("h1"))?.focus({ preventScroll: true });
    return view;
  }

  function leave() {
    scene.leave();
    scene.leave = () => {};
  }

  return { start };
}

function reason(error) {
  if (error.code === "unknown_code") {
    return gettext("This code does not work any more. Ask your leader for a new one.");
  }
  return joinErrorText(error);
}
