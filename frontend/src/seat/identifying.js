/**
 * Does a note contain something that points at a person? Runs in the browser only; nothing is sent anywhere.
 * Meant to be right rather than complete: a warning that cries wolf ("24/7", "2026", "50 %") is soon not read.
 */

const EMAIL = /[^\s@＠,;:()<>]+[@＠][^\s@＠]+\.[\p{L}]{2,}/u;
const HANDLE = /(?:^|[\s(“"'])[@＠][\p{L}\d_][\p{L}\d_.-]+/u;
const LINK = /https?:\/\/\S|(?:^|[\s(])www\.\S|[\p{L}\d-]{2,}\.(?:com|org|net|io|eu|dk|de|cn|se|no|uk|fr)(?:[\s/,;:!?)]|\.?$)/iu;
const DIGITS = /\+?\(?\d[\d\s().\-/]{5,}\d/gu;

/** Runs of digits that people write and nobody can be called at. */
const NOT_A_PHONE = [
  /^\d{1,2}[.\-/]\s?\d{1,2}[.\-/]\s?\d{2,4}$/, // 23.11.2026
  /^\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2}$/, // 2026-11-23
  /^(?:19|20)\d\d\s?[-/]\s?(?:19|20)\d\d$/, // 2024-2026
  /^\d{1,3}(?:[.\s]\d{3}){1,2}$/, // 1.000.000 (a grouped phone number has a longer group or more of them)
];

/** @typedef {"email" | "phone" | "handle" | "link"} Kind */

/**
 * @param {string} text
 * @returns {Kind | null} the first kind found
 */
export function findIdentifying(text) {
  if (EMAIL.test(text)) return "email";
  if (LINK.test(text)) return "link";
  if (HANDLE.test(text)) return "handle";
  if ((text.match(DIGITS) || []).some(looksLikePhone)) return "phone";
  return null;
}

function looksLikePhone(run) {
  const trimmed = run.trim();
  const digits = trimmed.replace(/\D/g, "");
  if (digits.length < (trimmed.startsWith("+") ? 7 : 8) || digits.length > 15) return false;
  return trimmed.startsWith("+") || !NOT_A_PHONE.some((pattern) => pattern.test(trimmed));
}
