/** In which one or two languages the session is held: the leader chooses before the team is convened. */
import { h, uid } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";

/** The name in the store of what this leader chose the last time. */
const NAME = "languages";

/**
 * @param {{data: any, store: import("../lib/storage.js").Store}} options data: `languages`, `library_languages`,
 *   `session_language`, the one that is nearest to this page's; store: keeps the choice for the next time
 * @returns {{node: HTMLElement | null, chosen: () => {languages?: string[]}}} node: null where there is nothing to
 *   choose; chosen: what opening a session is told, the main language and perhaps a second one, and from now on the
 *   choice of the last time
 */
export function createLanguageChoice({ data, store }) {
  const all = data.languages || [];
  const library = data.library_languages || [];
  if (all.length < 2) return { node: null, chosen: () => ({}) };
  const [main, more = ""] = remembered(all, store) || [data.session_language];

  const ids = { first: uid("language"), second: uid("language") };
  const first = select(ids.first, offer, all, main);
  const second = select(ids.second, () => {}, [], "");
  const other = field(gettext("Also show the questions in"), ids.second, second);
  const node = h("div", { class: "psy-languages" }, field(gettext("Language of the session"), ids.first, first), other);
  offer();
  if ([...second.options].some((option) => option.value === more)) second.value = more;

  /** Only what the library has texts in, and not the main language once more. */
  function offer() {
    const kept = second.value;
    const others = library.filter(({ code }) => code !== first.value);
    second.replaceChildren(h("option", { text: gettext("No other language"), attrs: { value: "" } }), ...options(others));
    second.value = others.some(({ code }) => code === kept) ? kept : "";
    other.hidden = others.length === 0;
  }

  return {
    node,
    chosen() {
      const languages = [first.value, second.value].filter(Boolean);
      store.set(NAME, languages);
      return { languages };
    },
  };
}

/** What the store holds may be of another day, or of a site with other languages. */
function remembered(all, store) {
  const kept = store.get(NAME);
  const fits = Array.isArray(kept) && kept.length > 0 && kept.every((code) => all.some((one) => one.code === code));
  return fits ? kept : null;
}

function select(id, onChange, languages, value) {
  const node = h("select", { class: "psy-languages__select", attrs: { id, autocomplete: "off" }, on: { change: onChange } }, options(languages));
  node.value = value;
  return node;
}

/** Each by the name that its speakers give it. */
const options = (languages) => languages.map(({ code, name }) => h("option", { text: name, attrs: { value: code, lang: code } }));

const field = (label, id, control) => h("div", { class: "psy-languages__field" },
  h("label", { class: "psy-languages__label", text: label, attrs: { for: id } }), control);
