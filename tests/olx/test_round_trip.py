"""What an author wrote comes back as it was: exported into a unit's file, imported from it, set or unset as before."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from psychsafety_xblock import exercises
from psychsafety_xblock.core.activities import KINDS
from psychsafety_xblock.studio.html import clean_html
from tests.olx.support import BLOCKS, SESSION, WALL, a_block, again, exported, read, set_fields, written

#: By language: each exercise and each session of the library.
EXERCISES = [(language, name) for language in exercises.languages() for name in exercises.exercise_names()]
READY = [(language, name) for language in exercises.languages() for name in exercises.session_names()]

#: Letters of many scripts, directions, quotes, markup, and every kind of space that XML changes when it can.
HARD = "aé漢字עבריت “\"'<>&;]]> \u00a0\u200f\u2028\u0085🙂\n\r\t "


def texts(limit: int, fewest: int = 0):
    """Texts that core takes: `limit` counts what is between the surrounding spaces."""
    letters = st.one_of(
        st.sampled_from(HARD), st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    )
    text = st.text(letters, max_size=min(limit, 40))
    return text.filter(lambda value: len(value.strip()) >= fewest)


def lists(fewest: int, most: int, limit: int):
    """Different texts, none of them empty."""
    return st.lists(texts(limit, 1), min_size=fewest, max_size=most, unique_by=str.strip)


def statement(text: str):
    """As a text, or with whether it is reversed."""
    return st.one_of(st.just(text), st.booleans().map(lambda value: {"text": text, "reversed": value}))


FIELDS = {
    "exercise": st.sampled_from(["", "courage-wall"]),
    "title": texts(120), "help": texts(600), "starter": texts(80), "begins": texts(120),
    "script": texts(2000), "notes": texts(2000), "picture_alt": texts(200),
    "picture": st.sampled_from(["", "/static/team.png", "/a&b \"c\".png"]),
    "video": st.sampled_from(["", "https://example.com/v?a=1&b=2"]),
    "minutes": st.integers(1, 120), "minimum": st.integers(3, 50), "max_length": st.integers(20, 500),
    "days": st.integers(1, 365), "audience": st.just("team"), "form": st.sampled_from(["pairs", "round", "all"]),
    "about": st.sampled_from(["", "commitments"]),
    "echo_scope": st.sampled_from(["run", "organisation"]), "echo_examples": lists(1, 8, 200),
    "echo": st.booleans(), "beside": st.booleans(), "compare": st.booleans(),
}  # fmt: skip
NEEDED = {
    "choice": {"options": lists(2, 8, 120)},
    "pulse": {"statements": lists(1, 10, 200).flatmap(lambda found: st.tuples(*map(statement, found)).map(list))},
}


def activities(kind: str):
    """Activities of a kind with any of their fields."""
    optional = {name: FIELDS[name] for name in sorted(KINDS[kind].fields()) if name in FIELDS}
    needed = {"kind": st.just(kind), "prompt": texts(300, 1), **NEEDED.get(kind, {})}
    return st.fixed_dictionaries(needed, optional=optional)


AGENDAS = st.lists(st.sampled_from(sorted(KINDS)).flatmap(activities), min_size=0, max_size=6)
COMMON = {
    "display_name": texts(120), "guests_allowed": st.booleans(), "complete_after_session": st.booleans(),
    "who_may_lead": st.sampled_from(["learner", "staff"]),
}  # fmt: skip
SESSIONS = st.fixed_dictionaries(
    {},
    optional={
        **COMMON,
        "introduction_title": texts(120),
        "introduction_video": FIELDS["video"],
        "introduction": texts(2000, 1).map(clean_html).filter(str.strip),
        "ready_session": st.sampled_from(exercises.session_names()),
        "planned_minutes": st.integers(5, 480),
        "minimum": st.one_of(st.none(), st.integers(3, 50)),
        "agenda": AGENDAS,
    },
)
WALLS = st.fixed_dictionaries(
    {},
    optional={
        **COMMON,
        "prompt": texts(300, 1),
        "help_text": texts(600),
        "starter": texts(80),
        "minutes": FIELDS["minutes"],
        "minimum": FIELDS["minimum"],
        "max_length": FIELDS["max_length"],
        "audience": st.sampled_from(["team", "course"]),
        "echo": st.booleans(),
        "echo_scope": FIELDS["echo_scope"],
        "echo_examples": lists(0, 8, 200),
    },
)


def test_every_kind_and_field_is_generated():
    """A new field of core fails here until it is in the strategies above."""
    for kind in KINDS.values():
        assert kind.fields() <= {"kind", "prompt", *FIELDS, *NEEDED.get(kind.name, {})}, kind.name


@settings(max_examples=150, deadline=None)
@given(SESSIONS)
def test_any_team_session(fields):
    assert again(SESSION, fields) == fields


@settings(max_examples=150, deadline=None)
@given(WALLS)
def test_any_wall(fields):
    assert again(WALL, fields) == fields


@settings(max_examples=500, deadline=None)
@given(AGENDAS.filter(bool))
def test_any_agenda_is_written_in_elements(agenda):
    block = a_block(SESSION, {"agenda": agenda})
    assert "agenda" not in written(block).attrib
    assert read(exported(block)).agenda == agenda


@pytest.mark.parametrize(("language", "name"), EXERCISES)
def test_every_exercise_of_the_library(language, name):
    agenda = [exercises.exercise(name, language)]
    assert again(SESSION, {"agenda": agenda}) == {"agenda": agenda}


@pytest.mark.parametrize(("language", "name"), READY)
def test_every_session_of_the_library(language, name):
    ready = exercises.ready_session(name, language)
    fields = {
        "display_name": ready.title,
        "introduction": clean_html(ready.introduction),
        "agenda": ready.agenda,
        "ready_session": name,
    }
    assert again(SESSION, fields) == fields


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_newly_added_block_has_nothing_set_and_is_no_pointer_to_a_file(kind):
    node = written(a_block(kind))
    assert dict(node.attrib) == {"unchanged": "true", "xblock-family": "xblock.v1"}
    assert len(node) == 0
    assert set_fields(read(etree.tostring(node))) == {}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (SESSION, {"agenda": []}),
        (SESSION, {"minimum": None}),
        (SESSION, {"introduction_title": ""}),
        (WALL, {"help_text": ""}),
        (WALL, {"help_text": "  \n "}),
        (WALL, {"display_name": "", "starter": ""}),
    ],
    ids=str,
)
def test_what_is_set_to_nothing_stays_set(kind, fields):
    assert again(kind, fields) == fields


def test_a_second_export_is_the_same_text():
    fields = {"introduction": "<p>One</p>", "agenda": exercises.ready_session("first-hour").agenda, "display_name": "A"}
    first = exported(a_block(SESSION, fields))
    assert exported(read(first)) == first


def test_long_texts_are_elements_and_can_be_read():
    agenda = [{"kind": "wall", "prompt": "What?", "minutes": 7, "script": "First.\n\nThen.", "notes": "Wait."}]
    assert exported(a_block(SESSION, {"display_name": "Together", "introduction": "<p>Hi</p>", "agenda": agenda})) == (
        """<psychsafety_team_session display_name="Together" xblock-family="xblock.v1">
  <introduction><![CDATA[<p>Hi</p>]]></introduction>
  <agenda>
    <wall prompt="What?" minutes="7">
      <script>First.

Then.</script>
      <notes>Wait.</notes>
    </wall>
  </agenda>
</psychsafety_team_session>
"""
    )


@pytest.mark.parametrize(
    "agenda",
    [["no activity"], [{"kind": "poll", "prompt": "x"}], [{"kind": "wall", "prompt": "x", "minutes": "ten"}],
     [{"kind": "wall", "prompt": "x", "colour": "red"}], [{"kind": "choice", "prompt": "x", "options": []}]],
    ids=str,
)  # fmt: skip
def test_what_the_form_would_never_store_is_exported_as_xblock_does(agenda):
    """An export of the whole course does not fail over it."""
    node = written(a_block(SESSION, {"agenda": agenda}))
    assert json.loads(node.get("agenda")) == agenda


@pytest.mark.parametrize("stored", ["a ]]> b", "a\rb", "<p>a</p><script>b</script>"])
def test_an_introduction_that_was_stored_before_it_was_cleaned(stored):
    """The end of CDATA cannot stand in it, and a carriage return does not come back from it."""
    node = written(a_block(SESSION, {"introduction": stored}))
    text = etree.fromstring(etree.tostring(node)).find("introduction").text
    assert text == stored
    assert again(SESSION, {"introduction": stored}) == {"introduction": clean_html(stored)}


def test_a_course_that_an_earlier_release_exported():
    agenda = [{"kind": "wall", "prompt": "What?", "minutes": 7}]
    node = etree.Element(SESSION, agenda=json.dumps(agenda, indent=2), introduction="<p>Hi</p><script>x</script>")
    assert set_fields(read(etree.tostring(node))) == {"agenda": agenda, "introduction": "<p>Hi</p>"}
    assert set_fields(read(etree.tostring(etree.Element(WALL, help_text="a\nb")))) == {"help_text": "a\nb"}
