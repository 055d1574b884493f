/**
 * Rich text as HTML, from what the author sees. The list of what may stand in it is that of `lib/rich_text.js`; the server
 * cleans again (studio/html.py), because a form is not a guard.
 */
import { cleanCopy } from "../lib/rich_text.js";

/**
 * @param {Node} root what the author sees
 * @returns {string} the same as HTML; "" when there is no word in it
 */
export function toHtml(root) {
  const clean = cleanCopy(root);
  return clean.textContent && clean.textContent.trim() ? [...clean.childNodes].map(written).join("") : "";
}

function written(node) {
  if (node.nodeType === 3) return escape(node.data);
  const tag = node.nodeName.toLowerCase();
  if (tag === "br") return "<br>";
  const href = tag === "a" ? ` href="${escape(node.getAttribute("href")).replace(/"/g, "&quot;")}"` : "";
  return `<${tag}${href}>${[...node.childNodes].map(written).join("")}</${tag}>`;
}

const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
