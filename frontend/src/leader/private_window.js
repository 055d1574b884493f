/** The leader's notes in a window of their own on the same laptop: only where the room does not see this screen. */
import { h } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";

const SHAPE = "popup,width=480,height=900";

/**
 * @param {{ask: ReturnType<typeof import("./ask.js").createAsk>,
 *   commander: ReturnType<typeof import("./commander.js").createCommander>, nudge: () => void,
 *   host?: Window}} options host: for tests
 * @returns {{offer: () => void, used: () => boolean}} used: a window was asked for, so no phone has the controls
 */
export function createPrivateWindow({ ask, commander, nudge, host = window }) {
  let used = false;

  /** A browser lets a window open only within the click itself, so it opens empty and is sent on afterwards. */
  async function open() {
    const opened = host.open("", "_blank", SHAPE);
    const reply = await commander.drive("window");
    if (!reply || !reply.code) {
      if (opened) opened.close();
      return;
    }
    used = true;
    const address = addressOf(reply);
    if (opened) {
      opened.opener = null;
      opened.location.replace(address);
    } else {
      blocked(address);
    }
    nudge();
  }

  function blocked(address) {
    ask.ask({
      title: gettext("Your browser blocked the window"),
      body: h("p", null, h("a", {
        class: "psy-link", text: gettext("Open my notes"), dataset: { action: "window_link" },
        attrs: { href: address, target: "_blank", rel: "noopener noreferrer" }, on: { click: () => ask.close() },
      })),
      text: gettext("Open it with this link, within two minutes. Or allow windows for this site and try again."),
      actions: [],
    });
  }

  return {
    used: () => used,
    offer: () => ask.ask({
      title: gettext("Can the room see this laptop’s screen?"),
      text: gettext("Your notes and the controls move to a window of their own. Do this only when this screen is not mirrored on the projector; otherwise use your phone."),
      actions: [{ id: "window_yes", label: gettext("It is not mirrored: open them"), run: open }],
    }),
  };
}

/** The code travels behind the #, where no server and no log sees it. */
function addressOf({ code, drive_url: url }) {
  const full = new URL(url, document.baseURI);
  if (!full.hash) full.hash = code;
  return full.href;
}
