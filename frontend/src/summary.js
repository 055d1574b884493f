/** The summary of a session that is over, for whoever led it: to read, to print, to take along. */

import { createSummaryRoom } from "./summary/summary_room.js";

const main = document.getElementById("psychsafety");
if (main) createSummaryRoom(main).start();
