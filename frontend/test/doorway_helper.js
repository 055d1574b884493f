/** A browser's page, a server's replies and states for the tests of the leader's and the doorway's parts. */
import "./support/patience.js";
import { JSDOM } from "jsdom";
import { createBeforeStart } from "../src/doorway/before_start.js";
import { createOffer } from "../src/doorway/offer.js";
import { createLeaderPlace } from "../src/leader/leader_place.js";
import { setMessages } from "../src/lib/i18n.js";

/** What the leader's own script puts on a page. */
const LEADER = { createBeforeStart, createLeaderPlace, createOffer, setMessages };

/** @returns {JSDOM} a fresh page with the leader's script on it; its window and document are the globals of the test */
export function openPage(html = "<!doctype html><body></body>", url = "http://site.test/unit") {
  const dom = new JSDOM(html, { url, pretendToBeVisual: true });
  globalThis.window = dom.window;
  dom.window.psychsafetyLeader = LEADER;
  globalThis.document = dom.window.document;
  globalThis.localStorage = dom.window.localStorage;
  Object.defineProperty(globalThis, "navigator", { value: dom.window.navigator, configurable: true, writable: true });
  URL.createObjectURL = () => "blob:picture";
  URL.revokeObjectURL = () => {};
  return dom;
}

/**
 * A server made of a table: "POST commands" to a function of the body.
 * @param {Object<string, (body: any, call: any) => any>} routes by method and end of the address; a reply is
 *   [status, body] or a body
 * @returns {{calls: any[]}}
 */
export function serve(routes) {
  const calls = [];
  window.fetch = async (url, init = {}) => {
    const body = init.body ? JSON.parse(init.body) : null;
    const call = { method: init.method, url: String(url), body, init };
    calls.push(call);
    const key = Object.keys(routes).find((name) => {
      const [method, end] = name.split(" ");
      return method === init.method && call.url.endsWith(end);
    });
    const reply = key ? await routes[key](body, call) : [404, { error: "unknown_session" }];
    if (reply instanceof Response) return reply;
    const [status, json] = Array.isArray(reply) ? reply : [200, reply];
    return new Response(status === 304 ? null : JSON.stringify(json), {
      status, headers: { "Content-Type": "application/json", Date: new Date().toUTCString(), ETag: `"${calls.length}"` },
    });
  };
  return { calls };
}

/** @returns {any} a leader's state, changed by what is given; `round` is merged into a collecting one */
export function leaderState({ round, ...changes } = {}) {
  return {
    version: "1", step: 3, role: "leader", kind: "team", phase: "running", language: "en", title: "With your team",
    seats: { all: 7, guests: 3, generation: 1 }, guests_allowed: true, leader_seated: false, poll_after: 60,
    agenda: [{ id: "a1", kind: "wall", title: "Courage", minutes: 5, block: "B1", status: "waiting" }],
    next_activity: "a1", join_code: "K7M2QXWP", join_url: "http://site.test/psychsafety/join/#K7M2QXWP",
    screen_url: "http://site.test/psychsafety/screen/#T", too_few_people: 0, drive: null, device: "block",
    round: round ? leaderRound(round) : null,
    ...changes,
  };
}

function leaderRound(changes) {
  return {
    id: "r1", number: 1,
    activity: {
      id: "a1", kind: "wall", title: "Courage", prompt: "What takes courage?", help: "", starter: "", max_length: 200,
      minutes: 5, block: "B1",
    },
    phase: "collecting", needed: 4, progress: "few", ends_at: null, closing: false, results: null, resonance: "none",
    resonance_needed: 4, resonance_progress: null, answers: 0, resonance_answers: 0, next_publication: null,
    missing: Math.max(0, 4 - (changes.answers || 0)),
    ...changes,
  };
}

export const NOTES = {
  notes: [1, 2, 3].map((n) => ({ id: `n${n}`, text: `Note ${n}`, resonance: null })), hidden: 0, too_few: false,
};

export const VIEW = {
  block: "B1", kind: "team_session", title: "With your team", may_lead: true, language: "en",
  messages: {}, storage_key: "key", fetch_credentials: "omit", audience: "team", guests_allowed: true,
  introduction: "One.\n\nTwo.", prompt: "What takes courage?", help: "", starter: "", minimum: 4, max_length: 200,
  agenda: [{ kind: "wall", title: "Courage", prompt: "What takes courage?", minutes: 5 }],
  urls: {
    join: "/psychsafety/join/", screen: "/psychsafety/screen/", drive: "/psychsafety/drive/",
    ping: "/psychsafety/api/ping", try_qr: "/psychsafety/api/try.svg", leader_script: "/static/js/leader.js", course_wall: null,
  },
};

export const HELD = { session_id: "s1", api_url: "/psychsafety/api/sessions/s1/", token: "lead-token" };

/** @returns {Promise<void>} after everything that was waiting for a reply has run */
export async function settle(ms = 20) {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** @returns {HTMLElement | null} the button or link of an action that can be seen */
export function button(root, id) {
  const found = [...root.querySelectorAll(`[data-action="${id}"]`)].find((node) => !node.closest("[hidden]"));
  return found || null;
}

/** Presses what a person would press; fails when it is not there. */
export async function press(root, id) {
  const node = button(root, id);
  if (!node) throw new Error(`no ${id} among ${[...root.querySelectorAll("[data-action]")].map((n) => n.dataset.action)}`);
  node.click();
  await settle();
}
