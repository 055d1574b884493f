/** The page for phones without an account: scan, one tap, seated; then it follows the session by itself. */

import { createGuest } from "./join/guest.js";

const main = document.getElementById("psychsafety");
if (main) createGuest(main).start();
