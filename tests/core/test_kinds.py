"""The kinds without notes: what an author may write and what an answer may be."""

import datetime

import pytest

from psychsafety_xblock.core.activities import KINDS, Commitments, Wall, checked_agenda, checked_definition, kind_of
from psychsafety_xblock.core.errors import Refused

CHOICE = {"kind": "choice", "prompt": "Where?", "options": ["Here", "There"]}
PULSE = {"kind": "pulse", "prompt": "How much?", "statements": ["I ask.", {"text": "I hide.", "reversed": True}]}
COMMITMENTS = {"kind": "commitments", "prompt": "What do we agree on?", "starter": "When …, we will …"}
TALK = {"kind": "talk", "prompt": "What now?", "form": "pairs", "begins": "The youngest"}


def refusal(call) -> tuple[str, object]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code, caught.value.params.get("field")


def test_what_everybody_is_shown_of_each():
    talk, choice, pulse = (checked_definition(raw) for raw in (TALK, CHOICE, PULSE))
    assert kind_of(talk).public(talk) == {
        "kind": "talk", "title": "", "prompt": "What now?", "help": "", "minutes": 10, "begins": "The youngest",
        "form": "pairs", "points": [], "instead_of": "", "picture": "", "picture_alt": "", "video": "",
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
        ({**CHOICE, "about": "people"}, "about"),
        ({**PULSE, "compare": 1}, "compare"),
        ({**TALK, "beside": "wall"}, "beside"),
        ({**COMMITMENTS, "days": 0}, "days"),
        ({**COMMITMENTS, "days": 366}, "days"),
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
    written = [checked_definition(raw) for raw in (TALK, CHOICE, PULSE, COMMITMENTS, {"kind": "wall", "prompt": "?"})]
    found = {one["kind"]: (kind_of(one), one) for one in written}
    assert set(found) == set(KINDS)
    again = {name for name, (kind, _) in found.items() if kind.may_run_again(was_shown=True)}
    assert again == {"talk", "wall"}
    given_up = {name for name, (kind, _) in found.items() if kind.may_run_again(was_shown=False)}
    assert given_up == {"talk", "wall", "commitments"}
    assert {name for name, (kind, one) in found.items() if kind.collects(one)} == {
        "choice", "commitments", "pulse", "wall",
    }  # fmt: skip
    assert {name for name, (kind, _) in found.items() if kind.has_notes} == {"wall"}


@pytest.mark.parametrize("raw", [CHOICE, PULSE, {"kind": "wall", "prompt": "?"}], ids=lambda raw: raw["kind"])
def test_with_too_few_people_it_becomes_a_talk_that_collects_nothing(raw):
    definition = checked_definition({**raw, "script": "Say this.", "title": "A title"})
    instead = kind_of(definition).instead(definition)
    talk = kind_of(instead)
    assert (talk.name, talk.collects(instead), instead["instead_of"]) == ("talk", False, raw["kind"])
    shown = talk.public(instead)
    assert shown["points"] == {"choice": ["Here", "There"], "pulse": ["I ask.", "I hide."], "wall": []}[raw["kind"]]
    assert (shown["prompt"], shown["title"], instead["script"]) == (raw["prompt"], "A title", "Say this.")
    assert talk.instead(instead) == instead


class TestCommitments:
    """Written by the leader while the round runs."""

    today = datetime.date(2026, 11, 24)
    empty = checked_definition(COMMITMENTS)

    def written(self, sentences: object, due: object = "2026-12-22", onto: dict | None = None) -> dict:
        kind = kind_of(self.empty)
        assert isinstance(kind, Commitments)
        return kind.written(onto or self.empty, sentences, due, self.today)

    def test_sentences_and_date(self):
        written = self.written([" When we are stuck, we say so. ", "We ask."])
        shown = kind_of(written).public(written)
        assert shown["commitments"] == [
            {"id": "c1", "text": "When we are stuck, we say so."},
            {"id": "c2", "text": "We ask."},
        ]
        assert (shown["due"], shown["counted"], shown["days"]) == ("2026-12-22", True, 28)

    def test_what_is_written_anew_has_ids_that_no_answer_on_its_way_can_have(self):
        again = self.written(["We ask."], onto=self.written(["We say so.", "We wait."]))
        assert [one["id"] for one in again["commitments"]] == ["c3"]

    @pytest.mark.parametrize(
        ("sentences", "due", "code", "field"),
        [
            ([], "2026-12-22", "bad_value", "commitments"),
            (["a", "b", "c", "d"], "2026-12-22", "bad_value", "commitments"),
            (["a", "a"], "2026-12-22", "bad_value", "commitments"),
            ("a", "2026-12-22", "bad_value", "commitments"),
            ([7], "2026-12-22", "bad_value", "text"),
            ([""], "2026-12-22", "empty_text", None),
            (["x" * 281], "2026-12-22", "text_too_long", None),
            (["x" * 5000], "2026-12-22", "text_too_long", None),
            (["<b>a</b>"], "2026-12-22", "text_not_plain", None),
            (["a"], "2026-11-23", "bad_value", "due"),
            (["a"], "2029-01-01", "bad_value", "due"),
            (["a"], "tomorrow", "bad_value", "due"),
            (["a"], "20261222", "bad_value", "due"),
            (["a"], None, "bad_value", "due"),
            (["a"], 20261222, "bad_value", "due"),
        ],
    )
    def test_what_cannot_be_written(self, sentences, due, code, field):
        assert refusal(lambda: self.written(sentences, due)) == (code, field)

    def test_today_is_possible(self):
        assert self.written(["a"], "2026-11-24")["due"] == "2026-11-24"

    def test_answers(self):
        written = self.written(["We ask.", "We say so."])
        kind = kind_of(written)
        assert kind.answer(written, {"stand": ["c2"]}).votes == (("c1", "not"), ("c2", "stand"))
        assert kind.answer(written, {"stand": []}).votes == (("c1", "not"), ("c2", "not"))
        assert kind.answer(written, {"pass": True}).votes == ()

    @pytest.mark.parametrize(
        ("answer", "code", "field"),
        [
            ({}, "missing_field", "stand"),
            ({"stand": "c1"}, "bad_value", "stand"),
            ({"stand": ["c3"]}, "bad_value", "stand"),
            ({"stand": ["c1", "c1"]}, "bad_value", "stand"),
            ({"stand": [["c1"]]}, "bad_value", "stand"),
            ({"stand": [], "text": "x"}, "unknown_field", "text"),
        ],
    )
    def test_what_is_no_answer(self, answer, code, field):
        written = self.written(["We ask.", "We say so."])
        assert refusal(lambda: kind_of(written).answer(written, answer)) == (code, field)

    def test_nobody_answers_before_they_are_written_or_where_they_are_not_counted(self):
        kind = kind_of(self.empty)
        assert refusal(lambda: kind.answer(self.empty, {"pass": True})) == ("not_now", None)
        uncounted = kind.instead(self.written(["We ask."]))
        assert kind.collects(uncounted) is False
        assert refusal(lambda: kind.answer(uncounted, {"stand": []})) == ("not_now", None)

    def test_agreement_in_a_small_team_is_told_without_a_number(self):
        written = self.written(["We ask."])
        kind = kind_of(written)
        for stand in (5, 4):
            tally = {("c1", "stand"): stand, ("c1", "not"): 5 - stand}
            assert kind.items(written, tally, 4, 4) == [{"id": "c1", "most": ["stand"]}]
        assert kind.items(written, {("c1", "stand"): 3}, 4, 4) == [{"id": "c1", "too_few": True}]


def test_a_round_on_paper_takes_cards_from_the_leader_only():
    wall = {**checked_definition({"kind": "wall", "prompt": "?"}), "paper": True}
    kind = kind_of(wall)
    assert isinstance(kind, Wall)
    assert kind.card(wall, " speak up ").text == "speak up"
    assert refusal(lambda: kind.answer(wall, {"text": "speak up"})) == ("not_now", None)
    assert refusal(lambda: kind.card({**wall, "paper": False}, "speak up")) == ("not_now", None)
    assert refusal(lambda: kind.card(wall, "")) == ("empty_text", None)


def test_a_pulse_shows_the_earlier_item_only_where_both_may_be_shown():
    pulse = checked_definition({**PULSE, "compare": True})
    earlier = {"s1": {"id": "s1", "most": [4, 5]}, "s2": {"id": "s2", "most": [1, 2]}}
    pulse["before"] = earlier
    tally = {("s1", "1"): 5, ("s1", "5"): 5, ("s2", "1"): 1}
    first, second = kind_of(pulse).items(pulse, tally, 5, 5)
    assert first["before"] == earlier["s1"]
    assert second == {"id": "s2", "too_few": True}


@pytest.mark.parametrize(
    ("agenda", "code"), [([], "bad_value"), ([TALK] * 31, "bad_value"), ([TALK] * 200, "bad_value"), ("x", "bad_value")]
)
def test_an_agenda_has_one_to_thirty_activities(agenda, code):
    assert refusal(lambda: checked_agenda(agenda)) == (code, "agenda")
    assert len(checked_agenda([TALK] * 30)) == 30
