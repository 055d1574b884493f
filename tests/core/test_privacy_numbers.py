"""The numbers that protect a single person, at their edges."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psychsafety_xblock.core import privacy


@pytest.mark.parametrize(
    ("authored", "floor", "holds"),
    [
        (4, 3, 4),
        (3, 3, 3),
        (2, 3, 3),
        (0, 0, 3),
        (-5, -5, 3),
        (4, 6, 6),
        (50, 3, 50),
        (60, 3, 50),
        (4, 1000, 50),
    ],
)
def test_the_minimum_that_holds(authored, floor, holds):
    assert privacy.effective_minimum(authored, floor) == holds


def test_a_seated_leader_costs_one_more():
    assert privacy.needed(4, leader_seated=False) == 4
    assert privacy.needed(4, leader_seated=True) == 5


@pytest.mark.parametrize(
    ("answers", "seats", "word"),
    [(0, 8, "few"), (3, 8, "few"), (4, 8, "enough"), (5, 8, "enough"), (6, 8, "most"), (7, 8, "most"), (8, 8, "all")],
)
def test_the_word_for_progress(answers, seats, word):
    assert privacy.progress(answers, seats, 4) == word


def test_all_seats_of_a_team_that_is_too_small_are_still_few():
    assert privacy.progress(3, 3, 4) == "few"


@pytest.mark.parametrize(("late", "word"), [(0, "all"), (1, "all"), (2, "few"), (5, "few")])
def test_late_answers_are_seen_only_once_there_are_enough_without_them(late, word):
    assert privacy.progress(5, 5, 4, late) == word


@settings(max_examples=100, derandomize=True, deadline=None)
@given(answers=st.integers(0, 60), seats=st.integers(0, 60), needed=st.integers(3, 51))
def test_no_word_but_few_below_the_minimum(answers, seats, needed):
    assert (privacy.progress(answers, seats, needed) == "few") == (answers < needed)


@pytest.mark.parametrize(("notes", "shown"), [(0, False), (1, False), (2, False), (3, True), (500, True)])
def test_a_wall_needs_three_notes_whoever_passed(notes, shown):
    assert privacy.notes_may_be_shown(notes) is shown


@pytest.mark.parametrize(("taps", "shown"), [(0, None), (1, None), (2, None), (3, 3), (40, 40)])
def test_resonance_from_three_up_and_not_even_a_zero_below(taps, shown):
    assert privacy.shown_resonance(taps) == shown


@pytest.mark.parametrize(("minimum", "batch"), [(3, 8), (4, 8), (5, 10), (50, 100)])
def test_a_batch_is_twice_the_minimum_and_at_least_eight(minimum, batch):
    assert privacy.batch_size(minimum) == batch


def test_publishing_times_are_fixed_and_do_not_follow_anybody():
    day = 86400
    assert privacy.publication_slot(0, day) == privacy.publication_slot(day - 1, day) == 0
    assert privacy.publication_slot(day, day) == 1
    assert privacy.next_publication(day - 1, day) == privacy.next_publication(5, day) == day
    assert privacy.next_publication(day, day) == 2 * day
