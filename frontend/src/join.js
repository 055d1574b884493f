/** The page for phones without an account: scan, one tap, seated; then it follows the session by itself. */

import { createGuest } from "./join/guest.js";
import { keepFocus } from "./lib/keep_focus.js";

const main = document.getElementById("psychsafety");
if (main) {
  keepFocus(main);
  createGuest(main).start();
}
