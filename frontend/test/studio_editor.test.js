import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { AGENDA, openEditor, sessionData, wallData } from "./support/studio.js";
import { fakeArea, settle } from "./support/page.js";

afterEach(() => window.close());

const SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>";

test("a new session shows the ready one, to be read only", () => {
  const form = openEditor(sessionData());
  assert.match(form.root.textContent, /This ready session is used/);
  assert.match(form.root.textContent, /The steps take 12 minutes together/);
  assert.equal(form.root.querySelectorAll("textarea").length, 0);
});

test("one press makes its steps and its introduction the author's", async () => {
  const form = openEditor(sessionData());
  form.press("Change these steps");
  assert.deepEqual(form.steps(), ["Welcome", "Courage"]);
  await form.save();
  const { fields, revision } = form.sent[0].body;
  assert.equal(revision, "r1");
  assert.deepEqual(fields.agenda.map((one) => [one.exercise, one.minutes]), [["welcome", 5], ["courage", 7]]);
  assert.equal(fields.introduction, "<p>One hour.</p><p>No more &amp; no less.</p>");
  assert.equal(form.sent[0].headers["Content-Type"], "application/json");
  assert.deepEqual(form.names(), ["save start", "save end"]);
});

test("undo gives the ready session back", () => {
  const form = openEditor(sessionData());
  form.press("Change these steps");
  form.press("Undo");
  assert.match(form.root.textContent, /This ready session is used/);
});

test("what was not changed is saved as it was", async () => {
  const data = sessionData({ agenda: AGENDA, introduction: "<p>Hi</p>", minimum: 5 });
  const form = openEditor(data);
  for (const at of [0, 1, 2]) form.toggle(at).click();
  form.press("Introduction for leaders" + "Written");
  await form.save();
  assert.deepEqual(form.sent[0].body.fields, data.fields);
  const wall = openEditor(wallData());
  await wall.save();
  assert.deepEqual(wall.sent[0].body.fields, wallData().fields);
});

test("Alt and an arrow move a step; the focus stays with it, and its place is said", () => {
  const form = openEditor(sessionData({ agenda: AGENDA }));
  const toggle = form.toggle(0);
  toggle.focus();
  const down = () => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", altKey: true, bubbles: true }));
  down();
  down();
  down();
  assert.deepEqual(form.steps(), ["Courage", "Where?", "Welcome"]);
  assert.equal(document.activeElement, toggle);
  assert.equal(form.root.querySelector("[role=status].psy-sr").textContent, "Moved to place 3 of 3.");
  toggle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", altKey: true, bubbles: true }));
  assert.deepEqual(form.steps(), ["Courage", "Welcome", "Where?"]);
  assert.equal(document.activeElement, toggle);
});

test("in a field Alt and an arrow belong to the text", () => {
  const form = openEditor(sessionData({ agenda: AGENDA }));
  form.toggle(0).click();
  form.field("What to talk about").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", altKey: true, bubbles: true }));
  assert.deepEqual(form.steps(), ["Welcome", "Courage", "Where?"]);
});

test("a step is removed and comes back where it was, with the focus", () => {
  const form = openEditor(sessionData({ agenda: AGENDA }));
  form.toggle(1).click();
  form.press("Remove");
  assert.deepEqual(form.steps(), ["Welcome", "Where?"]);
  assert.equal(document.activeElement.textContent, "Undo");
  form.press("Undo");
  assert.deepEqual(form.steps(), ["Welcome", "Courage", "Where?"]);
  assert.equal(document.activeElement, form.toggle(1));
});

test("an open step keeps its cursor and its text when another moves past it", () => {
  const form = openEditor(sessionData({ agenda: AGENDA }));
  form.toggle(1).click();
  const prompt = form.field("Question");
  form.type(prompt, "Changed");
  form.press("Move up: Where?");
  assert.equal(form.field("Question"), prompt);
  assert.equal(prompt.value, "Changed");
});

test("from the library: an exercise is added whole, in the language that was chosen", async () => {
  const form = openEditor(sessionData({ agenda: AGENDA }));
  form.press("Add from the library");
  const language = form.field("Language");
  language.value = "da";
  language.dispatchEvent(new window.Event("change"));
  form.press("Add: Mod");
  assert.match(form.root.textContent, /Added as step 4/);
  await form.save();
  const added = form.sent[0].body.fields.agenda[3];
  assert.deepEqual([added.exercise, added.prompt, added.minimum], ["courage", "Hvad kræver mod?", 4]);
});

test("a whole session asks before it replaces steps, and leaves the author's introduction alone", async () => {
  const form = openEditor(sessionData({ agenda: AGENDA, introduction: "<p>Mine</p>" }));
  form.press("Add from the library");
  form.press("Whole sessions");
  form.press("Use this session: The first hour");
  assert.deepEqual(form.steps(), ["Welcome", "Courage", "Where?"]);
  form.press("Keep the steps as they are");
  form.press("Use this session: The first hour");
  form.press("Replace the steps");
  assert.deepEqual(form.steps(), ["Welcome", "Courage"]);
  await form.save();
  assert.equal(form.sent[0].body.fields.introduction, "<p>Mine</p>");
});

test("every kind of blank step opens with its question, and says what it needs", async () => {
  const form = openEditor(sessionData({ agenda: AGENDA }));
  const kinds = ["Wall of notes", "Talk", "One question to choose from", "Statements to rate", "Agreement"];
  for (const kind of kinds) {
    form.press("Add a blank step");
    [...form.root.querySelectorAll(".psy-kind")].find((node) => node.textContent.startsWith(kind)).click();
    assert.equal(document.activeElement.tagName, "TEXTAREA");
  }
  await form.save();
  assert.equal(form.sent.length, 0);
  const listed = [...form.root.querySelectorAll(".psy-notice__list a")].map((node) => node.textContent);
  assert.equal(listed.length, 7);
  assert.equal(document.activeElement.closest("[data-key]").querySelector(".psy-step__number").textContent, "4");
});

test("a number that is none stays as it was typed, and is not sent", async () => {
  const form = openEditor(wallData());
  form.type(form.field("Minutes"), "ten");
  assert.deepEqual(form.problems(), ["This needs a whole number from 1 to 120."]);
  await form.save();
  assert.equal(form.sent.length, 0);
  assert.equal(form.field("Minutes").value, "ten");
  form.type(form.field("Minutes"), " 12 ");
  await form.save();
  assert.equal(form.sent[0].body.fields.minutes, 12);
});

test("the server's problems stand at their fields, the step opens, and the first has the focus", async () => {
  const problems = [
    { where: ["agenda", 1, "script"], text: "Say less." }, { where: ["minimum"], text: "Not so." },
    { where: ["agenda", 2, "unheard_of"], text: "What is this?" }, { where: ["nowhere"], text: "Somewhere." },
  ];
  const form = openEditor(sessionData({ agenda: AGENDA }), { replies: [[400, { error: "invalid", detail: "Four things.", problems }]] });
  await form.save();
  assert.deepEqual(form.names(), ["save start", "error"]);
  const script = document.activeElement;
  assert.equal(document.getElementById(script.getAttribute("aria-describedby").split(" ").pop()).textContent, "Say less.");
  assert.equal(script.getAttribute("aria-invalid"), "true");
  assert.equal(script.closest("[hidden]"), null);
  const links = [...form.root.querySelectorAll(".psy-notice__list a")];
  assert.deepEqual(links.map((node) => node.textContent), [
    "Step 2, What the leader says: Say less.", "Group minimum for all steps: Not so.", "Step 3: What is this?", "Somewhere.",
  ]);
  links[1].click();
  assert.equal(document.activeElement, form.field("Group minimum for all steps"));
  form.type(script, "Less");
  assert.equal(script.getAttribute("aria-invalid"), null);
});

for (const [what, reply, said] of [
  ["the network is away", new TypeError("Failed to fetch"), /cannot be reached/],
  ["a sign-on page answers", "<html>Sign in</html>", /signed out/],
  ["the server fails", [500, { error: "boom" }], /could not save/],
  ["the server refuses", [403, { error: "may_not_edit", detail: "You may not edit this course." }], /You may not edit this course/],
  ["the reply is none of ours", [200, { hello: 1 }], /signed out/],
]) {
  test(`nothing typed is lost when ${what}, and Save can be pressed again`, async () => {
    const form = openEditor(wallData(), { replies: [/** @type {any} */ (reply)] });
    form.type(form.field("Question"), "A new question?");
    await form.save();
    assert.match(form.root.textContent, said);
    assert.equal(form.field("Question").value, "A new question?");
    assert.deepEqual(form.names(), ["save start", "error"]);
    await form.save();
    assert.equal(form.sent[1].body.fields.prompt, "A new question?");
    assert.deepEqual(form.names().slice(2), ["save start", "save end"]);
  });
}

test("Save pressed twice is sent once, and the fields rest meanwhile", async () => {
  const form = openEditor(wallData());
  const button = form.root.querySelector('[data-action="save"]');
  button.click();
  button.click();
  assert.equal(form.root.querySelector(".psy-studio__body").inert, true);
  await settle(40);
  assert.equal(form.sent.length, 1);
});

const STALE = [409, { error: "stale", detail: "x", revision: "r9", fields: wallData({ prompt: "Theirs?", minutes: 9 }).fields }];

test("somebody else saved: keep mine and overwrite", async () => {
  const form = openEditor(wallData(), { replies: [/** @type {any} */ (STALE)] });
  form.type(form.field("Question"), "Mine?");
  await form.save();
  assert.match(form.root.textContent, /Somebody else saved this meanwhile\..*They changed: Question, Minutes/);
  form.press("Keep mine and overwrite");
  await settle(40);
  assert.equal(form.sent[1].body.revision, "r9");
  assert.equal(form.sent[1].body.fields.prompt, "Mine?");
  assert.equal(form.names().pop(), "save end");
});

test("somebody else saved: take theirs, and bring mine back after all", async () => {
  const form = openEditor(wallData(), { replies: [/** @type {any} */ (STALE)] });
  form.type(form.field("Question"), "Mine?");
  await form.save();
  form.press("Take theirs");
  assert.equal(form.field("Question").value, "Theirs?");
  assert.equal(form.field("Minutes").value, "9");
  form.press("Bring mine back");
  assert.equal(form.field("Question").value, "Mine?");
  await form.save();
  assert.equal(form.sent[1].body.revision, "r9");
});

test("Cancel leaves at once when nothing was changed, and asks once when something was", () => {
  const form = openEditor(wallData());
  form.press("Cancel");
  assert.deepEqual(form.names(), ["cancel"]);
  const other = openEditor(wallData());
  other.type(other.field("Question"), "New?");
  other.press("Cancel");
  assert.deepEqual(other.names(), []);
  assert.equal(document.activeElement.textContent, "Keep editing");
  other.press("Keep editing");
  assert.doesNotMatch(other.root.textContent, /Leave without saving/);
  other.press("Cancel");
  other.press("Leave without saving");
  assert.deepEqual(other.names(), ["cancel"]);
});

test("leaving the page is noticed while something is unsaved, and no longer once it is saved", async () => {
  const form = openEditor(wallData());
  const leave = () => {
    const event = new window.Event("beforeunload", { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  assert.equal(leave(), false);
  form.type(form.field("Question"), "New?");
  assert.equal(leave(), true);
  form.type(form.field("Question"), "What takes courage?");
  assert.equal(leave(), false);
  form.type(form.field("Question"), "New?");
  await form.save();
  assert.equal(leave(), false);
});

test("after a reload what was typed is offered back, with numbers that are none too", () => {
  const area = fakeArea();
  const form = openEditor(wallData(), { area });
  form.type(form.field("Question"), "Kept?");
  form.type(form.field("Minutes"), "ten");
  form.fire("pagehide");
  const again = openEditor(wallData(), { area });
  assert.equal(again.field("Question").value, "What takes courage?");
  again.press("Use them");
  assert.equal(again.field("Question").value, "Kept?");
  assert.equal(again.field("Minutes").value, "ten");
});

test("what was kept from an older state is saved against that state, so that nobody is overwritten unasked", async () => {
  const area = fakeArea();
  const form = openEditor(wallData(), { area });
  form.type(form.field("Question"), "Kept?");
  form.fire("pagehide");
  const again = openEditor({ ...wallData(), revision: "r5" }, { area });
  assert.match(again.root.textContent, /Meanwhile somebody saved this/);
  again.press("Use them");
  await again.save();
  assert.equal(again.sent[0].body.revision, "r1");
});

test("what was saved, left or refused back is not offered again", async () => {
  for (const end of ["save", "Cancel", "Start from what is saved"]) {
    const area = fakeArea();
    const form = openEditor(wallData(), { area });
    form.type(form.field("Question"), "Kept?");
    form.fire("pagehide");
    if (end === "save") await form.save();
    if (end === "Cancel") {
      form.press("Cancel");
      form.press("Leave without saving");
    }
    if (end.startsWith("Start")) openEditor(wallData(), { area }).press(end);
    assert.equal(area.length, 0, end);
  }
});

test("another block's draft is none of this one's", () => {
  const area = fakeArea();
  const form = openEditor(wallData(), { area });
  form.type(form.field("Question"), "Kept?");
  form.fire("pagehide");
  const other = openEditor({ ...wallData(), block: "b3" }, { area });
  assert.doesNotMatch(other.root.textContent, /Unsaved changes/);
});

test("markup in any text is text", () => {
  const agenda = ["wall", "talk", "choice", "pulse", "commitments"].map((kind) => ({
    kind, prompt: SCRIPT, title: SCRIPT, help: SCRIPT, starter: SCRIPT, begins: SCRIPT, script: SCRIPT, notes: SCRIPT,
    picture: SCRIPT, picture_alt: SCRIPT, video: SCRIPT, options: [SCRIPT, "b"], statements: [SCRIPT], minutes: SCRIPT,
  }));
  const form = openEditor(sessionData({ agenda, display_name: SCRIPT, introduction: SCRIPT, introduction_title: SCRIPT, planned_minutes: SCRIPT }));
  agenda.forEach((_, at) => form.toggle(at).click());
  assert.equal(form.root.querySelectorAll("script, img, iframe").length, 0);
  assert.equal(form.steps()[0], SCRIPT);
});

test("a step that cannot be read does not break the form, and can be removed", async () => {
  const form = openEditor(sessionData({ agenda: [{ kind: "quiz" }, AGENDA[0], 7] }));
  await form.save();
  assert.equal(form.sent.length, 0);
  form.press("Remove", 0);
  form.press("Remove", 0);
  await form.save();
  assert.deepEqual(form.sent[0].body.fields.agenda, [AGENDA[0]]);
});

test("a full agenda takes no more steps and says so", () => {
  const form = openEditor(sessionData({ agenda: Array(30).fill(AGENDA[0]) }));
  assert.match(form.root.textContent, /room for 30 steps/);
  form.toggle(0).click();
  form.press("Duplicate");
  assert.equal(form.steps().length, 30);
});
