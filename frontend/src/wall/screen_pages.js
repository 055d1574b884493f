/** The wall on a big screen: fills what room there is, as large as it goes, and turns pages when there are many. */

import { createTurner } from "../screen/turner.js";
import { PAGE_SIZE, columnsFor, pageOf } from "./layout.js";

/** Text heights that are tried, in percent of the wall's height; the last one still reads from six metres. */
const SIZES = [8.2, 7.4, 6.6, 5.8, 5.1, 4.5, 4, 3.6, 3.2, 2.9, 2.6];
/** How many of a page's notes may be set smaller than the others, and by how much. */
const LONG_SHARE = 0.2;
const LONG_SCALES = [0.9, 0.8, 0.7, 0.6];
/** No text is set smaller than this (percent of the wall's height) while fewer notes on a page would help. */
const SMALLEST = 2.4;
/** With the smallest text and notes still cut off, fewer go on a page. */
const PAGE_SIZES = [PAGE_SIZE, 18, 12, 8, 6];

/**
 * @param {HTMLElement} list
 * @param {(notes: any[], from: number) => void} showPage puts these notes into the list
 * @returns {{update: (notes: any[], page?: number) => void, reset: () => void, destroy: () => void}}
 */
export function createScreenPages(list, showPage) {
  let notes = [];
  let page = 0;
  let perPage = PAGE_SIZE;
  let key = "";
  const turner = createTurner({
    pages: () => pageOf(notes.length, page, perPage).pages,
    turn: (step) => go(page + step),
  });
  const observer = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(() => fit());

  function update(next, asked) {
    if (asked !== undefined) page = asked;
    const nextKey = JSON.stringify([page, next]);
    if (nextKey === key) return;
    key = nextKey;
    notes = next;
    draw();
    if (observer && list.parentElement) observer.observe(list.parentElement);
  }

  function go(to) {
    page = to;
    key = JSON.stringify([page, notes]);
    draw();
  }

  function draw() {
    if (notes.length === 0) {
      list.replaceChildren();
      return;
    }
    const at = pageOf(notes.length, page, perPage);
    page = at.page;
    showPage(notes.slice(at.from, at.to), at.from);
    list.dataset.page = at.pages > 1 ? `${at.from + 1}–${at.to} / ${notes.length}` : "";
    fit();
  }

  /** Tries text from large to small until no note is cut off. */
  function fit() {
    const room = list.getBoundingClientRect();
    if (room.width === 0 || list.children.length === 0) return;
    const narrow = room.width < 640;
    list.classList.toggle("psy-wall--narrow", narrow);
    if (narrow) {
      list.style.removeProperty("--psy-note-size");
      return;
    }
    const columns = columnsFor(list.children.length, room.width / room.height);
    list.style.setProperty("--psy-columns", String(columns));
    // A single row of notes would be tall and empty.
    list.style.setProperty("--psy-row", columns < list.children.length ? "1fr" : "70%");
    for (const percent of SIZES) {
      const size = (percent / 100) * room.height;
      list.style.setProperty("--psy-note-size", `${size.toFixed(1)}px`);
      if (fitted(size)) return;
    }
    const smaller = PAGE_SIZES.find((candidate) => candidate < perPage);
    if (smaller && list.children.length > smaller) {
      perPage = smaller;
      draw();
    }
  }

  /** A few long notes are set smaller by themselves, so that they do not make everybody else's small. */
  function fitted(size) {
    const items = /** @type {HTMLElement[]} */ ([...list.children]);
    for (const item of items) item.style.removeProperty("--psy-note-size");
    const long = items.filter(overflows);
    const least = perPage > PAGE_SIZES[PAGE_SIZES.length - 1] ? (SMALLEST / 100) * list.clientHeight : 0;
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
      page = 0;
      perPage = PAGE_SIZE;
      key = "";
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
