/** What an author shows beside a question: a picture of this site, or the address of a film. Not on phones. */

import { h } from "../lib/dom.js";
import { gettext, interpolate } from "../lib/i18n.js";

/** Longer addresses are cut: nobody types them, and the link holds all of it. */
const LONGEST = 40;

/**
 * @param {{picture?: string, picture_alt?: string, video?: string}} activity
 * @returns {HTMLElement | null}
 */
export function createMedia({ picture, picture_alt: alt, video }) {
  const node = h("div", { class: "psy-media" });
  if (isOfThisSite(picture)) {
    const image = h("img", {
      class: "psy-media__picture", attrs: { src: picture, alt: alt || "", decoding: "async" },
      on: { error: () => image.remove() },
    });
    node.append(image);
  }
  const address = filmText(video);
  if (address) {
    node.append(h("a", {
      class: "psy-media__film",
      attrs: { href: video, target: "_blank", rel: "noopener noreferrer" },
      text: interpolate(gettext("Film: %(address)s"), { address }),
    }));
  }
  return node.firstChild ? node : null;
}

/**
 * @param {HTMLElement} ask
 * @param {any} activity
 * @returns {HTMLElement} on the big screen: the question, with its picture beside it if it has one
 */
export function besideMedia(ask, activity) {
  const media = createMedia(activity);
  return media ? h("div", { class: "psy-room__beside" }, ask, media) : ask;
}

/** @returns {string} host and path of an https address, cut where it is long; "" for anything else */
export function filmText(address) {
  let url;
  try {
    url = new URL(address || "");
  } catch {
    return "";
  }
  if (url.protocol !== "https:") return "";
  const text = url.host.replace(/^www\./, "") + url.pathname.replace(/\/$/, "");
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** The server has checked it; a page that loads pictures checks once more. */
function isOfThisSite(path) {
  return typeof path === "string" && path.startsWith("/") && !path.startsWith("//") && !path.includes("\\");
}
