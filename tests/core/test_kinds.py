"""The kinds without notes: what an author may write and what an answer may be."""

import pytest

from psychsafety_xblock.core.activities import checked_definition, kind_of
from psychsafety_xblock.core.errors import Refused

CHOICE = {"kind": "choice", "prompt": "Where?", "options": ["Here", "There"]}
PULSE = {"kind": "pulse", "prompt": "How much?", "statements": ["I ask.", {"text": "I hide.", "reversed": True}]}
TALK = {"kind": "talk", "prompt": "What now?", "form": "pairs", "begins": "The youngest"}


def refusal(call) -> tuple[str, object]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code, caught.value.params.get("field")


def test_what_everybody_is_shown_of_each():
    talk, choice, pulse = (checked_definition(raw) for raw in (TALK, CHOICE, PULSE))
    assert kind_of(talk).public(talk) == {
        "kind": "talk", "title": "", "prompt": "What now?", "help": "", "minutes": 10, "begins": "The youngest",
        "form": "pairs",
    }  # fmt: skip
    assert kind_of(choice).public(choice)["options"] == [{"id": "o1", "text": "Here"}, {"id": "o2", "text": "There"}]
    assert kind_of(pulse).public(pulse)["statements"] == [
        {"id": "s1", "text": "I ask.", "reversed": False},
        {"id": "s2", "text": "I hide.", "reversed": True},
    ]
    assert (choice["minimum"], pulse["minimum"]) == (5, 5)


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({**TALK, "form": "shouting"}, "form"),
        ({**TALK, "minutes": 0}, "minutes"),
        ({**TALK, "minutes": 400}, "minutes"),
        ({**TALK, "prompt": "x" * 301}, "prompt"),
        ({**CHOICE, "options": ["only"]}, "options"),
        ({**CHOICE, "options": [str(n) for n in range(9)]}, "options"),
        ({**CHOICE, "options": ["same", " same "]}, "options"),
        ({**CHOICE, "options": ["a", ""]}, "options"),
        ({**CHOICE, "options": "ab"}, "options"),
        ({**CHOICE, "options": ["a", 2]}, "options"),
        ({**CHOICE, "minimum": 2}, "minimum"),
        ({**CHOICE, "audience": "course"}, "audience"),
        ({**PULSE, "statements": []}, "statements"),
        ({**PULSE, "statements": [""]}, "statements"),
        ({**PULSE, "statements": [str(n) for n in range(11)]}, "statements"),
        ({**PULSE, "statements": ["a", {"text": "a"}]}, "statements"),
        ({**PULSE, "statements": [{"text": "a", "reversed": 1}]}, "statements"),
        ({**PULSE, "statements": [{"text": "a", "weight": 2}]}, "statements"),
        ({**PULSE, "statements": [7]}, "statements"),
        ({"kind": "song", "prompt": "?"}, "kind"),
    ],
)
def test_what_an_author_may_not_write(raw, field):
    assert refusal(lambda: checked_definition(raw)) == ("bad_value", field)


def test_answers():
    choice, pulse = checked_definition(CHOICE), checked_definition(PULSE)
    assert kind_of(choice).answer(choice, {"option": "o2"}).votes == (("choice", "o2"),)
    assert kind_of(pulse).answer(pulse, {"ratings": {"s2": 5, "s1": 1}}).votes == (("s1", "1"), ("s2", "5"))
    assert kind_of(pulse).answer(pulse, {"ratings": {"s2": 3}}).votes == (("s2", "3"),)
    for one in (choice, pulse):
        passed = kind_of(one).answer(one, {"pass": True})
        assert (passed.text, passed.votes) == (None, ())


@pytest.mark.parametrize(
    ("definition", "answer", "code", "field"),
    [
        (CHOICE, {}, "missing_field", "option"),
        (CHOICE, {"option": "o3"}, "bad_value", "option"),
        (CHOICE, {"option": ["o1"]}, "bad_value", "option"),
        (CHOICE, {"option": "o1", "text": "hello"}, "unknown_field", "text"),
        (CHOICE, {"option": "o1", "pass": True}, "bad_value", "pass"),
        (PULSE, {}, "missing_field", "ratings"),
        (PULSE, {"ratings": {}}, "empty_answer", None),
        (PULSE, {"ratings": [3, 4]}, "bad_value", "ratings"),
        (PULSE, {"ratings": {"s3": 3}}, "bad_value", "ratings"),
        (PULSE, {"ratings": {"s1": 0}}, "bad_value", "ratings"),
        (PULSE, {"ratings": {"s1": 6}}, "bad_value", "ratings"),
        (PULSE, {"ratings": {"s1": 3.0}}, "bad_value", "ratings"),
        (PULSE, {"ratings": {"s1": True}}, "bad_value", "ratings"),
        (PULSE, {"ratings": {"s1": "3"}}, "bad_value", "ratings"),
        (PULSE, {"pass": 1}, "bad_value", "pass"),
        (TALK, {"pass": True}, "not_now", None),
    ],
)
def test_what_is_no_answer(definition, answer, code, field):
    checked = checked_definition(definition)
    assert refusal(lambda: kind_of(checked).answer(checked, answer)) == (code, field)


def test_what_may_be_run_again_and_what_collects():
    found = {raw["kind"]: kind_of(raw) for raw in (TALK, CHOICE, PULSE, {"kind": "wall"})}
    assert {name for name, kind in found.items() if kind.repeatable} == {"talk", "wall"}
    assert {name for name, kind in found.items() if kind.collects} == {"choice", "pulse", "wall"}
    assert {name for name, kind in found.items() if kind.has_notes} == {"wall"}
