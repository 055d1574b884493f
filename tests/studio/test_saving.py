"""Studio's form: what is possible is saved, what is not is refused at its place, and nothing is half done."""

import json

import pytest
from workbench.models import XBlockState

from psychsafety_xblock.demo.course import AUTHOR, BLOCKS
from psychsafety_xblock.demo.runtime import CourseRuntime
from psychsafety_xblock.studio.editor import LARGEST_SAVE
from tests.support import handler, is_refused, rows

pytestmark = pytest.mark.django_db

WALL = {"kind": "wall", "prompt": "What?"}


def block(slug: str, student: str = AUTHOR):
    return CourseRuntime(student).get_block(BLOCKS[slug].usage_id)


def form(slug: str) -> dict:
    """What the form starts with."""
    return block(slug).studio_view().json_init_args


def save(slug: str, student: str = AUTHOR, revision: str | None = None, **values):
    start = form(slug)
    body = {"revision": revision or start["revision"], "fields": {**start["fields"], **values}}
    return handler(slug, "save_authored", body, student)


def problems(response) -> dict[tuple, str]:
    assert response.status_code == 400, response.content
    body = response.json()
    assert body["error"] == "invalid"
    return {tuple(one["where"]): one["text"] for one in body["problems"]}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("minimum", 3),
        ("minimum", 50),
        ("max_length", 20),
        ("max_length", 500),
        ("prompt", "What would you ask?"),
        ("help_text", "x" * 600),
        ("starter", ""),
        ("audience", "course"),
        ("echo", False),
        ("echo_scope", "organisation"),
        ("echo_examples", ["To say no.", "x" * 200]),
        ("who_may_lead", "staff"),
        ("guests_allowed", False),
        ("complete_after_session", True),
    ],
)
def test_what_is_possible_is_saved(name, value):
    response = save("wall", **{name: value})
    assert response.status_code == 200, response.content
    assert response.json()["fields"][name] == value
    assert getattr(block("wall", "leader"), name) == value


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("minimum", 2, "3 to 50"),
        ("minimum", None, "3 to 50"),
        ("minimum", "4", "3 to 50"),
        ("minimum", 51, "3 to 50"),
        ("max_length", 19, "20 to 500"),
        ("max_length", 501, "20 to 500"),
        ("minutes", 0, "1 to 120"),
        ("minutes", 121, "1 to 120"),
        ("minutes", 2.5, "1 to 120"),
        ("prompt", "", "1 to 300"),
        ("prompt", "   ", "1 to 300"),
        ("prompt", "x" * 301, "1 to 300"),
        ("prompt", ["a"], "1 to 300"),
        ("help_text", "x" * 601, "600"),
        ("starter", "x" * 81, "80"),
        ("display_name", "x" * 121, "120"),
        ("display_name", 7, "120"),
        ("audience", "everybody", "team"),
        ("echo", "yes", "on or off"),
        ("echo_scope", "world", "organisation"),
        ("echo_examples", ["x" * 201], "1 to 200"),
        ("echo_examples", ["a", "a"], "different"),
        ("echo_examples", [str(n) for n in range(9)], "up to 8"),
        ("echo_examples", "To say no.", "up to 8"),
        ("who_may_lead", "everybody", "any learner"),
        ("guests_allowed", "true", "on or off"),
        ("complete_after_session", 1, "on or off"),
    ],
)
def test_what_is_not_is_refused_at_its_place_and_nothing_is_saved(name, value, says):
    response = save("wall", **{"display_name": "Another name", name: value})
    assert list(problems(response)) == [(name,)]
    assert says in problems(response)[(name,)]
    assert not XBlockState.objects.exists()
    assert block("wall").display_name == BLOCKS["wall"].title


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("planned_minutes", 4, "5 to 480"),
        ("planned_minutes", 481, "5 to 480"),
        ("planned_minutes", None, "5 to 480"),
        ("minimum", 2, "3 to 50"),
        ("introduction", "x" * 20_001, "20,000"),
        ("introduction", None, "20,000"),
        ("introduction_title", "x" * 121, "120"),
        ("introduction_video", "http://example.com/film", "https://"),
        ("introduction_video", "javascript:alert(1)", "https://"),
        ("agenda", "[]", "1 to 30"),
        ("agenda", [WALL] * 31, "1 to 30"),
    ],
)
def test_a_team_sessions_own_fields(name, value, says):
    response = save("session", **{name: value})
    assert list(problems(response)) == [(name,)]
    assert says in problems(response)[(name,)]
    assert not XBlockState.objects.exists()


def test_a_session_that_does_not_exist_matters_only_without_an_agenda():
    assert problems(save("hour", ready_session="nothing")) == {
        ("ready_session",): "There is no ready session of this name."
    }
    assert save("session", ready_session="nothing").status_code == 200


@pytest.mark.parametrize(
    ("step", "where", "says"),
    [
        ({"kind": "quiz", "prompt": "What?"}, "kind", "kind"),
        ({**WALL, "minimum": 2}, "minimum", "3 to 50"),
        ({"kind": "wall"}, "prompt", "1 to 300"),
        ({**WALL, "anonymous": False}, "anonymous", "anonymous"),
        ({**WALL, "picture": "https://example.com/a.png"}, "picture", "“/”"),
        ({**WALL, "exercise": "../../etc"}, "exercise", "hyphens"),
        ({"kind": "choice", "prompt": "Which?"}, "options", "2 to 8"),
        ({"kind": "pulse", "prompt": "How?", "statements": ["a", "a"]}, "statements", "1 to 10"),
        ("wall", "kind", "1 to 30"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_step_that_cannot_be_run_is_named_by_its_place(step, where, says):
    found = problems(save("session", agenda=[WALL, step, WALL]))
    assert list(found) == [("agenda", 1, where)]
    assert says in found[("agenda", 1, where)]
    assert not XBlockState.objects.exists()


def test_everything_that_is_wrong_is_said_at_once():
    bad = {"kind": "choice", "minutes": 0, "minimum": 99, "colour": "red", "options": ["one"], "title": "x" * 121}
    found = problems(save("session", agenda=[WALL, bad, {"kind": "wall", "prompt": ""}], planned_minutes=0))
    assert set(found) == {
        ("planned_minutes",),
        ("agenda", 1, "minutes"),
        ("agenda", 1, "minimum"),
        ("agenda", 1, "colour"),
        ("agenda", 1, "options"),
        ("agenda", 1, "title"),
        ("agenda", 1, "prompt"),
        ("agenda", 2, "prompt"),
    }


def test_an_agenda_of_two_walls_is_run():
    assert save("session", agenda=[WALL, {**WALL, "minimum": 5}]).status_code == 200
    opened = handler("session", "open_session", {}, "leader").json()
    assert len(opened["attached"]) == 2


def test_a_sessions_minimum_raises_every_steps():
    assert save("session", agenda=[{**WALL, "minimum": 3}, {**WALL, "minimum": 8}], minimum=6).status_code == 200
    assert [one["minimum"] for one in block("session").definitions()] == [6, 8]
    assert save("session", minimum=None).status_code == 200
    assert [one["minimum"] for one in block("session").definitions()] == [3, 8]


def test_what_is_as_by_default_is_not_stored():
    assert save("wall", minimum=9, echo=False).status_code == 200
    assert save("wall", minimum=4, echo=True).status_code == 200
    stored = block("wall")
    assert not stored.fields["minimum"].is_set_on(stored)
    assert not stored.fields["echo"].is_set_on(stored)


def test_the_second_author_sees_that_somebody_else_saved():
    mine, theirs = form("wall"), form("wall")
    assert mine["revision"] == theirs["revision"]
    assert save("wall", prompt="Theirs?").status_code == 200
    response = save("wall", revision=mine["revision"], prompt="Mine?")
    body = response.json()
    assert (response.status_code, body["error"]) == (409, "stale")
    assert body["fields"]["prompt"] == "Theirs?"
    assert block("wall").prompt == "Theirs?"
    assert save("wall", revision=body["revision"], prompt="Mine?").status_code == 200
    assert block("wall").prompt == "Mine?"


def test_saving_gives_the_revision_that_the_next_save_needs():
    first = save("wall", prompt="One?").json()
    assert first["revision"] == form("wall")["revision"]
    assert save("wall", revision=first["revision"], prompt="Two?").status_code == 200


def test_rich_text_is_cleaned_when_it_is_saved_and_when_it_is_read():
    written = '<p onclick="x()">Read <b>this</b><script>alert(1)</script></p><img src=x onerror=y>'
    response = save("session", introduction=written)
    assert response.json()["fields"]["introduction"] == "<p>Read <b>this</b></p>"
    assert block("session").introduction == "<p>Read <b>this</b></p>"
    unclean = block("session")
    unclean.introduction = written
    assert unclean.authored_fields()["introduction"] == "<p>Read <b>this</b></p>"


@pytest.mark.parametrize("student", ["leader", "amal", "staff", "none"])
def test_only_studio_saves(student):
    before = rows()
    assert is_refused(save("wall", student, prompt="Mine?"), 403, "not_in_studio")
    assert rows() == before


def test_who_may_only_read_the_course_in_studio_saves_nothing(monkeypatch):
    class Permissions:
        def can_write(self, key):
            return key != "course-v1:Org+Course+Run"

    asked = block("wall")
    asked.scope_ids = asked.scope_ids._replace(usage_id=type("Key", (), {"context_key": "course-v1:Org+Course+Run"})())
    monkeypatch.setattr(type(asked.runtime), "service", lambda self, block, name: Permissions())
    from psychsafety_xblock import platform_compat
    from psychsafety_xblock.core.errors import Refused

    with pytest.raises(Refused) as caught:
        platform_compat.author(asked)
    assert caught.value.code == "may_not_edit"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "missing_field"),
        ({"revision": "x", "fields": []}, 400, "missing_field"),
        ({"revision": "x", "fields": {"prompt": "Only this?"}}, 400, "missing_field"),
        ({"revision": "x", "fields": {"anonymous": False}}, 400, "unknown_field"),
        ("[]", 400, "bad_json"),
        ("{" * 100_000, 400, "bad_json"),
        (json.dumps({"fields": {"prompt": "x" * LARGEST_SAVE}}), 413, "too_large"),
    ],
    ids=["empty", "list", "partly", "unknown", "array", "nested", "1MB"],
)
def test_what_is_no_form(body, status, code):
    assert is_refused(handler("wall", "save_authored", body, AUTHOR), status, code)
    assert not XBlockState.objects.exists()


def test_a_form_is_never_taken_as_a_form():
    response = handler(
        "wall", "save_authored", {"fields": {}}, AUTHOR, content_type="application/x-www-form-urlencoded"
    )
    assert is_refused(response, 415, "not_json")


def test_opening_the_form_stores_nothing():
    before = rows()
    for slug in BLOCKS:
        form(slug)
        block(slug).validate()
    assert rows() == before


def test_no_setting_of_the_form_could_show_names():
    for slug in ("wall", "session"):
        names = block(slug).editable_fields
        assert not [name for name in names if "anonym" in name or "show" in name or "names" in name]


def test_the_library_comes_with_the_form():
    given = form("hour")
    assert given["library_languages"][0] == {"code": "en", "name": "English"}
    library = given["library"]["en"]
    exercises = {one["name"]: one["activity"] for one in library["exercises"]}
    for session in library["sessions"]:
        whole = [{**exercises[step["exercise"]], **step} for step in session["agenda"]]
        assert sum(step["minutes"] for step in whole) == session["minutes"]
    first = next(one for one in library["sessions"] if one["name"] == "first-hour")
    written = [{**exercises[step["exercise"]], **step} for step in first["agenda"]]
    assert save("session", agenda=written).status_code == 200
    assert "library" not in form("wall")
