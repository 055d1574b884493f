/** The script of the page that turns a leader's phone into the remote control. */
import { gettext } from "./lib/i18n.js";
import { keepFocus } from "./lib/keep_focus.js";
import { createLanguage, showLanguageSwitch } from "./lib/language.js";
import { readPage } from "./lib/standalone.js";
import { createStore, keptIn } from "./lib/storage.js";
import { createDrivePage, takeCodeFromAddress } from "./leader/drive_page.js";

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const page = readPage(main);
keepFocus(main);
const language = createLanguage({
  page,
  entry: "drive",
  title: () => gettext("Drive from this phone"),
  onChange: () => drive && drive.redraw(),
  kept: keptIn(createStore({ key: "drive.language" })),
});
/** @type {ReturnType<typeof createDrivePage> | null} */
let drive = null;
const code = takeCodeFromAddress(window);
showLanguageSwitch(main, { page, language });
language.start().then(() => {
  drive = createDrivePage(main, {
    code,
    store: createStore({ key: "drive", persistent: false }),
    data: { api: page.api, fetch_credentials: page.credentials },
    onState: language.follow,
  });
});
