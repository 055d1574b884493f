"""On which day what goes."""

import datetime

import pytest

from psychsafety_xblock.core.retention import bare_on, notes_go_on

END = datetime.date(2026, 1, 1)


def day(after: int) -> datetime.date:
    return END + datetime.timedelta(days=after)


def test_without_a_follow_up_everything_goes_on_one_day():
    assert notes_go_on(END, 30) == bare_on(END, 30, None) == day(30)


@pytest.mark.parametrize(
    ("follow_up", "bare"),
    [
        (5, 30),  # it was long before
        (23, 30),  # a week after it is the same day
        (24, 31),
        (42, 49),
        (83, 90),
        (84, 90),  # never longer than 90 days
        (700, 90),
    ],
)
def test_a_later_date_keeps_what_the_follow_up_needs_for_a_week_after_it(follow_up, bare):
    assert bare_on(END, 30, day(follow_up)) == day(bare)
    assert notes_go_on(END, 30) == day(30)


def test_a_site_that_keeps_longer_is_not_cut_short_by_it():
    assert bare_on(END, 80, day(42)) == day(80)
    assert bare_on(END, 1, day(0)) == day(7)
