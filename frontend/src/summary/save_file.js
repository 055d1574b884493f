/** Hands a file to the browser's own "save": it has no address that could be passed on. */

import { h } from "../lib/dom.js";

/** Long enough for slow phones to have read the file. */
const KEPT_MS = 60000;

/**
 * @param {Blob} blob
 * @param {string} name
 */
export function saveFile(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = h("a", { attrs: { href: address, download: name, hidden: true } });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
