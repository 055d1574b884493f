/** What the kinds share that count answers instead of showing them: their words, and where their results stand. */

import { h, setText } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { createTurningList } from "../screen/turning_list.js";

/**
 * @param {Object} parts what only this kind knows
 * @param {() => string} parts.name
 * @param {import("./index.js").Kind["createForm"]} parts.createForm
 * @param {(activity: any) => HTMLElement[]} parts.outline
 * @param {(activity: any, results: any) => HTMLElement[]} parts.rows the results, one list item each
 * @param {string} parts.look of the list of results, and of the outline
 * @param {() => string} [parts.legend] what explains the results on the big screen
 * @param {number[]} parts.pageSizes how many rows a page of the screen tries to show
 * @returns {import("./index.js").Kind}
 */
export function createAnswersKind({ name, createForm, outline, rows, look, legend, pageSizes }) {
  function list() {
    const node = h("ul", { class: `psy-results psy-results--${look}`, attrs: { role: "list" } });
    const none = h("p", { class: "psy-results__none", text: tooFewText(), attrs: { hidden: true } });
    let key = "";
    return {
      node,
      none,
      /** Draws only what has changed: a reader may be in the middle of it. */
      update(round, draw = (items) => node.replaceChildren(...items)) {
        const next = JSON.stringify([round.id, round.results]);
        if (next === key) return;
        key = next;
        const empty = !round.results || (round.results.items || []).every((item) => item.too_few);
        none.hidden = !empty;
        node.hidden = empty;
        draw(empty ? [] : rows(round.activity, round.results));
      },
    };
  }

  function seatShown({ heading, after }) {
    const made = list();
    return {
      nodes: [heading, after ? null : h("p", { class: "psy-lead", text: surpriseText() }), made.none, made.node].filter(Boolean),
      announce: gettext("The results are up."),
      update: ({ round }) => made.update(round),
    };
  }

  function leaderShown() {
    const made = list();
    return { nodes: [made.none, made.node], update: ({ round }) => made.update(round) };
  }

  function screenShown({ state }) {
    const made = list();
    const pages = h("span", { class: "psy-room__pages" });
    const turning = createTurningList(made.node, { sizes: pageSizes, onPage: (text) => setText(pages, text) });
    return {
      look: "results",
      nodes: [
        h("h1", { class: "psy-room__q psy-room__q--wall", text: state.round.activity.prompt, attrs: { dir: "auto" } }),
        h("div", { class: "psy-room__results" }, made.none, made.node),
        h("div", { class: "psy-room__foot" }, h("span", { text: surpriseText() }),
          legend ? h("span", { text: legend() }) : null, pages),
      ],
      update: ({ round }) => made.update(round, turning.update),
      destroy: turning.destroy,
    };
  }

  return {
    name,
    createForm,
    outline,
    seatShown,
    leaderShown,
    screenShown,
    words,
    timed: false,
    momentAfter: (round) => (round.results && round.results.too_few ? "too_few_notes" : "counted"),
  };
}

export const tooFewText = () => gettext("Too few to show.");
const surpriseText = () => gettext("Talk about it: what surprises you?");

/** @returns {import("./index.js").Words} */
function words() {
  return {
    own: gettext("Your own answer"),
    counted: gettext("Look up. The results show for everybody at once."),
    closing: gettext("The results show in %(n)s s"),
    closingSaid: gettext("The results show soon. Send now, or pass."),
    over: gettext("Time is up"),
    missed: (maybe) => (maybe
      ? gettext("The results were shown in between. Your answer may have arrived. It was not sent again.")
      : gettext("The results were shown first. Your answer did not leave this device and was not counted.")),
    silence: gettext("Everybody answers in silence."),
    still: gettext("Some have not answered yet."),
    enough: gettext("Enough have answered. Some have not yet."),
    notice: gettext("Give them a minute, or tell all phones that the results are shown in 20 seconds."),
    noticed: gettext("All phones say that the results are about to be shown."),
    lateStart: gettext("You can begin, and start when the others are here."),
    tooFew: gettext("Wait for the others, or talk about the question without collecting answers."),
  };
}
