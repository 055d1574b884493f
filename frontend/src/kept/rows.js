/** The rows of a table: real names of columns, real values. A row with many columns is a list, several are lines that wrap. */
import { h } from "../lib/dom.js";
import { gettext, interpolate, ngettext } from "../lib/i18n.js";
import { columnText, emptyText, markText } from "./words.js";

/** A table longer than this opens by a press. */
const AT_ONCE = 12;

/**
 * @param {{name: string, columns: string[], rows: Object<string, any>[]}} table
 * @returns {HTMLElement}
 */
export function createRows(table) {
  const { rows } = table;
  if (rows.length === 0) return h("p", { class: "psy-kept__none", text: emptyText(table.name) });
  const items = rows.map((row) => rowNode(row, table));
  const rest = items.splice(AT_ONCE);
  const list = (nodes) => h("ul", { class: rows.length > 1 ? "psy-kept__rows psy-kept__rows--many" : "psy-kept__rows" }, nodes);
  return h("div", { class: "psy-kept__all" },
    list(items),
    rest.length > 0 && h("details", { class: "psy-kept__more" },
      h("summary", { text: interpolate(ngettext("%(n)s more row", "%(n)s more rows", rest.length), { n: rest.length }) }),
      list(rest)),
    rows.length > 1 && legend(table));
}

/** What a name does not say by itself, once for all rows; a single row says it beside the value. */
function legend({ name, columns }) {
  const told = columns.map((column) => [column, columnText(name, column)]).filter(([, text]) => text);
  return told.length > 0 && h("dl", { class: "psy-kept__legend" }, told.map(([column, text]) =>
    h("div", null, h("dt", { text: column, attrs: { dir: "ltr" } }), " ", h("dd", { text }))));
}

function rowNode(row, { name, columns, rows }) {
  const mark = markText(name, row);
  return h("li", { class: "psy-kept__row" },
    h("dl", { attrs: { dir: "ltr" } }, columns.map((column) => {
      const why = rows.length === 1 ? columnText(name, column) : "";
      return h("div", null, h("dt", { text: column }), valueNode(column, row),
        why && h("dd", { class: "psy-kept__why", text: why, attrs: { dir: "auto" } }));
    })),
    mark && h("p", { class: "psy-kept__mark", text: mark }));
}

function valueNode(column, row) {
  if (!(column in row)) return h("dd", { class: "psy-kept__gap", text: gettext("not shown"), attrs: { dir: "auto" } });
  const value = row[column];
  if (value !== null && typeof value === "object") {
    return h("dd", null, h("details", null,
      h("summary", { text: interpolate(gettext("Show %(what)s"), { what: column }) }),
      h("pre", { text: JSON.stringify(value, null, 1), attrs: { tabindex: 0, dir: "ltr" } })));
  }
  // As a database says it: nothing is not the same as an empty text.
  if (value === null) return h("dd", { class: "psy-kept__gap", text: "NULL" });
  return h("dd", { text: value === "" ? "''" : value, attrs: { dir: "auto" } });
}
