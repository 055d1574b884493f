/** What a talk is about: the results of the round before it, which stay while people talk. */

import { kindOf } from "./index.js";

/**
 * @param {any} state
 * @param {(kind: import("./index.js").Kind, round: any) => any} make shows that round's results in its kind's own way
 * @returns {{shown: any, nodes: HTMLElement[], update: (state: any, how: any) => void, destroy: () => void}} shown: what
 *   `make` gave, or null when nothing stays
 */
export function createBeside({ beside }, make) {
  const shown = beside ? make(kindOf(beside.activity), beside) : null;
  return {
    shown,
    nodes: shown ? shown.nodes.filter(Boolean) : [],
    update(state, { offset }) {
      if (shown && state.beside) shown.update({ round: state.beside }, { first: false, offset });
    },
    destroy() {
      if (shown && shown.destroy) shown.destroy();
    },
  };
}
