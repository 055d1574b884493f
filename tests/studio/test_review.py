"""What Studio lists below a block: what is missing, and what is odd."""

import pytest

from psychsafety_xblock.core.activities import checked_agenda
from psychsafety_xblock.demo.course import AUTHOR, BLOCKS
from psychsafety_xblock.demo.runtime import CourseRuntime
from psychsafety_xblock.studio.review import remarks_of_session

WALL = {"kind": "wall", "prompt": "What?", "script": "Now we write.", "minutes": 10}


def remarks(agenda: list, planned: int = 60) -> dict[tuple, str]:
    return {one.where: one.text for one in remarks_of_session(checked_agenda(agenda), planned)}


def block(slug: str, **fields):
    made = CourseRuntime(AUTHOR).get_block(BLOCKS[slug].usage_id)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def said(made) -> list[tuple[str, str]]:
    return [(one.type, one.text) for one in made.validate().messages]


def test_a_plain_agenda_is_not_odd():
    assert remarks([WALL, WALL]) == {}


def test_ninety_five_minutes_in_an_hour():
    assert remarks([{**WALL, "minutes": 90}, {**WALL, "minutes": 5}]) == {
        ("planned_minutes",): "The steps take 95 minutes together, and the meeting 60. Shorten or leave out some."
    }
    assert remarks([{**WALL, "minutes": 60}]) == {}


def test_a_minimum_that_an_ordinary_team_never_reaches():
    assert remarks([WALL, {**WALL, "minimum": 10}]) == {
        ("agenda", 1, "minimum"): "Step 2 needs 10 answers. A team of 6 does something else instead."
    }
    assert remarks([{**WALL, "minimum": 6}]) == {}
    assert remarks([{"kind": "talk", "prompt": "What?", "minimum": 10, "script": "Talk."}]) == {}


def test_a_step_without_words_for_the_leader():
    assert remarks([{**WALL, "script": ""}]) == {("agenda", 0, "script"): "Step 1 has no words for the leader to say."}


@pytest.mark.django_db
class TestBelowTheBlock:
    """`validate()`, with Studio's messages."""

    @pytest.mark.parametrize("slug", ["hour", "follow-up", "wall", "course-wall"])
    def test_what_works_unchanged_has_nothing_to_say(self, slug):
        assert said(block(slug)) == []

    def test_what_is_missing_is_an_error_with_its_step(self):
        assert said(block("session", agenda=[WALL, {"kind": "wall"}])) == [
            ("error", "Step 2: The question needs 1 to 300 characters.")
        ]
        assert said(block("hour", ready_session="gone")) == [("error", "There is no ready session of this name.")]
        assert said(block("wall", prompt="")) == [("error", "The question needs 1 to 300 characters.")]

    def test_what_is_odd_is_a_warning(self):
        (told,) = said(block("session", agenda=[WALL], planned_minutes=5))
        assert told[0] == "warning"
        assert "10 minutes" in told[1]
        (told,) = said(block("wall", minimum=10))
        assert told == ("warning", "The wall needs 10 answers. A team of 6 never gets there.")
        assert said(block("course-wall", minimum=10)) == []

    def test_a_sessions_minimum_counts_too(self):
        assert "needs 9 answers" in said(block("session", agenda=[WALL], minimum=9))[0][1]

    @pytest.mark.parametrize("agenda", [None, 7, "x", {"a": 1}, [None], [[]], [{}], [{"kind": []}]])
    def test_whatever_an_import_left_there_it_says_what_is_wrong(self, agenda):
        made = block("session")
        made.fields["agenda"]._set_cached_value(made, agenda)
        assert said(made)[0][0] == "error"
