/** The scenes of a seat as page elements. Each is made once and then updated; none of them knows how states arrive. */

import { h, setText } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { createWallView } from "../wall/wall_view.js";
import { deliver } from "./deliver.js";
import { progressText, publicationText, seatsText, troubleText } from "./words.js";

/**
 * @typedef {Object} Section
 * @property {HTMLElement[]} nodes
 * @property {HTMLElement} heading where the focus goes when it was in the scene before
 * @property {string} announce what a screen reader is told when this scene begins
 * @property {boolean} first set around the first update when the scene began before the reader's eyes
 * @property {(state: any) => void} update
 * @property {() => void} destroy
 */

/**
 * @param {import("./seat_view.js").SeatOptions & {say: (text: string) => void}} options
 * @returns {{create: (scene: string, state: any, place: HTMLElement | null) => Section,
 *            leave: (onLeave: () => void) => HTMLElement}}
 */
export function createSections({ api, store, data, onChanged, heading: tag = "h2", say }) {
  const language = (data && data.language) || "en";

  function create(scene, state, place) {
    switch (scene) {
      case "lobby":
        return lobby();
      case "writing":
        return writing(state, /** @type {HTMLElement} */ (place));
      case "counted":
      case "course-counted":
        return counted(state);
      case "wall":
        return wall(state);
      case "wall-after":
        return wallAfter(state);
      case "ended":
        return plain(
          gettext("This session has ended."),
          gettext("The notes have come down. Thank you for taking part."),
        );
      default:
        return plain(gettext("Look up."), gettext("What comes next shows here by itself."));
    }
  }

  function plain(title, text) {
    const heading = h(tag, { class: "psy-q", text: title });
    const nodes = [h("div", { class: "psy-calm" }, heading, h("p", { class: "psy-lead", text }))];
    return section({ nodes, heading, announce: title });
  }

  function lobby() {
    const seats = h("p", { class: "psy-soft" });
    const made = plain(gettext("You are in."), gettext("Look up: it begins soon."));
    made.nodes[0].append(seats);
    made.update = (state) => setText(seats, seatsText(state.seats));
    return made;
  }

  function question(state, level = tag, look = "psy-q") {
    return h(level, { class: look, text: state.round.activity.prompt, attrs: { dir: "auto" } });
  }

  function writing(state, place) {
    const { activity } = state.round;
    const heading = question(state);
    const help = activity.help ? h("p", { class: "psy-help", text: activity.help, attrs: { dir: "auto" } }) : null;
    const progress = h("p", { class: "psy-soft psy-progress" });
    const published = publishedWall(state);
    return section({
      nodes: [heading, help, place, progress, ...published.nodes],
      heading,
      announce: activity.prompt,
      update(next) {
        setText(progress, progressText(next.round.progress));
        published.update(next);
      },
      destroy: published.destroy,
    });
  }

  function counted(state) {
    const course = state.kind === "course";
    const heading = h(tag, { class: "psy-q", text: gettext("Counted.") });
    const lead = h("p", {
      class: "psy-lead",
      text: course
        ? gettext("Nothing of it is kept on this device.")
        : gettext("Look up. The wall opens for everybody at once."),
    });
    const progress = h("p", { class: "psy-soft psy-progress" });
    const published = publishedWall(state);
    return section({
      nodes: [h("div", { class: "psy-calm" }, heading, lead, progress), ...published.nodes],
      heading,
      announce: gettext("Counted."),
      update(next) {
        setText(progress, progressText(next.round.progress));
        published.update(next);
      },
      destroy: published.destroy,
    });
  }

  /** A course-wide wall shows what has been published, below the writing; a team's wall shows nothing before its reveal. */
  function publishedWall(state) {
    if (state.kind !== "course") return { nodes: [], update() {}, destroy() {} };
    const when = h("p", { class: "psy-soft" });
    const made = wallWithTools();
    return {
      nodes: [when, made.place],
      update(next) {
        setText(when, publicationText(next.round.next_publication, language));
        made.view.update(next.round);
      },
      destroy: made.destroy,
    };
  }

  function wall(state) {
    const heading = question(state);
    const silence = h(
      "p",
      { class: "psy-lead psy-lead--wall" },
      h("span", { text: gettext("Read in silence.") }),
      " ",
      h("strong", { text: gettext("Nobody asks or guesses who wrote what.") }),
    );
    const ask = h("p", { class: "psy-which" });
    const made = wallWithTools();
    const made_section = section({
      nodes: [heading, silence, ask, made.place],
      heading,
      announce: gettext("The notes are up. Read in silence."),
      update(next) {
        const text = resonanceText(next.round);
        setText(ask, text);
        ask.hidden = text === "";
        made.view.update(next.round, { first: made_section.first });
        if (next.round.resonance !== "open") store.wipe("taps:");
      },
      destroy: made.destroy,
    });
    return made_section;
  }

  function wallAfter(state) {
    const made_section = plain(gettext("Look up."), gettext("What comes next shows here by itself."));
    const made = wallWithTools();
    if (state.round.results) made_section.nodes.push(question(state, tag === "h1" ? "h2" : "h3", "psy-q psy-q--small"), made.place);
    made_section.update = (next) => made.view.update(next.round);
    made_section.destroy = made.destroy;
    return made_section;
  }

  function wallWithTools() {
    const stopping = new AbortController();
    const place = h("div", { class: "psy-wallplace" });
    let round = null;
    const view = createWallView(place, {
      mode: "phone",
      selectable: true,
      onSubmitResonance: (notes) => submit("resonance", { round: round.id, notes }, stopping.signal),
      onTakeDown: (note) => submit("takedowns", { round: round.id, note }, stopping.signal),
      taps: {
        get: () => store.get("taps:now"),
        set: (ids) => (ids.length > 0 ? store.set("taps:now", ids) : store.wipe("taps:")),
      },
    });
    return {
      place,
      view: {
        update(next, how) {
          round = next;
          view.update(next, how);
        },
      },
      destroy() {
        stopping.abort();
        view.destroy();
      },
    };
  }

  /** Keeps trying like an answer does; resolves when it is counted. */
  async function submit(path, body, signal) {
    const result = await deliver(() => api.post(path, body), {
      signal,
      onTrouble: (error) => say(troubleText(error)),
    });
    if (result && result.outcome === "counted") {
      if (onChanged) onChanged();
      return;
    }
    if (result && result.outcome === "closed") throw { detail: gettext("This was counted in the meantime.") };
    throw (result && result.error) || {};
  }

  /** Offers the way out, and asks once before it is taken. */
  function leave(onLeave) {
    const node = h("div", { class: "psy-leave" });
    const open = h("button", { class: "psy-quiet", text: gettext("Leave this seat"), on: { click: ask } });
    node.append(open);

    function ask() {
      const stay = h("button", { class: "psy-button psy-button--alt", text: gettext("Stay"), on: { click: back } });
      const go = h("button", { class: "psy-button", text: gettext("Leave"), on: { click: () => onLeave() } });
      const text = gettext("Leave? This device forgets the seat, and you cannot come back to it.");
      node.replaceChildren(
        h("div", { class: "psy-ask" }, h("p", { class: "psy-ask__text", text }), h("div", { class: "psy-pair" }, stay, go)),
      );
      stay.focus();
    }

    function back() {
      node.replaceChildren(open);
      open.focus();
    }

    return node;
  }

  return { create, leave };
}

/** @returns {Section} with what was left out */
function section({ nodes, heading, announce, update = () => {}, destroy = () => {} }) {
  return { nodes: nodes.filter(Boolean), heading, announce, first: false, update, destroy };
}

/** @returns {string} what may be done with the wall just now */
function resonanceText(round) {
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
