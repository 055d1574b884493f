/** Whose turn the tablet takes: nobody's. A turn is one of the seats that has not been used yet, drawn by lot. */

/**
 * @typedef {"answer" | "resonance" | "echo"} Purpose what a turn is for
 */

/**
 * @param {any} state as any of the tablet's seats sees it
 * @returns {Purpose | null} what can be done on the tablet just now
 */
export function purposeOf(state) {
  const round = state && state.phase !== "summary" && !state.looking_back ? state.round : null;
  if (!round || round.may_answer === false || round.activity.paper || isUnwritten(round.activity)) return null;
  if (round.phase === "collecting") return "answer";
  if (round.phase === "revealed" && round.echo && round.echo.phase === "open") return "echo";
  const notes = round.results && round.results.notes;
  const open = round.phase === "revealed" && round.resonance === "open" && notes && notes.length > 0;
  return open ? "resonance" : null;
}

/** Nobody can stand behind sentences before the leader has written them. */
const isUnwritten = ({ commitments }) => Array.isArray(commitments) && commitments.length === 0;

/**
 * @param {any} state
 * @returns {string} one turn-taking of the room: changes when everybody may have the tablet once more; "" for none
 */
export function occasionOf(state) {
  const purpose = purposeOf(state);
  return purpose ? `${state.round.id}:${purpose}` : "";
}

const DONE = { answer: "answered", resonance: "resonated", echo: "echoed" };

/**
 * @param {any} state as one seat sees it
 * @returns {boolean} whether this seat has had its turn, for what is open now
 */
export function isDone(state) {
  const purpose = purposeOf(state);
  if (!purpose) return true;
  return Boolean(state.round[DONE[purpose]]);
}

/**
 * @template T
 * @param {T[]} items
 * @param {() => number} [random] 0 to 1
 * @returns {T[]} a new list in an order that says nothing
 */
export function shuffled(items, random = Math.random) {
  const list = [...items];
  for (let last = list.length - 1; last > 0; last -= 1) {
    const at = Math.floor(random() * (last + 1));
    [list[last], list[at]] = [list[at], list[last]];
  }
  return list;
}

/**
 * Looks for a seat that has not been used on this occasion. Which one it is must not follow from who came before.
 * @param {{tokens: string[], used: Set<string>, ask: (token: string) => Promise<any>, random?: () => number}} options
 *   used: those known to be; more are added. ask: the state as this seat sees it
 * @returns {Promise<{token: string, state: any} | null>} null when all have been used, or when nothing is open
 */
export async function drawSeat({ tokens, used, ask, random }) {
  for (const token of shuffled(tokens.filter((one) => !used.has(one)), random)) {
    const state = await ask(token);
    if (!purposeOf(state)) return null;
    if (!isDone(state)) return { token, state };
    used.add(token);
  }
  return null;
}
