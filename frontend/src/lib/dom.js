/** Building page elements. Text goes in as text only; there is no way here to insert markup. */

/**
 * @typedef {Object} Props
 * @property {string} [class]
 * @property {string | number} [text]
 * @property {Object<string, string | number | boolean | null | undefined>} [attrs] false, null and undefined leave out
 * @property {Object<string, string | number>} [dataset]
 * @property {Object<string, (event: any) => void>} [on] event name to listener
 */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @param {string} tag
 * @param {Props | null} [props]
 * @param {...(Child | Child[])} children strings become text nodes; empty values are left out
 * @returns {any} the element (any, so that callers may use what their tag has)
 */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  const p = props || {};
  if (p.class) node.className = p.class;
  if (p.text !== undefined && p.text !== null) node.textContent = String(p.text);
  for (const [name, value] of Object.entries(p.attrs || {})) setAttr(node, name, value);
  for (const [name, value] of Object.entries(p.dataset || {})) node.dataset[name] = String(value);
  for (const [name, listener] of Object.entries(p.on || {})) node.addEventListener(name, listener);
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child);
  }
  if (tag === "button" && !node.hasAttribute("type")) node.setAttribute("type", "button");
  return node;
}

/**
 * @param {Element} node
 * @param {string} name
 * @param {string | number | boolean | null | undefined} value true gives an empty attribute; false and null remove it
 */
export function setAttr(node, name, value) {
  if (value === false || value === null || value === undefined) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** Writes only on change, so that screen readers and selections are left alone. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * @param {any} element what the XBlock runtime hands over: a DOM element, or jQuery around one
 * @returns {HTMLElement}
 */
export function unwrap(element) {
  return element && element.nodeType ? element : element[0];
}

let nextUid = 0;

/**
 * @param {string} prefix
 * @returns {string} an id no other block on this page has, even with another copy of this code on the page
 */
export function uid(prefix) {
  let id;
  do {
    nextUid += 1;
    id = `psy-${prefix}-${nextUid}`;
  } while (document.getElementById(id));
  return id + "-" + Math.random().toString(36).slice(2, 7);
}

/** @param {Element} node */
export function clear(node) {
  node.replaceChildren();
}

/**
 * One polite live region for an instance.
 * @param {HTMLElement} root
 * @returns {(text: string) => void} says a text once; the same text twice in a row is not repeated
 */
export function announcer(root) {
  const region = h("div", { class: "psy-sr", attrs: { role: "status", "aria-live": "polite" } });
  root.append(region);
  return (text) => {
    if (!region.isConnected) root.append(region);
    setText(region, text);
  };
}

/**
 * Keeps keyboard users where they were when a part of the view is replaced.
 * @param {Element} container the part that goes away
 * @param {() => HTMLElement | null | undefined} replace swaps it and returns where the focus belongs now
 */
export function focusIfInside(container, replace) {
  const inside = container.contains(document.activeElement);
  const target = replace();
  if (inside && target) {
    if (!target.matches("button, input, textarea, a[href], [tabindex]")) target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
  }
}
