"""The cells of the figures over all teams: when they move, and what is told of them."""

import datetime
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psychsafety_xblock.core.insights import (
    FEWEST_TEAMS,
    Part,
    Told,
    change,
    choice_told,
    may_move,
    moved,
    sessions_told,
    shown_people,
    statement_told,
    stepped,
)

DAY = datetime.date(2026, 3, 30)
LONG_AFTER = DAY + datetime.timedelta(days=400)


def part(team: str, n: int = 5, day: int = 0, people: int | None = None, minimum: int = 5, value: int = 0) -> Part:
    """What a team adds on a day, counted from `DAY`."""
    return Part(DAY + datetime.timedelta(days=day), team, n, n if people is None else people, minimum, value)


def told(n: int, people: int | None = None, value: int = 0, month: str = "") -> Told:
    """A cell that has told this."""
    return Told(DAY, {month: [n, n if people is None else people, value]})


class TestMayMove:
    def test_three_teams(self):
        assert may_move([part("a"), part("b"), part("c")])

    def test_not_two(self):
        assert not may_move([part("a", 50), part("b", 50)])

    def test_not_one_that_met_three_times(self):
        assert not may_move([part("a", day=day) for day in range(30)])

    def test_those_whom_nobody_knows_are_no_team_and_nobody(self):
        unknown = [part("", 50, day) for day in range(5)]
        assert not may_move([*unknown, part("a"), part("b")])
        assert not may_move([*unknown, part("a", 1), part("b", 1), part("c", 1)])
        assert may_move([*unknown, part("a"), part("b"), part("c")])

    def test_a_team_that_added_nothing_is_no_team(self):
        assert not may_move([part("a"), part("b"), part("c", 0)])

    def test_the_largest_minimum_holds(self):
        assert not may_move([part("a"), part("b", minimum=11), part("c")])
        assert may_move([part("a"), part("b", minimum=10), part("c")])

    def test_without_the_largest_the_others_are_the_minimum(self):
        assert not may_move([part("a", 40), part("b", 2), part("c", 2)])
        assert may_move([part("a", 40), part("b", 2), part("c", 3)])

    def test_a_team_that_met_twice_is_not_twice_as_many(self):
        assert not may_move([part("a", 9), part("b", 2), part("b", 2, day=1), part("c", 2)])

    def test_people_count_not_numbers(self):
        assert may_move([part(team, 1, people=4) for team in "abc"])
        assert not may_move([part(team, 4, people=1) for team in "abc"])


PARTS = st.lists(
    st.builds(
        part,
        team=st.sampled_from(["", *"abcdef"]),
        n=st.integers(0, 9),
        day=st.integers(0, 70),
        minimum=st.sampled_from([3, 5, 8]),
        value=st.integers(-400, 400),
    ),
    max_size=25,
)


@settings(max_examples=300, deadline=None)
@given(PARTS)
def test_whoever_leaves_a_team_out_is_left_with_two_and_the_minimum(parts):
    if may_move(parts):
        for team in {one.team for one in parts}:
            others = [one for one in parts if one.n and one.team and one.team != team]
            assert len({one.team for one in others}) >= FEWEST_TEAMS - 1
            assert sum(one.people for one in others) >= max(one.minimum for one in parts if one.n)


@settings(max_examples=300, deadline=None)
@given(PARTS, st.lists(st.integers(0, 75), min_size=1, max_size=12), st.booleans())
def test_a_cell_moves_by_three_teams_or_not_at_all_whatever_the_days(parts, looks, by_month):
    cell, before = Told(), (0, 0, 0)
    for look in sorted(looks):
        until = DAY + datetime.timedelta(days=look)
        now = moved(cell, parts, until, by_month=by_month)
        fresh = [one for one in parts if one.day <= until and (cell.through is None or one.day > cell.through)]
        if now != cell:
            new = [one for one in fresh if now.through is not None and one.day <= now.through]
            assert may_move(new)
            added = [(one.n, one.people, one.value) for one in new if one.n]
            assert now.total == tuple(sum(sums) for sums in zip(before, *added, strict=True))
        assert moved(now, parts, until, by_month=by_month) == now
        assert Told.read(now.stored()) == now
        cell, before = now, now.total


class TestMonths:
    def test_what_a_month_has_too_little_of_is_told_with_the_next(self):
        parts = [part("a", day=0), part("b", day=1), *(part(team, day=5) for team in "cd")]
        cell = moved(Told(), parts, LONG_AFTER, by_month=True)
        assert {month: sums[0] for month, sums in cell.sums.items()} == {"2026-04": 20}

    def test_each_month_is_a_step_of_its_own(self):
        parts = [part(team, 1, day, people=5) for day in (0, 3) for team in "abc"]
        cell = moved(Told(), parts, LONG_AFTER, by_month=True)
        assert {month: sums[0] for month, sums in cell.sums.items()} == {"2026-03": 3, "2026-04": 3}
        assert cell.through == datetime.date(2026, 4, 30)

    def test_the_last_month_waits(self):
        parts = [*(part(team) for team in "abc"), part("d", day=10)]
        cell = moved(Told(), parts, LONG_AFTER, by_month=True)
        again = moved(cell, [*parts, part("e", day=11), part("f", day=12)], LONG_AFTER, by_month=True)
        assert [sums[0] for sums in again.sums.values()] == [15, 15]

    def test_a_month_grows_by_another_step(self):
        parts = [part(team, day=2) for team in "abc"]
        cell = moved(Told(), parts, DAY + datetime.timedelta(days=2), by_month=True)
        more = [*parts, *(part(team, day=5) for team in "abc")]
        assert moved(cell, more, LONG_AFTER, by_month=True).sums["2026-04"][0] == 30


def look(cells, parts, taken, day):
    return stepped(cells, parts, taken, DAY + datetime.timedelta(days=day))


class TestSteps:
    def test_a_question_waits_for_three_teams_that_met_since_its_last_step(self):
        parts = defaultdict(list, {"rating|s|4": [part(team) for team in "abc"]})
        cells, taken = look({}, parts, {}, 0)
        assert cells["rating|s|4"].total[0] == 15
        parts["rating|s|4"] += [part("d", day=1), part("e", day=2)]
        assert look(cells, parts, taken, 2) == (cells, taken)
        parts["rating|s|4"] += [part("f", day=3)]
        assert look(cells, parts, taken, 3)[0]["rating|s|4"].total[0] == 30

    def test_a_cell_never_moves_on_the_day_on_which_one_more_team_came(self):
        """Else it would say that this team is in it: a, b and c met, and of them a and b answered so."""
        parts = defaultdict(list)
        parts["rating|s|4"] = [part(team) for team in "abc"]
        parts["rating|s|1"] = [part("a"), part("b")]
        cells, taken = look({}, parts, {}, 0)
        assert set(cells) == {"rating|s|4"}
        parts["rating|s|1"] += [part("d", day=1)]
        assert look(cells, parts, taken, 1) == (cells, taken)
        parts["rating|s|4"] += [part("e", day=2), part("f", day=2)]
        cells, taken = look(cells, parts, taken, 2)
        assert cells["rating|s|1"].total[0] == 15 and cells["rating|s|4"].total[0] == 15

    def test_questions_wait_each_for_itself(self):
        parts = {"rating|s|4": [part(team) for team in "abc"], "rating|t|4": [part(team) for team in "ab"]}
        assert set(look({}, parts, {}, 0)[0]) == {"rating|s|4"}

    def test_a_second_look_on_a_day_moves_nothing(self):
        parts = {"rating|s|4": [part(team) for team in "abc"]}
        assert look(*look({}, parts, {}, 0)[:1], parts, look({}, parts, {}, 0)[1], 0) == look({}, parts, {}, 0)

    def test_what_is_gone_moves_nothing(self):
        cells, taken = look({}, {"rating|s|4": [part(team) for team in "abc"]}, {}, 0)
        assert look(cells, {}, taken, 9) == (cells, taken)

    def test_only_sessions_are_by_month(self):
        parts = {name: [part(team) for team in "abc"] for name in ("sessions|completed", "change|s|mean")}
        cells, _ = look({}, parts, {}, 0)
        assert {name: list(one.sums) for name, one in cells.items()} == {
            "sessions|completed": ["2026-03"], "change|s|mean": [""],
        }  # fmt: skip


class TestTold:
    def test_of_a_statement_totals_and_mean_are_of_told_cells_alone(self):
        cells = {"rating|s|4": told(10), "rating|s|2": told(5)}
        assert statement_told("s", cells) == {
            "counts": {"1": None, "2": 5, "3": None, "4": 10, "5": None}, "total": 15, "mean": 3.3, "change": None,
        }  # fmt: skip
        assert statement_told("t", cells) is None

    def test_of_a_change_nobody_learns_of_how_many_teams_the_mean_is(self):
        cells = {"rating|s|4": told(9), "change|s|higher": told(4), "change|s|mean": told(5, value=260)}
        found = statement_told("s", cells)
        assert found is not None
        assert found["change"] == {"higher": 4, "same": None, "lower": None, "mean": 0.5}

    def test_none_and_too_few_look_the_same(self):
        assert choice_told("c", ["o1", "o2"], {"option|c|o1": told(7)}) == {"counts": {"o1": 7, "o2": None}, "total": 7}
        assert choice_told("c", ["o1", "o2"], {}) is None

    def test_sessions_by_month_and_outcome(self):
        cells = {
            "sessions|completed": Told(DAY, {"2026-03": [4, 30, 0], "2026-04": [3, 20, 0]}),
            "sessions|abandoned": Told(DAY, {"2026-04": [3, 15, 0]}),
        }
        found = sessions_told(cells)
        assert found["months"] == [
            {"month": "2026-03", "completed": {"sessions": 4, "people": 30}, "abandoned": None, "unknown": None},
            {
                "month": "2026-04", "completed": {"sessions": 3, "people": 20},
                "abandoned": {"sessions": 3, "people": 15}, "unknown": None,
            },
        ]  # fmt: skip
        assert found["completed"] == {"sessions": 7, "people": 50} and found["unknown"] is None
        assert (found["sessions"], found["people"]) == (10, 65)

    @pytest.mark.parametrize(
        ("people", "teams", "expected"),
        [
            (4, 3, None),
            (40, 2, None),
            (5, 3, {"people": 5, "teams": 3, "exact": False}),
            (9, 6, {"people": 5, "teams": 3, "exact": False}),
            (10, 4, {"people": 10, "teams": 4, "exact": True}),
        ],
    )
    def test_people_behind_a_note_are_never_exact_below_ten(self, people, teams, expected):
        assert shown_people(people, teams) == expected


class TestChange:
    @pytest.mark.parametrize(
        ("first", "later", "expected"),
        [
            ({"3": 4}, {"4": 4}, ("higher", 100)),
            ({"4": 4}, {"3": 3, "4": 1}, ("lower", -75)),
            ({"3": 4}, {"3": 5}, ("same", 0)),
            ({"3": 5}, {"3": 4, "4": 1}, ("same", 20)),
            ({"3": 4}, {"3": 3, "4": 1}, ("higher", 25)),
        ],
    )
    def test_directions(self, first, later, expected):
        assert change(first, later) == expected
