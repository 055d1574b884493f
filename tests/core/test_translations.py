"""An activity in two languages: only what people are shown, only what reads otherwise, never what an author sends."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psychsafety_xblock.core.activities import KINDS, checked_definition, kind_of, with_translations
from psychsafety_xblock.core.errors import Refused

HERE = {
    "wall": {"prompt": "Was?", "help": "Kurz.", "starter": "Ich", "script": "Sag", "notes": "Gut zu wissen"},
    "talk": {"prompt": "Was?", "begins": "Wer zuerst kam", "title": "Reden"},
    "choice": {"prompt": "Wo?", "options": ["Hier", "Dort"]},
    "pulse": {"prompt": "Wie sehr?", "statements": ["Wir fragen.", {"text": "Es kostet.", "reversed": True}]},
    "commitments": {"prompt": "Was gilt?", "starter": "Wenn"},
}
THERE = {
    "wall": {"prompt": "What?", "help": "Short.", "starter": "I", "script": "Say", "notes": "Good to know"},
    "talk": {"prompt": "What?", "begins": "Whoever came first", "title": "Talking"},
    "choice": {"prompt": "Where?", "options": ["Here", "There"]},
    "pulse": {"prompt": "How much?", "statements": ["We ask.", {"text": "It costs.", "reversed": True}]},
    "commitments": {"prompt": "What holds?", "starter": "When"},
}


def both(kind: str, **there):
    here = checked_definition({"kind": kind, **HERE[kind]})
    return with_translations(here, "de", {"en": checked_definition({"kind": kind, **THERE[kind], **there})})


@pytest.mark.parametrize("kind", KINDS)
class TestEveryKind:
    """Of activity."""

    def test_people_are_shown_both(self, kind):
        shown = kind_of({"kind": kind}).public(both(kind))
        assert shown["language"] == "de"
        assert set(shown["translations"]) == {"en"}
        there = shown["translations"]["en"]
        assert there["prompt"] == THERE[kind]["prompt"] != shown["prompt"]
        assert set(there) <= set(shown)

    def test_what_only_the_leader_reads_is_in_the_main_language_alone(self, kind):
        definition = both(kind)
        assert not {"script", "notes"} & set(definition["translations"]["en"])
        guide = kind_of(definition).guide(definition)
        assert guide["prompt"] == HERE[kind]["prompt"]
        assert set(guide) == {"kind", "title", "prompt", "minutes", "script", "notes"}

    def test_what_reads_the_same_is_told_once(self, kind):
        here = checked_definition({"kind": kind, **HERE[kind]})
        assert with_translations(here, "de", {"en": here}) == here
        assert "translations" not in kind_of(here).public(here)

    def test_an_author_cannot_write_it(self, kind):
        for field in ("translations", "language"):
            with pytest.raises(Refused) as caught:
                checked_definition({"kind": kind, **HERE[kind], field: {}})
            assert (caught.value.code, caught.value.params["field"]) == ("unknown_field", field)

    def test_answers_and_counters_are_those_of_one_language(self, kind):
        alone, together = checked_definition({"kind": kind, **HERE[kind]}), both(kind)
        assert kind_of(alone).cells(alone) == kind_of(together).cells(together)

    def test_nothing_but_public_texts_gets_out_whatever_is_stored(self, kind):
        definition = both(kind)
        definition["translations"]["en"].update({"script": "SECRET", "notes": "SECRET", "anything": "SECRET"})
        assert "SECRET" not in str(kind_of(definition).public(definition))


def test_lists_have_their_ids_by_place():
    assert both("choice")["translations"]["en"]["options"] == [
        {"id": "o1", "text": "Here"},
        {"id": "o2", "text": "There"},
    ]
    assert both("pulse")["translations"]["en"]["statements"] == [
        {"id": "s1", "text": "We ask."},
        {"id": "s2", "text": "It costs."},
    ]


def test_a_list_of_another_length_is_no_translation():
    assert "options" not in both("choice", options=["Here", "There", "Everywhere"])["translations"]["en"]


class TestInstead:
    """What it becomes with too few people reads in both languages too."""

    @pytest.mark.parametrize(("kind", "field"), [("choice", "options"), ("pulse", "statements")])
    def test_a_talk_about_what_would_have_been_answered(self, kind, field):
        definition = both(kind)
        talk = kind_of(definition).instead(definition)
        shown = kind_of(talk).public(talk)
        texts = [one["text"] if isinstance(one, dict) else one for one in THERE[kind][field]]
        assert shown["kind"] == "talk"
        assert shown["translations"] == {"en": {"prompt": THERE[kind]["prompt"], "points": texts}}
        assert shown["points"] != texts

    def test_cards_instead_of_a_wall(self):
        definition = both("wall")
        shown = kind_of({"kind": "talk"}).public(kind_of(definition).instead(definition))
        assert shown["translations"] == {"en": {"prompt": "What?", "help": "Short."}}

    def test_where_only_the_rest_was_translated_nothing_is_said(self):
        definition = both("wall", prompt="Was?", help="Kurz.")
        assert set(definition["translations"]["en"]) == {"starter"}
        assert "translations" not in kind_of(definition).instead(definition)

    def test_commitments_that_are_not_counted(self):
        definition = both("commitments")
        shown = kind_of(definition).public(kind_of(definition).instead(definition))
        assert shown["counted"] is False
        assert shown["translations"] == {"en": THERE["commitments"]}


def test_what_the_team_agrees_on_stays_as_it_was_written():
    definition = both("commitments")
    today = datetime.date(2026, 11, 24)
    written = KINDS["commitments"].written(definition, ["Wir sagen Danke."], "2026-12-22", today)
    shown = KINDS["commitments"].public(written)
    assert shown["commitments"] == [{"id": "c1", "text": "Wir sagen Danke."}]
    assert shown["translations"] == {"en": THERE["commitments"]}


def test_paper_cards():
    definition = {**both("wall"), "paper": True}
    assert kind_of(definition).public(definition)["translations"]["en"]["prompt"] == "What?"


_TEXTS = st.text(st.characters(categories=["L", "Zs"]), min_size=1, max_size=12).map(str.strip).filter(bool)


@given(
    st.lists(_TEXTS, min_size=2, max_size=8, unique=True), st.lists(_TEXTS, min_size=2, max_size=8, unique=True), _TEXTS
)
def test_whoever_reads_the_other_language_gets_all_of_it_in_it(here, there, prompt):
    definition = checked_definition({"kind": "choice", "prompt": "P", "options": here})
    other = checked_definition({"kind": "choice", "prompt": prompt, "options": there})
    texts = with_translations(definition, "de", {"en": other}).get("translations", {}).get("en", {})
    assert texts.get("prompt", definition["prompt"]) == other["prompt"]
    if len(here) == len(there):
        assert texts.get("options", definition["options"]) == other["options"]
    else:
        assert "options" not in texts
