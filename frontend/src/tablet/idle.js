/** Watches whether somebody still holds the tablet. By the clock and not by counting, so that sleep counts too. */

export const IDLE_MS = 90000;
/** Whoever needs it has twenty whole seconds to say so (WCAG 2.2.1); looked at once a second. */
export const WARN_MS = 21000;
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "input", "wheel", "touchmove"];

/**
 * @param {Element} element in which signs of life are looked for
 * @param {{onWarn: (secondsLeft: number) => void, onCalm: () => void, onIdle: () => void, isBusy?: () => boolean,
 *   now?: () => number}} options onWarn each second of the last ones; onCalm: somebody is there after all;
 *   isBusy: something is on its way, and waits for the network and not for a person
 * @returns {{stop: () => void, alive: () => void}}
 */
export function watchIdle(element, { onWarn, onCalm, onIdle, isBusy = () => false, now = Date.now }) {
  let last = now();
  let warned = false;
  let stopped = false;

  function alive() {
    last = now();
    if (warned) onCalm();
    warned = false;
  }

  function look() {
    if (stopped) return undefined;
    if (isBusy()) return alive();
    const left = IDLE_MS - (now() - last);
    if (left <= 0) {
      stop();
      return onIdle();
    }
    if (left > WARN_MS) return undefined;
    warned = true;
    return onWarn(Math.ceil(left / 1000));
  }

  function stop() {
    stopped = true;
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
    for (const name of SIGNS_OF_LIFE) element.removeEventListener(name, alive);
  }

  for (const name of SIGNS_OF_LIFE) element.addEventListener(name, alive, { passive: true });
  document.addEventListener("visibilitychange", look);
  const timer = setInterval(look, 1000);
  return { stop, alive };
}
