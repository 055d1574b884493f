/** The ready exercises and sessions that came with the form. Pure functions of that data. */

/** @typedef {{name: string, kind: string, title: string, minutes: number, topics: string[], idea: string, source: string, activity: any}} Exercise */
/** @typedef {{name: string, title: string, summary: string, minutes: number, topics: string[], introduction: string, agenda: any[]}} Session */

/**
 * @param {{exercises: Exercise[], sessions: Session[]} | undefined} shelf the library in one language
 * @param {string} name
 * @returns {Session | null}
 */
export const sessionOf = (shelf, name) => (shelf ? shelf.sessions.find((one) => one.name === name) || null : null);

/**
 * @param {{exercises: Exercise[], sessions: Session[]}} shelf
 * @param {Session} session
 * @returns {any[]} its steps as whole activities: the exercise, and what is different in this session
 */
export function stepsOf(shelf, session) {
  return session.agenda.flatMap((step) => {
    const found = shelf.exercises.find((one) => one.name === step.exercise);
    return found ? [{ ...found.activity, ...step }] : [];
  });
}

/**
 * @param {Array<Exercise | Session>} entries
 * @param {{text?: string, topic?: string, kind?: string}} wanted every word must occur somewhere
 * @returns {any[]}
 */
export function matching(entries, { text = "", topic = "", kind = "" }) {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((one) => {
    const { activity = {}, title, idea = "", summary = "" } = /** @type {any} */ (one);
    if (topic && !(one.topics || []).includes(topic)) return false;
    if (kind && /** @type {any} */ (one).kind !== kind) return false;
    const all = [title, idea, summary, activity.prompt, activity.help].join(" ").toLocaleLowerCase();
    return words.every((word) => all.includes(word));
  });
}
