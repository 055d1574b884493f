/**
 * Whoever steers by keyboard, or listens, stays at the part of the page that they changed: when what has the focus is taken
 * away or hidden, and the view that did so has no better place for it, the focus goes to what is next to it.
 */

const USABLE = "button, input, select, textarea, a[href], summary, [tabindex]";

/**
 * @param {HTMLElement} place in which views come and go
 * @returns {() => void} stops it
 */
export function keepFocus(place) {
  /** What has the focus, and what it stands in, innermost first. @type {Element[]} */
  let path = [];
  const observer = new window.MutationObserver(look);
  observer.observe(place, { childList: true, subtree: true, attributes: true, attributeFilter: ["hidden", "open"] });
  place.addEventListener("focusin", came);
  place.addEventListener("focusout", went);

  function came(event) {
    path = [];
    for (let node = event.target; node && node !== place; node = node.parentElement) path.push(node);
  }

  /** Also said of what is taken away; whether it was is known only when the script that did so is through. */
  function went() {
    queueMicrotask(() => {
      if (path[0] && isThere(path[0]) && path[0] !== document.activeElement) path = [];
    });
  }

  const isThere = (node) => place.contains(node) && !node.closest("[hidden], details:not([open]) > :not(summary)");

  function look() {
    const [lost, ...around] = path;
    const at = document.activeElement;
    if (!lost || isThere(lost) || (at !== lost && at !== document.body && at !== null)) return;
    for (const node of around.filter(isThere)) {
      const next = [...node.querySelectorAll(USABLE)].find(isThere);
      if (next) return void (/** @type {HTMLElement} */ (next).focus());
    }
    const target = /** @type {HTMLElement | undefined} */ (
      [...place.querySelectorAll("h1, h2, h3")].find(isThere) || [...place.children].find(isThere));
    if (!target) return;
    if (!target.matches(USABLE)) target.setAttribute("tabindex", "-1");
    target.focus();
  }

  return () => {
    observer.disconnect();
    place.removeEventListener("focusin", came);
    place.removeEventListener("focusout", went);
  };
}
