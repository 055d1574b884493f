/** What the kinds share that count answers instead of showing them: their words, and where their results stand. */

import { h, setText } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { screenHeading } from "../screen/heading.js";
import { createTurningList } from "../screen/turning_list.js";

/**
 * @param {Object} parts what only this kind knows
 * @param {() => string} parts.name
 * @param {import("./index.js").Kind["createForm"]} parts.createForm
 * @param {(activity: any) => HTMLElement[]} parts.outline
 * @param {(activity: any, results: any) => HTMLElement[]} parts.rows the results, one list item each
 * @param {string} parts.look of the list of results, and of the outline
 * @param {(entry: any) => HTMLElement[]} parts.recap
 * @param {(activity: any) => string} [parts.legend] what explains the results on the big screen
 * @param {number[]} parts.pageSizes how many rows a page of the screen tries to show
 * @param {boolean} [parts.standing] the rows stand there also when nothing may be told of the answers
 * @param {(activity: any) => string} [parts.foot] instead of what to talk about
 * @param {(activity: any) => string} [parts.nothing] instead of "too few"
 * @param {import("./index.js").Kind["waits"]} [parts.waits]
 * @param {import("./index.js").Kind["standsAlone"]} [parts.standsAlone]
 * @param {import("./index.js").Kind["leaderTools"]} [parts.leaderTools]
 * @param {() => Object} parts.words those of its own
 * @returns {import("./index.js").Kind}
 */
export function createAnswersKind({
  name, createForm, outline, rows, look, legend, pageSizes, recap, standing = false, foot = surpriseText,
  nothing = tooFewText, waits = () => null, standsAlone = () => false, leaderTools = () => null, words: own,
}) {
  function list() {
    const node = h("ul", { class: `psy-results psy-results--${look}`, attrs: { role: "list" } });
    const none = h("p", { class: "psy-results__none", attrs: { hidden: true } });
    let key = "";
    return {
      node,
      none,
      /** Draws only what has changed: a reader may be in the middle of it. */
      update(round, draw = (items) => node.replaceChildren(...items)) {
        const next = JSON.stringify([round.activity, round.results]);
        if (next === key) return;
        key = next;
        const items = (round.results && round.results.items) || [];
        const made = standing || items.some((item) => !item.too_few) ? rows(round.activity, { items }) : [];
        setText(none, made.length > 0 ? "" : nothing(round.activity));
        none.hidden = made.length > 0;
        node.hidden = made.length === 0;
        draw(made);
      },
    };
  }

  function seatShown({ state: { round: { activity, results } }, heading, after }) {
    const made = list();
    const said = h("p", { class: "psy-lead" });
    return {
      nodes: [heading, after ? null : said, made.none, made.node].filter(Boolean),
      announce: results ? gettext("The results are up.") : activity.prompt,
      update({ round }) {
        setText(said, foot(round.activity));
        made.update(round);
      },
    };
  }

  function leaderShown() {
    const made = list();
    // What to talk about stands beside the leader's buttons.
    const said = standing ? h("p", { class: "psy-soft" }) : null;
    return {
      nodes: [made.none, made.node, said].filter(Boolean),
      update({ round }) {
        if (said) setText(said, foot(round.activity));
        made.update(round);
      },
    };
  }

  function screenShown({ state: { round: { activity } } }) {
    const made = list();
    const pages = h("span", { class: "psy-room__pages" });
    const said = h("span");
    const turning = createTurningList(made.node, { sizes: pageSizes, onPage: (text) => setText(pages, text) });
    const body = h("div", { class: "psy-room__results" }, made.none, made.node);
    return {
      look: "results",
      body,
      pages,
      nodes: [
        screenHeading(activity, { look: "psy-room__q--wall" }),
        body,
        h("div", { class: "psy-room__foot" }, said, legend ? h("span", { text: legend(activity) }) : null, pages),
      ],
      update({ round }) {
        setText(said, foot(round.activity));
        made.update(round, turning.update);
      },
      destroy: turning.destroy,
    };
  }

  return {
    name,
    createForm,
    outline,
    waits,
    standsAlone,
    leaderTools,
    recap,
    seatShown,
    leaderShown,
    screenShown,
    words: () => ({ ...words(), ...own() }),
    timed: false,
    momentAfter: (round) => (round.results && round.results.too_few ? "too_few_notes" : "counted"),
  };
}

export const tooFewText = () => gettext("Too few to show.");
const surpriseText = () => gettext("Talk about it: what surprises you?");

/** @returns {any} */
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
  };
}
