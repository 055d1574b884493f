/**
 * The way from a seat to "What is kept about you" and back: in the seat's place, which waits behind it as it was, with what
 * is written in it. The browser's own way back leads back too. The page itself comes when somebody asks for it.
 */
import { h, uid } from "../lib/dom.js";
import { currentLanguage, gettext } from "../lib/i18n.js";
import { createLate } from "../lib/late.js";

/**
 * @param {{api: {get: (path: string) => Promise<{body: any}>},
 *   urls?: {kept_script?: string, kept_style?: string, kept_messages?: string}}} options api: for the seat's token
 * @returns {undefined | {link: () => HTMLElement, standFor: (seat: HTMLElement, tag: string) => void, close: () => void}} nothing where
 *   there is no such page. link: a quiet button, as often as needed; standFor: which element it stands in for, and the level of
 *   its heading, again when that was drawn anew; close: the seat is given up, or over
 */
export function createKeptDoor({ api, urls = {} }) {
  if (!urls.kept_script) return undefined;
  const part = { name: "psychsafetyKept", script: urls.kept_script, style: urls.kept_style, texts: urls.kept_messages || "" };
  const mark = uid("kept");
  let seat = /** @type {any} */ (null);
  let level = 2;
  let stage = /** @type {any} */ (null);
  let opened = /** @type {{by: HTMLElement, top: number} | null} */ (null);

  const isOurs = () => Boolean(window.history.state) && window.history.state.psychsafetyKept === mark;

  function open({ currentTarget }) {
    opened = { by: currentTarget, top: window.scrollY };
    // What the page around keeps there stays: going back must lead it nowhere.
    window.history.pushState({ ...window.history.state, psychsafetyKept: mark }, "");
    window.addEventListener("popstate", onMoved);
    show();
    stage.title.focus({ preventScroll: true });
    if (stage.node.scrollIntoView) stage.node.scrollIntoView({ block: "start" });
  }

  function show() {
    if (stage) stage.leave();
    stage = createStage({ level, part, api, onBack: back });
    seat.hidden = true;
    seat.after(stage.node);
  }

  function back() {
    if (isOurs()) window.history.back();
    else shut();
  }

  const onMoved = () => !isOurs() && shut();

  function shut() {
    if (!opened) return;
    const { by, top } = opened;
    opened = null;
    window.removeEventListener("popstate", onMoved);
    stage.leave();
    stage = null;
    seat.hidden = false;
    // The question may have been revealed in between: then what was pressed is gone, and the foot has the same.
    const there = [by, ...seat.querySelectorAll(".psy-keptlink")].filter((one) => one.isConnected);
    if (there.length > 0) there[0].focus({ preventScroll: true });
    window.scrollTo(0, top);
  }

  return {
    link: () => h("button", {
      class: "psy-quiet psy-keptlink", text: gettext("What is kept about you"), dataset: { action: "kept" }, on: { click: open },
    }),
    standFor(next, tag) {
      seat = next;
      level = tag === "h1" ? 1 : 2;
      if (opened) show();
    },
    close() {
      const ours = isOurs();
      shut();
      if (ours) window.history.back();
    },
  };
}

function createStage({ level, part, api, onBack }) {
  const title = h(`h${level}`, { class: "psy-q", text: gettext("What is kept about you"), attrs: { tabindex: -1 } });
  const place = h("div", { class: "psy-kept__place" });
  // At the end too: it is a long page.
  const wayBack = () => h("div", null,
    h("button", { class: "psy-quiet", text: gettext("Back"), dataset: { action: "back" }, on: { click: onBack } }));
  const node = h("section", { class: "psy-kept" },
    wayBack(), title, place, wayBack());
  const view = createLate(place, {
    part,
    language: currentLanguage(),
    make: ({ createKept }) => createKept(place, { level: level + 1, read: async () => (await api.get("kept")).body }),
  });
  return {
    node,
    title,
    leave() {
      view.destroy();
      node.remove();
    },
  };
}
