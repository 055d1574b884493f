/**
 * What was typed and not saved, for the case that the page goes: in this tab only, under the block's opaque id. It is
 * course content, never an answer.
 */

import { createStore } from "../lib/storage.js";

/**
 * @param {string} block
 * @param {Storage | null} [area] for tests
 */
export function createKeep(block, area) {
  const store = createStore({ key: `studio:${block}`, area });
  return {
    /** @returns {{revision: string, fields: any, own: boolean} | null} */
    found() {
      const kept = store.get("draft");
      return kept && typeof kept.revision === "string" && kept.fields && typeof kept.fields === "object" ? kept : null;
    },
    /** @param {{revision: string, fields: any, own: boolean}} draft revision: what it was begun from */
    keep: (draft) => store.set("draft", draft),
    forget: () => store.remove("draft"),
  };
}
