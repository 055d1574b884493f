/**
 * One tablet goes round. Each turn is one of its seats, drawn by lot; between two turns there is a cover that is always
 * the same. The seats are kept in this tab until the session ends, so that a reload goes on at the cover.
 */

import { normaliseCode } from "../doorway/code.js";
import { joinErrorText } from "../join/errors.js";
import { codeView } from "../join/views.js";
import { createApi, postJson } from "../lib/api.js";
import { gettext } from "../lib/i18n.js";
import { createLanguage, showLanguageSwitch } from "../lib/language.js";
import { createPoller } from "../lib/poll.js";
import { readPage, takeFragment } from "../lib/standalone.js";
import { createStore, keptIn } from "../lib/storage.js";
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
  const common = { credentials: page.credentials, fetch };
  const language = createLanguage({
    page,
    entry: "tablet",
    title: () => gettext("One tablet for all of you"),
    onChange: () => scene.redraw(),
    kept: keptIn(createStore({ key: "tablet.language" })),
    fetch,
  });
  /** @type {{api_url: string, tokens: string[]} | null} */
  let held = store.get("held");
  /** Of the occasion that is open: the seats known to have been used. In memory only, and in no order. */
  let used = new Set();
  let occasion = "";
  let scene = { name: "", view: /** @type {any} */ (null), leave() {}, redraw() {} };
  let cover = null;

  async function start() {
    showLanguageSwitch(main, {
      page,
      language,
      // Whoever has the tablet chooses for this turn: what is left on it tells nothing of who had it.
      onChoose: (code) => language.choose(code, { passing: scene.name === "turn" }),
    });
    await language.start();
    window.addEventListener("hashchange", () => enter(normaliseCode(takeFragment())));
    await enter(normaliseCode(takeFragment()));
  }

  /** @param {string} code from the link: it works once, so it is used at once */
  async function enter(code) {
    if (!code) {
      if (held) follow();
      else askForCode();
      return;
    }
    show("wait", waitView);
    try {
      await claim(code);
    } catch (error) {
      if (held) follow();
      else askForCode(() => reason(error));
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

  /** @param {() => string} [message] why */
  function askForCode(message = () => "") {
    forget();
    let typed = "";
    show("code", () => codeView({
      code: typed,
      message: message(),
      words: {
        title: gettext("One tablet for all of you"),
        label: gettext("The code that your leader shows"),
        go: gettext("Open the tablet"),
        below: gettext("Each of you answers on it in turn. It keeps nothing of what was written."),
      },
      onCode: tryCode,
      onType: (text) => (typed = text),
    }));
  }

  /** What goes wrong is told by the view that stands there then: it may have been drawn anew. */
  async function tryCode(code) {
    scene.view.busy(true);
    try {
      await claim(code);
    } catch (error) {
      scene.view.busy(false);
      scene.view.fail(reason(error));
    }
  }

  const apiOf = (token) => createApi({ apiUrl: held.api_url, token, ...common });

  /** The cover, following the session. Any seat sees enough for that; always the same one tells nothing. */
  function follow(message = () => "") {
    let last = null;
    show("wait", waitView, (made) => {
      cover = made;
    });
    language.settle();
    const poller = createPoller({
      api: apiOf(held.tokens[0]),
      element: main,
      onState: update,
      onOk: () => cover && cover.tell(""),
      onError: (error) => (error.status === 401
        ? askForCode(givenBackText)
        : tellOffline()),
      onEnded: ended,
    });
    scene.leave = poller.stop;
    poller.start();

    /** @param {any} state */
    function update(state) {
      last = state;
      language.follow(state);
      notice(state);
      const name = nameOf(state);
      if (scene.name !== name) {
        const stop = scene.leave;
        scene.leave = () => {};
        const told = message;
        message = () => "";
        show(name, () => makeCover(name), (made) => {
          cover = made;
          cover.tell(told());
          cover.update(last);
        });
        scene.leave = stop;
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
    cover = null;
    main.replaceChildren();
    const turn = createTurn(main, {
      api: apiOf(token),
      state,
      onDone: () => {
        used.add(token);
        thanks();
      },
      onBack: () => follow(),
      onOver: () => follow(() => gettext("It was shown in the meantime. What had not been sent is wiped.")),
      onRefused: () => askForCode(givenBackText),
      onEnded: ended,
    });
    scene = { name: "turn", view: null, leave: turn.destroy, redraw: turn.redraw };
    window.scrollTo(0, 0);
    // From the question on: whoever listens hears what is asked and who will see it before the field.
    const heading = main.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }

  function thanks() {
    show("thanks", thanksView);
    const timer = setTimeout(() => follow(), THANKS_MS);
    scene.leave = () => clearTimeout(timer);
  }

  function ended() {
    forget();
    show("ended", endView);
  }

  function forget() {
    held = null;
    used = new Set();
    occasion = "";
    store.wipe();
  }

  /**
   * @param {string} name
   * @param {() => {node: HTMLElement}} make once more in another language
   * @param {(made: any) => void} [drawn] gets each view that was made
   */
  function show(name, make, drawn = () => {}) {
    const before = scene.name;
    leave();
    cover = null;
    scene = { name, view: null, leave() {}, redraw };
    redraw();
    // What a person has just done, or what changed before their eyes, is read out from its heading on.
    if (before && name !== "wait") /** @type {HTMLElement | null} */ (main.querySelector("h1"))?.focus({ preventScroll: true });

    function redraw() {
      scene.view = make();
      main.replaceChildren(scene.view.node);
      drawn(scene.view);
    }
  }

  function leave() {
    scene.leave();
    scene.leave = () => {};
  }

  return { start };
}

const givenBackText = () => gettext("This tablet’s seats were given back. Ask your leader for a new code.");

function reason(error) {
  if (error.code === "unknown_code") {
    return gettext("This code does not work any more. Ask your leader for a new one.");
  }
  return joinErrorText(error);
}
