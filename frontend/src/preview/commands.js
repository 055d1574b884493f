/** Where a leader's command leads in a preview. */
import { after, find } from "./walk.js";

/**
 * @param {import("./walk.js").Stop[]} stops
 * @param {number} at where the author stands
 * @param {any} command as the live API takes it
 * @returns {number | null} the stop that it leads to; null: the preview has none
 */
export function commandLeads(stops, at, command) {
  const here = stops[at];
  const target = Object.hasOwn(TARGETS, command.command) ? TARGETS[command.command](stops, here, command, at) : -1;
  return target < 0 ? null : target;
}

const TARGETS = {
  begin: (stops) => find(stops, "step0"),
  start_round: (stops, here, { activity, instead, paper }) => {
    if (instead || paper) return -1;
    const begins = activity ? find(stops, `step${String(activity).slice(1)}`) : -1;
    return begins < 0 ? -1 : begins + 1;
  },
  // The announced reveal, at once: nobody wants to wait for it in a preview.
  extend: (stops, here, { closing }) => (closing ? find(stops, here.place, "shown") : -1),
  reveal: (stops, here) => find(stops, here.place, "shown"),
  open_echo: (stops, here) => find(stops, here.place, "echo"),
  count_resonance: (stops, here) => find(stops, here.place, "counted"),
  close_round: (stops, here) => find(stops, here.place, "closed"),
  next: (stops, here, command, at) => after(stops, at),
  show_summary: (stops) => find(stops, "summary"),
  close_session: (stops) => find(stops, "start"),
};
