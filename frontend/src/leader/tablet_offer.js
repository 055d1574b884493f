/** Where there are no phones: how many people share a tablet, then the address and the code that open it there. */
import { groupCode, spellCode } from "../doorway/code.js";
import { h, setText, uid } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { plainAddress } from "./drive_offer.js";

export const MOST = 50;
const USUAL = 6;
const VALID_MS = 600000;

/**
 * @param {{ask: ReturnType<typeof import("./ask.js").createAsk>, api: {post: Function},
 *   commander: ReturnType<typeof import("./commander.js").createCommander>, nudge: () => void,
 *   say: (text: string) => void, state: () => any}} options say: tells what went wrong
 * @returns {{offer: () => void}}
 */
export function createTabletOffer({ ask, api, commander, nudge, say, state }) {
  let timer = null;
  let shown = false;

  function offer() {
    clearTimeout(timer);
    const held = heldSeats(state());
    const people = createStepper(held || USUAL);
    ask.ask({
      title: gettext("One tablet goes round"),
      body: people.node,
      text: held
        ? interpolate(ngettext(
          "A tablet holds %(n)s seat. A new code takes the place of that tablet.",
          "A tablet holds %(n)s seats. A new code takes the place of that tablet.", held), { n: held })
        : gettext("Each of you answers on it in turn; it wipes itself in between. Everybody sees the number of seats, so it must be right."),
      actions: [
        { id: "tablet_code", label: gettext("Show the code"), run: () => request(people.value()) },
        ...(held ? [{ id: "tablet_back", label: gettext("Give the tablet’s seats back"), quiet: true, run: giveBack }] : []),
      ],
    });
    people.focus();
  }

  async function request(seats) {
    let reply = null;
    await commander.also(async () => {
      reply = (await api.post("tablet", { seats })).body;
    });
    nudge();
    if (reply && reply.code) show(reply);
  }

  async function giveBack() {
    await commander.also(() => api.post("tablet", { seats: 0 }));
    nudge();
  }

  function show({ code, tablet_url: url }) {
    shown = true;
    ask.ask({
      title: gettext("Open this on the tablet"),
      body: h("div", { class: "psy-tablet-how" }, h("ol", { class: "psy-drive-how" },
        h("li", null, h("span", { text: gettext("On the tablet, open") }), " ",
          h("strong", { class: "psy-drive-how__where", text: plainAddress(url), attrs: { dir: "ltr" } })),
        h("li", null, h("span", { text: gettext("and type this code:") }),
          h("p", { class: "psy-code psy-code--small" },
            h("span", { text: groupCode(code), attrs: { "aria-hidden": "true", dir: "ltr" } }),
            h("span", { class: "psy-sr", text: spellCode(code) })))),
      h("p", null, h("span", { text: gettext("Or does this very device go round?") }), " ",
        h("a", {
          class: "psy-link", text: gettext("Open it on this device"), dataset: { action: "tablet_here" },
          attrs: { href: withCode(url, code), target: "_blank", rel: "noopener noreferrer" },
        }))),
      text: gettext("The code works once, for ten minutes."),
      cancel: gettext("Done"),
      actions: [],
      onCancel: close,
    });
    timer = setTimeout(expire, VALID_MS);
  }

  function close() {
    shown = false;
    clearTimeout(timer);
    nudge();
  }

  function expire() {
    if (!shown || !ask.isOpen()) return;
    shown = false;
    ask.close();
    say(gettext("The code for the tablet has run out."));
  }

  return { offer };
}

/** @returns {number} seats that a tablet holds already */
function heldSeats(state) {
  return (state && state.seats && state.seats.tablet) || 0;
}

/** The code travels behind the #, where no server and no log sees it. */
function withCode(url, code) {
  const full = new URL(url, document.baseURI);
  full.hash = code;
  return full.href;
}

/** @returns {number} a number of people that the server takes */
export function peopleOf(text, spare = USUAL) {
  const number = Number.parseInt(text, 10);
  return Number.isNaN(number) ? spare : Math.min(MOST, Math.max(1, number));
}

/** A number with two big buttons, and a field for whoever would rather type. */
function createStepper(first) {
  const id = uid("people");
  const field = h("input", {
    class: "psy-field psy-stepper__field",
    attrs: {
      id, type: "text", inputmode: "numeric", pattern: "[0-9]*", maxlength: 2, autocomplete: "off", value: first,
    },
    on: {
      change: () => set(peopleOf(field.value, first)),
      keydown: (event) => {
        const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (!by) return;
        event.preventDefault();
        step(by);
      },
    },
  });
  const said = h("span", { class: "psy-sr", attrs: { role: "status" } });
  const less = button(gettext("One person less"), "−", -1);
  const more = button(gettext("One person more"), "+", 1);

  function button(label, sign, by) {
    return h("button", {
      class: "psy-button psy-button--alt psy-stepper__step", text: sign, attrs: { "aria-label": label }, on: { click: () => step(by) },
    });
  }

  function set(number) {
    field.value = String(number);
    less.toggleAttribute("data-end", number <= 1);
    more.toggleAttribute("data-end", number >= MOST);
  }

  function step(by) {
    set(peopleOf(String(peopleOf(field.value, first) + by), first));
    setText(said, field.value);
  }

  set(peopleOf(first));
  return {
    node: h("div", { class: "psy-stepper" },
      h("label", { class: "psy-stepper__label", text: gettext("How many people share it? Count yourself if you take part."), attrs: { for: id } }),
      h("div", { class: "psy-stepper__row" }, less, field, more, said)),
    value: () => peopleOf(field.value, first),
    focus: () => field.focus({ preventScroll: true }),
  };
}
