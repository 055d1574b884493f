/** The wall on a big screen: fills what room there is, as large as it goes, and turns pages when there are many. */

import { createTurner } from "../screen/turner.js";
import { PAGE_SIZE, columnsFor, pageText, paginate } from "./layout.js";
import { isLarge, sheetsOf } from "./sheets.js";

/** Text heights that are tried, in percent of the wall's height; none below the least that reads from six metres. */
const SIZES = [9, 8.2, 7.4, 6.6, 5.8, 5.2, 0];
/** How many of a page's notes may be set smaller than the others, and by how much. */
const LONG_SHARE = 0.2;
const LONG_SCALES = [0.9, 0.8, 0.7, 0.6];
/** On a large wall, whose pages are the same everywhere: how much smaller than the least, where a screen is too square. */
const TIGHT_SCALES = [0.9, 0.8, 0.7, 0.6, 0.5];
/** With the smallest text and notes still cut off, fewer go on a page. */
const PAGE_SIZES = [PAGE_SIZE, 20, 18, 15, 12, 10, 9, 8, 6, 4, 3, 2, 1];

/**
 * @param {HTMLElement} list
 * @param {(notes: any[], from: number) => void} showPage puts these notes into the list
 * @param {(page: string) => void} onPage "1–9 / 120", or ""
 * @returns {{update: (notes: any[], page?: number | null) => void, reset: () => void, destroy: () => void}}
 */
export function createScreenPages(list, showPage, onPage) {
  let notes = [];
  let pages = [];
  let at = 0;
  let key = "";
  let shape = "";
  /** The page that the leader has turned to: then they do not turn by themselves. */
  let asked = null;
  const turner = createTurner({
    pages: () => (asked === null ? pages.length : 1),
    turn: (step) => {
      at = (at + step + pages.length) % pages.length;
      draw();
    },
  });
  const observer = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(() => notes.length > 0 && refit());

  function update(next, page = null) {
    const nextKey = JSON.stringify([page, next]);
    if (nextKey === key) return;
    const turned = page !== asked;
    asked = page;
    const sameTexts = notes.length === next.length && notes.every((note, place) => note.text === next[place].text
      && Boolean(note.resonance) === Boolean(next[place].resonance));
    key = nextKey;
    notes = next;
    if (!sameTexts) shape = "";
    refit(turned);
    if (observer && list.parentElement) observer.observe(list.parentElement);
  }

  /** Cuts the notes into pages anew, when the room for them or their texts have changed; turns to what was asked for. */
  function refit(turned = false) {
    const room = list.getBoundingClientRect();
    const now = `${Math.round(room.width)} ${Math.round(room.height)}`;
    if (now !== shape) {
      const first = pages[at] ? pages[at].from : 0;
      pages = isLarge(notes) ? sheetsOf(notes) : paginate(notes.length, PAGE_SIZES, fits);
      // Measuring has changed nothing about the room, unless the page is not laid out at all.
      shape = now;
      at = Math.max(0, pages.findIndex(({ to }) => to > first));
    }
    if (turned && asked !== null) at = Math.min(asked, pages.length - 1);
    draw();
  }

  function draw() {
    const page = pages[at];
    onPage(page ? pageText(page, pages.length, notes.length) : "");
    if (!page) {
      list.replaceChildren();
      return;
    }
    showPage(notes.slice(page.from, page.to), page.from);
    if (!fit() && isLarge(notes)) tighten();
  }

  /** Rather small than cut off. */
  function tighten() {
    const least = Number.parseFloat(getComputedStyle(list).fontSize) || 0;
    list.style.setProperty("--psy-row", "1fr");
    TIGHT_SCALES.some((scale) => {
      list.style.setProperty("--psy-note-size", `${(least * scale).toFixed(1)}px`);
      return fitted(least * scale, 0);
    });
  }

  function fits(from, to) {
    showPage(notes.slice(from, to), from);
    return fit([0]);
  }

  /**
   * Tries text from large to small until no note is cut off.
   * @returns {boolean} whether there is such a size
   */
  function fit(sizes = SIZES) {
    list.style.removeProperty("--psy-note-size");
    const room = list.getBoundingClientRect();
    if (room.width === 0 || list.children.length === 0) return true;
    const narrow = room.width < 640;
    list.classList.toggle("psy-wall--narrow", narrow);
    if (narrow) return true;
    const columns = columnsFor(list.children.length, room.width / room.height);
    list.style.setProperty("--psy-columns", String(columns));
    // A single row of notes would be tall and empty, unless they are long.
    const rows = columns < list.children.length ? ["1fr"] : ["70%", "1fr"];
    // The list itself is set in the smallest text that the screen has.
    const least = Number.parseFloat(getComputedStyle(list).fontSize) || 0;
    return rows.some((row) => {
      list.style.setProperty("--psy-row", row);
      return sizes.some((percent) => {
        const size = Math.max(least, (percent / 100) * room.height);
        list.style.setProperty("--psy-note-size", `${size.toFixed(1)}px`);
        return fitted(size, least);
      });
    });
  }

  /** A few long notes are set smaller by themselves, so that they do not make everybody else's small. */
  function fitted(size, least) {
    const items = /** @type {HTMLElement[]} */ ([...list.children]);
    for (const item of items) item.style.removeProperty("--psy-note-size");
    const long = items.filter(overflows);
    if (long.length > Math.ceil(items.length * LONG_SHARE)) return false;
    return long.every((item) =>
      LONG_SCALES.some((scale) => {
        if (size * scale < least) return false;
        item.style.setProperty("--psy-note-size", `${(size * scale).toFixed(1)}px`);
        return !overflows(item);
      }),
    );
  }

  return {
    update,
    reset() {
      at = 0;
      asked = null;
      pages = [];
      key = "";
      shape = "";
    },
    destroy() {
      turner.destroy();
      if (observer) observer.disconnect();
    },
  };
}

/** Asked of each note, not of the list, which always seems to overflow a little because its notes are turned. */
function overflows(item) {
  const note = /** @type {HTMLElement} */ (item.firstElementChild);
  return note.scrollHeight > note.clientHeight + 1 || note.scrollWidth > note.clientWidth + 1;
}
