/** The laptop's side of "drive from my phone": offer a code, compare two digits, take the controls back. */
import { h, setText } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { groupCode, spellCode } from "../doorway/code.js";

const VALID_MS = 120000;

/**
 * @param {{ask: ReturnType<typeof import("./ask.js").createAsk>, address: string,
 *   commander: ReturnType<typeof import("./commander.js").createCommander>, nudge: () => void,
 *   say: (text: string) => void}} options address: the page to open on the phone
 * @returns {{offer: () => Promise<void>, takeBack: () => Promise<void>, update: (state: any) => void,
 *   isOpen: () => boolean}}
 */
export function createDriveOffer({ ask, address, commander, nudge, say }) {
  let showing = null;
  let timer = null;

  async function send(what) {
    clearTimeout(timer);
    showing = null;
    await commander.drive(what);
    nudge();
  }

  async function offer() {
    const reply = await commander.drive("offer");
    if (!reply || !reply.code) return;
    showing = "offered";
    const code = groupCode(reply.code);
    const where = plainAddress(reply.drive_url || address);
    ask.ask({
      title: gettext("Drive from your phone"),
      body: h("ol", { class: "psy-drive-how" },
        h("li", null, h("span", { text: gettext("On your phone, open") }), " ",
          h("strong", { class: "psy-drive-how__where", text: where, attrs: { dir: "ltr" } })),
        h("li", null, h("span", { text: gettext("and type this code:") }),
          h("p", { class: "psy-code psy-code--small" },
            h("span", { text: code, attrs: { "aria-hidden": "true", dir: "ltr" } }),
            h("span", { class: "psy-sr", text: spellCode(reply.code) })))),
      text: gettext("The code works once, for two minutes. Then both show the same two digits."),
      actions: [],
      onCancel: () => send("refuse"),
    });
    timer = setTimeout(expire, VALID_MS);
    nudge();
  }

  function expire() {
    if (showing !== "offered") return;
    showing = null;
    ask.close();
    say(gettext("The code for the phone has run out."));
  }

  function compare(check) {
    showing = `claimed:${check}`;
    clearTimeout(timer);
    ask.ask({
      title: gettext("Does your phone show these digits?"),
      body: h("p", { class: "psy-digits", text: check, attrs: { dir: "ltr" } }),
      text: gettext("If it shows others, somebody else typed the code: refuse."),
      cancel: gettext("Refuse"),
      actions: [{ id: "confirm_drive", label: gettext("Yes, hand over"), run: () => send("confirm") }],
      onCancel: () => send("refuse"),
    });
  }

  return {
    offer,
    takeBack: () => send("take_back"),
    isOpen: () => showing !== null && ask.isOpen(),
    /** The digits are asked for by whichever page the leader has open, also after a reload. */
    update(state) {
      const drive = state.drive;
      if (state.device === "phone") return;
      if (drive && drive.phase === "claimed" && showing !== `claimed:${drive.check}`) compare(drive.check);
      else if (showing && showing.startsWith("claimed") && (!drive || drive.phase !== "claimed")) {
        showing = null;
        ask.close();
      }
    },
  };
}

/** @returns {string} as a person would type it: without protocol and fragment */
export function plainAddress(url) {
  const full = new URL(url, document.baseURI);
  return full.host + full.pathname;
}

/** Shown in place of the controls while the phone has them. @returns {{element: HTMLElement}} */
export function drivenLine({ onTakeBack }) {
  const text = h("p", { class: "psy-helm__hint" });
  setText(text, gettext("Driven from your phone"));
  return {
    element: h("div", { class: "psy-helm psy-helm--driven" }, text,
      h("div", { class: "psy-helm__row" }, h("button", {
        class: "psy-helm__btn psy-helm__btn--alt", text: gettext("Take back"),
        dataset: { action: "take_back" }, on: { click: onTakeBack },
      }))),
  };
}
