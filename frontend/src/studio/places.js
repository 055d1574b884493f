/**
 * Where each field stands, so that a problem finds it: by a path such as "prompt" or "step/s3/prompt".
 * What is folded away registers with the part that holds it, which opens when it is asked for.
 */

/** @typedef {{show: (problem: string) => void, focus: () => void, label: string}} Place */

export function createPlaces() {
  const places = new Map();

  return {
    /**
     * @param {string} path
     * @param {Place} place
     */
    add: (path, place) => places.set(path, place),
    /** @param {string} start forgets all paths that begin so */
    forget(start) {
      for (const path of [...places.keys()]) if (path.startsWith(start)) places.delete(path);
    },
    /**
     * @param {string} path
     * @returns {Place | undefined} the field, or the nearest thing around it
     */
    find(path) {
      for (let at = path; at; at = at.slice(0, Math.max(0, at.lastIndexOf("/")))) {
        if (places.has(at)) return places.get(at);
      }
      return undefined;
    },
    clear() {
      for (const place of places.values()) place.show("");
    },
    empty: () => places.clear(),
  };
}
