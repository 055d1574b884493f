/**
 * In the learning app a unit is an iframe whose height follows `plugin.resize` messages. The platform's own observer
 * may miss growth of content, so a block says its page's height itself.
 */

/**
 * @param {Element} element any element of the block
 * @param {Window} [host]
 * @returns {function(): void} stops it
 */
export function tellHeight(element, host = window) {
  if (host.parent === host || typeof host.ResizeObserver !== "function") return () => {};
  let last = 0;
  const tell = () => {
    if (!element.isConnected) return observer.disconnect();
    const height = host.document.documentElement.scrollHeight;
    if (height === last) return undefined;
    last = height;
    // The height is no secret, and the parent's origin cannot be known here.
    return host.parent.postMessage({ type: "plugin.resize", payload: { height } }, "*");
  };
  const observer = new host.ResizeObserver(tell);
  observer.observe(element);
  return () => observer.disconnect();
}
