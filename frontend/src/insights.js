/** The figures over all teams of a course run, for course staff: to read, to print, to take along. */

import { createInsightsRoom } from "./insights/insights_room.js";

const main = document.getElementById("psychsafety");
if (main) createInsightsRoom(main).start();
