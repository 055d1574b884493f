"""Tallies and what is shown of them: floors, and the common form for agreement."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psychsafety_xblock.core.results import rated_item, shown_item

COUNTS = st.lists(st.integers(0, 12), min_size=5, max_size=5).map(lambda n: dict(enumerate(n, 1)))
MINIMUM = st.integers(3, 8)


@given(COUNTS, MINIMUM, st.integers(0, 1))
def test_no_number_is_said_below_the_floor(counts, minimum, leader):
    needed = minimum + leader
    item = rated_item("s1", counts, needed=needed, minimum=minimum)
    if sum(counts.values()) < needed:
        assert item == {"id": "s1", "too_few": True}
    else:
        assert "too_few" not in item


@given(COUNTS, MINIMUM)
def test_counts_are_shown_only_where_nobody_stands_alone_in_a_small_group(counts, minimum):
    item = rated_item("s1", counts, needed=minimum, minimum=minimum)
    total = sum(counts.values())
    if "counts" in item:
        assert total >= 2 * minimum or max(counts.values()) < total - 1
        assert item["total"] == total
        assert {int(option): n for option, n in item["counts"].items()} == counts
    else:
        # Nothing but the words: no count, spread or mean that could be turned back.
        assert set(item) in ({"id", "too_few"}, {"id", "most"})


@given(MINIMUM, st.sampled_from([1, 2, 3, 4, 5]), st.sampled_from([1, 2, 3, 4, 5]), st.data())
def test_all_and_all_but_one_read_the_same(minimum, first, other, data):
    total = data.draw(st.integers(minimum, 2 * minimum - 1))
    unanimous = {rating: total if rating == first else 0 for rating in range(1, 6)}
    almost = dict(unanimous)
    almost[first] -= 1
    almost[other] += 1
    told = [json.dumps(rated_item("s1", counts, needed=minimum, minimum=minimum)) for counts in (unanimous, almost)]
    assert told[0] == told[1]


@pytest.mark.parametrize(("rating", "band"), [(1, [1, 2]), (2, [1, 2]), (3, [3]), (4, [4, 5]), (5, [4, 5])])
def test_agreement_on_a_rating_is_told_as_a_band(rating, band):
    counts = {one: 6 if one == rating else 0 for one in range(1, 6)}
    assert rated_item("s1", counts, needed=5, minimum=5) == {"id": "s1", "most": band}


def test_a_large_group_may_agree_in_numbers():
    counts = {1: 0, 2: 0, 3: 0, 4: 0, 5: 10}
    item = rated_item("s1", counts, needed=5, minimum=5)
    assert (item["total"], item["mean"], item["spread"]) == (10, 5.0, 0.0)


def test_mean_and_spread():
    item = rated_item("s1", {1: 1, 2: 2, 3: 0, 4: 2, 5: 1}, needed=5, minimum=5)
    assert (item["mean"], item["spread"]) == (3.0, 1.4)


def test_a_choice_has_no_mean():
    item = shown_item("choice", {"o1": 3, "o2": 3}, needed=5, minimum=5)
    assert item == {"id": "choice", "counts": {"o1": 3, "o2": 3}, "total": 6}
    assert shown_item("choice", {"o1": 6, "o2": 0}, needed=5, minimum=5) == {"id": "choice", "most": ["o1"]}
