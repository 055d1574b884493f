/** The script of the tablet that goes round where there are no phones. */

import { keepFocus } from "./lib/keep_focus.js";
import { createTablet } from "./tablet/page.js";

const main = document.getElementById("psychsafety");
if (main) {
  keepFocus(main);
  createTablet(main).start();
}
