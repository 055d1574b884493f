"""Studio's form: what is possible is saved, what is not is refused with a clear sentence, and nothing is half done."""

import pytest
from workbench.models import XBlockState

from psychsafety_xblock.demo.course import AUTHOR, BLOCKS
from psychsafety_xblock.demo.runtime import CourseRuntime
from tests.support import handler

pytestmark = pytest.mark.django_db


def submit(slug: str, **values):
    return handler(slug, "submit_studio_edits", {"values": values, "defaults": []}, AUTHOR)


def field(slug: str, name: str):
    return getattr(CourseRuntime("leader").get_block(BLOCKS[slug].usage_id), name)


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
        ("who_may_lead", "staff"),
        ("guests_allowed", False),
        ("complete_after_session", True),
    ],
)
def test_what_is_possible_is_saved(name, value):
    assert submit("wall", **{name: value}).status_code == 200
    assert field("wall", name) == value


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("minimum", 2, "3 to 50"),
        ("minimum", 0, "3 to 50"),
        ("minimum", 51, "3 to 50"),
        ("max_length", 19, "20 to 500"),
        ("max_length", 501, "20 to 500"),
        ("minutes", 0, "1 to 120"),
        ("minutes", 121, "1 to 120"),
        ("prompt", "", "1 to 300"),
        ("prompt", "   ", "1 to 300"),
        ("prompt", "x" * 301, "1 to 300"),
        ("help_text", "x" * 601, "600"),
        ("starter", "x" * 81, "80"),
        ("display_name", "x" * 121, "120"),
        ("audience", "everybody", "team"),
    ],
)
def test_what_is_not_is_refused_and_nothing_is_saved(name, value, says):
    response = submit("wall", **{"display_name": "Another name", name: value})
    assert response.status_code == 400
    message = " ".join(
        part["text"] if isinstance(part, dict) else str(part) for part in _messages(response.json()["error"])
    )
    assert says in message, message
    assert not XBlockState.objects.exists()
    assert field("wall", "display_name") == BLOCKS["wall"].title


def _messages(error) -> list:
    return error["messages"] if isinstance(error, dict) else [error]


WALL = {"kind": "wall", "prompt": "What?"}


@pytest.mark.parametrize(
    ("agenda", "says"),
    [
        ([WALL] * 31, "1 to 30"),
        ([{"kind": "quiz", "prompt": "What?"}], "kind"),
        ([{**WALL, "minimum": 2}], "3 to 50"),
        ([{"kind": "wall"}], "1 to 300"),
        ([{**WALL, "anonymous": False}], "anonymous"),
        (["wall"], "1 to 30"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_an_agenda_that_cannot_be_run(agenda, says):
    response = submit("session", agenda=agenda)
    assert response.status_code == 400
    assert says in str(response.json()["error"])
    assert not XBlockState.objects.exists()


def test_an_agenda_of_two_walls():
    assert submit("session", agenda=[WALL, {**WALL, "minimum": 5}]).status_code == 200
    assert len(field("session", "agenda")) == 2
    opened = handler("session", "open_session", {}, "leader").json()
    assert len(opened["attached"]) == 2


def test_no_setting_of_the_form_could_show_names():
    for slug in ("wall", "session"):
        block = CourseRuntime(AUTHOR).get_block(BLOCKS[slug].usage_id)
        assert not [name for name in block.editable_fields if "anonym" in name or "show" in name or "names" in name]
