/**
 * The kinds of activity, as a browser meets them. Adding one means one file beside this one and one line in KINDS;
 * the seat, the big screen and the leader's stage ask here and know no kind by name.
 */

import { choice } from "./choice.js";
import { commitments } from "./commitments.js";
import { pulse } from "./pulse.js";
import { talk } from "./talk.js";
import { wall } from "./wall.js";

/**
 * @typedef {Object} Words whole sentences that differ from kind to kind
 * @property {string} own the leader's own folded seat
 * @property {string} counted on a seat that has answered
 * @property {string} closing %(n)s seconds before the announced reveal
 * @property {string} closingSaid the same for a screen reader, once
 * @property {string} over when the time is up
 * @property {(maybe: boolean) => string} missed the reveal was faster than the answer
 * @property {string} silence on the leader's stage before the first answer
 * @property {string} still some have not answered
 * @property {string} enough the same, beside the button
 * @property {string} notice what the leader may do about it
 * @property {string} noticed all devices say that the reveal comes
 * @property {string} lateStart in the lobby, with too few people for what comes first
 * @property {string} instead beforehand: what it becomes with too few people, in one sentence
 */
/**
 * @typedef {Object} Shown what stands there after the reveal
 * @property {HTMLElement[]} nodes
 * @property {string} [announce]
 * @property {(state: any, how: {first: boolean, offset: number}) => void} update first: this is the moment of the reveal
 * @property {(offset: number) => void} [tick] once a second
 * @property {() => void} [destroy]
 * @property {HTMLElement} [wall] on the leader's page: the own wall, which a large one turns
 * @property {HTMLElement} [body] on the big screen: the results alone, so that a talk about them can stand around them
 * @property {HTMLElement} [pages] on the big screen: which page of them shows
 */
/**
 * @typedef {Object} LeaderTools what only the leader does in a round, below the question
 * @property {HTMLElement} node hides itself when there is nothing to do; what is typed survives that it is made anew
 * @property {(state: any) => void} update each state of the same round
 */
/**
 * @typedef {Object} SeatContext
 * @property {any} state
 * @property {HTMLElement} heading the question
 * @property {boolean} after the round is closed, its results only hang on
 * @property {any} tools what a seat may do with a wall (seat_wall.js)
 */
/**
 * @typedef {Object} Kind
 * @property {() => string} name in plain words, for the agenda
 * @property {() => Words} words
 * @property {(options: import("../seat/form_frame.js").FormOptions) => import("../seat/form_frame.js").Form} createForm
 * @property {(activity: any) => HTMLElement[]} outline rows below the question while the room answers, or none
 * @property {(activity: any) => {title: string, text: string} | null} waits what a seat reads instead of the form while
 *   the round collects, but nothing can be answered on a device
 * @property {(context: SeatContext) => Shown} seatShown
 * @property {(context: {state: any, onHide: (note: string) => Promise<any>, onReport?: (note: string) => Promise<any>}) => Shown}
 *   leaderShown onReport: only where nobody else sees it
 * @property {(context: {state: any, hang: any}) => Shown & {look: string}} screenShown look: which of the
 *   screen's layouts; hang: what turns the pages of a wall
 * @property {(context: {state: any, run: (command: any) => Promise<boolean>, phone: boolean}) => LeaderTools | null} leaderTools
 *   run sends a command, and gives false when it was refused; phone: nobody else sees this screen
 * @property {(entry: any) => HTMLElement[]} recap what the summary tells of it, in parts that stand on one page each
 * @property {(activity: any) => boolean} standsAlone something of it stands there without results
 * @property {(round: any) => string} momentAfter where a leader is after the reveal, one of the controller's MOMENTS
 * @property {boolean} timed the clock runs after the reveal: there was nothing to collect
 */

/** @type {Object<string, Kind>} */
const KINDS = { wall, talk, choice, pulse, commitments };

/**
 * @param {{kind?: string} | null | undefined} item an activity, or a line of the agenda
 * @returns {Kind}
 */
export function kindOf(item) {
  const name = (item && item.kind) || "wall";
  return Object.hasOwn(KINDS, name) ? KINDS[name] : wall;
}

/** @returns {string} what a line of the agenda is, in plain words; "" for one that is not known here */
export function kindName(item) {
  return item && item.kind && Object.hasOwn(KINDS, item.kind) ? KINDS[item.kind].name() : "";
}

/** @returns {boolean} whether the time of this round still runs out */
export function clockRuns(round) {
  if (!round) return false;
  return round.phase === "collecting" || (round.phase === "revealed" && kindOf(round.activity).timed);
}

/**
 * @param {any} round
 * @param {boolean} [lookingBack] an earlier round, shown once more: then a talk is there too
 * @returns {boolean} whether something of this round is there to be seen after its collecting
 */
export function isShown(round, lookingBack = false) {
  if (round.results || round.phase === "revealed") return true;
  return round.phase === "closed" && (lookingBack || (!kindOf(round.activity).timed && !isGivenUp(round)));
}

/** @returns {boolean} whether a round that collected answers was closed before any of them was shown */
export function isGivenUp(round) {
  return round.phase === "closed" && !round.results && round.needed > 0;
}

/** @returns {boolean} whether something of this closed round hangs on at a seat */
export function hangsOn({ round, looking_back: lookingBack }) {
  if (round.results) return true;
  const kind = kindOf(round.activity);
  return kind.timed ? Boolean(lookingBack) : kind.standsAlone(round.activity);
}
