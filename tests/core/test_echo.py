"""The numbers of the echo: what may never happen, whatever a pool holds."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psychsafety_xblock.core.echo import (
    OF_ONE_TEAM,
    SAMPLE,
    Candidate,
    Held,
    Tapped,
    draw,
    is_hall,
    joining,
    may_be_shown,
    moving,
    organisation_of,
    place_of,
    told,
)

MARKS = st.sampled_from("abcdefgh")
HELD = st.lists(st.builds(Held, mark=MARKS, hall=st.booleans(), notes=st.integers(0, 40)), max_size=12)


@st.composite
def pools(draw_one) -> list[Candidate]:
    """Notes of some teams, a few of them with a hall."""
    teams = draw_one(st.lists(st.tuples(MARKS, st.integers(1, 30)), max_size=8, unique_by=lambda one: one[0]))
    halls = draw_one(st.sets(MARKS, max_size=2))
    notes = [Candidate(0, mark, False) for mark, many in teams for _ in range(many)]
    notes += [Candidate(0, mark, True) for mark in sorted(halls) for _ in range(30)]
    return [Candidate(number, one.mark, one.hall) for number, one in enumerate(notes)]


@settings(max_examples=300, deadline=None)
@given(pools(), st.integers())
def test_a_sample_never_has_two_of_a_team_in_a_row_nor_many_of_one(pool, seed):
    drawn = draw(pool, random.Random(seed))
    assert len(drawn) == len(set(drawn)) <= SAMPLE
    of = {one.note: one for one in pool}
    taken = [of[note] for note in drawn]
    small = [one.mark for one in taken if not one.hall]
    assert all(small.count(mark) <= OF_ONE_TEAM for mark in small)
    for one, following in itertools.pairwise(taken):
        assert one.hall or following.hall or one.mark != following.mark


@settings(max_examples=200, deadline=None)
@given(pools(), st.integers())
def test_notes_are_left_out_only_where_they_cannot_be_kept_apart(pool, seed):
    drawn = len(draw(pool, random.Random(seed)))
    sizes = [sum(one.mark == mark and not one.hall for one in pool) for mark in "abcdefgh"]
    capped = [min(size, OF_ONE_TEAM) for size in sizes] + [1] * sum(one.hall for one in pool)
    together = min(sum(capped), SAMPLE)
    others = sum(capped) - max(capped, default=0)
    assert drawn >= min(together, 2 * others, SAMPLE - OF_ONE_TEAM + 1)


@settings(max_examples=100, deadline=None)
@given(pools(), st.integers())
def test_a_sample_of_a_pool_that_may_be_shown_is_of_three_teams_or_of_a_hall(pool, seed):
    marks = {(one.mark, one.hall) for one in pool}
    held = [Held(mark, hall, sum((one.mark, one.hall) == (mark, hall) for one in pool)) for mark, hall in marks]
    if may_be_shown(held, 3):
        of = {one.note: one for one in pool}
        taken = [of[note] for note in draw(pool, random.Random(seed))]
        assert len({one.mark for one in taken}) >= 3 or any(one.hall for one in held)


def test_every_note_has_its_chance_and_every_place():
    pool = [Candidate(number, "abc"[number % 3], False) for number in range(18)]
    chance = random.Random(1)
    drawn = [draw(pool, chance) for _ in range(600)]
    for note in range(18):
        assert 330 < sum(note in one for one in drawn) < 470, "12 of 18"
    first = [pool[one[0]].mark for one in drawn]
    assert all(140 < first.count(mark) < 260 for mark in "abc")


@settings(max_examples=300)
@given(HELD, st.integers(3, 50))
def test_no_pool_is_shown_below_its_floors(others, minimum):
    crowd = len({one.mark for one in others if one.notes}) >= 3 or any(one.hall and one.notes for one in others)
    assert may_be_shown(others, minimum) == (crowd and sum(one.notes for one in others) >= 5 * minimum)


@settings(max_examples=300)
@given(st.lists(st.builds(Held, mark=MARKS, hall=st.booleans(), notes=st.integers(1, 40)), max_size=8))
def test_nothing_moves_but_three_teams_together_or_a_hall_alone(waiting):
    moved = moving(waiting)
    if len({one.mark for one in waiting}) >= 3:
        assert moved == waiting
    else:
        assert all(one.hall for one in moved)
        assert len(moved) == sum(one.hall for one in waiting)


@settings(max_examples=300)
@given(st.integers(0, 200), st.integers(0, 50))
def test_no_number_is_told_below_five_people_in_three_teams_and_no_exact_one_below_ten(people, teams):
    said = told(people, teams)
    if people < 5 or teams < 3:
        assert said is None
    elif people < 10:
        assert said == {"people": 5, "teams": 3, "exact": False}
    else:
        assert said == {"people": people, "teams": teams, "exact": True}


@settings(max_examples=300)
@given(st.dictionaries(MARKS, st.builds(Tapped, people=st.integers(0, 20), counted=st.integers(0, 20))))
def test_no_number_grows_by_fewer_than_three_teams(taps):
    fresh = {mark: one for mark, one in taps.items() if one.people > one.counted}
    grown = joining(taps)
    if len(fresh) < 3:
        assert grown is None
    else:
        people, teams = grown
        assert people == sum(one.people - one.counted for one in fresh.values()) >= 3
        assert teams == sum(one.counted == 0 for one in fresh.values())


@pytest.mark.parametrize(
    ("run", "organisation"),
    [
        ("course-v1:Org+X+2026", "Org"), ("Org/X/2026", "Org"), ("demo", ""), ("course-v1:", ""), ("a/b", ""),
        ("library-v1:Org+X", ""),
    ],
)  # fmt: skip
def test_the_organisation_of_a_course_run(run, organisation):
    assert organisation_of(run) == organisation
    assert place_of("run", run) == run
    assert place_of("organisation", run) == (f"organisation:{organisation}" if organisation else run)


def test_a_hall_is_ten_times_the_minimum():
    assert is_hall(40, 4)
    assert not is_hall(39, 4)
