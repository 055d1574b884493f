/** A list on the big screen that turns its pages when its rows do not fit on one. */

import { pageOf } from "../wall/layout.js";
import { createTurner } from "./turner.js";

/**
 * @param {HTMLElement} list as high as its place; what does not fit goes on another page
 * @param {{sizes: number[], onPage: (text: string) => void}} options sizes: rows on a page, the most first
 * @returns {{update: (rows: HTMLElement[]) => void, destroy: () => void}}
 */
export function createTurningList(list, { sizes, onPage }) {
  let rows = [];
  let page = 0;
  let size = 0;
  const turner = createTurner({
    pages: () => pageOf(rows.length, page, sizes[size]).pages,
    turn: (step) => {
      page += step;
      draw();
    },
  });
  const observer = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(refit);

  function draw() {
    const at = pageOf(rows.length, page, sizes[size]);
    page = at.page;
    list.dataset.rows = String(at.to - at.from);
    list.replaceChildren(...rows.slice(at.from, at.to));
    if (overflows() && size + 1 < sizes.length && rows.length > 1) {
      size += 1;
      draw();
      return;
    }
    onPage(at.pages > 1 ? `${at.from + 1}–${at.to} / ${rows.length}` : "");
  }

  /** Asked of the rows' boxes: letters may reach a little out of their line, and that is no overflow. */
  function overflows() {
    const end = list.getBoundingClientRect().bottom + 2;
    return [...list.children].some((row) => row.getBoundingClientRect().bottom > end);
  }

  function refit() {
    size = 0;
    draw();
  }

  return {
    update(next) {
      rows = next;
      page = 0;
      refit();
      if (observer && list.parentElement) observer.observe(list.parentElement);
    },
    destroy() {
      turner.destroy();
      if (observer) observer.disconnect();
    },
  };
}
