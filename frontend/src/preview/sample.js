/** What a preview shows in place of what people would write and scan. All of it is made up, and the same each time. */
import { pretendNotes } from "../leader/pretend_answers.js";

/** In the letters of a real one, but nobody's: the server gives it to no session that a preview could reach. */
export const CODE = "TEAMTEST";

const NOTES = 6;
/** How many tapped "I could have written this"; below three no number is told. */
const TAPS = [5, 4, null, 3, null, null];

/**
 * @param {{max_length?: number}} activity
 * @param {{counted?: boolean, all?: boolean}} [how] counted: with the taps; all: as many as are put up together for a
 *   whole course
 * @returns {{id: string, text: string, resonance: number | null}[]}
 */
export function sampleNotes({ max_length: longest = 200 }, { counted = false, all = false } = {}) {
  return pretendNotes().slice(0, all ? undefined : NOTES).map((text, at) => ({
    id: `n${at}`,
    text: [...text].slice(0, longest).join(""),
    resonance: counted ? TAPS[at] : null,
  }));
}

const SIZE = 25;
const CORNER = 7;

/** @returns {Blob} a picture that looks like a code for cameras and holds none */
export function samplePicture() {
  const cells = [];
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) if (isDark(x, y)) cells.push(`M${x + 2} ${y + 2}h1v1h-1z`);
  }
  const side = SIZE + 4;
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">`
    + `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#1d2b2f" d="${cells.join("")}"/></svg>`;
  return new Blob([picture], { type: "image/svg+xml" });
}

function isDark(x, y) {
  for (const [left, top] of [[0, 0], [SIZE - CORNER, 0], [0, SIZE - CORNER]]) {
    const dx = x - left;
    const dy = y - top;
    if (dx < -1 || dy < -1 || dx > CORNER || dy > CORNER) continue;
    const ring = Math.max(Math.abs(dx - 3), Math.abs(dy - 3));
    return ring === 3 || ring <= 1;
  }
  const mixed = Math.imul(x * 31 + y * 17 + 7, 0x9e3779b1);
  return ((mixed ^ (mixed >>> 13)) & 8) > 0;
}
