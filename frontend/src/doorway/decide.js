/** What a block shows: a pure decision over what this browser holds, the state, and the blocks of the page. */

/**
 * @typedef {object} Facts
 * @property {object} data       what the view was given
 * @property {'leader'|'seat'|null} held  what this browser holds for a team's session
 * @property {object|null} state the last state, for whoever is held
 * @property {function(string): boolean} onPage  is the block of that id on this page?
 * @property {boolean} isHost    does the lead stand in this block when no round of the page runs?
 */

/**
 * @param {Facts} facts
 * @returns {'course'|'doorway'|'loading'|'leader'|'offer'|'seat'|'elsewhere'}
 *   offer: the leader may start this wall; elsewhere: the session is in another block
 */
export function decide({ data, held, state, onPage, isHost }) {
  if (data.kind === "wall" && data.audience === "course") return "course";
  if (!held) return "doorway";
  if (!state) return "loading";

  const owner = ownerOf(state);
  if (owner === data.block) return held === "leader" ? "leader" : "seat";
  if (owner && onPage(owner)) {
    // Somebody else on this page shows the round. A finished one is over: the leader may go on from this wall.
    return held === "leader" && isWall(data) && !roundRuns(state) ? "offer" : "elsewhere";
  }
  if (held === "seat") return seatPlace({ data, owner, isHost });
  if (isWall(data) && state.phase !== "lobby") return "offer";
  return isHost ? "leader" : "elsewhere";
}

/** @returns {string|null} the block whose round is in the state, also when that round is closed */
export function ownerOf(state) {
  return state.round && state.round.activity ? state.round.activity.block : null;
}

/** @returns {string} the title of the activity the team is at, or '' */
export function whereTitle(state) {
  return state && state.round && state.round.activity ? state.round.activity.title : "";
}

function seatPlace({ data, owner, isHost }) {
  // A phone follows from anywhere; a wall in a unit shows only its own round and says where the team is.
  if (isWall(data) && owner) return "elsewhere";
  return isHost ? "seat" : "elsewhere";
}

const isWall = (data) => data.kind === "wall";
const roundRuns = (state) => state.round.phase !== "closed";
