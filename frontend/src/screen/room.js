/** The way of the big screen: reads its token, follows the session, shows one scene at a time. */

import { createApi, getJson } from "../lib/api.js";
import { everySecond } from "../lib/clock.js";
import { h, setText } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { createLanguage } from "../lib/language.js";
import { createPoller } from "../lib/poll.js";
import { readPage, takeFragment } from "../lib/standalone.js";
import { createStore } from "../lib/storage.js";
import { farewellText } from "../seat/words.js";
import { createScenes } from "./scenes.js";

const LOOK_AGAIN_MS = 3000;

/**
 * @param {HTMLElement} main
 * @param {{store?: import("../lib/storage.js").Store, fetch?: typeof fetch}} [parts] for tests
 * @returns {{start: () => Promise<void>, stop: () => void}}
 */
export function createRoom(main, { store = createStore({ key: "screen" }), fetch } = {}) {
  const page = readPage(main);
  const common = { credentials: page.credentials, fetch };
  // No switch: the room reads it together, so it speaks the session's first language.
  const language = createLanguage({
    page,
    entry: "screen",
    title: () => gettext("The big screen"),
    onChange: () => redraw(),
    fetch,
  });
  const offline = h("p", { class: "psy-room__offline", attrs: { role: "status", hidden: true } });
  const place = h("div", { class: "psy-room__place" });
  let stopFollowing = () => {};
  let redraw = () => {};
  let serverOffset = 0;
  let last = null;

  async function start() {
    const token = takeFragment();
    if (token) store.set("token", token);
    window.addEventListener("hashchange", () => window.location.reload());
    main.replaceChildren(place, offline);
    if (store.get("token")) await find(store.get("token"));
    else say(() => [gettext("This page opens from the team session."), gettext("Open the big screen there once more.")]);
  }

  /** Asks which session the token belongs to, for as long as the network needs. */
  async function find(token) {
    for (;;) {
      try {
        const { body } = await getJson(`${page.api}whoami`, { ...common, token });
        showOffline(false);
        follow(body.api_url, token);
        return;
      } catch (error) {
        if (error.status === 401 || error.status === 410) {
          ended();
          return;
        }
        showOffline(true);
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      }
    }
  }

  function follow(apiUrl, token) {
    const api = createApi({ apiUrl, token, ...common });
    const make = () => createScenes(place, { loadQr: () => api.getBlob("qr.svg") });
    let scenes = make();
    redraw = () => {
      scenes.destroy();
      scenes = make();
      if (last) scenes.update(last, serverOffset);
    };
    const stopTicking = everySecond(main, () => scenes.tick());
    stopFollowing = () => {
      stopTicking();
      poller.stop();
      scenes.destroy();
      showOffline(false);
    };
    const poller = createPoller({
      api,
      element: main,
      onState: (state, offset) => {
        last = state;
        serverOffset = offset;
        language.follow(alone(state));
        scenes.update(state, offset);
      },
      onOk: () => showOffline(false),
      onError: (error) => {
        if (error.status === 401) ended();
        else showOffline(true);
      },
      onEnded: ended,
    });
    poller.start();
  }

  function ended() {
    stopFollowing();
    store.wipe();
    say(() => [gettext("This session has ended."), farewellText(last)]);
  }

  function showOffline(on) {
    setText(offline, on ? gettext("No connection just now") : "");
    offline.hidden = !on;
  }

  /** @param {() => [string, string]} words title and text, once more in another language */
  function say(words) {
    const [title, text] = words();
    redraw = () => say(words);
    place.replaceChildren(
      h(
        "div",
        { class: "psy-room psy-room--plain" },
        h("h1", { class: "psy-room__q", text: title }),
        h("p", { class: "psy-room__text", text }),
      ),
    );
  }

  return { start, stop: () => stopFollowing() };
}

/** Only the first of a session's languages is the screen's, whatever the browser would like. */
const alone = ({ language, languages }) => ({ languages: (languages || [language]).slice(0, 1) });
