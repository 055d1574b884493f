/**
 * Whether seats by code come faster than the people in a room would take them. It only asks the leader to count; nothing
 * follows from it by itself.
 *
 * The rule, as plain as it can be told: before the session begins all come at once, so only more than 30 within a minute
 * are remarkable. Once it has begun, late-comers come one by one, and more than 5 within a minute are.
 */

const WITHIN_MS = 60000;
const AT_ONCE = 30;
const LATE = 5;

/**
 * @param {() => number} [now] in milliseconds, for tests
 * @returns {{see: (state: any) => number, settle: () => void}}
 *   see: takes each new state; gives how many came within a minute when that was remarkable, else 0, and stays with it
 *   until settle: the leader knows them, or the door is locked
 */
export function createRush(now = Date.now) {
  /** How many there were when, the oldest that still matters first. */
  let counted = [];
  let came = 0;
  let before = "";

  function beginAt(guests) {
    counted = [{ time: now(), guests }];
    came = 0;
  }

  return {
    settle() {
      if (counted.length > 0) beginAt(counted[counted.length - 1].guests);
    },
    see({ phase, door, rehearsal, seats }) {
      // The seats of a tablet were set by the leader.
      const guests = seats ? seats.guests - (seats.tablet || 0) : 0;
      const last = counted[counted.length - 1];
      const elsewhere = rehearsal || door === "locked";
      // Who came before the start is known by then; a new code has sent all away, and they come back.
      if (!last || elsewhere || phase !== before || guests < last.guests) beginAt(guests);
      else if (guests > last.guests) counted.push({ time: now(), guests });
      before = phase;
      while (counted.length > 1 && counted[1].time <= now() - WITHIN_MS) counted.shift();
      const rise = guests - counted[0].guests;
      if (rise > (phase === "lobby" ? AT_ONCE : LATE)) came = Math.max(came, rise);
      return came;
    },
  };
}
