/** Turns the pages of a big screen: by itself every 20 seconds, and by the arrow keys. */

const TURN_PAGE_MS = 20000;

/**
 * @param {{pages: () => number, turn: (step: number) => void}} options
 * @returns {{destroy: () => void}}
 */
export function createTurner({ pages, turn }) {
  /** Whoever turns a page by hand, or wants no motion, is not turned away from it again. */
  let turning = !matches("(prefers-reduced-motion: reduce)");
  const timer = setInterval(() => turning && pages() > 1 && turn(1), TURN_PAGE_MS);
  document.addEventListener("keydown", onKey);

  function onKey(event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
    const step = { ArrowRight: rtl, ArrowLeft: -rtl, PageDown: 1, PageUp: -1 }[event.key];
    if (!step) return;
    turning = false;
    turn(step);
  }

  return {
    destroy() {
      clearInterval(timer);
      document.removeEventListener("keydown", onKey);
    },
  };
}

function matches(query) {
  return typeof window.matchMedia === "function" && window.matchMedia(query).matches;
}
