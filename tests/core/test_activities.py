"""What an author may write and what an answer may be: every field at its limits, nothing unknown."""

import pytest

from psychsafety_xblock.core.activities import Answer, checked_definition, kind_of
from psychsafety_xblock.core.errors import Refused

LEAST = {"kind": "wall", "prompt": "What?"}


def refused(raw: object) -> tuple[str, object]:
    with pytest.raises(Refused) as caught:
        checked_definition(raw)
    return caught.value.code, caught.value.params.get("field")


def test_what_is_not_said_has_a_default():
    assert checked_definition(LEAST) == {
        "kind": "wall",
        "exercise": "",
        "echo": True,
        "echo_scope": "run",
        "echo_examples": [],
        "title": "",
        "prompt": "What?",
        "help": "",
        "starter": "",
        "minutes": 10,
        "max_length": 200,
        "minimum": 4,
        "audience": "team",
        "script": "",
        "notes": "",
        "picture": "",
        "picture_alt": "",
        "video": "",
    }


@pytest.mark.parametrize(
    ("field", "possible", "impossible"),
    [
        ("prompt", ["x", "x" * 300], ["x" * 301, 7, None]),
        ("title", ["", "x" * 120], ["x" * 121, 7]),
        ("help", ["", "x" * 600], ["x" * 601, []]),
        ("starter", ["", "x" * 80], ["x" * 81, {}]),
        ("minutes", [1, 120], [0, 121, -1, 2.5, "10", True, None]),
        ("max_length", [20, 500], [19, 501, "200", True]),
        ("exercise", ["", "courage-wall", "x" * 60], ["x" * 61, "Courage", "a b", "-a", "a/../b", 7, None]),
        ("echo", [True, False], ["true", 1, None]),
        ("minimum", [3, 50], [2, 0, -4, 51, 3.5, "4", True, None]),
        ("audience", ["team", "course"], ["everybody", "", None, 1]),
        ("script", ["", "x" * 2000], ["x" * 2001, 7]),
        ("notes", ["", "x" * 2000], ["x" * 2001, None]),
        (
            "picture",
            ["", "/static/a.png"],
            ["//elsewhere/a.png", "https://elsewhere/a.png", "a.png", "/\\elsewhere", 7],
        ),
        ("picture_alt", ["", "x" * 200], ["x" * 201]),
        (
            "video",
            ["", "https://films.example/1"],
            ["http://films.example/1", "javascript:alert(1)", "https://", "https://a b", "https://" + "x" * 500, 7],
        ),
    ],
)
def test_each_field_at_its_limits(field, possible, impossible):
    for value in possible:
        assert checked_definition({**LEAST, field: value})[field] == value
    for value in impossible:
        assert refused({**LEAST, field: value}) == ("bad_value", field)


@pytest.mark.parametrize("prompt", ["", "   "])
def test_a_wall_without_a_question_is_none(prompt):
    assert refused({"kind": "wall", "prompt": prompt}) == ("missing_field", "prompt")


@pytest.mark.parametrize("field", ["anonymous", "show_names", "guests", "id", "promt"])
def test_unknown_fields_are_refused_not_ignored(field):
    assert refused({**LEAST, field: "x"}) == ("unknown_field", field)


@pytest.mark.parametrize("raw", [None, "wall", [], [LEAST], 7])
def test_an_activity_is_an_object(raw):
    assert refused(raw) == ("bad_value", "agenda")


@pytest.mark.parametrize("kind", ["quiz", "", None, 7, ["wall"], {"wall": 1}])
def test_a_kind_that_does_not_exist(kind):
    assert refused({"kind": kind, "prompt": "What?"}) == ("bad_value", "kind")
    assert refused({"prompt": "What?"}) == ("bad_value", "kind")


def test_nobody_is_shown_more_than_this():
    definition = {**checked_definition(LEAST), "guests": False}
    shown = set(kind_of(definition).public(definition))
    assert shown == {
        "kind", "title", "prompt", "help", "starter", "max_length", "minutes", "picture", "picture_alt", "video",
        "paper", "share",
    }  # fmt: skip


class TestAnswers:
    """To a wall."""

    definition = checked_definition({**LEAST, "max_length": 20})

    def answer(self, raw) -> Answer:
        return kind_of(self.definition).answer(self.definition, raw)

    def code(self, raw) -> str:
        with pytest.raises(Refused) as caught:
            self.answer(raw)
        return caught.value.code

    def test_a_text(self):
        assert self.answer({"text": " saying no "}) == Answer(text="saying no", share=False)

    def test_a_pass(self):
        assert self.answer({"pass": True}) == Answer(text=None, share=False)

    @pytest.mark.parametrize("share", [True, False])
    def test_consent_is_what_the_writer_says(self, share):
        assert self.answer({"text": "x", "share": share}).share is share

    @pytest.mark.parametrize("more", [{"echo": False}, {"audience": "course"}, {"paper": True}])
    def test_consent_that_nobody_was_asked_for_is_not_recorded(self, more):
        definition = {**self.definition, **more}
        assert kind_of(definition).public(definition)["share"] is False
        if "paper" not in more:
            assert kind_of(definition).answer(definition, {"text": "x", "share": True}).share is False

    def test_a_definition_of_an_earlier_release_asks_nobody(self):
        definition = {key: value for key, value in self.definition.items() if not key.startswith("echo")}
        assert kind_of(definition).answer(definition, {"text": "x", "share": True}).share is False

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ({}, "missing_field"),
            ({"share": True}, "missing_field"),
            ({"text": ""}, "empty_text"),
            ({"text": None}, "bad_value"),
            ({"text": ["x"]}, "bad_value"),
            ({"text": "x" * 21}, "text_too_long"),
            ({"text": "<b>x</b>"}, "text_not_plain"),
            ({"text": "x", "share": "yes"}, "bad_value"),
            ({"pass": False}, "bad_value"),
            ({"pass": 1}, "bad_value"),
            ({"pass": True, "text": "x"}, "bad_value"),
            ({"text": "x", "author": "me"}, "unknown_field"),
            ({"text": "x", "max_length": 9000}, "unknown_field"),
        ],
    )
    def test_what_is_no_answer(self, raw, code):
        assert self.code(raw) == code
