/** The script of the tablet that goes round where there are no phones. */

import { createTablet } from "./tablet/page.js";

const main = document.getElementById("psychsafety");
if (main) createTablet(main).start();
