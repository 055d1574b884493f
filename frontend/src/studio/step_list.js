/** The author's own agenda: its steps in their order, and the line that takes a removal back. */

import { h } from "../lib/dom.js";
import { gettext, interpolate } from "../lib/i18n.js";
import { createDrag } from "./drag.js";
import { placeOf } from "./draft.js";
import { createStepView, stepTitle } from "./step_view.js";

/**
 * @param {Object} options
 * @param {import("./step_form.js").FormContext} options.context
 * @param {() => import("./draft.js").Draft} options.now
 * @param {(action: any) => void} options.dispatch
 */
export function createStepList({ context, now, dispatch }) {
  const list = h("ol", { class: "psy-steplist", attrs: { "aria-label": gettext("Steps") } });
  const empty = h("p", { class: "psy-soft psy-steplist__none", attrs: { tabindex: -1 } },
    gettext("There is no step yet. Add the first one below. As long as there is none, the ready session is used."));
  const node = h("div", null, empty, list);
  const views = new Map();
  let bar = /** @type {HTMLElement | null} */ (null);
  const drag = createDrag(list, (key, to) => {
    dispatch({ type: "move", key, to });
    sayPlace(key);
  });

  function make(step) {
    const { key } = step;
    const view = createStepView({
      step, context, dispatch,
      onMove(by, focus) {
        dispatch({ type: "move", key, to: placeOf(now(), key) + by });
        focus.focus();
        sayPlace(key);
      },
      onRemove() {
        const what = stepTitle(now().steps[placeOf(now(), key)].activity);
        dispatch({ type: "remove", key });
        context.say(interpolate(gettext("Removed: %(what)s"), { what }));
        if (bar) bar.querySelector("button").focus();
      },
      onDuplicate() {
        dispatch({ type: "duplicate", key });
        const copy = now().steps[placeOf(now(), key) + 1];
        if (!copy || !views.has(copy.key)) return;
        views.get(copy.key).focus();
        sayPlace(copy.key, gettext("A copy stands at place %(n)s of %(all)s."));
      },
    });
    drag(view.handle, view.node);
    return view;
  }

  function sayPlace(key, sentence = gettext("Moved to place %(n)s of %(all)s.")) {
    const { steps } = now();
    context.say(interpolate(sentence, { n: placeOf(now(), key) + 1, all: steps.length }));
  }

  function undoBar(undo) {
    const words = undo.what === "removed"
      ? interpolate(gettext("Removed: %(what)s"), { what: stepTitle(undo.step.activity) })
      : undo.before.own ? gettext("The steps were replaced.") : gettext("Copied from the library, and yours to change.");
    return h("li", { class: "psy-undo" }, h("span", null, h("bdi", { text: words })),
      h("button", {
        class: "psy-quiet", text: gettext("Undo"),
        on: {
          click: () => {
            const back = undo.step;
            dispatch({ type: "undo" });
            context.say(gettext("It is as it was before."));
            if (back && views.has(back.key)) views.get(back.key).focus();
            else if (now().steps.length) views.get(now().steps[0].key).focus();
          },
        },
      }));
  }

  return {
    node,
    /** @param {import("./draft.js").Draft} draft */
    update(draft) {
      for (const [key, view] of views) {
        if (placeOf(draft, key) >= 0) continue;
        view.destroy();
        view.node.remove();
        views.delete(key);
      }
      const order = draft.steps.map((step, place) => {
        if (!views.has(step.key)) views.set(step.key, make(step));
        const view = views.get(step.key);
        view.update(step, place, draft.steps.length);
        return view.node;
      });
      if (!draft.undo) bar = null;
      else if (!bar || bar.dataset.of !== undoName(draft.undo)) {
        bar = undoBar(draft.undo);
        bar.dataset.of = undoName(draft.undo);
      }
      if (bar) order.splice(draft.undo && draft.undo.what === "removed" ? draft.undo.place || 0 : 0, 0, bar);
      arrange(list, order);
      empty.hidden = draft.steps.length > 0;
    },
    /** @param {string} key */
    view: (key) => views.get(key),
  };
}

const undoName = (undo) => (undo.what === "removed" ? undo.step.key : "replaced");

/** Moves only what stands elsewhere, so that a form keeps its cursor and its place. */
function arrange(list, order) {
  for (const node of [...list.children]) if (!order.includes(node)) node.remove();
  order.forEach((node, at) => {
    if (list.children[at] !== node) list.insertBefore(node, list.children[at] || null);
  });
}
