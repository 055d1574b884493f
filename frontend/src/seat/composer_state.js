/**
 * The life of one answer on its device, as a pure reducer.
 *
 *   writing -> holding (five seconds, nothing has left) -> sending -> counted
 *
 * and aside: `missed`, when the reveal came first. `maybe` then tells whether the answer can have arrived.
 * A pass takes exactly the same way as any other answer.
 */

export const HOLD_MS = 5000;

/**
 * @typedef {{text: string, share: boolean} | {option: string} | {ratings: Object<string, number>} | {pass: true}} Answer
 * @typedef {Object} ComposerState
 * @property {"writing" | "holding" | "sending" | "counted" | "missed"} phase
 * @property {Answer | null} answer what is on its way
 * @property {number} until when holding ends (this device's milliseconds)
 * @property {any} trouble the last failure while sending
 * @property {any} refusal why the server gave the answer back
 * @property {boolean} maybe
 */

/** @type {ComposerState} */
const FRESH = Object.freeze({ phase: "writing", answer: null, until: 0, trouble: null, refusal: null, maybe: false });

/**
 * @param {{answer: Answer, until: number, sending: boolean} | null} kept what an earlier load of the page left behind
 * @returns {ComposerState}
 */
export function begin(kept) {
  if (!kept || !kept.answer) return FRESH;
  return { ...FRESH, phase: kept.sending ? "sending" : "holding", answer: kept.answer, until: kept.until || 0 };
}

/**
 * @param {ComposerState} state
 * @param {{type: string, [more: string]: any}} event
 * @returns {ComposerState} the same object when the event means nothing here
 */
export function reduce(state, event) {
  const { phase } = state;
  switch (event.type) {
    case "hold":
      if (phase !== "writing") return state;
      return { ...FRESH, phase: "holding", answer: event.answer, until: event.now + HOLD_MS };
    case "undo":
      return phase === "holding" ? FRESH : state;
    case "due":
      return phase === "holding" ? { ...state, phase: "sending" } : state;
    case "trouble":
      return phase === "sending" ? { ...state, trouble: event.error } : state;
    case "refused":
      return phase === "sending" ? { ...FRESH, refusal: event.error } : state;
    case "counted":
      return phase === "counted" ? state : { ...FRESH, phase: "counted" };
    case "closed":
      if (phase === "holding") return { ...FRESH, phase: "missed", maybe: false };
      if (phase === "sending") return { ...FRESH, phase: "missed", maybe: Boolean(event.maybe) };
      return state;
    default:
      return state;
  }
}
