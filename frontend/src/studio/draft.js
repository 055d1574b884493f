/**
 * What the author has typed, as a value: every change makes a new one. Knows no page and no server.
 * A step has a key of its own, because its place changes.
 */

export const KINDS = ["wall", "talk", "choice", "pulse", "commitments"];

/** What stands for "not set" in an activity, so that only what an author chose is stored. */
const UNSET = { echo: true, echo_scope: "run" };

/** @typedef {{key: string, activity: any}} Step */
/**
 * @typedef {Object} Undo what the last removal took away
 * @property {"removed" | "replaced"} what
 * @property {Step} [step]
 * @property {number} [place]
 * @property {Pick<Draft, "fields" | "steps" | "own">} [before]
 */
/**
 * @typedef {Object} Draft
 * @property {Object<string, any>} fields all but the agenda
 * @property {boolean} hasAgenda
 * @property {Step[]} steps
 * @property {boolean} own the author writes the agenda; else the ready session is used
 * @property {Undo | null} undo
 * @property {number} made how many keys were given out
 * @property {number} most the longest agenda
 */

/**
 * @param {Object<string, any>} stored the block's fields
 * @param {{most?: number, own?: boolean}} [options] own: keep an empty agenda as the author's
 * @returns {Draft}
 */
export function begin(stored, { most = 30, own = false } = {}) {
  const { agenda, ...fields } = stored;
  const written = Array.isArray(agenda) ? agenda : [];
  return {
    fields,
    hasAgenda: agenda !== undefined,
    steps: written.map((activity, place) => ({ key: `s${place + 1}`, activity })),
    own: own || written.length > 0,
    undo: null,
    made: written.length,
    most,
  };
}

/**
 * @param {Draft} draft
 * @param {any} action
 * @returns {Draft} the same object when nothing changed
 */
export function reduce(draft, action) {
  switch (action.type) {
    case "field":
      return { ...draft, fields: { ...draft.fields, [action.name]: action.value } };
    case "step":
      return editStep(draft, action);
    case "own":
      return draft.own ? draft : { ...draft, own: true, undo: null };
    case "add":
      return insert(draft, action.activity, draft.steps.length);
    case "duplicate": {
      const place = placeOf(draft, action.key);
      return place < 0 ? draft : insert(draft, draft.steps[place].activity, place + 1);
    }
    case "move":
      return move(draft, placeOf(draft, action.key), action.to);
    case "remove":
      return remove(draft, placeOf(draft, action.key));
    case "replace":
      return replace(draft, action);
    case "undo":
      return undo(draft);
    default:
      return draft;
  }
}

/** @returns {number} the place of a step from 0, -1 for none */
export const placeOf = (draft, key) => draft.steps.findIndex((step) => step.key === key);

/** @returns {boolean} */
export const isFull = (draft) => draft.steps.length >= draft.most;

/**
 * @param {Draft} draft
 * @returns {Object<string, any>} every field as it is stored; lines of a list that are empty are left out
 */
export function toFields(draft) {
  if (!draft.hasAgenda) return withoutEmptyLines(draft.fields);
  return { ...draft.fields, agenda: draft.steps.map((step) => written(step.activity)) };
}

/** @returns {boolean} whether a step is one that the form knows */
export const isKnown = (activity) => Boolean(activity) && KINDS.includes(activity.kind);

/**
 * @param {string} kind
 * @param {{minutes: number, days: number}} defaults
 * @returns {any} an activity with nothing in it yet
 */
export function blank(kind, defaults) {
  const common = { kind, prompt: "", minutes: defaults.minutes };
  switch (kind) {
    case "choice":
      return { ...common, options: ["", ""] };
    case "pulse":
      return { ...common, statements: [""] };
    case "commitments":
      return { ...common, days: defaults.days };
    case "talk":
      return { ...common, form: "all" };
    default:
      return common;
  }
}

/** @returns {number} the minutes of all steps together; what is no number counts nothing */
export function totalMinutes(activities, ifUnset) {
  const each = activities.map((activity) => (activity ? activity.minutes ?? ifUnset : 0));
  return each.reduce((sum, minutes) => sum + (Number.isInteger(minutes) ? minutes : 0), 0);
}

function editStep(draft, { key, name, value }) {
  const unset = value === undefined || value === "" || value === (UNSET[name] ?? false);
  const change = (activity) => {
    const { [name]: _, ...rest } = activity;
    // A question that was emptied is still a question, and minutes are never left to chance.
    return unset && !["prompt", "minutes"].includes(name) ? rest : { ...activity, [name]: value };
  };
  return {
    ...draft,
    steps: draft.steps.map((step) => (step.key === key ? { key, activity: change(step.activity) } : step)),
  };
}

function insert(draft, activity, place) {
  if (isFull(draft)) return draft;
  const made = draft.made + 1;
  const steps = [...draft.steps];
  steps.splice(place, 0, { key: `s${made}`, activity: structuredClone(activity) });
  return { ...draft, steps, made, own: true, undo: null };
}

function move(draft, from, to) {
  if (from < 0 || to < 0 || to >= draft.steps.length || to === from) return draft;
  const steps = [...draft.steps];
  const [step] = steps.splice(from, 1);
  steps.splice(to, 0, step);
  return { ...draft, steps, undo: null };
}

function remove(draft, place) {
  if (place < 0) return draft;
  const steps = draft.steps.filter((_, at) => at !== place);
  return { ...draft, steps, undo: { what: "removed", step: draft.steps[place], place } };
}

/** A whole session takes the place of the agenda. Its introduction comes along only when the caller says so. */
function replace(draft, { activities, session, introduction }) {
  let { made } = draft;
  const steps = activities.map((activity) => {
    made += 1;
    return { key: `s${made}`, activity: structuredClone(activity) };
  });
  const { fields, steps: old, own } = draft;
  const changed = { ...fields, ready_session: session };
  if (introduction !== undefined) changed.introduction = introduction;
  const undoable = { what: /** @type {"replaced"} */ ("replaced"), before: { fields, steps: old, own } };
  return { ...draft, fields: changed, steps, made, own: true, undo: undoable };
}

function undo(draft) {
  if (!draft.undo) return draft;
  if (draft.undo.what === "removed") {
    const steps = [...draft.steps];
    steps.splice(draft.undo.place, 0, draft.undo.step);
    return { ...draft, steps, undo: null };
  }
  const { fields, steps, own } = draft.undo.before;
  const { ready_session, introduction } = fields;
  return { ...draft, fields: { ...draft.fields, ready_session, introduction }, steps, own, undo: null };
}

function written(activity) {
  if (!isKnown(activity)) return activity;
  const done = withoutEmptyLines(activity);
  if (done.echo_examples && !done.echo_examples.length) delete done.echo_examples;
  return done;
}

/** Fields that are lists of texts, in a step or a wall. */
const LISTS = ["options", "statements", "echo_examples"];

function withoutEmptyLines(values) {
  const done = { ...values };
  for (const name of LISTS) {
    if (Array.isArray(done[name])) done[name] = done[name].filter((one) => !isEmpty(textOf(one)));
  }
  return done;
}

/** @returns {any} the text of a statement or an option, however it is written */
export const textOf = (one) => (one && typeof one === "object" ? one.text : one);

const isEmpty = (text) => typeof text === "string" && !text.trim();
