/**
 * What a browser keeps: drafts, the token of a seat, the token of a leader. Every name is under one opaque key per user,
 * so that another person on the same computer never finds any of it.
 */

/**
 * @typedef {Object} Store
 * @property {(name: string) => any} get the value or null
 * @property {(name: string, value: any) => void} set
 * @property {(name: string) => void} remove
 * @property {(prefix?: string) => string[]} names those that begin so
 * @property {(prefix?: string) => void} wipe removes every name that begins so; without a prefix all of this key
 */

/**
 * @param {{key: string, persistent?: boolean, area?: Storage | null}} options persistent: outlives the tab
 * @returns {Store}
 */
export function createStore({ key, persistent = false, area }) {
  const prefix = `psychsafety:${key}:`;
  const real = area === undefined ? openArea(persistent) : area;
  /** Used where the browser forbids storage (private mode, blocked cookies): holds until the page goes. */
  const memory = new Map();

  function get(name) {
    let raw = memory.get(prefix + name);
    try {
      if (raw === undefined && real) raw = real.getItem(prefix + name);
    } catch {
      raw = undefined;
    }
    if (raw === undefined || raw === null) return null;
    try {
      return JSON.parse(raw);
    } catch {
      return null;
    }
  }

  function set(name, value) {
    const raw = JSON.stringify(value);
    try {
      if (!real) throw new Error("no storage");
      real.setItem(prefix + name, raw);
      memory.delete(prefix + name);
    } catch {
      memory.set(prefix + name, raw);
    }
  }

  function remove(name) {
    memory.delete(prefix + name);
    try {
      if (real) real.removeItem(prefix + name);
    } catch {
      /* nothing was stored there either */
    }
  }

  function names(start = "") {
    const full = new Set(memory.keys());
    try {
      for (let i = 0; real && i < real.length; i += 1) full.add(/** @type {string} */ (real.key(i)));
    } catch {
      /* only what memory holds, then */
    }
    return [...full].filter((name) => name.startsWith(prefix + start)).map((name) => name.slice(prefix.length));
  }

  function wipe(start = "") {
    names(start).forEach(remove);
  }

  return { get, set, remove, names, wipe };
}

/**
 * @param {Store} store
 * @returns {{get: () => string | null, set: (code: string) => void}} where a page keeps the language that was chosen on it
 */
export function keptIn(store) {
  return { get: () => store.get("language"), set: (code) => store.set("language", code) };
}

/** Even reading `window.localStorage` throws where storage is blocked. */
function openArea(persistent) {
  try {
    return persistent ? window.localStorage : window.sessionStorage;
  } catch {
    return null;
  }
}
