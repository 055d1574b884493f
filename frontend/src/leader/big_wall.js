/** What a leader needs at a wall of hundreds: which page hangs on the screen, and where a note is that somebody means. */

import { h, setText, uid } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { grouped } from "../wall/layout.js";
import { createNote } from "../wall/note.js";
import { isLarge, sheetsOf } from "../wall/sheets.js";

/** More found notes than these are not listed; another word finds fewer. */
const MOST_FOUND = 30;

/**
 * @param {{wall: HTMLElement, run: (command: any) => Promise<boolean>}} options wall: steps aside for what was found
 * @returns {{node: HTMLElement, update: (state: any) => void}} nothing of it is seen at a wall that is not large
 */
export function createBigWall({ wall, run }) {
  const before = pagerButton(gettext("Page before"), () => turn(page - 1));
  const after = pagerButton(gettext("Next page"), () => turn(page === null ? 0 : page + 1));
  const itself = pagerButton(gettext("Let the pages turn by themselves"), () => turn(null));
  const where = h("p", { class: "psy-big__where", attrs: { role: "status" } });
  const field = h("input", {
    class: "psy-big__field",
    attrs: { id: uid("search"), type: "search", autocomplete: "off", enterkeyhint: "search" },
    on: { input: find },
  });
  const label = h("label", { class: "psy-big__label", text: gettext("Find a note"), attrs: { for: field.id } });
  const told = h("p", { class: "psy-hint", attrs: { role: "status" } });
  const found = h("ul", { class: "psy-wall", attrs: { role: "list" } });
  const results = h("div", { class: "psy-wallframe", dataset: { crowd: "crowd" } }, found);
  const node = h("div", { class: "psy-big" },
    h("div", { class: "psy-big__pager" }, where, before, after, itself),
    h("div", { class: "psy-big__find" }, label, field), told, results);
  /** @type {any[]} */
  let notes = [];
  let sheets = [];
  let page = null;
  let key = "";

  function turn(to) {
    // Sent again and again it would be refused as stale: the next one waits until this one is done.
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    run({ command: "turn_screen", page: to }).finally(() => node.removeAttribute("aria-busy"));
  }

  function find() {
    const words = plain(field.value).split(" ").filter(Boolean);
    wall.hidden = words.length > 0;
    results.hidden = words.length === 0;
    const hits = words.length > 0 ? notes.filter((note) => words.every((word) => note.plain.includes(word))) : [];
    setText(told, words.length > 0 ? foundText(hits.length) : "");
    found.replaceChildren(...hits.slice(0, MOST_FOUND).map((note) => createNote(note, note.at, {
      mode: "pick", pickLabel: gettext("Show on the screen"), onTap: show,
    })));
  }

  function show(id) {
    const at = notes.findIndex((note) => note.id === id);
    turn(sheets.findIndex(({ from, to }) => from <= at && at < to));
  }

  return {
    node,
    update({ round, screen_page: asked }) {
      const there = round.results ? round.results.notes : [];
      node.hidden = !isLarge(there);
      if (node.hidden) {
        wall.hidden = false;
        return;
      }
      const next = JSON.stringify(there);
      if (next !== key) {
        key = next;
        notes = grouped(there).map((note, at) => ({ ...note, at, plain: plain(note.text) }));
        sheets = sheetsOf(notes);
        find();
      }
      page = Number.isInteger(asked) ? Math.min(asked, sheets.length - 1) : null;
      setText(where, whereText(page, sheets));
      before.disabled = !page;
      after.disabled = page !== null && page >= sheets.length - 1;
      itself.hidden = page === null;
    },
  };
}

const pagerButton = (text, click) => h("button", { class: "psy-quiet", text, on: { click } });

function whereText(page, sheets) {
  if (page === null) return gettext("The pages on the screen turn by themselves.");
  const values = { n: page + 1, all: sheets.length, from: sheets[page].from + 1, to: sheets[page].to };
  return interpolate(gettext("On the screen: page %(n)s of %(all)s, notes %(from)s to %(to)s"), values);
}

function foundText(count) {
  if (count === 0) return gettext("No note says that.");
  return interpolate(ngettext("%(n)s note says that.", "%(n)s notes say that.", count), { n: count });
}

/** So that “é” finds “e”, and capitals do not matter. */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
