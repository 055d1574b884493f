/** What a seat may do with a wall and its echo: read it, say which notes it could have written, take one down. */

import { h } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { createEchoView } from "../wall/echo_view.js";
import { createWallView, hiddenText } from "../wall/wall_view.js";
import { deliver } from "./deliver.js";
import { troubleText } from "./words.js";

/**
 * @param {{api: {post: Function}, store: import("../lib/storage.js").Store, say: (text: string) => void,
 *   onChanged?: () => void, level?: "h2" | "h3"}} options level: of the heading of the echo
 * @returns {{place: HTMLElement, echo: HTMLElement, update: (round: any, how?: {first?: boolean}) => void, destroy: () => void}}
 */
export function createSeatWall({ api, store, say, onChanged, level = "h2" }) {
  const stopping = new AbortController();
  const place = h("div", { class: "psy-wallplace" });
  let round = null;
  let down = /** @type {number | null} */ (null);
  const view = createWallView(place, {
    mode: "phone",
    selectable: true,
    onSubmitResonance: (notes) => submit("resonance", { round: round.id, notes }),
    onTakeDown: (note) => submit("takedowns", { round: round.id, note }),
    taps: kept("taps:now"),
  });
  const echo = createEchoView({
    mode: "phone",
    level,
    ask: resonanceText,
    onSubmit: (notes) => submit("echo", { round: round.id, notes }),
    taps: kept("taps:echo"),
  });
  echo.node.classList.add("psy-wallplace");
  let echoing = /** @type {boolean | null} */ (null);

  /** Taps that are not sent yet outlive a reload. */
  function kept(name) {
    return {
      get: () => store.get(name),
      set: (ids) => (ids.length > 0 ? store.set(name, ids) : store.remove(name)),
    };
  }

  /** Keeps trying like an answer does; resolves when it is counted. */
  async function submit(path, body) {
    const result = await deliver(() => api.post(path, body), {
      signal: stopping.signal,
      onTrouble: (error) => say(troubleText(error)),
    });
    if (result && result.outcome === "counted") {
      if (path !== "takedowns") say(gettext("Counted."));
      if (onChanged) onChanged();
      return;
    }
    if (result && result.outcome === "closed") throw { detail: gettext("This was counted in the meantime.") };
    throw (result && result.error) || {};
  }

  /** A note that somebody took down is gone without a sound; what was down when the wall came was never here. */
  function sayWhatCameDown(count) {
    if (down !== null && count > down) say(hiddenText(count));
    down = count;
  }

  /** Only when it is opened before the reader's eyes. */
  function sayTheEcho(source) {
    if (echoing === false && source) {
      say(source === "pool"
        ? gettext("Notes from other teams are here, above your own wall.")
        : gettext("Examples are here, above your own wall."));
    }
    echoing = Boolean(source);
  }

  return {
    place,
    echo: echo.node,
    update(next, how) {
      round = next;
      view.update(next, how);
      sayWhatCameDown(next.results ? next.results.hidden : 0);
      echo.update(next, how);
      sayTheEcho(next.echo && next.echo.source);
      if (next.phase !== "collecting" && next.resonance !== "open") store.remove("taps:now");
      if (!next.echo || next.echo.phase !== "open") store.remove("taps:echo");
    },
    destroy() {
      stopping.abort();
      view.destroy();
      echo.destroy();
    },
  };
}

/** @returns {string} what may be done with the wall just now */
export function resonanceText(round) {
  if (!round.results || round.results.notes.length === 0) return "";
  if (round.resonance === "open" && !round.resonated) {
    return gettext("Which could you have written? Tap any number of notes, then send once.");
  }
  if (round.resonance !== "open") return "";
  switch (round.resonance_progress) {
    case "enough":
      return gettext("Counted. Enough have tapped.");
    case "most":
      return gettext("Counted. Most have tapped.");
    case "all":
      return gettext("Counted. All have tapped.");
    default:
      return gettext("Counted. Others are still reading.");
  }
}
