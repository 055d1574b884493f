/** Pictures that need a header to be fetched: they come as a blob. */
import { h } from "../lib/dom.js";

/**
 * @param {{load: () => Promise<Blob>, alt: string, className: string, onMissing?: () => void}} options
 * @returns {HTMLElement} an image that appears when it is here; nothing when it does not come
 */
export function blobPicture({ load, alt, className, onMissing = () => {} }) {
  const image = h("img", { class: className, attrs: { alt, hidden: true } });
  load().then((blob) => {
    const address = URL.createObjectURL(blob);
    image.addEventListener("load", () => URL.revokeObjectURL(address), { once: true });
    image.src = address;
    image.hidden = false;
  }).catch(onMissing);
  return image;
}
