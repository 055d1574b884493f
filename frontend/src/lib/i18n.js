/**
 * Interface text. Every sentence is a literal English msgid, so that xgettext finds it, and is translated whole.
 * The messages come from the server with the view (no second request, no global catalogue).
 */

/** @typedef {Object<string, string | string[]>} Messages msgid to translation, or to the list of its plural forms */

/** CLDR's order of plural categories, which is also the order of gettext's forms. */
const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];

/** Counts within sentences have these digits; dates and means beside them must not have others. */
const DIGITS = { numberingSystem: "latn" };

/** Of a month below a column, in characters: with more, its number stands there. */
const LONGEST_LABEL = 5;

let messages = /** @type {Messages} */ ({});
let language = "en";

/**
 * @param {Messages | null | undefined} dict translations; an empty one gives the English text
 * @param {string} [lang] language code, chooses the plural form
 */
export function setMessages(dict, lang) {
  messages = dict || {};
  language = lang || language;
}

/** @returns {string} the language that this page is in, as it was set with its messages */
export const currentLanguage = () => language;

/**
 * @param {string} msgid
 * @returns {string} the translation, or the msgid itself
 */
export function gettext(msgid) {
  const found = messages[msgid];
  const text = Array.isArray(found) ? found[0] : found;
  return text || msgid;
}

/**
 * @param {string} one
 * @param {string} many
 * @param {number} n
 * @returns {string} the form for n, placeholders still in it
 */
export function ngettext(one, many, n) {
  const forms = messages[one];
  if (!Array.isArray(forms) || forms.length === 0) return n === 1 ? one : many;
  return forms[Math.min(pluralIndex(n, forms.length), forms.length - 1)] || (n === 1 ? one : many);
}

/**
 * @param {string} text with %(name)s placeholders
 * @param {Object<string, string | number>} values
 * @returns {string}
 */
export function interpolate(text, values) {
  return text.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * @param {number} value
 * @returns {string} with one decimal, written as the language does
 */
export function oneDecimal(value) {
  const form = { ...DIGITS, minimumFractionDigits: 1, maximumFractionDigits: 1 };
  try {
    return new Intl.NumberFormat(tag(), form).format(value);
  } catch {
    return value.toFixed(1);
  }
}

/**
 * @param {number} value
 * @returns {string} with one decimal and its sign, written as the language does
 */
export function signed(value) {
  try {
    const form = { ...DIGITS, minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "exceptZero" };
    return new Intl.NumberFormat(tag(), /** @type {any} */ (form)).format(value);
  } catch {
    return value.toFixed(1);
  }
}

/**
 * @param {string} month "2026-12"
 * @param {{short?: boolean}} [how] short: for the label of a column, as letters where they are few
 * @returns {string} "December 2026"; short: "Dec"
 */
export function monthText(month, { short = false } = {}) {
  const [year, number] = month.split("-").map(Number);
  const form = { ...DIGITS, ...(short ? { month: "short" } : { month: "long", year: "numeric" }) };
  try {
    const text = new Intl.DateTimeFormat(tag(), /** @type {any} */ (form)).format(new Date(year, number - 1, 1));
    return short && text.length > LONGEST_LABEL ? String(number) : text;
  } catch {
    return month;
  }
}

/**
 * @param {string | null | undefined} day "2026-12-22"; a day, so no time zone may move it
 * @returns {string} "22 December", with the year when it is not this one; "" for none
 */
export function dayText(day) {
  const [year, month, date] = String(day || "").split("-").map(Number);
  const at = new Date(year, month - 1, date);
  if (!date || Number.isNaN(at.getTime())) return "";
  const form = { ...DIGITS, day: "numeric", month: "long" };
  if (year !== new Date().getFullYear()) form.year = "numeric";
  try {
    return new Intl.DateTimeFormat(tag(), /** @type {any} */ (form)).format(at);
  } catch {
    return String(day);
  }
}

/**
 * @param {string | null | undefined} iso a moment
 * @returns {string} "Tuesday, 22 December at 18:00" where this device is; "" for none
 */
export function momentText(iso) {
  const at = new Date(iso || "");
  if (Number.isNaN(at.getTime())) return "";
  const form = { ...DIGITS, weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };
  try {
    return new Intl.DateTimeFormat(tag(), /** @type {any} */ (form)).format(at);
  } catch {
    return at.toLocaleString();
  }
}

/**
 * @param {Date} at
 * @returns {string} the time of day where this device is, with seconds
 */
export function clockText(at) {
  const form = { ...DIGITS, hour: "2-digit", minute: "2-digit", second: "2-digit" };
  try {
    return new Intl.DateTimeFormat(tag(), /** @type {any} */ (form)).format(at);
  } catch {
    return at.toLocaleTimeString();
  }
}

/** Django marks languages as "pt-br" or "zh_Hans"; Intl wants a BCP 47 tag and throws for anything else. */
function tag() {
  // Plain English has readers everywhere: in dates the day comes first.
  return language === "en" ? "en-GB" : language.replace(/_/g, "-");
}

/** gettext's form for a number: its forms stand in CLDR's order, without the one for fractions and millions. */
function pluralIndex(n, count) {
  try {
    const rules = new Intl.PluralRules(tag());
    const used = CATEGORIES.filter((c) => rules.resolvedOptions().pluralCategories.includes(/** @type {any} */ (c)));
    if (used.length > count) used.splice(count - 1, used.length - count);
    const at = used.indexOf(rules.select(n));
    return at < 0 ? count - 1 : at;
  } catch {
    return n === 1 ? 0 : 1;
  }
}
