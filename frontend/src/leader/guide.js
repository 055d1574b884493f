/** What the leader says and should know: for the leader's eyes only, so it never stands in the block. */
import { h, setText } from "../lib/dom.js";
import { gettext, interpolate } from "../lib/i18n.js";

const RETRY_MS = 4000;

/**
 * Fetches the guide again whenever the state says that it has changed.
 * @param {{api: any, onChange: () => void}} options
 * @returns {{update: (state: any) => void, of: (id: string | null | undefined) => any, destroy: () => void}}
 *   of: script and notes of an activity, or null
 */
export function createGuide({ api, onChange }) {
  let version;
  let activities = {};
  let timer = null;

  async function fetchIt(wanted) {
    try {
      const { body } = await api.get("guide");
      if (version !== wanted) return;
      activities = body.activities || {};
      onChange();
    } catch (error) {
      // The poller tells about a lost token or connection; this only tries again.
      if (version === wanted && !(error.status >= 400 && error.status < 500)) {
        timer = setTimeout(() => fetchIt(wanted), RETRY_MS);
      }
    }
  }

  return {
    update(state) {
      if (state.guide === undefined || state.guide === version) return;
      version = state.guide;
      clearTimeout(timer);
      fetchIt(version);
    },
    of: (id) => (id && Object.hasOwn(activities, id) ? activities[id] : null),
    destroy() {
      version = undefined;
      clearTimeout(timer);
    },
  };
}

/** @returns {string | null} whose script is needed now: the open activity, else the one that comes */
export function guidedActivity(state) {
  const { round } = state;
  if (round && (state.looking_back || round.phase !== "closed") && state.phase === "running") return round.activity.id;
  return state.phase === "summary" ? null : state.next_activity;
}

/**
 * "Say" and "Good to know" of one activity.
 * @returns {{element: HTMLElement, update: (state: any, entry: any) => void}}
 */
export function createScript() {
  const what = h("p", { class: "psy-script__what" });
  const say = h("div", { class: "psy-script__say", attrs: { dir: "auto" } });
  const know = h("div", { class: "psy-script__know", attrs: { dir: "auto" } });
  const sayPart = h("section", { class: "psy-script__part" },
    h("h2", { class: "psy-script__head", text: gettext("Say") }), say);
  const knowPart = h("section", { class: "psy-script__part psy-script__part--know" },
    h("h2", { class: "psy-script__head", text: gettext("Good to know") }), know);
  const element = h("div", { class: "psy-script" }, what, sayPart, knowPart);
  let shown = "";

  return {
    element,
    /** Draws only what has changed: the leader is reading it. */
    update(state, entry) {
      const id = guidedActivity(state);
      const shownNow = state.round && state.round.activity.id === id && (state.looking_back || state.round.phase !== "closed");
      const script = entry ? entry.script : closingScript(state);
      const notes = entry ? entry.notes : "";
      setText(what, entry && !shownNow ? interpolate(gettext("Comes next: %(title)s"), { title: entry.title }) : "");
      what.hidden = !what.textContent;
      const key = JSON.stringify([script, notes]);
      if (key !== shown) {
        shown = key;
        say.replaceChildren(...paragraphs(script));
        know.replaceChildren(...paragraphs(notes));
        sayPart.hidden = !say.firstChild;
        knowPart.hidden = !know.firstChild;
      }
      element.hidden = sayPart.hidden && knowPart.hidden && what.hidden;
    },
  };
}

/** What can always be said at the end, whatever the author wrote. */
function closingScript(state) {
  if (state.phase === "summary") {
    return gettext("“This is what we did together. Thank you for it. Whatever you heard from others stays in this room.”");
  }
  return "";
}

/** Plain text of the author: an empty line separates paragraphs, and what stands in brackets is done, not said. */
export function paragraphs(text) {
  return String(text || "").split(/\n\s*\n/).map((part) => part.trim()).filter(Boolean)
    .map((part) => h("p", { class: /^\(.*\)$/su.test(part) ? "psy-script__do" : "", text: part }));
}
