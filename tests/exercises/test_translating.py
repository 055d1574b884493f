"""The library's texts in another language, and what an author changed as it was written."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psychsafety_xblock import exercises
from psychsafety_xblock.core.activities import checked_definition
from psychsafety_xblock.exercises import translated
from psychsafety_xblock.exercises.translating import LISTS, TEXTS

EXERCISES = exercises.exercise_names()
SESSIONS = exercises.session_names()


AGENDAS = {(name, code): exercises.ready_session(name, code).agenda for name in SESSIONS for code in ("en", "da")}
STEPS = [(name, place) for name in SESSIONS for place in range(len(AGENDAS[name, "en"]))]


def step(name: str, place: int, language: str) -> dict:
    return copy.deepcopy(AGENDAS[name, language][place])


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize(("source", "target"), [("en", "da"), ("da", "en"), ("en", "en"), ("da", "da")])
def test_each_exercise_becomes_that_of_the_other_language(name, source, target):
    assert translated(exercises.exercise(name, source), target) == exercises.exercise(name, target)


@pytest.mark.parametrize("name", SESSIONS)
@pytest.mark.parametrize(("source", "target"), [("en", "da"), ("da", "en"), ("en", "en"), ("da", "da")])
def test_each_step_of_a_session_becomes_that_of_the_other_language(name, source, target):
    done = [translated(one, target) for one in exercises.ready_session(name, source).agenda]
    assert done == exercises.ready_session(name, target).agenda


@pytest.mark.parametrize("name", EXERCISES)
def test_there_and_back(name):
    written = exercises.exercise(name)
    assert translated(translated(written, "da"), "en") == written


@pytest.mark.parametrize(("source", "target"), [("en", "da"), ("da", "en")])
def test_the_same_text_of_an_exercise_has_one_translation(source, target):
    found: dict[tuple, str] = {}
    pairs = [(exercises.exercise(name, source), exercises.exercise(name, target)) for name in EXERCISES]
    pairs += [(step(*one, source), step(*one, target)) for one in STEPS]
    for here, there in pairs:
        for field in set(TEXTS) & set(here):
            assert found.setdefault((here["exercise"], field, here[field]), there[field]) == there[field]


@settings(deadline=None)
@given(data=st.data())
def test_what_the_author_changed_stays_and_all_else_is_translated(data):
    """Any step, in any language, with any of its texts rewritten: those stay, in either direction."""
    name, place = data.draw(st.sampled_from(STEPS))
    source, target = data.draw(st.permutations(["en", "da"]))
    here, there = step(name, place, source), step(name, place, target)
    fields = [field for field in (*TEXTS, *LISTS) if field in here]
    changed = data.draw(st.lists(st.sampled_from(fields), unique=True))
    authored = copy.deepcopy(here)
    for field in changed:
        # No text of the library begins so.
        mine = "§" + data.draw(st.text(max_size=20))
        if field in LISTS:
            at = data.draw(st.integers(0, len(here[field]) - 1))
            authored[field][at] = mine
        else:
            authored[field] = mine
    before = copy.deepcopy(authored)
    done = translated(authored, target)
    assert authored == before
    assert set(done) == set(authored)
    for field in authored:
        kept = field in changed or field not in fields
        assert done[field] == (authored if kept else there)[field]


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*TEXTS, *LISTS, "kind", "exercise", "minutes", "own"]),
        st.recursive(
            st.one_of(st.none(), st.integers(), st.text(max_size=5), st.just("courage-wall"), st.just("welcome")),
            lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.just("text"), inner, max_size=1)),
            max_leaves=5,
        ),
    ),
    st.sampled_from(["en", "da", "da-dk", "fr", ""]),
)
def test_whatever_an_agenda_holds_comes_back_as_it_is(activity, language):
    assert translated(activity, language) == activity


@pytest.mark.parametrize("name", ["", "unknown", "../pulse", None, 3, ["pulse"]])
def test_an_activity_of_no_exercise_is_unchanged(name):
    activity = {**exercises.exercise("pulse"), "exercise": name}
    assert translated(activity, "da") == activity
    del activity["exercise"]
    assert translated(activity, "da") == activity


def test_the_text_of_another_exercise_is_the_authors_own():
    activity = {**exercises.exercise("pulse"), "prompt": exercises.exercise("welcome")["prompt"]}
    assert translated(activity, "da")["prompt"] == activity["prompt"]


def test_space_around_a_text_is_not_a_change():
    wall = exercises.exercise("courage-wall")
    spaced = {field: f"\n {value} " if field in TEXTS else value for field, value in wall.items()}
    danish = translated(spaced, "da")
    assert danish["prompt"] == exercises.exercise("courage-wall", "da")["prompt"].strip()
    assert checked_definition(danish) == checked_definition(exercises.exercise("courage-wall", "da"))


def test_an_emptied_text_stays_empty():
    activity = {**exercises.exercise("courage-wall"), "help": "", "starter": " "}
    danish = translated(activity, "da")
    assert (danish["help"], danish["starter"]) == ("", " ")


def test_one_changed_option_keeps_them_all():
    choice = exercises.exercise("what-would-help")
    choice["options"][2] = "Someone else going first"
    assert translated(choice, "da")["options"] == choice["options"]
    assert translated(choice, "da")["prompt"] == exercises.exercise("what-would-help", "da")["prompt"]


def test_options_in_another_order_are_the_authors_own():
    choice = exercises.exercise("how-it-went")
    choice["options"].reverse()
    assert translated(choice, "da")["options"] == ["Not yet", "Partly", "Kept"]


def test_a_statement_that_the_author_turned_round_stays_turned_and_is_translated():
    pulse = exercises.exercise("pulse")
    pulse["statements"] = [
        {"text": one if isinstance(one, str) else one["text"], "reversed": False} for one in pulse["statements"]
    ]
    danish = translated(pulse, "da")["statements"]
    assert [one["reversed"] for one in danish] == [False] * 5
    assert danish[0]["text"] == exercises.exercise("pulse", "da")["statements"][0]


def test_examples_are_the_librarys_until_one_of_them_is_changed():
    wall = exercises.exercise("courage-wall")
    assert translated(wall, "da")["echo_examples"] == exercises.exercise("courage-wall", "da")["echo_examples"]
    wall["echo_examples"][0] = "One of mine."
    assert translated(wall, "da")["echo_examples"] == wall["echo_examples"]
    assert translated({**wall, "echo_examples": []}, "da")["echo_examples"] == []


def test_numbers_of_the_author_stay():
    wall = {**exercises.exercise("courage-wall"), "minutes": 12, "minimum": 6, "picture": "/asset.png"}
    danish = translated(wall, "da")
    assert (danish["minutes"], danish["minimum"], danish["picture"]) == (12, 6, "/asset.png")


@pytest.mark.parametrize("language", ["da-dk", "DA", "da_DK"])
def test_a_code_with_a_region(language):
    assert translated(exercises.exercise("pulse"), language) == exercises.exercise("pulse", "da")


def test_english_for_a_language_that_the_library_does_not_have():
    assert translated(exercises.exercise("pulse", "da"), "fr") == exercises.exercise("pulse")


def test_a_mixture_of_languages_becomes_one():
    mixed = {**exercises.exercise("welcome"), "prompt": exercises.exercise("welcome", "da")["prompt"]}
    assert translated(mixed, "en") == exercises.exercise("welcome")
    assert translated(mixed, "da") == exercises.exercise("welcome", "da")
