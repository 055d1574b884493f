"""Both forms in Studio as authors use them: by mouse, by keyboard alone, by two at once, and when saving fails."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Route, expect

from psychsafety_xblock.exercises import ready_session
from tests.browser.author import Author
from tests.browser.views import overflow, serious

MISTAKES = ready_session("mistakes")
SCRIPT = "<img src=x onerror=\"document.title='broken in'\"><script>document.title='broken in'</script>"


@pytest.fixture
def author(room):
    yield Author(room.context("author", clock=False).new_page(), room.url)
    # The other tests of this folder find the course as its author left it.
    room.context("clean up", clock=False).request.post(f"{room.url}/reset_state")


def another(room) -> Author:
    return Author(room.context("another author", clock=False).new_page(), room.url)


def test_a_new_author_makes_a_session_of_the_library_and_a_leader_runs_it(room, author):
    """The whole of it without reading a document."""
    author.open_unit("hour")
    author.use_session(MISTAKES.title)
    expect(author.steps).to_have_count(len(MISTAKES.agenda))

    # Three steps are changed.
    author.step(1).click()
    author.field("What to talk about").fill("Which mistake do you like to tell?")
    author.field("Minutes").fill("6")
    author.step(1).click()
    author.step(2).click()
    author.field("Name of the step").fill("Our second step")
    author.step(2).click()
    author.step(3).click()
    author.press(re.compile("^For the leader"))
    author.field("What the leader says").fill("I go first.")
    author.step(3).click()

    # The order, by keyboard.
    author.step(2).focus()
    author.page.keyboard.press("Alt+ArrowDown")
    expect(author.step(3)).to_be_focused()
    expect(author.form.locator("[role=status].psy-sr")).to_have_text(f"Moved to place 3 of {len(MISTAKES.agenda)}.")
    titles = author.titles()
    assert titles[2] == "Our second step"

    author.save()
    # Back on the unit's page, which shows it.
    expect(author.page.locator(".studio-dialog")).to_be_hidden()
    expect(author.page.locator(".component").get_by_text("Our second step").first).to_be_attached()
    author.edit()
    assert author.titles() == titles

    leader = room.leader()
    code = leader.convene("hour")
    room.wire.guests(code, 5)
    lead = room.wire.handler("hour", "leader", "current_session")
    assert [line["title"] for line in room.wire.state(lead)["agenda"]] == titles
    leader.press("Begin")
    leader.press("Start")
    leader.expect_heading("Which mistake do you like to tell?")


def test_a_ready_session_is_changed_without_a_word_about_json(author):
    author.open_form("hour")
    if author.button("Change these steps").is_visible():
        author.press("Change these steps")
    before = author.titles()
    author.step(1).click()
    author.press("Remove")
    expect(author.button("Undo")).to_be_focused()
    assert author.titles() == before[1:]
    author.page.keyboard.press("Enter")
    expect(author.step(1)).to_be_focused()
    assert author.titles() == before
    author.page.keyboard.press("Enter")
    author.press("Duplicate")
    assert author.titles() == [before[0], *before]
    expect(author.form.get_by_text(re.compile("minutes? more than the meeting has"))).to_be_visible()
    author.field("Length of the meeting").fill("480")
    expect(author.form.get_by_text(re.compile("minutes? more than the meeting has"))).to_be_hidden()


def test_the_whole_form_by_keyboard_alone(author):
    """Every kind of control: text, rich text, numbers, the library, steps and their order, settings, saving."""
    author.open_form("hour")
    keys = author.page.keyboard
    author.tab_to(author.field("Name"))
    keys.press("ControlOrMeta+a")
    keys.type("By keyboard")

    author.tab_to(author.button(re.compile("^Introduction for leaders")))
    keys.press("Enter")
    author.tab_to(author.form.get_by_role("textbox", name="Text"))
    keys.press("ControlOrMeta+a")
    keys.press("Delete")
    keys.type("Please read this")
    keys.press("ControlOrMeta+Shift+ArrowLeft")
    keys.press("Shift+Tab")
    expect(author.button("Bold")).to_be_focused()
    keys.press("Enter")
    keys.press("End")
    keys.press("Enter")
    keys.press("ControlOrMeta+k")
    keys.type("example.com/read")
    keys.press("Enter")
    text = author.form.get_by_role("textbox", name="Text")
    expect(text).to_be_focused()
    expect(text.get_by_role("link", name="https://example.com/read")).to_be_visible()

    author.tab_to(author.button(re.compile("^(Add from the library|Choose another session)$")))
    keys.press("Enter")
    author.tab_to(author.button("Whole sessions"))
    keys.press("Space")
    author.tab_to(author.field("Search"))
    keys.type(MISTAKES.title)
    author.tab_to(author.button(f"Use this session: {MISTAKES.title}"))
    keys.press("Enter")
    if author.button("Replace the steps").is_visible():
        keys.press("Enter")
    expect(author.steps).to_have_count(len(MISTAKES.agenda))
    first, second, *rest = author.titles()

    author.tab_to(author.step(1))
    keys.press("Alt+ArrowDown")
    keys.press("Alt+ArrowDown")
    keys.press("Alt+ArrowUp")
    assert author.titles() == [second, first, *rest]
    keys.press("Enter")
    author.tab_to(author.button("Remove"))
    keys.press("Enter")
    keys.press("Enter")
    assert author.titles() == [second, first, *rest]

    author.tab_to(author.button("Add a blank step"))
    keys.press("Enter")
    author.tab_to(author.button(re.compile("^One question to choose from")))
    keys.press("Enter")
    keys.type("Where?")
    author.tab_to(author.field("Option 1"))
    keys.type("Here")
    author.tab_to(author.field("Option 2"))
    keys.type("There")
    author.tab_to(author.button("Add an option"))
    keys.press("Enter")
    keys.type("Nowhere")

    author.tab_to(author.button(re.compile("^Settings")))
    keys.press("Enter")
    author.tab_to(author.form.get_by_role("radio", name="Any learner"))
    keys.press("ArrowDown")
    author.tab_to(author.button("Save"))
    with author.page.expect_request(re.compile("/save_authored")) as sent:
        keys.press("Enter")
    fields = sent.value.post_data_json["fields"]
    assert fields["display_name"] == "By keyboard"
    assert fields["who_may_lead"] == "staff"
    assert fields["introduction"].startswith("<p>Please read <strong>this</strong></p>")
    assert 'href="https://example.com/read"' in fields["introduction"]
    assert fields["agenda"][-1]["options"] == ["Here", "There", "Nowhere"]
    expect(author.page).to_have_url(re.compile("/preview/"))


def test_a_step_is_dragged(author):
    author.open_form("activities")
    first, second, third, *rest = author.titles()
    handles = author.form.locator(".psy-step__handle")
    handles.nth(0).drag_to(author.steps.nth(2), target_position={"x": 200, "y": 60})
    assert author.titles() == [second, third, first, *rest]
    handles.nth(2).drag_to(author.steps.nth(0), target_position={"x": 200, "y": 3})
    assert author.titles() == [first, second, third, *rest]


def test_two_authors_and_the_second_sees_it(room, author):
    other = another(room)
    author.open_form("wall")
    other.open_form("wall")
    author.field("Question").fill("The first author's?")
    other.field("Question").fill("The second author's?")
    author.save()
    other.save(status=409)
    expect(other.form.get_by_text("They changed: Question.")).to_be_visible()
    expect(other.field("Question")).to_have_value("The second author's?")
    other.press("Take theirs")
    expect(other.field("Question")).to_have_value("The first author's?")
    other.press("Bring mine back")
    expect(other.field("Question")).to_have_value("The second author's?")
    other.save()
    author.open_form("wall")
    expect(author.field("Question")).to_have_value("The second author's?")
    # And the other way: what was typed on an old form overwrites only when asked.
    other.open_form("wall")
    other.field("Help").fill("Theirs.")
    other.save()
    author.field("Question").fill("Mine after all?")
    author.save(status=409)
    author.press("Keep mine and overwrite")
    expect(author.page).to_have_url(re.compile("/preview/"))
    other.open_form("wall")
    expect(other.field("Question")).to_have_value("Mine after all?")


def test_what_the_server_refuses_is_shown_at_its_field_and_nothing_is_lost(author):
    """The form is lied to about what it sends, so that the server has to refuse what the form would not."""
    author.open_form("activities")

    def spoil(route: Route) -> None:
        body = json.loads(route.request.post_data or "")
        body["fields"]["agenda"][1]["minutes"] = 0
        body["fields"]["planned_minutes"] = 4
        route.continue_(post_data=json.dumps(body))

    author.page.route(re.compile("/save_authored"), spoil)
    author.field("Name").fill("Typed by me")
    author.step(1).click()
    author.field("What to talk about").fill("Also typed by me?")
    author.save(status=400)
    expect(author.field("Length of the meeting")).to_be_focused()
    expect(author.form.get_by_role("link", name=re.compile("^Step 2, Minutes: "))).to_be_visible()
    author.form.get_by_role("link", name=re.compile("^Step 2, Minutes: ")).click()
    expect(author.steps.nth(1).get_by_label("Minutes", exact=True)).to_be_focused()
    expect(author.steps.nth(1).get_by_text(re.compile("whole number from 1 to 120"))).to_be_visible()
    expect(author.field("Name")).to_have_value("Typed by me")
    author.page.unroute(re.compile("/save_authored"))
    author.save()
    author.open_form("activities")
    expect(author.field("Name")).to_have_value("Typed by me")
    author.step(1).click()
    expect(author.field("What to talk about")).to_have_value("Also typed by me?")


@pytest.mark.parametrize(
    ("what", "said"),
    [("away", "Studio cannot be reached"), ("signed out", "Perhaps you were signed out"), ("broken", "could not save")],
)
def test_a_save_that_fails_keeps_everything_and_can_be_tried_again(author, what, said):
    def fail(route: Route) -> None:
        if what == "away":
            route.abort()
        elif what == "signed out":
            route.fulfill(status=200, content_type="text/html", body="<h1>Sign in</h1>")
        else:
            route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>")

    author.open_unit("wall")
    author.field("Question").fill("A question that must not be lost?")
    author.page.route(re.compile("/save_authored"), fail)
    author.press("Save")
    expect(author.form.get_by_text(re.compile(said)).filter(visible=True).last).to_be_visible()
    expect(author.field("Question")).to_have_value("A question that must not be lost?")
    author.page.unroute(re.compile("/save_authored"))
    author.save()
    expect(author.page.locator(".studio-dialog")).to_be_hidden()
    author.open_form("wall")
    expect(author.field("Question")).to_have_value("A question that must not be lost?")


def test_an_accidental_reload_loses_nothing(author):
    author.page.on("dialog", lambda dialog: dialog.accept())
    author.open_form("activities")
    author.step(2).click()
    author.field("Question").fill("Typed before the reload?")
    author.field("Minutes").fill("soon")
    author.page.reload()
    author.press("Use them")
    author.step(2).click()
    expect(author.field("Question")).to_have_value("Typed before the reload?")
    expect(author.field("Minutes")).to_have_value("soon")
    author.press("Cancel")
    expect(author.button("Keep editing")).to_be_focused()
    author.press("Leave without saving")
    expect(author.page).to_have_url(re.compile("/preview/"))
    author.open_form("activities")
    expect(author.button("Use them")).to_have_count(0)


def test_script_in_every_field_is_text(author):
    author.open_form("activities")
    for place in range(1, author.steps.count() + 1):
        author.step(place).click()
    for fold in author.form.locator(".psy-fold__button").all():
        fold.click()
    typed = author.form.locator(".psy-studio input[type=text]:not([inputmode]), .psy-studio textarea")
    for number, field in enumerate(typed.filter(visible=True).all()):
        # Lines of a list have to differ.
        field.fill(f"{number} {SCRIPT}"[:80])
    text = author.form.get_by_role("textbox", name="Text")
    text.fill(SCRIPT)
    author.field("Name").fill(SCRIPT)
    author.save()
    expect(author.page).to_have_url(re.compile("/preview/"))
    author.open_form("activities")
    expect(author.field("Name")).to_have_value(SCRIPT)
    author.press(re.compile("^Introduction for leaders"))
    expect(author.form.get_by_role("textbox", name="Text")).to_have_text(SCRIPT)
    assert all("<img" in title for title in author.titles())
    assert author.form.locator(".psy-studio img, .psy-studio script").count() == 0
    assert author.page.title() != "broken in"


def test_pasted_text_comes_without_its_looks(author):
    author.open_form("hour")
    author.press(re.compile("^Introduction for leaders"))
    text = author.form.get_by_role("textbox", name="Text")
    text.fill("")
    text.evaluate(
        """(node) => {
          node.focus();
          const data = new DataTransfer();
          data.setData("text/html", "<h1 style='color:red' onclick='x()'>Big</h1><img src=x onerror=alert(1)>");
          data.setData("text/plain", "Big\\n\\nnews");
          node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    with author.page.expect_request(re.compile("/save_authored")) as sent:
        author.press("Save")
    assert sent.value.post_data_json["fields"]["introduction"] == "<p>Big</p><p>news</p>"


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_forms_at_any_width(author, direction):
    """Narrow and wide, from both sides, with long words, everything open, and all that can be wrong being wrong."""
    wrong: list[str] = []

    def look(view: str) -> None:
        author.page.evaluate(f"document.documentElement.dir = '{direction}'")
        for width in (320, 1280):
            author.page.set_viewport_size({"width": width, "height": 900})
            wrong.extend(f"{view} at {width}: {each}" for each in overflow(author.page))
            if direction == "ltr":
                wrong.extend(f"{view} at {width}: {each}" for each in serious(author.page))
        author.page.set_viewport_size({"width": 1280, "height": 900})

    author.open_form("wall")
    author.press(re.compile("^Settings"))
    author.field("Minutes").fill("0")
    author.press("Save")
    look("wall")
    author.open_form("hour")
    look("ready session")
    author.open_library()
    author.press("Have a look")
    look("library")
    author.press("Whole sessions")
    look("sessions")
    author.open_form("activities")
    for place in range(1, author.steps.count() + 1):
        author.step(place).click()
    for fold in author.form.locator(".psy-fold__button").all():
        fold.click()
    author.field("Name of the step").fill("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter")
    author.field("Name").fill("x" * 121)
    author.field("Question").fill("")
    author.press("Save")
    look("everything open")
    author.form.get_by_role("button", name="Remove", exact=True).first.click()
    author.press("Add a blank step")
    author.press("Cancel")
    look("removed, and leaving")
    author.page.on("dialog", lambda dialog: dialog.accept())
    assert wrong == []
