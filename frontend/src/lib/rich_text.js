/**
 * An author's rich text as page elements. The server has cleaned it (studio/html.py); here it is not trusted again:
 * it is parsed in a document of its own, where nothing loads or runs, and only what is on the list is built anew.
 */

/** What stands in the text, and what is built of it. Of anything else only the words stay. */
const KEPT = {
  P: "p", DIV: "p", TR: "p", BR: "br", STRONG: "strong", B: "strong", EM: "em", I: "em", UL: "ul", OL: "ol", LI: "li",
  A: "a", H1: "h3", H2: "h3", H3: "h3", H4: "h4", H5: "h4", H6: "h4", BLOCKQUOTE: "blockquote",
};
/** These go with all that is in them: it was never meant to be read. */
const DROPPED = new Set([
  "SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT", "EMBED", "NOSCRIPT", "SVG", "MATH", "TEXTAREA", "SELECT", "TITLE",
  "HEAD", "XMP", "PLAINTEXT",
]);
/** In these stand words only, no other block. */
const PLAIN = ["p", "h3", "h4"];
const BLOCKS = ["p", "ul", "ol", "li", "h3", "h4", "blockquote"];
const DEEPEST = 20;

/**
 * @param {string | null | undefined} html cleaned HTML, or plain text in which an empty line separates paragraphs
 * @returns {DocumentFragment} new elements of this page, from the list only; every word stands in a block
 */
export function richText(html) {
  const text = String(html || "");
  const parsed = new window.DOMParser().parseFromString(text, "text/html").body;
  // The server writes `<` and `&` of plain text as entities, so the words are those of the parsed document.
  return /<[a-z!/]/i.test(text) ? cleanCopy(parsed) : inParagraphs(parsed.textContent || "");
}

/**
 * @param {Node} root with anything in it
 * @returns {DocumentFragment} what is in it, built anew from the list
 */
export function cleanCopy(root) {
  const made = document.createDocumentFragment();
  copy(root, made, 0);
  return withBlocks(made);
}

/** @returns {string} an address that a link may lead to, "" for any other */
export function safeAddress(address) {
  const text = String(address || "").trim();
  try {
    return ["https:", "http:", "mailto:"].includes(new URL(text).protocol) ? text : "";
  } catch {
    return "";
  }
}

/**
 * @param {string} text plain, with an empty line between paragraphs
 * @returns {DocumentFragment}
 */
export function inParagraphs(text) {
  const made = document.createDocumentFragment();
  for (const part of text.split(/\n\s*\n/)) {
    const paragraph = document.createElement("p");
    paragraph.textContent = part.replace(/\s+/g, " ").trim();
    if (paragraph.textContent) made.append(paragraph);
  }
  return made;
}

function copy(from, to, depth) {
  if (depth >= DEEPEST) {
    // Nobody writes so deep; the words are kept, and no page runs out of room for it.
    to.append(document.createTextNode(from.textContent || ""));
    return;
  }
  for (const node of from.childNodes) {
    if (node.nodeType === 3) to.append(document.createTextNode(node.data));
    else if (node.nodeType === 1 && !DROPPED.has(node.nodeName.toUpperCase())) copyElement(node, to, depth);
  }
}

function copyElement(node, to, depth) {
  const tag = tagFor(node, to);
  if (!tag) {
    copy(node, to, depth + 1);
    // Words of two cells, or of two blocks that become one, must not run into each other.
    if (!isInline(node) && node.nextSibling) to.append(document.createTextNode(" "));
    return;
  }
  const element = document.createElement(tag);
  if (tag === "a") {
    element.href = safeAddress(node.getAttribute("href"));
    element.target = "_blank";
    element.rel = "noopener noreferrer";
  }
  copy(node, element, depth + 1);
  to.append(element);
}

/** @returns {string} what a node becomes inside of `to`; "": only what is in it stays */
function tagFor(node, to) {
  const tag = Object.hasOwn(KEPT, node.nodeName.toUpperCase()) ? KEPT[node.nodeName.toUpperCase()] : "";
  const around = to.nodeName.toLowerCase();
  if (tag === "a") return safeAddress(node.getAttribute("href")) && !(to.closest && to.closest("a")) ? "a" : "";
  if (!BLOCKS.includes(tag)) return tag;
  if (to.closest && to.closest(PLAIN.join())) return "";
  // An item of a list needs no paragraph of its own.
  if (tag === "p" && around === "li") return "";
  if (tag === "li") return around === "ul" || around === "ol" ? tag : "p";
  // A block in which other blocks stand is only their surroundings.
  return tag === "p" && [...node.children].some((child) => BLOCKS.includes(KEPT[child.nodeName] || "")) ? "" : tag;
}

const isInline = (node) => /^(A|ABBR|B|BDI|BDO|CITE|CODE|DEL|EM|FONT|I|INS|KBD|MARK|Q|S|SMALL|SPAN|STRIKE|STRONG|SUB|SUP|TIME|TT|U|VAR|WBR)$/.test(node.nodeName);

/** Loose words get a paragraph; paragraphs without a word go. */
function withBlocks(made) {
  let loose = null;
  for (const node of [...made.childNodes]) {
    if (node.nodeType === 1 && BLOCKS.includes(node.nodeName.toLowerCase())) {
      loose = null;
      if (node.nodeName === "P" && !node.textContent.trim()) node.remove();
      continue;
    }
    if (!loose && !node.textContent.trim()) {
      node.remove();
      continue;
    }
    if (!loose) {
      loose = document.createElement("p");
      made.insertBefore(loose, node);
    }
    loose.append(node);
  }
  return made;
}
