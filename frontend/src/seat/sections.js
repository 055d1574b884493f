/** The scenes of a seat as page elements. Each is made once and then updated; none of them knows how states arrive. */

import { hangsOn, kindOf } from "../kinds/index.js";
import { textAttrs } from "../kinds/language.js";
import { h, setText } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { createSummary, createFollowUp } from "../summary/summary_view.js";
import { createSeatWall } from "./seat_wall.js";
import { doorText, farewellText, progressText, publicationText, seatsText } from "./words.js";

/**
 * @typedef {Object} Section
 * @property {HTMLElement[]} nodes
 * @property {HTMLElement} heading where the focus goes when it was in the scene before
 * @property {string} announce what a screen reader is told when this scene begins
 * @property {boolean} first set around the first update when the scene began before the reader's eyes
 * @property {(state: any, offset?: number) => void} update offset: the server's time minus this device's, in milliseconds
 * @property {(offset: number) => void} [tick] once a second
 * @property {() => void} destroy
 */

/**
 * @param {import("./seat_view.js").SeatOptions & {say: (text: string) => void}} options
 * @returns {{create: (scene: string, state: any, place: HTMLElement | null) => Section,
 *            leave: (onLeave: () => void) => HTMLElement}}
 */
export function createSections({ api, store, onChanged, heading: tag = "h2", say }) {
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
        return shown(state);
      case "wall-after":
        return shownAfter(state);
      case "ended":
        return plain(gettext("This session has ended."), farewellText(state));
      case "waiting":
        return waiting(state);
      case "summary":
        return summary(state);
      default:
        return plain(gettext("Look up."), gettext("What comes next shows here by itself."));
    }
  }

  const doorLine = () => h("p", { class: "psy-soft psy-doorline" });

  function plain(title, text) {
    const heading = h(tag, { class: "psy-q", text: title });
    const nodes = [h("div", { class: "psy-calm" }, heading, h("p", { class: "psy-lead", text }))];
    return section({ nodes, heading, announce: title });
  }

  function lobby() {
    const seats = h("p", { class: "psy-soft" });
    const made = plain(gettext("You are in."), gettext("Look up: it begins soon."));
    const door = doorLine();
    made.nodes[0].append(seats, door);
    made.update = (state) => {
      setText(seats, seatsText(state.seats));
      setText(door, doorText(state));
    };
    return made;
  }

  /** While the room answers on paper, or what is to be answered is still being written. */
  function waiting(state) {
    const said = /** @type {{title: string, text: string}} */ (kindOf(state.round.activity).waits(state.round.activity));
    const made = plain(said.title, said.text);
    made.nodes.push(question(state, tag === "h1" ? "h2" : "h3", "psy-q psy-q--small"));
    return made;
  }

  function summary(state) {
    const made = createSummary({ summary: state.summary, level: tag === "h1" ? 1 : 2 });
    const node = h("div", null, made);
    let shown = JSON.stringify(state.summary);
    return section({
      nodes: [node, state.summary.due ? createFollowUp(api) : null],
      heading: /** @type {HTMLElement} */ (made.querySelector("h1, h2")),
      announce: gettext("The summary is up."),
      update(next) {
        const now = JSON.stringify(next.summary);
        if (now === shown) return;
        shown = now;
        node.replaceChildren(createSummary({ summary: next.summary, level: tag === "h1" ? 1 : 2 }));
      },
    });
  }

  function question(state, level = tag, look = "psy-q") {
    const { activity } = state.round;
    return h(level, { class: look, text: activity.prompt, attrs: textAttrs(activity, "prompt") });
  }

  function writing(state, place) {
    const { activity } = state.round;
    const heading = question(state);
    const help = activity.help ? h("p", { class: "psy-help", text: activity.help, attrs: textAttrs(activity, "help") }) : null;
    const progress = h("p", { class: "psy-soft psy-progress" });
    const door = doorLine();
    const published = publishedWall(state);
    return section({
      nodes: [heading, help, place, progress, door, ...published.nodes],
      heading,
      announce: activity.prompt,
      update(next) {
        setText(progress, progressText(next.round.progress));
        setText(door, doorText(next));
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
        : kindOf(state.round.activity).words().counted,
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
    const made = seatWall();
    return {
      nodes: [when, made.place],
      update(next) {
        setText(when, publicationText(next.round.next_publication));
        made.update(next.round);
      },
      destroy: made.destroy,
    };
  }

  const seatWall = () => createSeatWall({ api, store, say, onChanged, level: tag === "h1" ? "h2" : "h3" });

  /** After the reveal: what the kind of the activity shows. */
  function shown(state) {
    const heading = question(state);
    const made = kindOf(state.round.activity).seatShown({ state, heading, after: false, tools: seatWall() });
    const made_section = section({
      nodes: made.nodes,
      heading,
      announce: made.announce || "",
      update: (next, offset = 0) => made.update(next, { first: made_section.first, offset }),
      tick: made.tick,
      destroy: made.destroy,
    });
    return made_section;
  }

  function shownAfter(state) {
    const made_section = state.looking_back
      ? plain(gettext("We look back."), gettext("This is what stood here before."))
      : plain(gettext("Look up."), gettext("What comes next shows here by itself."));
    if (!hangsOn(state)) return made_section;
    const heading = question(state, tag === "h1" ? "h2" : "h3", "psy-q psy-q--small");
    const made = kindOf(state.round.activity).seatShown({ state, heading, after: true, tools: seatWall() });
    made_section.nodes.push(...made.nodes);
    made_section.update = (next, offset = 0) => made.update(next, { first: false, offset });
    made_section.destroy = made.destroy || made_section.destroy;
    return made_section;
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
function section({ nodes, heading, announce, update = () => {}, tick = () => {}, destroy = () => {} }) {
  return { nodes: nodes.filter(Boolean), heading, announce, first: false, update, tick, destroy };
}
