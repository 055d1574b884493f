/** A list on the big screen that turns its pages when its rows do not fit on one. */

import { pageText, paginate } from "../wall/layout.js";
import { createTurner } from "./turner.js";

/**
 * @param {HTMLElement} list as high as its place; what does not fit goes on another page
 * @param {{sizes: number[], onPage: (text: string) => void}} options sizes: rows on a page, the most first
 * @returns {{update: (rows: HTMLElement[]) => void, destroy: () => void}}
 */
export function createTurningList(list, { sizes, onPage }) {
  let rows = [];
  let pages = [];
  let at = 0;
  const turner = createTurner({
    pages: () => pages.length,
    turn: (step) => {
      at = (at + step + pages.length) % pages.length;
      draw();
    },
  });
  const observer = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(refit);

  function draw() {
    const page = pages[at] || { from: 0, to: 0 };
    put(page.from, page.to);
    onPage(pageText(page, pages.length, rows.length));
  }

  function put(from, to) {
    list.dataset.rows = String(to - from);
    list.replaceChildren(...rows.slice(from, to));
  }

  /** Asked of the rows' boxes: letters may reach a little out of their line, and that is no overflow. */
  function fits(from, to) {
    put(from, to);
    const end = list.getBoundingClientRect().bottom + 2;
    return [...list.children].every((row) => row.getBoundingClientRect().bottom <= end);
  }

  function refit() {
    const first = pages[at] ? pages[at].from : 0;
    pages = paginate(rows.length, sizes, fits);
    // Whoever reads keeps the row that stood first.
    at = Math.max(0, pages.findIndex(({ to }) => to > first));
    draw();
  }

  return {
    update(next) {
      rows = next;
      at = 0;
      pages = [];
      refit();
      if (observer && list.parentElement) observer.observe(list.parentElement);
    },
    destroy() {
      turner.destroy();
      if (observer) observer.disconnect();
    },
  };
}
