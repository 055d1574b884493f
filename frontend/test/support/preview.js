/** What a preview is given, with a step of each kind. */

const guide = (title) => ({ kind: "", title, prompt: "", minutes: 5, script: `Say ${title}.`, notes: `Know ${title}.` });

function step(activity, more = {}) {
  const full = {
    title: activity.kind, prompt: `What about ${activity.kind}?`, help: "", minutes: 5, picture: "", picture_alt: "", video: "",
    ...activity,
  };
  return {
    public: full, done: full, guide: guide(full.title), items: [], collects: true, beside: false, needed: 4, echo: [], ...more,
  };
}

const AGREED = { commitments: [{ id: "c1", text: "We will ask." }], due: "2026-12-22", counted: true };
const AGREE = step({ kind: "commitments", starter: "When", days: 28, commitments: [], due: null, counted: true });

export const STEPS = [
  step({ kind: "talk", form: "pairs", begins: "Anybody", points: [], instead_of: "" }, { collects: false }),
  step({ kind: "wall", starter: "It takes", max_length: 200, paper: false, share: true }, { echo: ["To ask.", "To say no."] }),
  step({ kind: "choice", options: [{ id: "o1", text: "Left" }, { id: "o2", text: "Right" }], recall: null },
    { items: [{ id: "choice", counts: { o1: 5, o2: 2 }, total: 7 }] }),
  step({ kind: "pulse", statements: [{ id: "s1", text: "I speak up", reversed: false }] },
    { items: [{ id: "s1", counts: { 1: 0, 2: 1, 3: 1, 4: 3, 5: 2 }, total: 7, mean: 3.9, spread: 1.0 }] }),
  step({ kind: "talk", title: "about it", form: "all", begins: "", points: [], instead_of: "" }, { collects: false, beside: true }),
  { ...AGREE, done: { ...AGREE.done, ...AGREED }, items: [{ id: "c1", counts: { stand: 5, not: 2 }, total: 7 }] },
];

/** @returns {any} the data of a preview */
export const previewData = (more = {}) => ({
  block: "B1", kind: "team_session", title: "With your team", language: "en", session_language: "en", messages: {}, guests_allowed: true,
  audience: "team", people: 7, problems: [], introduction: "<p>Be <strong>kind</strong>.</p>", introduction_title: "For you",
  introduction_video: "https://film.test/leaders", ready_session: "", steps: STEPS,
  agenda: STEPS.map(({ public: { kind, title, prompt, minutes } }) => ({ kind, title, prompt, minutes, minimum: 4 })),
  files: { script: "/p.js", block: "/b.css", seat: "/s.css", leader: "/l.css", screen: "/r.css" },
  ...more,
});
