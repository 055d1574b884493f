/** The lobby: how the team gets in, and how many are in. Everything here may stand on a projector. */
import { h, setText } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { groupCode, spellCode } from "../doorway/code.js";
import { copyButton } from "../doorway/copy.js";
import { blobPicture } from "../doorway/picture.js";
import { createShortfall } from "./agenda_list.js";
import { createDoor } from "./door.js";

/**
 * @param {{api: any, state: any, onTakePart: (() => void) | null, onAction: (action: any) => void,
 *   say: (text: string) => void}} options
 * @returns {{element: HTMLElement, update: (state: any) => void}}
 */
export function createLobby({ api, state: first, onTakePart, onAction, say }) {
  if (first.rehearsal) return rehearsalLobby();
  const open = first.guests_allowed !== false;
  let state = first;
  let code = "";
  const title = h("h2", { class: "psy-title" });
  const lede = h("p", { class: "psy-lede", text: open
    ? gettext("Point a phone’s camera at the square, or open the course on your own device and type the code. No account needed.")
    : gettext("Open this unit of the course on your own device and type the code.") });
  const codePlace = h("div");
  const qr = h("div", { class: "psy-lobby__qr" });
  const seats = h("p", { class: "psy-lobby__seats" });
  const short = createShortfall();
  const door = createDoor({ onAction });
  const takePart = onTakePart && h("button", {
    class: "psy-link", text: gettext("Take part myself"), dataset: { action: "take_part" }, on: { click: onTakePart },
  });
  const copies = [
    open && copyButton({ name: "copy_link", label: gettext("Copy link"), text: () => state.join_url, say }),
    copyButton({ name: "copy_invitation", label: gettext("Copy invitation"), text: () => invitation(state), say }),
  ].filter(Boolean);
  // What brings people in is of no use at a locked door.
  const inviting = [lede, codePlace, qr, ...copies];
  const element = h("div", { class: "psy-lobby" },
    h("div", { class: "psy-lobby__in" },
      title, lede, codePlace, seats, short.element, door.element,
      h("div", { class: "psy-lobby__ways" }, copies, screenLink(state), takePart)),
    open && qr);

  /** A new code takes the place of the old one by itself. */
  function showCode() {
    if (state.join_code === code) return;
    code = state.join_code;
    codePlace.replaceChildren(bigCode(code));
    qr.replaceChildren(blobPicture({
      load: () => api.getBlob("qr.svg"),
      alt: interpolate(gettext("QR code that opens %(address)s"), { address: state.join_url }),
      className: "psy-qr",
    }));
  }

  function update(next) {
    state = next;
    const locked = next.door === "locked";
    setText(title, locked ? gettext("Your team is here") : gettext("Your team can join now"));
    for (const node of inviting) node.hidden = locked;
    if (takePart) takePart.hidden = locked || Boolean(next.leader_seated);
    showCode();
    setText(seats, seatsText(next.seats));
    door.update(next);
    short.update(next);
  }
  update(state);
  return { element, update };
}

/** Nobody can join a rehearsal, so there is no code: its team is here already. */
function rehearsalLobby() {
  const who = h("p", { class: "psy-lobby__seats" });
  const element = h("div", { class: "psy-lobby" },
    h("div", { class: "psy-lobby__in" },
      h("h2", { class: "psy-title", text: gettext("Your pretend team is here") }),
      h("p", { class: "psy-lede", text: gettext("They answer on their own, each after a while, like people do. Try everything: nothing of it is kept, and no phone can join.") }),
      who));
  return {
    element,
    update: ({ seats }) => setText(who, interpolate(
      ngettext("%(n)s person who does not exist", "%(n)s people who do not exist", seats ? seats.all : 0),
      { n: seats ? seats.all : 0 })),
  };
}

/** @returns {HTMLElement} the code in groups of four, spelled for screen readers */
export function bigCode(code) {
  return h("p", { class: "psy-code" },
    h("span", { text: groupCode(code), attrs: { "aria-hidden": "true", dir: "ltr" } }),
    h("span", { class: "psy-sr", text: interpolate(gettext("Code: %(code)s"), { code: spellCode(code) }) }));
}

/** @returns {HTMLElement} opens the big screen in a window of its own */
export function screenLink(state) {
  if (!state.screen_url) return null;
  return h("a", {
    class: "psy-link",
    text: gettext("Open the big screen"),
    attrs: { href: state.screen_url, target: "_blank", rel: "noopener noreferrer" },
    dataset: { action: "screen" },
  });
}

/** @returns {string} "7 people are here, 3 of them by code." */
export function seatsText(seats) {
  if (!seats || !seats.all) return gettext("Nobody is here yet.");
  const all = interpolate(
    ngettext("%(all)s seat is taken", "%(all)s seats are taken", seats.all), { all: seats.all });
  if (!seats.guests) return `${all}.`;
  return interpolate(ngettext("%(all)s, %(guests)s of them by code.", "%(all)s, %(guests)s of them by code.",
    seats.guests), { all, guests: seats.guests });
}

/** @returns {string} plain text for a chat or a mail */
export function invitation(state) {
  const code = groupCode(state.join_code);
  if (state.guests_allowed === false) {
    return [
      interpolate(gettext("We do an exercise together: %(title)s"), { title: state.title }),
      interpolate(gettext("Open the course, go to this unit and type the code %(code)s"), { code }),
    ].join("\n");
  }
  return [
    interpolate(gettext("We do an exercise together: %(title)s"), { title: state.title }),
    interpolate(gettext("Open this on your phone: %(link)s"), { link: state.join_url }),
    interpolate(gettext("Or type this code in the course: %(code)s"), { code }),
    gettext("You need no account, and nobody asks for your name."),
  ].join("\n");
}
