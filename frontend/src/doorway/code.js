/** Join codes as people read and type them. */

const GROUP = 4;
export const CODE_LENGTH = 8;

/** @param {string} text as typed @returns {string} upper case, without spaces, dashes and dots */
export function normaliseCode(text) {
  return String(text || "").toUpperCase().replace(/[^A-Z0-9]/g, "");
}

/** @param {string} code @returns {string} in groups of four: `K7M2 QXWP` */
export function groupCode(code) {
  const plain = normaliseCode(code);
  const groups = [];
  for (let at = 0; at < plain.length; at += GROUP) groups.push(plain.slice(at, at + GROUP));
  return groups.join(" ");
}

/** @returns {string} letter by letter, so that a screen reader spells it */
export function spellCode(code) {
  return normaliseCode(code).split("").join(" ");
}
