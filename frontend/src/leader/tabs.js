/** Sections of which one is seen: the WAI-ARIA pattern, with arrow keys. */
import { h, uid } from "../lib/dom.js";

/**
 * @param {{label: string, parts: {id: string, label: string, node: HTMLElement}[]}} options
 * @returns {{bar: HTMLElement, panels: HTMLElement, show: (id: string) => void, shown: () => string}}
 */
export function createTabs({ label, parts }) {
  const tabs = parts.map(({ id, label: text, node }) => {
    const tabId = uid("tab");
    const panel = h("div", {
      class: "psy-panel", attrs: { role: "tabpanel", id: uid("panel"), "aria-labelledby": tabId }, dataset: { panel: id },
    }, node);
    const tab = h("button", {
      class: "psy-tab",
      text,
      attrs: { role: "tab", id: tabId, "aria-controls": panel.id },
      dataset: { action: `tab_${id}` },
      on: { click: () => show(id), keydown: (event) => walk(event, id) },
    });
    return { id, tab, panel };
  });
  const bar = h("div", { class: "psy-tabs", attrs: { role: "tablist", "aria-label": label } }, tabs.map(({ tab }) => tab));
  const panels = h("div", { class: "psy-panels" }, tabs.map(({ panel }) => panel));

  let shown = "";

  function show(id) {
    shown = id;
    for (const one of tabs) {
      const on = one.id === id;
      one.tab.setAttribute("aria-selected", String(on));
      one.tab.setAttribute("tabindex", on ? "0" : "-1");
      one.panel.hidden = !on;
    }
  }

  function walk(event, id) {
    const rtl = window.getComputedStyle(bar).direction === "rtl" ? -1 : 1;
    const at = tabs.findIndex((one) => one.id === id);
    const to = { ArrowRight: at + rtl, ArrowLeft: at - rtl, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    show(next.id);
    next.tab.focus();
  }

  show(parts[0].id);
  return { bar, panels, show, shown: () => shown };
}
