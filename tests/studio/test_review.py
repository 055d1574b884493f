"""What Studio lists below a block: what is missing, and what is odd."""

import pytest

from psychsafety_xblock import exercises
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


def test_other_runs_do_not_know_a_question_of_the_authors_own():
    wide = {**WALL, "echo_scope": "organisation"}
    assert list(remarks([wide])) == [("agenda", 0, "echo_scope")]
    assert remarks([{**wide, "exercise": "courage-wall"}, {**wide, "echo": False}]) == {}


@pytest.mark.parametrize("language", exercises.languages())
@pytest.mark.parametrize("name", exercises.session_names())
def test_a_ready_session_is_not_odd(name, language):
    """But for the answers that a hall waits for."""
    ready = exercises.ready_session(name, language)
    odd = {where[-1] for where in remarks(ready.agenda, ready.minutes)}
    assert odd <= ({"minimum"} if "leaders" in ready.topics else set())


@pytest.mark.django_db
@pytest.mark.parametrize("language", exercises.languages())
class TestExamplesOfAWall:
    """A new wall asks what an exercise asks, and is as complete as that one."""

    def found(self, language, **fields) -> list[str]:
        (wall,) = block("wall", **fields).definitions([language])
        return wall["echo_examples"]

    def test_they_are_its_exercises_in_the_language_of_the_session(self, language):
        of_the_exercise = exercises.exercise("courage-wall", language)["echo_examples"]
        assert self.found(language) == of_the_exercise
        assert self.found(language, prompt="Hvad kræver det mod af dig at gøre?") == of_the_exercise

    def test_until_the_author_writes_some(self, language):
        assert self.found(language, echo_examples=["To ask."]) == ["To ask."]

    def test_or_asks_something_else(self, language):
        assert self.found(language, prompt="What else?") == []


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
