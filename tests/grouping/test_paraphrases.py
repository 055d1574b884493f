"""How well notes are grouped, on notes that nothing was chosen on. docs/grouping.md gives these numbers."""

from __future__ import annotations

import random

import pytest

from tests.grouping.labelled import LANGUAGES, Labelled, load, measure

LEAST_PRECISION = 0.9


def told(name: str, notes: list[Labelled]) -> float:
    """Prints what was measured, and gives the precision."""
    one = measure(notes)
    print(f"{name}: {len(notes)}, precision {one.precision:.2f}, recall {one.recall:.2f} ({one.right} pairs right)")
    assert one.right > 0
    return one.precision


def test_there_is_enough_to_measure_and_the_halves_have_nothing_in_common():
    tuning, judging = load("tuning"), load("judging")
    meanings = [{note.meaning for note in half if note.meaning} for half in (tuning, judging)]
    assert sum(map(len, meanings)) >= 60
    assert not meanings[0] & meanings[1]
    assert not {note.text.casefold() for note in tuning} & {note.text.casefold() for note in judging}


def test_neighbours_are_right_on_the_half_that_judges():
    assert told("judging, both languages on one wall", load("judging")) >= LEAST_PRECISION


@pytest.mark.parametrize("language", LANGUAGES)
def test_neighbours_are_right_in_each_language(language):
    notes = [note for note in load("judging") if note.language in (language, "")]
    assert told(f"judging, {language}", notes) >= LEAST_PRECISION


def test_neighbours_are_right_in_whatever_order_the_notes_hang():
    notes = load("judging")
    for seed in range(5):
        random.Random(seed).shuffle(notes)
        assert measure(notes).precision >= LEAST_PRECISION


def test_neighbours_are_right_on_one_wall_with_everything():
    assert told("both halves on one wall", load("tuning") + load("judging")) >= LEAST_PRECISION
