/** Before you start: what happens, what is needed, who sees it, whether phones reach this site; and a rehearsal. */
import { createApi } from "../lib/api.js";
import { h, setText } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { agendaItem } from "./agenda_item.js";
import { createChecklist, minutesOf } from "./checklist.js";
import { createIntroduction } from "./introduction.js";
import { errorLine, once } from "./join_form.js";
import { createLanguageChoice } from "./language_choice.js";
import { blobPicture } from "./picture.js";
import { phonesReachThisSite } from "./selftest.js";

/**
 * @param {HTMLElement} root
 * @param {{data: any, store: import("../lib/storage.js").Store, fresh: boolean,
 *   onOpen: (chosen: {languages?: string[]}) => Promise<void>, onCancel: () => void,
 *   onRehearse: (chosen: {languages?: string[]}) => Promise<void>, still?: boolean}} options store: keeps the choice of
 *   languages; fresh: an open session ends by opening, which is said; still: a preview, from which nothing is asked of
 *   any server
 * @returns {{tested: Promise<boolean>, destroy: () => void}}
 */
export function createBeforeStart(root, { data, store, fresh, onOpen, onRehearse, onCancel, still = false }) {
  const heading = h("h2", { class: "psy-title", text: gettext("Before you start"), attrs: { tabindex: -1 } });
  const test = h("div", { class: "psy-test", attrs: { role: "status" } },
    h("p", { text: gettext("Testing whether phones reach this site…") }));
  const error = errorLine();
  const open = h("button", {
    class: "psy-button", dataset: { action: "open" },
    text: fresh ? gettext("End the open one and start new") : gettext("Convene my team"),
  });
  const rehearse = h("button", {
    class: "psy-button psy-button--alt", text: gettext("Rehearse with a pretend team"), dataset: { action: "rehearse" },
  });
  const languages = createLanguageChoice({ data, store });
  open.addEventListener("click", () => once([open, rehearse], error, () => onOpen(languages.chosen())));
  rehearse.addEventListener("click", () => once([open, rehearse], error, () => onRehearse(languages.chosen())));
  const facts = h("dl", { class: "psy-facts" }, factsOf(data).flatMap(([term, text]) => [
    h("dt", { text: term }), h("dd", { text, attrs: { dir: "auto" } }),
  ]));
  root.replaceChildren(h("section", {
    class: "psy-door psy-before",
    on: { keydown: (event) => event.key === "Escape" && onCancel() },
  },
  h("div", { class: "psy-door__in" },
    heading, createIntroduction(data), steps(data), facts, createChecklist(data), !still && test, languages.node),
  h("div", { class: "psy-before__foot" },
    fresh && h("p", { class: "psy-before__warning",
      text: gettext("The session that is still open ends, and its notes come down.") }),
    error,
    h("div", { class: "psy-before__row" }, open, rehearse, h("button", {
      class: "psy-quiet", text: gettext("Not now"), dataset: { action: "cancel" }, on: { click: onCancel },
    })),
    h("p", { class: "psy-soft psy-before__rehearsal",
      text: gettext("The rehearsal runs the whole agenda with six people who do not exist. It leaves no trace and counts nowhere.") }))));
  const destroy = () => root.replaceChildren();
  if (still) return { tested: Promise.resolve(false), destroy };
  heading.focus({ preventScroll: true });

  const tested = phonesReachThisSite({ url: data.urls.ping, credentials: data.fetch_credentials }).then((reached) => {
    test.replaceChildren(...(reached ? tryIt(data) : oneDevice()));
    test.classList.add(reached ? "psy-test--good" : "psy-test--bad");
    if (!reached) {
      setText(open, gettext("Convene all the same"));
      open.classList.add("psy-button--alt");
    }
    return reached;
  });
  return { tested, destroy };
}

function tryIt(data) {
  const { dir, file } = split(data.urls.try_qr);
  const api = createApi({ apiUrl: dir, credentials: data.fetch_credentials });
  return [
    h("div", { class: "psy-test__text" },
      h("p", { class: "psy-test__title", text: gettext("This site answers phones.") }),
      h("p", { text: gettext("Try it with your own: point its camera at the square. If it says that it can take part, all is well.") })),
    blobPicture({
      load: () => api.getBlob(file),
      alt: gettext("QR code that tells your phone whether it can take part"),
      className: "psy-qr psy-qr--small",
    }),
  ];
}

function oneDevice() {
  return [h("div", { class: "psy-test__text" },
    h("p", { class: "psy-test__title", text: gettext("Phones do not reach this site: use one device.") }),
    h("p", { text: gettext("Today: everybody writes on paper; mix the notes and read them aloud. For next time, ask your administrator to let the addresses under /psychsafety/ answer without signing in.") }))];
}

/** The agenda, folded: titles and minutes, nothing that would take the surprise out of it. */
function steps(data) {
  const items = data.agenda || [];
  if (items.length === 0) return null;
  const n = items.length;
  return h("details", { class: "psy-steps" },
    h("summary", { class: "psy-steps__summary",
      text: interpolate(ngettext("What happens: %(n)s step", "What happens: %(n)s steps", n), { n }) }),
    h("ol", { class: "psy-agenda" }, items.map((item) => agendaItem({ ...item, status: "waiting" }))));
}

/** @returns {[string, string][]} term and text */
function factsOf(data) {
  const minutes = minutesOf(data);
  const rows = [
    [gettext("What you need"), data.guests_allowed === false
      ? gettext("One room or one call, and a device with this course for each of you.")
      : gettext("One room or one call, and a phone or laptop for each of you. Nobody needs to install anything.")],
    [gettext("How it goes"), gettext("A code appears here. Whoever has it can take part. You decide when something starts and when it is shown.")],
    [gettext("Who sees it"), gettext("The notes have no names, for you neither. They are shown to everybody in the session at once, and come down when it ends.")],
  ];
  const few = fewText(data);
  if (few) rows.push([gettext("If only few come"), few]);
  if (minutes > 0) {
    rows.unshift([gettext("How long"), interpolate(
      ngettext("About %(n)s minute, and time to talk.", "About %(n)s minutes, and time to talk.", minutes),
      { n: minutes })]);
  }
  return rows;
}

/** What is done instead, said beforehand: nobody should learn in front of three people that it does not work. */
function fewText(data) {
  const agenda = data.agenda || [];
  const kinds = agenda.map(({ kind }) => kind);
  const needed = Math.max(data.minimum || 0, ...agenda.map((item) => (COLLECTS.includes(item.kind) && item.minimum) || 0));
  if (needed === 0) return "";
  const wall = data.kind === "wall" || kinds.includes("wall");
  const counted = kinds.includes("pulse") || kinds.includes("choice");
  return `${interpolate(ngettext(
    "From %(n)s answer on, all goes as planned.", "From %(n)s answers on, all goes as planned.", needed), { n: needed })} ${
    insteadText(wall, counted)}`;
}

function insteadText(wall, counted) {
  if (!wall) return gettext("With fewer, ratings and choices become a talk about the same question.");
  if (!counted) return gettext("With fewer, the wall becomes paper cards that you mix and read aloud.");
  return gettext("With fewer, ratings and choices become a talk about the same question, and the wall becomes paper cards that you mix and read aloud.");
}

const COLLECTS = ["wall", "pulse", "choice"];

function split(url) {
  const at = url.lastIndexOf("/") + 1;
  return { dir: url.slice(0, at), file: url.slice(at) };
}
