/** What the room sees, scene by scene: lobby, question, what the kind of the activity shows (a wall), a pause, the summary. */

import { groupCode, spellCode } from "../doorway/code.js";
import { blobPicture } from "../doorway/picture.js";
import { isShown, kindOf } from "../kinds/index.js";
import { shownText } from "../kinds/language.js";
import { besideMedia } from "../kinds/media.js";
import { secondsLeft, timeLeftText } from "../lib/clock.js";
import { h, setText } from "../lib/dom.js";
import { dayText, gettext, interpolate } from "../lib/i18n.js";
import { doorText, progressText, seatsText } from "../seat/words.js";
import { summaryPages } from "../summary/summary_view.js";
import { createScreenPages } from "../wall/screen_pages.js";
import { forScreen, screenHeading } from "./heading.js";
import { createTurningList } from "./turning_list.js";

/**
 * @param {any} state
 * @returns {"lobby" | "pause" | "question" | "wall" | "summary"} a closed round leaves the wall hanging until the next one starts
 */
export function roomScene(state) {
  if (state.phase === "summary") return "summary";
  if (!state.round) return state.phase === "lobby" ? "lobby" : "pause";
  if (state.round.phase === "collecting" && !state.round.results) return "question";
  return isShown(state.round, state.looking_back) ? "wall" : "pause";
}

/**
 * @param {HTMLElement} place
 * @param {{loadQr: () => Promise<Blob>}} options
 * @returns {{update: (state: any, offsetMs: number) => void, tick: () => void, destroy: () => void}}
 */
export function createScenes(place, { loadQr }) {
  let state = null;
  let offset = 0;
  let shown = "";
  let scene = null;
  const ribbon = h("p", { class: "psy-room__ribbon" });

  function update(next, offsetMs) {
    state = next;
    offset = offsetMs;
    const kind = roomScene(state);
    const key = sceneKey(kind);
    const live = shown !== "" && !state.looking_back;
    showRibbon();
    if (key !== shown) {
      if (scene) scene.destroy();
      scene = make(kind);
      place.replaceChildren(ribbon, scene.node);
      scene.update(live && kind === "wall");
      shown = key;
    } else {
      scene.update(false);
    }
  }

  /** A scene is made anew for another round, and while it asks also when what it asks was corrected. */
  function sceneKey(kind) {
    if (kind === "question") return `${kind} ${state.round.id} ${JSON.stringify(state.round.activity)}`;
    if (kind === "wall") return `${kind} ${state.round.id}`;
    return kind === "summary" ? `${kind} ${JSON.stringify(state.summary)}` : kind;
  }

  /** What the room must not take for the real thing, or for the present. */
  function showRibbon() {
    const words = [
      state.rehearsal ? gettext("Rehearsal with a pretend team") : "",
      state.looking_back ? gettext("We look back") : "",
    ];
    setText(ribbon, words.filter(Boolean).join(" · "));
    ribbon.hidden = ribbon.textContent === "";
  }

  function make(kind) {
    if (kind === "lobby") return lobby();
    if (kind === "summary") return summary();
    if (kind === "question") return question();
    if (kind === "wall") return afterwards();
    const door = doorLine();
    return scenery("plain", [
      h("h1", { class: "psy-room__q", text: state.title || gettext("With your team"), attrs: { dir: "auto" } }),
      h("p", { class: "psy-room__text", text: gettext("A short pause. What comes next shows here by itself.") }),
      door,
    ], () => setText(door, doorText(state)));
  }

  function lobby() {
    const code = h("p", { class: "psy-room__code", attrs: { dir: "ltr" } });
    const seats = h("p", { class: "psy-room__seats" });
    const qr = h("div", { class: "psy-room__qr" });
    let codeShown = "";
    const title = h("h1", { class: "psy-room__q" });
    const how = h("p", {
      class: "psy-room__text", text: gettext("Point your phone’s camera at the square, or type the code."),
    });
    const door = doorLine();
    const words = h("div", { class: "psy-room__words" }, title, how, code, seats, door);
    return scenery("lobby", [words, qr], () => {
      const locked = state.door === "locked";
      setText(title, locked ? gettext("It begins soon.") : gettext("Take a seat"));
      for (const node of [how, code, qr]) node.hidden = locked;
      setText(door, doorText(state));
      setText(seats, seatsText(state.seats));
      if (state.join_code === codeShown) return;
      codeShown = state.join_code;
      code.replaceChildren(
        h("span", { class: "psy-sr", text: spellCode(codeShown || "") }),
        h("span", { text: groupCode(codeShown || ""), attrs: { "aria-hidden": "true" } }),
      );
      qr.replaceChildren(
        blobPicture({
          load: loadQr,
          alt: gettext("The link to join, for a phone’s camera"),
          className: "psy-room__qrpicture",
          onMissing: () => qr.replaceChildren(),
        }),
      );
    });
  }

  function summary() {
    const { summary: told } = state;
    const list = h("ul", { class: "psy-recaps", attrs: { role: "list" } });
    const pages = h("span", { class: "psy-room__pages" });
    const turning = createTurningList(list, { sizes: [6, 5, 4, 3, 2, 1], onPage: (text) => setText(pages, text) });
    let turned = false;
    const made = scenery("summary", [
      screenHeading({ prompt: told.title || gettext("With your team") }, { look: "psy-room__q--wall" }),
      list,
      h("div", { class: "psy-room__foot" }, h("span", { text: dayText(told.held_on) }), pages),
    ], () => {
      // Only in the page is it known what fits.
      if (!turned) turning.update(summaryPages(told));
      turned = true;
    });
    made.destroy = turning.destroy;
    return made;
  }

  function question() {
    const { activity } = state.round;
    const waits = kindOf(activity).waits(activity);
    const progress = h("span", { attrs: { role: "status" } });
    const time = h("span", { class: "psy-room__time" });
    const rows = kindOf(activity).outline(activity);
    const outline = h("ul", { class: "psy-outline psy-outline--screen", attrs: { role: "list" } });
    const pages = h("span", { class: "psy-room__pages" });
    const help = activity.help ? shownText(forScreen(activity), "help", { look: "psy-room__text" }) : null;
    const turning = rows.length > 0
      ? createTurningList(outline, { sizes: [8, 4, 2, 1], onPage: (text) => setText(pages, text) })
      : null;
    let turned = false;
    const nodes = [
      besideMedia(h(
        "div",
        { class: turning ? "psy-room__ask psy-room__ask--rows" : "psy-room__ask" },
        screenHeading(activity, { below: help ? help.textContent || "" : "" }),
        help,
        turning ? outline : null,
      ), activity),
      h("div", { class: "psy-room__foot" }, progress, pages, time),
    ];
    const made = scenery("question", nodes, () => {
      // Only in the page is it known what fits.
      if (turning && !turned) turning.update(rows);
      turned = true;
      setText(progress, waits ? waits.title : progressText(state.round.progress) || gettext("Write in silence. No note has a name."));
      setText(time, timeText());
    });
    if (turning) made.destroy = turning.destroy;
    return made;
  }

  function timeText() {
    const words = kindOf(state.round.activity).words();
    const left = secondsLeft(state.round.ends_at, offset);
    if (state.round.closing && left !== null) {
      return interpolate(words.closing, { n: left });
    }
    return timeLeftText(left, words);
  }

  function afterwards() {
    const made = kindOf(state.round.activity).screenShown({ state, hang: createScreenPages });
    const scenario = scenery(made.look, made.nodes, (first) => made.update(state, { first, offset }));
    scenario.tick = () => made.tick && made.tick(offset);
    scenario.destroy = made.destroy || scenario.destroy;
    return scenario;
  }

  return {
    update,
    tick() {
      if (!scene || !state) return;
      if (scene.tick) scene.tick();
      else if (roomScene(state) === "question") scene.update(false);
    },
    destroy() {
      if (scene) scene.destroy();
    },
  };
}

const doorLine = () => h("p", { class: "psy-room__door", attrs: { role: "status" } });

function scenery(name, nodes, update = () => {}) {
  return { node: h("div", { class: `psy-room psy-room--${name}` }, nodes), update, tick: null, destroy() {} };
}
