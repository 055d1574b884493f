/** Dragging steps, as an extra: everything that it does the buttons and keys do too. */

/**
 * @param {HTMLElement} list
 * @param {(key: string, to: number) => void} onDrop to: the place that the step then has, from 0
 * @returns {(handle: HTMLElement, node: HTMLElement) => void} makes a step draggable by its handle
 */
export function createDrag(list, onDrop) {
  let dragged = /** @type {HTMLElement | null} */ (null);
  let before = /** @type {HTMLElement | null} */ (null);
  const steps = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll(":scope > [data-key]")]);

  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    before = steps().find((node) => {
      const { top, height } = node.getBoundingClientRect();
      return event.clientY < top + height / 2;
    }) || null;
    for (const node of steps()) node.classList.toggle("psy-step--before", node === before);
    list.classList.toggle("psy-steplist--end", !before);
  });
  list.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const others = steps().filter((node) => node !== dragged);
    let target = before;
    if (target === dragged) target = /** @type {HTMLElement | null} */ (dragged.nextElementSibling);
    const to = target ? others.indexOf(target) : others.length;
    onDrop(dragged.dataset.key || "", to < 0 ? others.length : to);
  });

  function end() {
    if (dragged) dragged.classList.remove("psy-step--dragged");
    dragged = null;
    before = null;
    for (const node of steps()) node.classList.remove("psy-step--before");
    list.classList.remove("psy-steplist--end");
  }

  return (handle, node) => {
    handle.addEventListener("dragstart", (event) => {
      dragged = node;
      node.classList.add("psy-step--dragged");
      if (event.dataTransfer) {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", "");
        event.dataTransfer.setDragImage(node, 20, 20);
      }
    });
    handle.addEventListener("dragend", end);
  };
}
