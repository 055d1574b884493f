/** Does the live API answer a device without cookies? A sign-on page in its place would stop every phone. */
import { getJson } from "../lib/api.js";

/**
 * @param {{url: string, credentials: "omit" | "same-origin", fetch?: typeof fetch}} options
 * @returns {Promise<boolean>} true only for our own answer
 */
export async function phonesReachThisSite({ url, credentials, fetch }) {
  try {
    const reply = await getJson(url, { credentials, fetch });
    return Boolean(reply.body) && reply.body.psychsafety === "ok";
  } catch {
    return false;
  }
}
