/** What the server has of this session: table by table, as it read it this moment. "Look again" reads it anew. */
import { announcer, focusIfInside, h, setText, uid } from "../lib/dom.js";
import { clockText, gettext, interpolate } from "../lib/i18n.js";
import { createRows } from "./rows.js";
import { deletionOf, purposeOf, reasonText, titleOf } from "./words.js";

/**
 * @param {HTMLElement} place
 * @param {{level: number, read: () => Promise<any>}} options level: of the headings of tables; read: the reply of the live
 *   API (docs/api.md, section 10)
 * @returns {{destroy: () => void}}
 */
export function createKept(place, { level, read }) {
  const status = h("p", { class: "psy-soft" });
  const trouble = h("p", { class: "psy-error", attrs: { role: "alert" } });
  const again = h("button", {
    class: "psy-button psy-button--alt", text: gettext("Look again"), dataset: { action: "look_again" }, on: { click: look },
  });
  const tables = h("div", { class: "psy-kept__tables" });
  /** Each table as it was told the last time. @type {Map<string, string>} */
  let before = new Map();
  let gone = false;

  place.replaceChildren(
    h("p", { class: "psy-lead", text: gettext("This is what the database holds of your session now, row by row. We put your name in none of it.") }),
    h("p", { class: "psy-soft", text: gettext("No row says who wrote something, or when: the only times are the session’s own. Where something is not shown, you are told why; who administers the database can read that too.") }),
    h("div", { class: "psy-kept__bar" }, again, h("div", null, status, trouble)),
    tables);
  const say = announcer(place);
  look();

  async function look() {
    if (again.getAttribute("aria-disabled")) return;
    again.setAttribute("aria-disabled", "true");
    setText(trouble, "");
    try {
      const reply = await read();
      if (!gone) show(reply);
    } catch (error) {
      if (!gone) setText(trouble, error.detail || gettext("The server could not be reached. Please look again."));
    }
    again.removeAttribute("aria-disabled");
  }

  function show(reply) {
    const now = new Map(reply.tables.map((table) => [table.name, JSON.stringify(table.rows)]));
    const changed = before.size ? [...now.keys()].filter((name) => now.get(name) !== before.get(name)) : [];
    const readAt = interpolate(gettext("Read at %(time)s."), { time: clockText(new Date()) });
    const said = [readAt, before.size ? changesText(changed) : ""].filter(Boolean).join(" ");
    focusIfInside(tables, () => {
      tables.replaceChildren(...reply.tables.map((table) => tableNode(table, reply, changed.includes(table.name))));
      return again;
    });
    setText(status, said);
    say(said);
    before = now;
  }

  function tableNode(table, { retention_days: days }, isNew) {
    const id = uid("kept");
    return h("section", { class: "psy-kept__table", attrs: { "aria-labelledby": id }, dataset: { table: table.name } },
      h("div", { class: "psy-kept__head" },
        h(`h${level}`, { class: "psy-kept__title", text: titleOf(table.name), attrs: { id } }),
        isNew && h("span", { class: "psy-kept__new", text: gettext("Changed") }),
        h("code", { class: "psy-kept__name", text: table.name, attrs: { dir: "ltr" } })),
      h("p", { text: purposeOf(table.name) }),
      createRows(table),
      withheldNode(table.withheld),
      h("p", { class: "psy-kept__end", text: deletionOf(table.name, days) }));
  }

  return {
    destroy() {
      gone = true;
      place.replaceChildren();
    },
  };
}

function changesText(changed) {
  if (changed.length === 0) return gettext("Nothing has changed.");
  const what = changed.map(titleOf).join(" · ");
  return interpolate(gettext("Changed: %(what)s."), { what });
}

/** One line a reason, with the names of the columns; rows that are withheld have no name. */
function withheldNode(withheld) {
  if (withheld.length === 0) return null;
  const byReason = new Map();
  for (const { column, reason } of withheld) byReason.set(reason, [...(byReason.get(reason) || []), ...(column ? [column] : [])]);
  const lines = [...byReason].map(([reason, columns]) => h("li", null,
    columns.flatMap((column) => [h("code", { text: column, attrs: { dir: "ltr" } }), " "]),
    h("span", { text: reasonText(reason) })));
  return h("div", { class: "psy-kept__withheld" },
    h("p", { class: "psy-kept__label", text: gettext("In the database, but not shown") }), h("ul", null, lines));
}
