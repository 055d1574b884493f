/** The only module that talks to the server. JSON out, JSON in; whatever else happens becomes an ApiError. */

import { currentLanguage } from "./i18n.js";

const TIMEOUT_MS = 15000;

/** An answer that is not a success, or none at all. `code` is the server's, or one of network, timeout,
 *  not_json_reply (a sign-on page or a portal answered in place of our server) and server_error. */
export class ApiError extends Error {
  /** @param {{status: number, code: string, detail?: string, retryable?: boolean, retryAfter?: number | null,
   *          body?: any}} of */
  constructor({ status, code, detail = "", retryable = false, retryAfter = null, body = null }) {
    super(`${status} ${code}`);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    /** Text for the reader, in the reader's language; may be empty. */
    this.detail = detail;
    /** Whether sending the very same again may help. */
    this.retryable = retryable;
    /** Seconds, when the server names them. */
    this.retryAfter = retryAfter;
    /** The whole reply, when it was one of ours. */
    this.body = body;
  }
}

/**
 * @typedef {Object} RequestOptions
 * @property {string} [token]
 * @property {string} [language] asked for; without, the one that the page is in
 * @property {RequestCache} [cache] default: nothing is taken from the browser's memory, and nothing left there
 * @property {"omit" | "same-origin"} [credentials]
 * @property {"no-referrer" | "same-origin"} [referrerPolicy] default: nothing is said of the page that asks
 * @property {boolean} [keepalive] lets the request outlive the page
 * @property {AbortSignal} [signal]
 * @property {Object<string, string>} [headers]
 * @property {number} [timeoutMs]
 * @property {typeof fetch} [fetch] for tests
 */

/**
 * @param {string} url
 * @param {Object} body
 * @param {RequestOptions} [options]
 * @returns {Promise<{status: number, body: any}>}
 */
export async function postJson(url, body, options = {}) {
  const response = await send(url, { method: "POST", body: JSON.stringify(body) }, options);
  return { status: response.status, body: await readJson(response) };
}

/**
 * @param {string} url
 * @param {RequestOptions} [options]
 * @returns {Promise<{status: number, body: any}>}
 */
export async function getJson(url, options = {}) {
  const response = await send(url, { method: "GET" }, options);
  return { status: response.status, body: await readJson(response) };
}

/**
 * Calls an XBlock handler as the signed-in user.
 * @param {{handlerUrl: (element: any, name: string) => string}} runtime
 * @param {any} element as the runtime gave it
 * @param {string} name
 * @param {Object} body
 * @param {RequestOptions} [options]
 * @returns {Promise<any>} the reply's body
 */
export async function postHandler(runtime, element, name, body, options = {}) {
  const csrf = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie);
  const headers = csrf ? { "X-CSRFToken": decodeURIComponent(csrf[1]) } : {};
  const reply = await postJson(runtime.handlerUrl(element, name), body, {
    ...options,
    credentials: "same-origin",
    referrerPolicy: "same-origin",
    headers,
  });
  return reply.body;
}

/**
 * The live API of one session, for one token.
 * @param {{apiUrl: string, token?: string, credentials?: "omit" | "same-origin",
 *          fetch?: typeof fetch, timeoutMs?: number}} options
 */
export function createApi({ apiUrl, ...common }) {
  const at = (path) => apiUrl.replace(/\/?$/, "/") + path.replace(/^\.?\//, "");

  return {
    /**
     * @param {string | null} etag of the state that the caller has
     * @param {RequestOptions} [options]
     * @returns {Promise<{status: number, state: any | null, etag: string | null, serverOffsetMs: number | null}>}
     *   state is null when nothing changed (304)
     */
    async getState(etag, options = {}) {
      const headers = etag ? { "If-None-Match": etag } : {};
      const response = await send(at(""), { method: "GET" }, { ...common, ...options, headers });
      const state = response.status === 304 ? null : await readJson(response);
      const date = Date.parse(response.headers.get("Date") || "");
      return {
        status: response.status,
        state,
        etag: response.headers.get("ETag") || etag,
        serverOffsetMs: Number.isNaN(date) ? null : date - Date.now(),
      };
    },

    /**
     * @param {string} path such as "guide"
     * @returns {Promise<{status: number, body: any}>}
     */
    get: (path) => getJson(at(path), common),

    /**
     * @param {string} path such as "answers"
     * @param {Object} body
     * @param {RequestOptions} [options]
     * @returns {Promise<{status: number, body: any}>}
     */
    post: (path, body, options = {}) => postJson(at(path), body, { ...common, ...options }),

    /**
     * @param {string} path such as "qr.svg"
     * @returns {Promise<Blob>}
     */
    async getBlob(path) {
      const response = await send(at(path), { method: "GET" }, { ...common, headers: { Accept: "*/*" } });
      if (/html/.test(response.headers.get("Content-Type") || "")) throw notOurs(response.status);
      return response.blob();
    },
  };
}

/** @typedef {ReturnType<typeof createApi>} Api */

/** Sends, with a time limit; resolves for 2xx and 304 only. */
async function send(url, init, options) {
  const doFetch = options.fetch || window.fetch.bind(window);
  const limit = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    limit.abort();
  }, options.timeoutMs || TIMEOUT_MS);
  const stop = () => limit.abort();
  if (options.signal) options.signal.addEventListener("abort", stop);
  let response;
  try {
    response = await doFetch(url, {
      ...init,
      headers: headersFor(init, options),
      credentials: options.credentials || "omit",
      cache: options.cache || "no-store",
      // The page's address would stand in a log beside the answer; only Django's CSRF check of a handler wants it.
      referrerPolicy: options.referrerPolicy || "no-referrer",
      keepalive: Boolean(options.keepalive),
      signal: limit.signal,
    });
  } catch (error) {
    if (options.signal && options.signal.aborted) throw error;
    throw new ApiError({ status: 0, code: timedOut ? "timeout" : "network", retryable: true });
  } finally {
    clearTimeout(timer);
    if (options.signal) options.signal.removeEventListener("abort", stop);
  }
  if (response.ok || response.status === 304) return response;
  throw await errorFrom(response);
}

function headersFor(init, options) {
  const headers = { Accept: "application/json", ...(options.headers || {}) };
  if (init.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.token) headers.Authorization = `Bearer ${options.token}`;
  headers["X-Psychsafety-Language"] = options.language || currentLanguage();
  return headers;
}

async function errorFrom(response) {
  const { status } = response;
  let body = null;
  try {
    body = await readJson(response);
  } catch {
    if (status < 500) return notOurs(status);
  }
  const wait = Number.parseInt(response.headers.get("Retry-After") || "", 10);
  return new ApiError({
    status,
    code: (body && body.error) || "server_error",
    detail: (body && body.detail) || "",
    retryable: status >= 500,
    retryAfter: Number.isNaN(wait) ? null : wait,
    body,
  });
}

async function readJson(response) {
  if (!/json/.test(response.headers.get("Content-Type") || "")) throw notOurs(response.status);
  try {
    return await response.json();
  } catch {
    throw notOurs(response.status);
  }
}

function notOurs(status) {
  return new ApiError({ status, code: "not_json_reply" });
}
