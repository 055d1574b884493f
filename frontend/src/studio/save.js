/** Sending the form. Whatever happens comes back as a value; nothing here touches what was typed. */

import { postHandler } from "../lib/api.js";
import { gettext } from "../lib/i18n.js";

/** A large agenda over a slow line. */
const TIMEOUT_MS = 30000;

/**
 * @typedef {{outcome: "saved"}
 *   | {outcome: "invalid", text: string, problems: import("./check.js").Problem[]}
 *   | {outcome: "stale", revision: string, fields: any}
 *   | {outcome: "failed", text: string}} Outcome
 */

/**
 * @param {any} runtime
 * @param {any} element as the runtime gave it
 * @param {{revision: string, fields: any}} body
 * @param {import("../lib/api.js").RequestOptions} [options] for tests
 * @returns {Promise<Outcome>}
 */
export async function save(runtime, element, body, options = {}) {
  try {
    const reply = await postHandler(runtime, element, "save_authored", body, { timeoutMs: TIMEOUT_MS, ...options });
    if (!reply || typeof reply.revision !== "string") return { outcome: "failed", text: strangeReply() };
    return { outcome: "saved" };
  } catch (error) {
    return outcomeOf(error);
  }
}

function outcomeOf(error) {
  const { body, code, detail } = error;
  if (code === "invalid" && body && Array.isArray(body.problems)) {
    const problems = body.problems.map(({ where, text }) => ({ where: [].concat(where), text: String(text) }));
    return { outcome: "invalid", text: detail, problems };
  }
  if (code === "stale" && body && body.fields && typeof body.revision === "string") {
    return { outcome: "stale", revision: body.revision, fields: body.fields };
  }
  return { outcome: "failed", text: detail || troubleText(code) };
}

function troubleText(code) {
  switch (code) {
    case "network":
    case "timeout":
      return gettext("Studio cannot be reached at the moment. Everything you wrote is still here. Press Save again in a minute.");
    case "not_json_reply":
      return strangeReply();
    default:
      return gettext("Studio could not save this. Everything you wrote is still here. Press Save again in a minute.");
  }
}

function strangeReply() {
  return gettext("Perhaps you were signed out. Everything you wrote is still here: sign in to Studio in another tab, then press Save again.");
}
