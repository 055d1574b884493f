/** The big screen of the room: question, progress, time, then the wall. No controls, nothing anybody typed alone. */

import { createRoom } from "./screen/room.js";

const main = document.getElementById("psychsafety");
if (main) createRoom(main).start();
