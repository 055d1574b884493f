/**
 * The blocks of one page know of each other: which are here, and that somebody took or lost a seat or the lead.
 * One small object on window, because every block kind is a script of its own. Nothing of the page is touched.
 */
const NAME = "psychsafetyPage";

function registry(host) {
  if (!host[NAME]) host[NAME] = { blocks: new Map() };
  return host[NAME];
}

/**
 * @param {{block: string, kind: string, element: Element, onChange: function(): void}} entry
 * @param {object} [host] window
 * @returns {{has: function(string): boolean, isHost: function(): boolean, kinds: function(): string[],
 *   tellOthers: function(): void, leave: function(): void}}
 */
export function joinPage(entry, host = window) {
  const { blocks } = registry(host);
  blocks.set(entry.block, entry);
  const here = () => {
    // A unit that was replaced leaves entries whose element is gone from the document.
    for (const [id, other] of blocks) if (!other.element.isConnected) blocks.delete(id);
    return [...blocks.values()];
  };
  return {
    has: (block) => here().some((other) => other.block === block),
    kinds: () => here().map((other) => other.kind),
    /** The block in which the lead stands when no round of this page runs: the team session, else the first wall. */
    isHost: () => {
      const all = here().sort(inDocumentOrder);
      const first = all.find((other) => other.kind === "team_session") || all[0];
      return Boolean(first) && first.block === entry.block;
    },
    tellOthers: () => {
      for (const other of here()) if (other.block !== entry.block) other.onChange();
    },
    leave: () => {
      if (blocks.get(entry.block) === entry) blocks.delete(entry.block);
    },
  };
}

function inDocumentOrder(one, other) {
  const following = 4; // Node.DOCUMENT_POSITION_FOLLOWING
  return one.element.compareDocumentPosition(other.element) & following ? -1 : 1;
}
