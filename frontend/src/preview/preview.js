/** Studio's preview of a block: the real views of leader, participant and room, with a team that does not exist. */
import { minutesText } from "../doorway/agenda_item.js";
import { announcer, h } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { commandLeads } from "./commands.js";
import { createControls } from "./controls.js";
import { createFrame } from "./frame.js";
import { guideOf, statesAt } from "./states.js";
import { after, ahead, find, momentText, opening, placeText, stopsOf } from "./walk.js";

/** Sizes of the devices in CSS pixels: a small phone, and a projector. */
const PHONE = { width: 320, height: 640 };
const PROJECTOR = { width: 1280, height: 720 };

/** What each picture is of, in the order of the page. */
const PICTURES = {
  before: { sheet: "block", more: "leading", look: "", size: null, state: "leader" },
  screen: { sheet: "screen", look: "psy psy-page psy-night", size: PROJECTOR, state: "screen" },
  leader: { sheet: "leader", look: "psy psy-page", size: PHONE, state: "leader" },
  seat: { sheet: "seat", look: "psy psy-page", size: PHONE, state: "seat" },
};

/**
 * @param {HTMLElement} root
 * @param {{data: any, makeFrame?: typeof createFrame}} options makeFrame: for tests
 * @returns {{destroy: () => void}} no runtime tells a block that it goes; with its page the frames stop by themselves
 */
export function createPreview(root, { data, makeFrame = createFrame }) {
  if (data.problems.length > 0) {
    root.replaceChildren(problemCard(data.problems));
    return { destroy: () => root.replaceChildren() };
  }
  const stops = stopsOf(data);
  const direction = window.getComputedStyle(root).direction || "ltr";
  const pictures = new Map();
  let at = 0;

  const controls = createControls({
    data,
    stops,
    onPlace: (place) => go(find(stops, place)),
    onMoment: (moment) => go(find(stops, stops[at].place, moment)),
    onStep: (by) => {
      go(by > 0 ? after(stops, at) : ahead(stops, at));
      say([placeText(stops[at], data), stops[at].step === null ? "" : momentText(stops[at].moment, data.audience === "course")]
        .filter(Boolean).join(". "));
    },
  });
  const frames = h("div", { class: "psy-pre__pictures" });
  const note = h("p", { class: "psy-soft psy-pre__note", text: gettext("Phones and the big screen come in with the next step.") });
  root.replaceChildren(heading(data), controls.element, frames, note);
  const say = announcer(root);

  /** @param {number} to @param {string} [by] the picture in which it was pressed: it goes on by itself */
  function go(to, by = "") {
    if (to < 0) return;
    at = to;
    controls.update(at);
    const states = statesAt(data, stops[at]);
    const shown = rolesAt(stops[at]);
    note.hidden = !shown.includes("before");
    frames.dataset.shown = shown.join(" ");
    for (const role of Object.keys(PICTURES)) {
      const picture = shown.includes(role) ? pictureOf(role) : pictures.get(role);
      if (!picture) continue;
      picture.element.hidden = !shown.includes(role);
      picture.show(shown.includes(role) ? states[PICTURES[role].state] : null, by === role);
    }
  }

  function rolesAt({ place }) {
    if (data.audience === "course") return ["seat"];
    return place === "start" ? ["before"] : ["screen", "leader", "seat"];
  }

  function pictureOf(role) {
    if (!pictures.has(role)) {
      const made = createPicture(role);
      pictures.set(role, made);
      const later = Object.keys(PICTURES).slice(Object.keys(PICTURES).indexOf(role) + 1).map((name) => pictures.get(name));
      const next = later.find(Boolean);
      frames.insertBefore(made.element, next ? next.element : null);
    }
    return pictures.get(role);
  }

  function createPicture(role) {
    const { sheet, more, look, size } = PICTURES[role];
    const words = captionOf(role, data);
    const frame = makeFrame({
      title: words.title,
      look,
      size,
      files: { script: data.files.script, sheet: data.files[sheet], more: data.files[more] },
      page: { language: data.language, direction },
    });
    const element = h("figure", { class: `psy-pre__picture psy-pre__picture--${role}`, dataset: { role } },
      h("figcaption", { class: "psy-pre__caption" }, h("strong", { text: words.title }), " ", h("span", { text: words.text })),
      h("div", { class: "psy-pre__device" }, frame.element));
    let inside = null;
    let played = null;
    let wanted = null;

    frame.ready.then((page) => {
      inside = page;
      if (wanted) begin();
    }, () => frame.element.replaceChildren(h("p", {
      class: "psy-pre__missing", text: gettext("A part of this preview did not come. Reload the page to try again."),
    })));

    function begin() {
      played = inside.play(role, inside.main, {
        data, state: wanted, guide: guideOf(data), onCommand: command, onConvene: () => go(find(stops, "lobby")),
      });
    }

    return {
      element,
      /** Begins anew, since a view only ever goes forward; the one in which it was pressed is told by the reply. */
      show(state, told) {
        wanted = state;
        if (told || !inside) return;
        if (played) played.destroy();
        played = null;
        if (wanted) begin();
      },
      destroy() {
        wanted = null;
        if (played) played.destroy();
        frame.destroy();
      },
    };
  }

  /** @returns {any} the leader's state after a command; null when the preview has no such moment */
  function command(asked) {
    const to = commandLeads(stops, at, asked);
    if (to === null) return null;
    const shown = rolesAt(stops[to]).includes("leader");
    go(to, shown ? "leader" : "");
    return statesAt(data, stops[to]).leader;
  }

  go(opening(stops));
  return {
    destroy() {
      for (const picture of pictures.values()) picture.destroy();
      root.replaceChildren();
    },
  };
}

function heading(data) {
  const n = data.people;
  const minutes = data.steps.reduce((sum, { public: { minutes: one } }) => sum + one, 0);
  const steps = data.steps.length;
  const about = data.ready_session
    ? interpolate(ngettext("Ready session “%(title)s”: %(n)s step, %(minutes)s.", "Ready session “%(title)s”: %(n)s steps, %(minutes)s.", steps),
      { title: data.ready_session, n: steps, minutes: minutesText(minutes) })
    : "";
  return h("div", { class: "psy-pre__head" },
    h("h2", { class: "psy-pre__title", text: gettext("Preview") }),
    h("p", { class: "psy-pre__lede", text: data.audience === "course"
      ? gettext("What people in the course will see, with notes that are made up. Try everything: nothing is sent, and nothing is kept.")
      : interpolate(ngettext(
        "What your people will see, with a made-up team of %(n)s person. Try everything: nothing is sent, and nothing is kept.",
        "What your people will see, with a made-up team of %(n)s people. Try everything: nothing is sent, and nothing is kept.", n), { n }) }),
    about && h("p", { class: "psy-soft", text: about }));
}

function captionOf(role, { audience }) {
  const captions = {
    before: () => ({ title: gettext("The leader, in this unit"), text: gettext("Read alone, before anybody is invited.") }),
    screen: () => ({ title: gettext("The big screen"), text: gettext("For everybody in the room.") }),
    leader: () => ({ title: gettext("The leader’s phone"), text: gettext("What to say and to know, for the leader’s eyes only.") }),
    seat: () => (audience === "course"
      ? { title: gettext("A phone in the course"), text: gettext("Nobody leads, and there is no big screen.") }
      : { title: gettext("A participant’s phone"), text: gettext("Every participant sees the same.") }),
  };
  return captions[role]();
}

/** In place of a blank page: what is missing, and where to put it right. */
function problemCard(problems) {
  return h("div", { class: "psy-pre__problem" },
    h("h2", { class: "psy-pre__title", text: gettext("This cannot be run yet") }),
    h("ul", { class: "psy-pre__list" }, problems.map((text) => h("li", { text, attrs: { dir: "auto" } }))),
    h("p", { class: "psy-soft", text: gettext("Choose “Edit” to put it right. Until then nobody can convene a team here.") }));
}
