/** The wall: a real list of notes, in the order the server froze, with what may be done with them. */

import { clear, h, setText } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { crowding, grouped } from "./layout.js";
import { createNote, showResonance } from "./note.js";
import { createQuestion, hideWords, reportWords, takeDownWords } from "./pick.js";
import { createSelectBar } from "./select_bar.js";

/**
 * @typedef {Object} WallOptions
 * @property {"phone" | "block" | "screen"} mode
 * @property {typeof import("./screen_pages.js").createScreenPages} [hang] on a screen: what turns its pages. Given from
 *   there, so that no phone loads it
 * @property {(page: string) => void} [onPage] on a screen: which notes are shown
 * @property {boolean} [selectable] may tap "I could have written this" while it is open
 * @property {(ids: string[]) => Promise<any>} [onSubmitResonance] settles when it is counted
 * @property {(id: string) => Promise<any>} [onTakeDown] offered when given
 * @property {(id: string) => Promise<any>} [onHide] offered when given (the leader)
 * @property {(id: string) => Promise<any>} [onReport] offered when given (the leader, of an echo)
 * @property {{get: () => string[] | null, set: (ids: string[]) => void}} [taps] keeps taps over a reload
 */

/**
 * @param {HTMLElement} root
 * @param {WallOptions} options
 * @returns {{update: (round: any, how?: {first?: boolean, page?: number}) => void, destroy: () => void}}
 *   first: this is the moment of the reveal, the notes fly in
 */
export function createWallView(root, options) {
  const { mode, hang, onPage = () => {}, selectable = false, onSubmitResonance, onTakeDown, onHide, onReport, taps } = options;
  const words = onReport ? reportWords() : onHide ? hideWords() : takeDownWords();
  const takeAway = onReport || onHide || onTakeDown;
  const list = h("ul", { class: "psy-wall", attrs: { role: "list" } });
  const empty = h("p", { class: "psy-wall__empty" });
  const hidden = h("p", { class: "psy-wall__hidden" });
  const chooser = h("p", { class: "psy-which", text: words.choose, attrs: { tabindex: "-1", hidden: true } });
  const bar = createSelectBar({ onSubmit: (count) => submit(count > 0 ? [...selected] : []) });
  const opener = h("button", { class: "psy-quiet", on: { click: togglePicking } });
  const tools = h("div", { class: "psy-wall__tools" }, opener);
  const trouble = h("p", { class: "psy-error", attrs: { role: "alert" } });
  const frame = h("div", { class: `psy-wallframe psy-wallframe--${mode}` }, chooser, empty, list, hidden, bar.node, trouble, tools);
  const pages = hang ? hang(list, showPage, onPage) : null;

  let round = null;
  let shown = { key: "", mode: "" };
  let selected = new Set((taps && taps.get()) || []);
  let picking = false;
  let submitted = false;
  let busy = false;
  let message = "";
  let takenDown = false;
  root.append(frame);

  function update(next, how = {}) {
    if (round && next && round.id !== next.id) forget();
    round = next;
    const results = round && round.results;
    frame.hidden = !results;
    if (!results) {
      clear(list);
      shown = { key: "", mode: "" };
      return;
    }
    if (!mayPick()) picking = false;
    const there = new Set(results.notes.map((note) => note.id));
    for (const id of selected) if (!there.has(id)) selected.delete(id);
    draw(results, how);
    setText(empty, results.too_few ? gettext("Too few notes to show them without pointing at somebody.") : "");
    empty.hidden = !results.too_few;
    // The screen says it in the line below the wall.
    setText(hidden, mode === "screen" ? "" : hiddenText(results.hidden));
    hidden.hidden = hidden.textContent === "";
    drawTools();
  }

  /** Another round: nothing of the last one may linger. */
  function forget() {
    selected = new Set();
    if (taps) taps.set([]);
    picking = submitted = busy = takenDown = false;
    message = "";
    setText(trouble, "");
    if (pages) pages.reset();
  }

  function noteMode() {
    if (picking) return "pick";
    return maySelect() ? "select" : "read";
  }

  function maySelect() {
    if (!selectable || !onSubmitResonance || round.results.notes.length === 0) return false;
    return round.resonance === "open" && !round.resonated && !submitted;
  }

  function mayPick() {
    const notes = round && round.results ? round.results.notes : [];
    return Boolean(takeAway) && notes.length > 0 && round.phase !== "closed" && !round.took_down && !takenDown;
  }

  function draw(results, { first = false, page }) {
    const notes = grouped(results.notes);
    const kind = noteMode();
    const key = JSON.stringify([round.id, notes.map(({ id, near }) => [id, near])]);
    frame.dataset.crowd = crowding(notes.length);
    frame.classList.toggle("psy-wallframe--select", kind === "select");
    if (first) frame.classList.add("psy-wallframe--first");
    else if (shown.mode && shown.mode !== kind) frame.classList.remove("psy-wallframe--first");
    if (pages) {
      pages.update(notes, page);
    } else if (shown.key === key && shown.mode === kind) {
      const items = hanging();
      notes.forEach((note, at) => showResonance(items[at], resonanceOf(note, kind)));
    } else {
      if (!dropMissing(notes, kind)) fill(notes, kind);
      headGroups(notes);
    }
    shown = { key, mode: kind };
  }

  const hanging = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-note]")]);
  const resonanceOf = (note, kind) => (kind === "select" ? null : note.resonance);

  /** When a note came down the others keep their place, tint and the reader's focus. */
  function dropMissing(notes, kind) {
    const items = hanging();
    if (shown.mode !== kind || items.length <= notes.length) return false;
    const stays = new Map(notes.map((note) => [note.id, note]));
    const left = items.filter((item) => stays.has(item.dataset.note || ""));
    if (left.length !== notes.length || left.some((item, at) => item.dataset.note !== notes[at].id)) return false;
    for (const item of items) if (!stays.has(item.dataset.note || "")) item.remove();
    notes.forEach((note, at) => showResonance(left[at], resonanceOf(note, kind)));
    return true;
  }

  /** One insertion for all notes, so that five hundred cost one layout. */
  function fill(notes, kind) {
    const fragment = document.createDocumentFragment();
    const onTap = kind === "pick" ? ask : toggle;
    notes.forEach((note, at) => {
      const how = { mode: kind, selected: selected.has(note.id), onTap, pickLabel: words.label };
      fragment.append(createNote({ ...note, resonance: resonanceOf(note, kind) }, at, how));
    });
    list.replaceChildren(fragment);
  }

  /** What reads alike stands below a line that says how many; walls without groups have none. */
  function headGroups(notes) {
    list.querySelectorAll(".psy-wall__group").forEach((old) => old.remove());
    if (notes.length === 0 || (notes[0].cluster ?? null) === null) return;
    hanging().forEach((item, at) => {
      const { cluster } = notes[at];
      if (at > 0 && cluster === notes[at - 1].cluster) return;
      const text = groupText(cluster, notes.filter((note) => note.cluster === cluster).length);
      item.before(h("li", { class: "psy-wall__group" }, h("h3", { text })));
    });
  }

  function showPage(notes, from) {
    const fragment = document.createDocumentFragment();
    notes.forEach((note, at) => fragment.append(createNote(note, from + at, { mode: "read", brief: true })));
    list.replaceChildren(fragment);
  }

  function toggle(id, button) {
    const on = !selected.has(id);
    if (on) selected.add(id);
    else selected.delete(id);
    button.setAttribute("aria-pressed", String(on));
    if (taps) taps.set([...selected]);
    message = "";
    drawTools();
  }

  async function submit(ids) {
    const mine = round.id;
    busy = true;
    drawTools();
    try {
      await onSubmitResonance(ids);
      if (round.id !== mine) return;
      submitted = true;
      selected = new Set();
      if (taps) taps.set([]);
    } catch (error) {
      if (round.id === mine) message = error.detail || gettext("This could not be sent. Please try again.");
    }
    busy = false;
    update(round);
  }

  function togglePicking() {
    picking = !picking;
    update(round);
    if (picking) chooser.focus();
    else opener.focus();
  }

  function ask(id, button) {
    list.querySelectorAll(".psy-ask").forEach((old) => old.replaceWith(/** @type {any} */ (old).psyButton));
    const question = createQuestion(words, {
      onYes: () => remove(id),
      onNo: () => {
        question.replaceWith(button);
        button.focus();
      },
    });
    /** @type {any} */ (question).psyButton = button;
    button.replaceWith(question);
    question.querySelector("button")?.focus();
  }

  async function remove(id) {
    const mine = round.id;
    setText(trouble, "");
    try {
      await /** @type {Function} */ (takeAway)(id);
      if (round.id !== mine) return;
      takenDown = Boolean(onTakeDown) && !onHide;
      picking = false;
      // Nobody took it down: it comes no more with the next state.
      update(onReport ? round : { ...round, results: without(round.results, id) });
    } catch (error) {
      if (round.id !== mine) return;
      setText(trouble, error.detail || gettext("This did not work. Please try again."));
    }
  }

  function drawTools() {
    bar.node.hidden = noteMode() !== "select";
    bar.show(selected.size, busy, message);
    setText(opener, picking ? words.stop : words.open);
    opener.hidden = !mayPick();
    tools.hidden = opener.hidden;
    chooser.hidden = !picking;
  }

  return {
    update,
    destroy() {
      if (pages) pages.destroy();
      frame.remove();
    },
  };
}

/** What the next state from the server will say; shown at once. */
function without(results, id) {
  const notes = results.notes.filter((note) => note.id !== id);
  return { ...results, notes, hidden: results.hidden + results.notes.length - notes.length };
}

function groupText(cluster, n) {
  if (cluster === null) return gettext("Each by itself");
  // One whose like was taken down.
  return interpolate(ngettext("%(n)s note", "%(n)s notes that read alike", n), { n });
}

/** @returns {string} how many notes were taken down, "" for none */
export function hiddenText(count) {
  if (!count) return "";
  return interpolate(ngettext("%(n)s note was taken down.", "%(n)s notes were taken down.", count), { n: count });
}
