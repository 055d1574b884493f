/**
 * What the views of a preview have in place of the live API. It has no address and no token, and sends nothing: what a
 * person presses is answered here, or refused with the sentence that this is a preview.
 */
import { gettext } from "../lib/i18n.js";
import { samplePicture } from "./sample.js";

/** @returns {any} an error as the live API's client throws it */
export function refusal() {
  return { status: 403, code: "preview", detail: gettext("This is a preview: nothing is sent."), retryable: false };
}

const refuse = async () => {
  throw refusal();
};

const PICTURES = { "qr.svg": samplePicture };

const common = {
  getState: refuse,
  get: refuse,
  async getBlob(path) {
    if (!Object.hasOwn(PICTURES, path)) throw refusal();
    return PICTURES[path]();
  },
};

/**
 * A participant's: an answer is taken, and then the view goes on as if it were counted.
 * @param {{onTapped: () => void}} options the taps on a wall were sent
 */
export function createSeatApi({ onTapped }) {
  return {
    ...common,
    async post(path) {
      if (path === "resonance") onTapped();
      else if (path !== "answers") throw refusal();
      return { status: 202, body: { counted: true } };
    },
  };
}

/**
 * The leader's: commands that lead to another moment of the preview go there.
 * @param {{guide: any, onCommand: (command: any) => any}} options onCommand: the leader's new state, or null when
 *   the preview has no such moment
 */
export function createLeaderApi({ guide, onCommand }) {
  return {
    ...common,
    get: async (path) => (path === "guide" ? { body: guide } : refuse()),
    async post(path, body) {
      const state = path === "commands" ? onCommand(body) : null;
      if (!state) throw refusal();
      return { status: 200, body: state };
    },
  };
}
