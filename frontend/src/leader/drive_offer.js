/** The laptop's side of giving the controls away: offer a code, compare two digits, take them back. */
import { h, setText } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { groupCode, spellCode } from "../doorway/code.js";

const VALID_MS = 120000;

/** What is said is different for one's own phone and for a colleague; the way is the same. */
const TEXTS = {
  offer: () => ({
    title: gettext("Drive from your phone"),
    where: gettext("On your phone, open"),
    foot: gettext("The code works once, for two minutes. Then both show the same two digits."),
    expired: gettext("The code for the phone has run out."),
    compare: gettext("Does your phone show these digits?"),
    confirm: gettext("Yes, hand over"),
  }),
  hand_over: () => ({
    title: gettext("Hand the lead to a colleague"),
    where: gettext("On your colleague’s phone or laptop, open"),
    foot: gettext("The code works once, for two minutes. Afterwards your colleague leads, and your devices do not. Whoever convened the session can take the lead back."),
    expired: gettext("The code for your colleague has run out."),
    compare: gettext("Does your colleague see these digits?"),
    confirm: gettext("Yes, hand the lead over"),
  }),
};

/**
 * @param {{ask: ReturnType<typeof import("./ask.js").createAsk>, address: string,
 *   commander: ReturnType<typeof import("./commander.js").createCommander>, nudge: () => void,
 *   say: (text: string) => void}} options address: the page to open on the phone
 * @returns {{offer: (what?: "offer" | "hand_over") => Promise<void>, takeBack: () => Promise<void>,
 *   update: (state: any) => void, isOpen: () => boolean, handedOver: () => boolean}}
 */
export function createDriveOffer({ ask, address, commander, nudge, say }) {
  let what = /** @type {"offer" | "hand_over"} */ ("offer");
  let given = false;
  let showing = null;
  let timer = null;

  async function send(word) {
    clearTimeout(timer);
    showing = null;
    given = Boolean(await commander.drive(word)) && word === "confirm" && what === "hand_over";
    nudge();
  }

  async function offer(which = "offer") {
    const reply = await commander.drive(which);
    if (!reply || !reply.code) return;
    what = which;
    showing = "offered";
    const texts = TEXTS[what]();
    const code = groupCode(reply.code);
    const where = plainAddress(reply.drive_url || address);
    ask.ask({
      title: texts.title,
      body: h("ol", { class: "psy-drive-how" },
        h("li", null, h("span", { text: texts.where }), " ",
          h("strong", { class: "psy-drive-how__where", text: where, attrs: { dir: "ltr" } })),
        h("li", null, h("span", { text: gettext("and type this code:") }),
          h("p", { class: "psy-code psy-code--small" },
            h("span", { text: code, attrs: { "aria-hidden": "true", dir: "ltr" } }),
            h("span", { class: "psy-sr", text: spellCode(reply.code) })))),
      text: texts.foot,
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
    say(TEXTS[what]().expired);
  }

  function compare(check) {
    showing = `claimed:${check}`;
    clearTimeout(timer);
    const texts = TEXTS[what]();
    ask.ask({
      title: texts.compare,
      body: h("p", { class: "psy-digits", text: check, attrs: { dir: "ltr" } }),
      text: gettext("If it shows others, somebody else typed the code: refuse."),
      cancel: gettext("Refuse"),
      actions: [{ id: "confirm_drive", label: texts.confirm, run: () => send("confirm") }],
      onCancel: () => send("refuse"),
    });
  }

  return {
    offer,
    takeBack: () => send("take_back"),
    isOpen: () => showing !== null && ask.isOpen(),
    /** Whether the lead was given to a colleague here: then this page is about to lose it, as it should. */
    handedOver: () => given,
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

/** Shown in place of the controls while another device has them. @returns {{element: HTMLElement, say: (text: string) => void}} */
export function drivenLine({ onTakeBack }) {
  const text = h("p", { class: "psy-helm__hint" });
  return {
    say: (words) => setText(text, words),
    element: h("div", { class: "psy-helm psy-helm--driven" }, text,
      h("div", { class: "psy-helm__row" }, h("button", {
        class: "psy-helm__btn psy-helm__btn--alt", text: gettext("Take back"),
        dataset: { action: "take_back" }, on: { click: onTakeBack },
      }))),
  };
}
