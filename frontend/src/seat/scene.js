/** Which scene a seat sees: a pure function of the session's state and of the answer on its device. */

/**
 * @param {any} state
 * @param {string | null} answerPhase of the composer of the running round, null without one
 * @param {boolean} veiled on a screen that the room sees only the writing is shown, never the taps
 * @param {boolean} waits the round collects, but nothing can be answered here (yet)
 * @returns {"lobby" | "between" | "waiting" | "writing" | "counted" | "wall" | "wall-after" | "course-counted" | "summary"}
 */
export function sceneOf(state, answerPhase, veiled = false, waits = false) {
  const { round } = state;
  if (state.phase === "summary") return veiled ? "between" : "summary";
  if (!round) return state.phase === "lobby" ? "lobby" : "between";
  if (round.phase === "collecting") {
    if (waits) return "waiting";
    const counted = answerPhase === "counted" || (answerPhase === null && round.answered);
    if (!counted) return "writing";
    return state.kind === "course" ? "course-counted" : "counted";
  }
  if (veiled) return "between";
  return round.phase === "revealed" ? "wall" : "wall-after";
}
