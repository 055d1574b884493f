/**
 * The pages of a large wall. They follow from the notes alone and nothing is measured: the first page hangs at once, and
 * the leader's console knows, without asking the screen, on which page a note is.
 */

import { columnsFor } from "./layout.js";

/** From so many notes on, as on the server (core/privacy.py). */
const LARGE = 41;
/** The room for notes on a usual projector, in heights of the smallest letters that it shows. */
const ROOM = { width: 39, height: 15.6 };
/** What a note needs beside its text, and a letter and a line of it, in the same measure. */
const EDGE = { width: 1.9, height: 1.65 };
const LETTER = 0.49;
const LINE = 1.2;
/** A number of resonance below the text. */
const COUNT = 1.4;
/** How many notes are tried on a page, the most first. */
const SIZES = [20, 16, 15, 12, 10, 9, 8, 6, 5, 4, 3, 2, 1];
/** A group is not torn apart where that leaves no more than this share of a page empty. */
const EMPTY = 0.5;
/** Scripts whose letters are about twice as wide. */
const WIDE = /[\u2e80-\ud7ff\uf900-\ufaff\uff00-\uff60\u{1f000}-\u{3ffff}]/gu;

/** @returns {boolean} whether a wall is paged in this way */
export const isLarge = (notes) => notes.length >= LARGE;

/**
 * @param {any[]} notes in the order in which they hang
 * @returns {{from: number, to: number}[]} to is exclusive
 */
export function sheetsOf(notes) {
  const widths = notes.map(({ text }) => text.split(/\s+/).map((word) => (word.length + (word.match(WIDE) || []).length) * LETTER));
  const sheets = [];
  for (let from = 0; from < notes.length; from = sheets[sheets.length - 1].to) {
    const most = notes.length - from;
    const size = SIZES.find((one) => one <= most && fits(widths, notes, from, one)) || 1;
    sheets.push({ from, to: wholeGroups(notes, from, from + size) });
  }
  return sheets;
}

function fits(widths, notes, from, size) {
  const columns = columnsFor(size, ROOM.width / ROOM.height);
  const width = ROOM.width / columns - EDGE.width;
  const height = ROOM.height / Math.ceil(size / columns) - EDGE.height;
  for (let at = from; at < from + size; at += 1) {
    if (linesOf(widths[at], width) * LINE + (notes[at].resonance ? COUNT : 0) > height) return false;
  }
  return true;
}

/** As a browser breaks a text: between words, and a word only where it is longer than a line. */
function linesOf(words, width) {
  let lines = 1;
  let used = 0;
  for (const word of words) {
    if (used > 0 && used + LETTER + word > width) {
      lines += 1;
      used = 0;
    }
    used += (used > 0 ? LETTER : 0) + word;
    const broken = Math.ceil(used / width) - 1;
    lines += broken;
    used -= broken * width;
  }
  return lines;
}

/** Ends a page before a group that would not end on it. */
function wholeGroups(notes, from, to) {
  if (to >= notes.length || groupAt(notes, to) === null || groupAt(notes, to) !== groupAt(notes, to - 1)) return to;
  let start = to - 1;
  while (start > from && groupAt(notes, start - 1) === groupAt(notes, to)) start -= 1;
  return start - from >= (to - from) * EMPTY ? start : to;
}

/** A note that an older server sent has none. */
const groupAt = (notes, at) => notes[at].cluster ?? null;
