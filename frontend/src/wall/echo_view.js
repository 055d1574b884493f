/** The echo: what other teams wrote, as a second wall that nobody can take for the own one. */

import { h, setText, uid } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { createWallView } from "./wall_view.js";

/**
 * @param {Object} options
 * @param {"phone" | "block" | "screen"} options.mode
 * @param {"h2" | "h3"} options.level of its heading
 * @param {(echo: any) => string} [options.ask] what may be done with it; asked of `echoAsRound`
 * @param {any} [options.hang] on the screen: what turns its pages
 * @param {(page: string) => void} [options.onPage]
 * @param {(ids: string[]) => Promise<any>} [options.onSubmit] settles when the taps are counted
 * @param {(id: string) => Promise<any>} [options.onReport] offered when given (the leader)
 * @param {{get: () => string[] | null, set: (ids: string[]) => void}} [options.taps] keeps taps over a reload
 * @returns {{node: HTMLElement, update: (round: any, how?: any) => void, destroy: () => void}} hidden without an echo
 */
export function createEchoView({ mode, level, ask = () => "", hang, onPage, onSubmit, onReport, taps }) {
  const id = uid("echo");
  const title = h(level, { class: "psy-echo__title", attrs: { id } });
  const text = h("p", { class: "psy-echo__text" });
  const which = h("p", { class: "psy-which" });
  const node = h("section", { class: `psy-echo psy-echo--${mode}`, attrs: { "aria-labelledby": id, hidden: true } }, title, text, which);
  const wall = createWallView(node, { mode, hang, onPage, selectable: Boolean(onSubmit), onSubmitResonance: onSubmit, onReport, taps });

  return {
    node,
    update(round, how) {
      node.hidden = !round.echo;
      if (!round.echo) return;
      const seen = echoAsRound(round);
      const { source } = round.echo;
      setText(title, source === "pool" ? gettext("From other teams") : gettext("Examples, written by the course’s authors"));
      setText(text, source === "pool"
        ? gettext("They wrote this in the same exercise. No team is named, and the order is drawn by lot.")
        : gettext("Too few other teams have shared notes so far."));
      // From six metres only the notes themselves are read; the phones say the rest.
      text.hidden = mode === "screen";
      setText(which, ask(seen));
      which.hidden = which.textContent === "";
      wall.update(seen, how);
    },
    destroy: wall.destroy,
  };
}

/**
 * @param {any} round with an echo
 * @returns {any} its echo in the form of a round, as a wall takes it: a note that reads like one of the team's has that
 *   beside it
 */
export function echoAsRound({ id, phase, results, echo, echoed }) {
  const own = new Map(((results && results.notes) || []).map((note) => [note.id, note.text]));
  const near = new Map(Object.entries(echo.near || {}).filter(([ours]) => own.has(ours))
    .flatMap(([ours, others]) => others.map((other) => [other, own.get(ours)])));
  return {
    id: `${id} echo`,
    phase,
    results: {
      notes: echo.notes.map((note) => ({ ...note, resonance: note.people, near: near.get(note.id) })), hidden: 0, too_few: false,
    },
    resonance: echo.phase,
    resonated: echoed,
    resonance_progress: echo.progress,
  };
}
