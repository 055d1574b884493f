/** Where a guest's seat is kept: in the tab, until its holder says that the phone is theirs. */

import { createStore } from "../lib/storage.js";

const KEY = "guest";

/**
 * @param {{tab?: import("../lib/storage.js").Store, phone?: import("../lib/storage.js").Store}} [stores] for tests
 * @returns {{seat: () => any, isMine: () => boolean, store: () => import("../lib/storage.js").Store,
 *            keepSeat: (seat: any) => void, setMine: (mine: boolean) => void, code: () => string | null,
 *            keepCode: (code: string | null) => void, language: () => string | null,
 *            keepLanguage: (code: string) => void, forget: () => void}}
 */
export function createKeep({ tab = createStore({ key: KEY }), phone = createStore({ key: KEY, persistent: true }) } = {}) {
  const isMine = () => phone.get("seat") !== null;
  const here = () => (isMine() ? phone : tab);

  return {
    seat: () => here().get("seat"),
    isMine,
    /** One store for the seat's view, wherever things are kept at the moment. */
    store: () => ({
      get: (name) => here().get(name),
      set: (name, value) => here().set(name, value),
      remove: (name) => here().remove(name),
      names: (prefix) => here().names(prefix),
      wipe: (prefix) => here().wipe(prefix),
    }),
    keepSeat: (seat) => tab.set("seat", seat),
    /** Moves all of it: the seat, the draft, and what is on its way. */
    setMine(mine) {
      const from = here();
      const to = mine ? phone : tab;
      if (from === to) return;
      for (const name of from.names()) {
        if (name !== "code") to.set(name, from.get(name));
      }
      from.wipe();
    },
    code: () => tab.get("code"),
    keepCode: (code) => (code ? tab.set("code", code) : tab.remove("code")),
    language: () => here().get("language"),
    keepLanguage: (code) => here().set("language", code),
    /** All but the language that was chosen: it stays in the tab. */
    forget() {
      const language = here().get("language");
      phone.wipe();
      tab.wipe();
      if (language) tab.set("language", language);
    },
  };
}
