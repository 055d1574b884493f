/** Pure arithmetic of the wall: how large, how many beside each other, how many on a page, which tint. */

/** The most notes that one page of a big screen shows; more would not be readable from six metres. */
export const PAGE_SIZE = 24;
const TINTS = 5;
/** The shape a note looks best in, width to height. */
const NOTE_SHAPE = 1.55;

/**
 * The tint and the turn say nothing: they follow from where a note hangs, never from what it says.
 * @param {number} position
 * @returns {{tint: number, turn: number}} tint 1 to 5, turn in degrees, less than one
 */
export function lookOf(position) {
  const mixed = (Math.imul(position + 1, 2654435761) >>> 8) % 1000;
  // Steps of 2 through 5 tints, and 2 more after each 5: neighbours differ beside and below, in 2, 3, 5 and 6 columns.
  const tint = ((position * 2 + Math.floor(position / TINTS) * 2) % TINTS) + 1;
  return { tint, turn: Math.round((mixed / 999) * 17 - 8.5) / 10 };
}

/**
 * @param {any[]} notes as the server froze them
 * @returns {any[]} groups that read alike together, the largest first, then those that are in none
 */
export function grouped(notes) {
  const place = ({ cluster }) => cluster ?? notes.length;
  return [...notes].sort((one, other) => place(one) - place(other));
}

/**
 * @param {number} count notes on a page
 * @param {number} shape width to height of the room for them
 * @returns {number} columns that waste least and keep the notes in shape
 */
export function columnsFor(count, shape = 1.9) {
  let best = 1;
  let least = Infinity;
  for (let columns = 1; columns <= Math.min(count, 8); columns += 1) {
    const rows = Math.ceil(count / columns);
    const cost = Math.abs(Math.log((shape * rows) / columns / NOTE_SHAPE)) + (0.9 * (rows * columns - count)) / count;
    if (cost < least) {
      least = cost;
      best = columns;
    }
  }
  return best;
}

/**
 * @param {number} count
 * @returns {"few" | "some" | "many" | "crowd"} the fewer the notes, the larger their text
 */
export function crowding(count) {
  if (count <= 6) return "few";
  if (count <= 14) return "some";
  if (count <= 40) return "many";
  return "crowd";
}

/**
 * @param {number} total
 * @param {number} page any whole number; wraps around in both directions
 * @param {number} [size]
 * @returns {{from: number, to: number, page: number, pages: number}} to is exclusive
 */
export function pageOf(total, page, size = PAGE_SIZE) {
  const pages = Math.max(1, Math.ceil(total / size));
  const at = ((page % pages) + pages) % pages;
  // Even pages: 26 notes hang as 13 and 13, not as 24 and 2.
  const even = Math.ceil(total / pages);
  return { from: at * even, to: Math.min(total, (at + 1) * even), page: at, pages };
}

/**
 * Cuts a row of things into pages that fit: each page holds as many as it can, so that one long text does not spread
 * all others over many pages; evenly, where that takes no more pages.
 * @param {number} total
 * @param {number[]} sizes how many on a page, the most first
 * @param {(from: number, to: number) => boolean} fits asked of the page; to is exclusive
 * @returns {{from: number, to: number}[]}
 */
export function paginate(total, sizes, fits) {
  const full = [];
  for (let from = 0; from < total; from = full[full.length - 1].to) {
    const size = sizes.find((candidate) => fits(from, Math.min(total, from + candidate))) || 1;
    full.push({ from, to: Math.min(total, from + size) });
  }
  const most = Math.ceil(total / full.length);
  const even = full.map((_, at) => pageOf(total, at, most)).map(({ from, to }) => ({ from, to }));
  return even.every(({ from, to }) => to > from && fits(from, to)) ? even : full;
}

/** @returns {string} "9–16 / 120", "" for a single page */
export function pageText({ from, to }, pages, total) {
  if (pages < 2) return "";
  return to - from > 1 ? `${from + 1}–${to} / ${total}` : `${to} / ${total}`;
}
