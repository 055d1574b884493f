/** Studio's form as a whole: puts the parts together, keeps what is typed, saves, and never loses anything. */

import { announcer, h, setAttr, setText, unwrap } from "../lib/dom.js";
import { gettext, interpolate } from "../lib/i18n.js";
import { createAgendaPart } from "./agenda_part.js";
import { problemsOf } from "./check.js";
import { begin, placeOf, reduce, toFields } from "./draft.js";
import { createIntroductionPart, createMakers, createSettingsPart, createWallPart } from "./forms.js";
import { createKeep } from "./keep.js";
import { createNotice, createSummary, problemsText } from "./notices.js";
import { createPlaces } from "./places.js";
import { save } from "./save.js";

/** After the last key, what was typed is kept for the case that the page goes. */
const KEEP_AFTER_MS = 400;

/**
 * @param {any} runtime
 * @param {any} element as the runtime gave it
 * @param {any} data docs/api.md, section 9
 * @param {{area?: Storage | null, fetch?: typeof fetch}} [options] for tests
 */
export function mountEditor(runtime, element, data, options = {}) {
  const host = unwrap(element);
  const root = /** @type {HTMLElement} */ (host.matches(".psy-studio") ? host : host.querySelector(".psy-studio"));
  const notify = (name, more) => runtime && runtime.notify && runtime.notify(name, more);
  const store = createKeep(data.block, options.area);
  const places = createPlaces();
  const say = announcer(root);
  const context = { limits: data.limits, defaults: data.defaults, places, say };

  const top = h("div", { class: "psy-studio__top" });
  const body = h("div", { class: "psy-studio__body" });
  const below = h("div", { class: "psy-studio__below" });
  const saveButton = h("button", { class: "psy-button", text: gettext("Save"), dataset: { action: "save" }, on: { click: () => onSave() } });
  const cancelButton = h("button", { class: "psy-button psy-button--alt", text: gettext("Cancel"), dataset: { action: "cancel" }, on: { click: onCancel } });
  root.prepend(top, body, h("div", { class: "psy-studio__foot" }, below, h("div", { class: "psy-studio__row" }, saveButton, cancelButton)));

  let revision = data.revision;
  let draft = begin(data.fields, { most: data.limits.activities });
  let saved = snapshot();
  let parts = /** @type {any[]} */ ([]);
  let timer = /** @type {any} */ (null);
  let busy = false;

  show();
  window.addEventListener("beforeunload", onUnload);
  window.addEventListener("pagehide", keepNow);
  offerKept();

  /** What would be stored, in a form that can be compared. */
  function snapshot() {
    return JSON.stringify(toFields(draft));
  }

  const isDirty = () => snapshot() !== saved;

  /** All parts anew, from the draft as it is. */
  function show() {
    places.empty();
    const tools = { data, context, now: () => draft, dispatch };
    const { put, text } = createMakers(tools);
    const name = put("display_name", text("display_name", gettext("Name"), data.limits.display_name, { help: gettext("Stands above it in the course.") }));
    parts = data.kind === "wall"
      ? [createWallPart(tools), createSettingsPart(tools)]
      : [createIntroductionPart(tools), createAgendaPart(tools), createSettingsPart(tools)];
    body.replaceChildren(name, ...parts.map((part) => part.node));
    for (const part of parts) part.update(draft, null);
  }

  function dispatch(action) {
    const before = draft;
    draft = reduce(before, action);
    if (draft === before) return;
    for (const part of parts) part.update(draft, before);
    clearTimeout(timer);
    timer = setTimeout(keepNow, KEEP_AFTER_MS);
  }

  function keepNow() {
    clearTimeout(timer);
    if (!root.isConnected) return stop();
    if (isDirty()) store.keep({ revision, fields: toFields(draft), own: draft.own });
    else store.forget();
    return undefined;
  }

  function onUnload(event) {
    if (!root.isConnected) return stop();
    if (!isDirty()) return undefined;
    event.preventDefault();
    event.returnValue = "";
    return undefined;
  }

  /** Blocks are told nothing when they go. */
  function stop() {
    window.removeEventListener("beforeunload", onUnload);
    window.removeEventListener("pagehide", keepNow);
  }

  function load(fields, own = false) {
    draft = begin(fields, { most: data.limits.activities, own });
    show();
  }

  function offerKept() {
    const kept = store.found();
    if (!kept) return;
    if (JSON.stringify(kept.fields) === snapshot()) {
      store.forget();
      return;
    }
    const close = () => {
      top.replaceChildren();
      focusStart();
    };
    top.replaceChildren(createNotice({
      title: gettext("Unsaved changes from before were kept."),
      text: kept.revision === revision ? "" : gettext("Meanwhile somebody saved this. When you save, you can choose."),
      actions: [
        { label: gettext("Use them"), main: true, run: () => { revision = kept.revision; load(kept.fields, kept.own); close(); } },
        { label: gettext("Start from what is saved"), run: () => { store.forget(); close(); } },
      ],
    }));
  }

  function focusStart() {
    const place = places.find("display_name");
    if (place) place.focus();
  }

  async function onSave() {
    if (busy) return;
    clearNotices();
    const problems = problemsOf(draft, data.limits);
    if (problems.length) {
      showProblems(problems);
      return;
    }
    setBusy(true);
    keepNow();
    notify("save", { state: "start", message: gettext("Saving") });
    const outcome = await save(runtime, element, { revision, fields: toFields(draft) }, { fetch: options.fetch });
    setBusy(false);
    after(outcome);
  }

  /** @param {import("./save.js").Outcome} outcome */
  function after(outcome) {
    if (outcome.outcome === "saved") {
      saved = snapshot();
      clearTimeout(timer);
      store.forget();
      stop();
      notify("save", { state: "end" });
      return;
    }
    const title = gettext("Not saved");
    if (outcome.outcome === "invalid") {
      notify("error", { title, message: outcome.text || problemsText(outcome.problems.length) });
      showProblems(outcome.problems);
    } else if (outcome.outcome === "stale") {
      notify("error", { title, message: gettext("Somebody else saved this meanwhile.") });
      showStale(outcome);
    } else {
      notify("error", { title, message: outcome.text });
      tell(createNotice({ title: gettext("Not saved yet"), text: outcome.text, look: "bad" }));
    }
  }

  function setBusy(on) {
    busy = on;
    body.inert = on;
    setAttr(saveButton, "aria-disabled", on ? "true" : null);
    setText(saveButton, on ? gettext("Saving…") : gettext("Save"));
  }

  function clearNotices() {
    top.replaceChildren();
    below.replaceChildren();
    places.clear();
  }

  /** Above the buttons, where the author is looking. */
  function tell(notice) {
    below.replaceChildren(notice);
    notice.querySelector(".psy-notice__title").focus();
  }

  /** @param {import("./check.js").Problem[]} problems */
  function showProblems(problems) {
    const found = problems.map(({ where, text }) => {
      const [first, place, name] = where;
      const step = first === "agenda" && place !== undefined ? draft.steps[Number(place)] : null;
      const path = step ? `step/${step.key}/${name ?? ""}` : String(first);
      const agenda = parts.find((part) => part.unfold);
      if (step) {
        agenda.unfold(step.key);
        agenda.mark(step.key, text);
      }
      const at = places.find(path);
      if (at) at.show(text);
      const label = at ? at.label : "";
      return { label: step ? stepLabel(placeOf(draft, step.key) + 1, label) : label, text, go: () => at && at.focus() };
    });
    top.replaceChildren(createSummary(found));
    below.replaceChildren(h("p", { class: "psy-f__problem", text: problemsText(found.length) }));
    say(problemsText(found.length));
    if (found.length) found[0].go();
  }

  function stepLabel(n, field) {
    return field ? interpolate(gettext("Step %(n)s, %(field)s"), { n, field }) : interpolate(gettext("Step %(n)s"), { n });
  }

  function showStale({ revision: theirs, fields }) {
    const mine = { fields: toFields(draft), own: draft.own };
    tell(createNotice({
      title: gettext("Somebody else saved this meanwhile."),
      text: interpolate(gettext("Nothing of yours is lost. They changed: %(what)s."), { what: changedParts(JSON.parse(saved), fields) }),
      look: "bad",
      actions: [
        { label: gettext("Keep mine and overwrite"), run: () => { revision = theirs; onSave(); } },
        { label: gettext("Take theirs"), run: () => takeTheirs(theirs, fields, mine) },
      ],
    }));
  }

  function takeTheirs(theirs, fields, mine) {
    clearNotices();
    revision = theirs;
    load(fields);
    saved = snapshot();
    keepNow();
    top.replaceChildren(createNotice({
      title: gettext("This is what somebody else saved."),
      text: gettext("Yours is kept until you close this form."),
      actions: [{
        label: gettext("Bring mine back"),
        run: () => {
          clearNotices();
          load(mine.fields, mine.own);
          keepNow();
          focusStart();
        },
      }],
    }));
    /** @type {HTMLElement} */ (top.querySelector(".psy-notice__title")).focus();
  }

  function changedParts(before, now) {
    const names = Object.keys(now).filter((name) => JSON.stringify(now[name]) !== JSON.stringify(before[name]));
    const labels = names.map((name) => (places.find(name) || { label: "" }).label).filter(Boolean);
    return [...new Set(labels)].join(", ") || gettext("nothing that you see here");
  }

  function onCancel() {
    if (busy) return;
    if (!isDirty()) {
      leave();
      return;
    }
    const keepOn = createNotice({
      title: gettext("Leave without saving?"),
      text: gettext("What you changed would be lost."),
      actions: [
        { label: gettext("Keep editing"), main: true, run: () => { below.replaceChildren(); cancelButton.focus(); } },
        { label: gettext("Leave without saving"), run: leave },
      ],
    });
    below.replaceChildren(keepOn);
    keepOn.querySelector("button").focus();
  }

  function leave() {
    clearTimeout(timer);
    saved = snapshot();
    store.forget();
    stop();
    notify("cancel");
  }
}
