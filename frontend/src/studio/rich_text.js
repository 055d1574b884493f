/**
 * A small field for rich text: bold, italic, list, link. The browser edits (`execCommand` is old, but it is what all
 * browsers have, and it keeps their undo); what goes in and out passes the list of lib/rich_text.js.
 */

import { h, setAttr } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { richText, safeAddress } from "../lib/rich_text.js";
import { toHtml } from "./clean.js";
import { createFrame, createText } from "./fields.js";

/**
 * @param {{label: string, help?: string, value: string, limit: number, onInput: (html: string) => void}} options
 * @returns {import("./fields.js").Field & {load: (html: string) => void}}
 */
export function createRichText({ label, help, value, limit, onInput }) {
  const body = h("div", {
    class: "psy-rich__body psy-f__input",
    attrs: { contenteditable: "true", role: "textbox", "aria-multiline": "true", dir: "auto", tabindex: 0 },
    on: { input: changed, paste: onPaste, drop: (event) => event.preventDefault(), beforeinput: onBeforeInput, keydown: onKey, blur: () => remember() },
  });
  const box = h("div", { class: "psy-rich" });
  const frame = createFrame({ label, help, input: body, shown: box, labelled: true });
  frame.node.querySelector(".psy-f__label").addEventListener("click", () => body.focus());

  const tools = [
    tool(gettext("Bold"), "bold", () => run("bold")),
    tool(gettext("Italic"), "italic", () => run("italic")),
    tool(gettext("List"), "insertUnorderedList", () => run("insertUnorderedList")),
    tool(gettext("Link"), "", openLink),
  ];
  const toolbar = h("div", {
    class: "psy-rich__tools", attrs: { role: "toolbar", "aria-label": label, "aria-controls": body.id },
    on: { keydown: onToolKey },
  }, tools.map(({ node }) => node));
  const link = createLinkForm();
  box.append(toolbar, link.node, body);
  move(0);

  /** Where the cursor was, while the focus is in the toolbar. */
  let range = null;
  document.addEventListener("selectionchange", onSelection);
  load(value);

  function load(html) {
    body.replaceChildren(richText(html || ""));
    if (!body.firstChild) body.append(h("p", null, h("br")));
    frame.count(html ? html.length : 0, limit);
  }

  function changed() {
    const html = toHtml(body);
    frame.show("");
    frame.count(html.length, limit);
    onInput(html);
  }

  function run(command, argument) {
    const selection = window.getSelection();
    const here = document.activeElement === body && selection && body.contains(selection.anchorNode);
    body.focus();
    if (!here && range) {
      selection.removeAllRanges();
      selection.addRange(range);
    }
    if (!document.execCommand) return;
    document.execCommand("defaultParagraphSeparator", false, "p");
    document.execCommand("styleWithCSS", false, "false");
    const cursor = cursorIn(selection);
    document.execCommand(command, false, argument);
    if (command === "insertUnorderedList") unwrapLists(cursor);
    changed();
    showState();
  }

  /** Chromium puts a list into the paragraph that it was made of, new text in place of the old, and the cursor before it. */
  function unwrapLists(before) {
    const now = cursorIn(window.getSelection());
    for (const list of body.querySelectorAll("p > ul, p > ol")) list.parentNode.replaceWith(...list.parentNode.childNodes);
    if (before && now && now.text.data === before.data) window.getSelection().collapse(now.text, before.offset);
  }

  /** @returns {{text: Text, data: string, offset: number} | null} where one would type on; null for a selection */
  function cursorIn(selection) {
    const text = /** @type {any} */ (selection && selection.isCollapsed && selection.anchorNode);
    return text && text.nodeType === 3 ? { text, data: text.data, offset: selection.anchorOffset } : null;
  }

  function onSelection() {
    if (!body.isConnected) {
      // A part that is folded is still there; one that was thrown away stops listening.
      if (range) document.removeEventListener("selectionchange", onSelection);
      return;
    }
    if (remember()) showState();
  }

  /** Browsers tell of a new selection a little late, so whoever needs it asks. */
  function remember() {
    const selection = window.getSelection();
    if (!selection || !selection.rangeCount || !body.contains(selection.anchorNode)) return false;
    range = selection.getRangeAt(0).cloneRange();
    return true;
  }

  function showState() {
    for (const { node, command } of tools) {
      if (command && document.queryCommandState) setAttr(node, "aria-pressed", String(document.queryCommandState(command)));
    }
    const inLink = Boolean(linkAtCursor());
    setAttr(tools[3].node, "aria-pressed", String(inLink));
  }

  function linkAtCursor() {
    const at = range && range.startContainer;
    const element = at && (at.nodeType === 1 ? at : at.parentElement);
    return element ? element.closest("a") : null;
  }

  /** Only words come along: what other programs add would be cleaned away anyway, and the author would not see it go. */
  function onPaste(event) {
    event.preventDefault();
    const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!document.execCommand) return;
    text.replace(/\r\n?/g, "\n").split(/\n+/).forEach((line, at) => {
      if (at > 0) document.execCommand("insertParagraph");
      if (line) document.execCommand("insertText", false, line);
    });
    changed();
  }

  /** The browsers' own shortcuts for what the toolbar does not have. */
  function onBeforeInput(event) {
    if (/^format/.test(event.inputType || "") && !["formatBold", "formatItalic", "formatRemove"].includes(event.inputType)) {
      event.preventDefault();
    }
  }

  function onKey(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openLink();
    }
  }

  function openLink() {
    remember();
    const existing = linkAtCursor();
    link.open(existing ? existing.getAttribute("href") : "", Boolean(existing));
  }

  function setLink(address) {
    const existing = linkAtCursor();
    if (existing) {
      range = document.createRange();
      range.selectNodeContents(existing);
      window.getSelection().removeAllRanges();
    }
    if (!address) {
      run("unlink");
      return;
    }
    if (!range || range.collapsed) {
      run("insertText", address);
      selectBack(address.length);
    }
    run("createLink", address);
    window.getSelection().collapseToEnd();
  }

  /** Without a selection the address itself becomes the words of the link. */
  function selectBack(length) {
    const selection = window.getSelection();
    for (let at = 0; at < length; at += 1) selection.modify("extend", "backward", "character");
    range = selection.getRangeAt(0).cloneRange();
  }

  function createLinkForm() {
    let typed = "";
    const submit = () => {
      const address = safeAddress(/^[\w-]+(\.[\w-]+)+(\/|$)/.test(typed.trim()) ? `https://${typed.trim()}` : typed);
      if (!address) {
        field.show(gettext("A link begins with “https://” or “mailto:”."));
        field.focus();
        return;
      }
      close();
      setLink(address);
    };
    const close = () => {
      node.hidden = true;
    };
    let field = /** @type {any} */ (null);
    const slot = h("div");
    const remove = h("button", { class: "psy-quiet", text: gettext("Remove the link"), on: { click: () => { close(); setLink(""); } } });
    const node = h("div", {
      class: "psy-rich__link", attrs: { hidden: true },
      on: {
        keydown: (event) => {
          if (event.key === "Escape") {
            event.stopPropagation();
            close();
            body.focus();
          }
          if (event.key === "Enter" && event.target === field.input) {
            event.preventDefault();
            submit();
          }
        },
      },
    }, slot, h("div", { class: "psy-rich__row" },
      h("button", { class: "psy-button psy-button--alt psy-button--small", text: gettext("Set the link"), on: { click: submit } }),
      remove,
      h("button", { class: "psy-quiet", text: gettext("Cancel"), on: { click: () => { close(); body.focus(); } } })));
    return {
      node,
      open(address, existing) {
        typed = address;
        field = createText({
          label: gettext("Address of the link"), value: address, mode: "url", placeholder: "https://",
          onInput: (text) => { typed = text; },
        });
        slot.replaceChildren(field.node);
        remove.hidden = !existing;
        node.hidden = false;
        field.focus();
      },
    };
  }

  function tool(name, command, onClick) {
    const node = h("button", {
      class: `psy-rich__tool psy-rich__tool--${command || "link"}`, text: name, attrs: { "aria-pressed": "false" },
      on: { click: onClick, mousedown: (event) => event.preventDefault() },
    });
    return { node, command };
  }

  /** One stop of the Tab key for the whole toolbar, as its role promises; arrows move within. */
  function move(to, focus = false) {
    tools.forEach(({ node }, at) => node.setAttribute("tabindex", at === to ? "0" : "-1"));
    if (focus) tools[to].node.focus();
  }

  function onToolKey(event) {
    const at = tools.findIndex(({ node }) => node === document.activeElement);
    const rtl = window.getComputedStyle(toolbar).direction === "rtl";
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? tools.length - 1 : step && (at + step + tools.length) % tools.length;
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    move(to, true);
  }

  return { ...frame, focus: () => body.focus(), load };
}
