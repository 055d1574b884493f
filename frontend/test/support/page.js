/** A browser page for tests: jsdom behind the usual globals, with what jsdom lacks and what a test must control. */

import { JSDOM } from "jsdom";
import "./patience.js";

/**
 * Opens a fresh page. Call it before each test; modules under test use the globals at call time.
 * @param {{html?: string, url?: string}} [options]
 * @returns {{window: any, root: HTMLElement, setHidden: (hidden: boolean) => void, fire: (name: string) => void}}
 */
export function openPage({ html = '<div id="root" class="psy"></div>', url = "http://course.test/unit" } = {}) {
  const dom = new JSDOM(`<!doctype html><html lang="en"><body>${html}</body></html>`, { url, pretendToBeVisual: true });
  const { window } = dom;
  let hidden = false;
  Object.defineProperty(window.document, "hidden", { get: () => hidden, configurable: true });
  for (const name of ["document", "Node", "HTMLElement", "Event", "KeyboardEvent"]) globalThis[name] = window[name];
  globalThis.window = window;
  return {
    window,
    root: window.document.getElementById("root"),
    setHidden(value) {
      hidden = value;
      window.document.dispatchEvent(new window.Event("visibilitychange"));
    },
    fire: (name) => window.dispatchEvent(new window.Event(name)),
  };
}

/** A Storage that lives in memory; `broken` throws like a browser that forbids it. */
export function fakeArea({ broken = false } = {}) {
  const values = new Map();
  const guard = () => {
    if (broken) throw new Error("forbidden");
  };
  return {
    get length() {
      guard();
      return values.size;
    },
    key: (at) => [...values.keys()][at],
    getItem(name) {
      guard();
      return values.has(name) ? values.get(name) : null;
    },
    setItem(name, value) {
      guard();
      values.set(name, String(value));
    },
    removeItem(name) {
      guard();
      values.delete(name);
    },
    dump: () => [...values.entries()].flat().join("\n"),
  };
}

/** Lets promises settle, also under mocked timers. */
export async function settle(times = 12) {
  for (let i = 0; i < times; i += 1) await Promise.resolve();
}

/** @returns {HTMLButtonElement} the visible button with this text */
export function button(root, text) {
  const found = [...root.querySelectorAll("button")].find((node) => node.textContent.trim() === text && !node.closest("[hidden]"));
  if (!found) throw new Error(`no button "${text}" in: ${root.textContent}`);
  return found;
}

/** @returns {any} a state of a session as a seat gets it */
export function seatState(round = null, more = {}) {
  return {
    version: "1",
    step: 1,
    role: "seat",
    kind: "team",
    phase: "running",
    language: "en",
    title: "With your team",
    seats: { all: 7, guests: 3, generation: 1 },
    poll_after: 1.5,
    agenda: [],
    round,
    ...more,
  };
}

/** @returns {any} a round of a wall */
export function wallRound(phase = "collecting", more = {}) {
  return {
    id: "r1",
    number: 1,
    activity: {
      id: "a1",
      kind: "wall",
      title: "Wall",
      prompt: "What does it take courage from you to do?",
      help: "",
      starter: "It takes courage from me to …",
      max_length: 20,
    },
    phase,
    needed: 4,
    progress: "few",
    ends_at: null,
    closing: false,
    results: null,
    resonance: phase === "revealed" ? "open" : "none",
    resonance_progress: null,
    next_publication: null,
    answered: false,
    resonated: false,
    took_down: false,
    ...more,
  };
}

/** @returns {any} a round of a choice, a pulse or a talk: `activity` says what it asks */
export function kindRound(activity, phase = "collecting", more = {}) {
  return {
    ...wallRound(phase),
    id: "k1",
    activity: { id: "a2", title: "Kind", prompt: "How is it here?", help: "", minutes: 5, guests: true, ...activity },
    resonance: "none",
    ...more,
  };
}

export const CHOICE = {
  kind: "choice",
  options: [{ id: "o1", text: "In the meeting" }, { id: "o2", text: "<b>One</b> to one" }, { id: "o3", text: "Nowhere" }],
};

export const PULSE = {
  kind: "pulse",
  statements: [
    { id: "s1", text: "<i>I</i> speak up", reversed: false },
    { id: "s2", text: "Who errs pays", reversed: true },
  ],
};

export const TALK = { kind: "talk", form: "pairs", begins: "Whoever <u>slept</u> best" };

export const COMMITMENTS = {
  kind: "commitments",
  starter: "When …, we will …",
  days: 28,
  commitments: [{ id: "c1", text: "When <b>we</b> do not know, we will ask." }, { id: "c2", text: "When we err, we will say so." }],
  due: "2026-12-22",
  counted: true,
};

/** @returns {any} a summary of a session */
export const SUMMARY = {
  title: "With your team",
  held_on: "2026-11-24",
  due: "2026-12-22",
  commitments: ["When we err, we will say so."],
  activities: [
    { kind: "talk", title: "Welcome", prompt: "Why are we here?", minutes: 5, form: "all" },
    { kind: "wall", title: "Wall", prompt: "What takes courage?", minutes: 8, notes: [{ text: "Ask <i>twice</i>", resonance: 4 }], hidden: 0 },
    {
      kind: "pulse", title: "Pulse", prompt: "How is it here?", minutes: 5,
      statements: [{ id: "s1", text: "I speak up", reversed: false }, { id: "s2", text: "Who errs pays", reversed: true }],
      items: [{ id: "s1", counts: { 1: 0, 2: 1, 3: 2, 4: 3, 5: 1 }, total: 7, mean: 3.6, spread: 0.9, before: { id: "s1", most: [1, 2] } }],
    },
    { kind: "choice", title: "Where", prompt: "Where is it easiest?", minutes: 3, options: [{ id: "o1", text: "One to one" }], items: [{ id: "choice", most: ["o1"] }] },
    {
      kind: "commitments", title: "Agree", prompt: "What do we agree on?", minutes: 6,
      commitments: [{ id: "c1", text: "When we err, we will say so." }], items: [{ id: "c1", counts: { stand: 5, not: 2 }, total: 7 }],
    },
  ],
};

/** @returns {any} results of a choice or a pulse */
export const counted = (...items) => ({ notes: [], hidden: 0, too_few: items.every((item) => item.too_few), items });
