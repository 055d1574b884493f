import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { ApiError, createApi, postHandler, postJson } from "../src/lib/api.js";
import { setMessages } from "../src/lib/i18n.js";
import { openPage } from "./support/page.js";

let calls;
beforeEach(() => {
  openPage();
  setMessages({}, "da");
  calls = [];
});

function answering(body, { status = 200, headers = {}, type = "application/json" } = {}) {
  return async (url, init) => {
    calls.push({ url, ...init });
    const text = status === 304 ? null : typeof body === "string" ? body : JSON.stringify(body);
    return new Response(text, { status, headers: { "Content-Type": type, ...headers } });
  };
}

const make = (fetch, more = {}) => createApi({ apiUrl: "/psychsafety/api/sessions/s1/", token: "t0k", fetch, ...more });

test("a request carries the token and the language, JSON, and no cookie", async () => {
  await make(answering({ counted: true }, { status: 202 })).post("./answers", { round: "r1", answer: { pass: true } });
  const [call] = calls;
  assert.equal(call.url, "/psychsafety/api/sessions/s1/answers");
  assert.equal(call.credentials, "omit");
  assert.equal(call.headers["Content-Type"], "application/json");
  assert.equal(call.headers.Authorization, "Bearer t0k");
  assert.equal(call.headers["X-Psychsafety-Language"], "da");
  assert.deepEqual(JSON.parse(call.body), { round: "r1", answer: { pass: true } });
});

test("without a token there is no Authorization header", async () => {
  await postJson("/psychsafety/api/join", { join_code: "X" }, { fetch: answering({}) });
  assert.equal("Authorization" in calls[0].headers, false);
});

test("the state comes with its etag and the server's clock", async () => {
  const date = new Date(Date.now() + 60000).toUTCString();
  const reply = await make(answering({ version: "2" }, { headers: { ETag: '"2"', Date: date } })).getState('"1"');
  assert.equal(calls[0].headers["If-None-Match"], '"1"');
  assert.equal(reply.etag, '"2"');
  assert.equal(reply.state.version, "2");
  assert.ok(Math.abs(reply.serverOffsetMs - 60000) < 2000);
});

test("304 keeps the etag and brings no state", async () => {
  const reply = await make(answering("", { status: 304 })).getState('"1"');
  assert.deepEqual([reply.status, reply.state, reply.etag], [304, null, '"1"']);
});

async function failure(fetch, more) {
  try {
    await make(fetch, more).post("answers", {});
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    return [error.status, error.code, error.retryable];
  }
  throw new Error("did not fail");
}

test("what goes wrong has a code and says whether to try again", async () => {
  const refused = answering({ error: "text_too_long", detail: "Too long" }, { status: 400 });
  assert.deepEqual(await failure(refused), [400, "text_too_long", false]);
  assert.deepEqual(await failure(answering({ error: "busy" }, { status: 503 })), [503, "busy", true]);
  assert.deepEqual(await failure(answering("<h1>Bad gateway</h1>", { status: 502, type: "text/html" })), [502, "server_error", true]);
  const down = async () => {
    throw new TypeError("failed");
  };
  assert.deepEqual(await failure(down), [0, "network", true]);
});

test("a sign-on page is not taken for an answer", async () => {
  const page = answering("<!doctype html><title>Sign in</title>", { type: "text/html" });
  assert.deepEqual(await failure(page), [200, "not_json_reply", false]);
  assert.deepEqual(await failure(answering("{broken", {})), [200, "not_json_reply", false]);
});

test("a server that stays silent is given up", async () => {
  const silent = (url, { signal }) =>
    new Promise((resolve, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
  assert.deepEqual(await failure(silent, { timeoutMs: 20 }), [0, "timeout", true]);
});

test("an XBlock handler is called as the user, with the CSRF token", async () => {
  document.cookie = "csrftoken=abc%3D";
  const runtime = { handlerUrl: (element, name) => `/handler/${name}` };
  const body = await postHandler(runtime, document.body, "take_seat", {}, { fetch: answering({ token: "t" }) });
  assert.deepEqual(body, { token: "t" });
  assert.equal(calls[0].url, "/handler/take_seat");
  assert.equal(calls[0].credentials, "same-origin");
  assert.equal(calls[0].headers["X-CSRFToken"], "abc=");
});
