/** The script of the page that turns a leader's phone into the remote control. */
import { setMessages } from "./lib/i18n.js";
import { createStore } from "./lib/storage.js";
import { createDrivePage, takeCodeFromAddress } from "./leader/drive_page.js";

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const given = main.dataset;
setMessages(JSON.parse(given.messages || "{}"), given.language);
createDrivePage(main, {
  code: takeCodeFromAddress(window),
  store: createStore({ key: "drive", persistent: false }),
  data: {
    api: given.api || "",
    language: given.language,
    fetch_credentials: given.fetchCredentials === "same-origin" ? "same-origin" : "omit",
  },
});
