/** Whether the writers of a wall are asked to share their notes, with whom, and what is shown until enough have. */

import { gettext, interpolate } from "../lib/i18n.js";
import { createFold, createCheck, createPick } from "./fields.js";
import { createLines } from "./lines.js";

/**
 * @param {Object} options
 * @param {any} options.values `echo`, `echo_scope` and `echo_examples`, as far as they are set
 * @param {any} options.limits
 * @param {(name: string, field: any, unfold: () => void) => HTMLElement} options.put registers a field at its place
 * @param {(name: string, value: any) => void} options.onInput
 * @param {(text: string) => void} options.say
 * @returns {HTMLElement}
 */
export function createSharing({ values, limits, put, onInput, say }) {
  const shares = values.echo ?? true;
  const fold = createFold({ label: gettext("Sharing with other teams"), note: noteOf(shares) });
  const more = [
    put("echo_scope", createPick({
      label: gettext("Who the other teams are"), value: values.echo_scope || "run", onInput: (value) => onInput("echo_scope", value),
      options: [
        { value: "run", label: gettext("Teams in this course run") },
        {
          value: "organisation", label: gettext("Teams in all course runs of the organisation"),
          help: gettext("Of the same exercise of the library. More to read, and sooner."),
        },
      ],
    }), fold.unfold),
    put("echo_examples", createLines({
      label: gettext("Examples"), value: values.echo_examples, most: limits.echo_examples[1], add: gettext("Add an example"),
      help: gettext("Shown as examples of yours, and named so, while too few teams have shared their notes. May stay empty."),
      name: (n) => interpolate(gettext("Example %(n)s"), { n }), onInput: (value) => onInput("echo_examples", value), say,
    }), fold.unfold),
  ];
  const show = (on) => {
    fold.setNote(noteOf(on));
    for (const node of more) node.hidden = !on;
  };
  fold.panel.append(put("echo", createCheck({
    label: gettext("Writers may share a note with other teams"),
    help: gettext("Each writer is asked, and nothing is chosen beforehand. After the reveal a team sees notes that other teams have shared, without team, place or time. Off means that nobody is asked."),
    value: shares,
    onInput(value) {
      onInput("echo", value);
      show(value);
    },
  }), fold.unfold), ...more);
  show(shares);
  return fold.node;
}

function noteOf(on) {
  return on ? gettext("Each writer is asked") : gettext("Nobody is asked");
}
