/**
 * A small page inside of the preview, with the size of a real device. Its own window makes the views look and behave as
 * they do there, and keeps them from the page around, from each other and from a second block.
 */
import { h } from "../lib/dom.js";

const EMPTY = '<!doctype html><html><head><meta charset="utf-8"></head><body><main></main></body></html>';

/**
 * @param {Object} options
 * @param {string} options.title for screen readers, and of the page inside
 * @param {string} options.look class of the body
 * @param {{script: string, sheet: string, more?: string}} options.files more: a second sheet; what is loaded inside, before anything is shown
 * @param {{language: string, direction: string}} options.page
 * @param {{width: number, height: number} | null} options.size of the device in CSS pixels, shown smaller where there is
 *   less room; null: as wide as the place and as high as what stands there
 * @returns {{element: HTMLElement, ready: Promise<{play: Function, main: HTMLElement}>, destroy: () => void}}
 *   ready: when the page is in the document and has loaded; rejects when a file did not come
 */
export function createFrame({ title, look, files, page, size }) {
  const frame = h("iframe", { class: "psy-pre__page", attrs: { title, srcdoc: EMPTY } });
  const element = h("div", { class: size ? "psy-pre__view psy-pre__view--scaled" : "psy-pre__view" }, frame);
  let observer = null;
  if (size) scale();

  const ready = new Promise((resolve, reject) => {
    frame.addEventListener("load", () => furnish().then(resolve, reject), { once: true });
  });
  // Whoever shows the frame says what went wrong; one that is never shown has nothing to say.
  ready.catch(() => {});

  async function furnish() {
    const inside = frame.contentDocument;
    inside.documentElement.lang = page.language;
    inside.documentElement.dir = page.direction;
    inside.title = title;
    inside.body.className = look;
    inside.body.style.margin = "0";
    await Promise.all([
      loaded(inside, "link", { rel: "stylesheet", href: files.sheet }),
      files.more && loaded(inside, "link", { rel: "stylesheet", href: files.more }),
      loaded(inside, "script", { src: files.script }),
    ]);
    const main = inside.querySelector("main");
    if (!size) grow(main);
    return { play: frame.contentWindow.psychsafetyPreviewPlay, main };
  }

  function scale() {
    element.style.setProperty("--psy-pre-width", String(size.width));
    element.style.setProperty("--psy-pre-height", String(size.height));
    if (typeof ResizeObserver === "undefined") return;
    observer = new ResizeObserver(() => {
      element.style.setProperty("--psy-pre-scale", String(element.clientWidth / size.width));
    });
    observer.observe(element);
  }

  /** The page inside has no scroll bar of its own: it is as high as what stands there. */
  function grow(main) {
    if (typeof ResizeObserver === "undefined") return;
    observer = new ResizeObserver(() => {
      frame.style.blockSize = `${Math.ceil(main.getBoundingClientRect().height)}px`;
    });
    observer.observe(main);
  }

  return {
    element,
    ready,
    destroy() {
      if (observer) observer.disconnect();
      element.remove();
    },
  };
}

function loaded(inside, tag, attributes) {
  return new Promise((resolve, reject) => {
    const node = inside.createElement(tag);
    node.addEventListener("load", () => resolve(undefined));
    node.addEventListener("error", () => reject(new Error(`${tag} did not come`)));
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    inside.head.append(node);
  });
}
