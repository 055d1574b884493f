"""Random histories of a course run: teams meet over months, somebody reads the figures, and all numbers are compared.

What is told is held against who met when: `Looks` raises AssertionError when a number moves, from one look to the next,
by other than what at least three teams added together, of whom the group minimum is left without the largest.
"""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from psychsafety_xblock.core.insights import (
    DIRECTIONS,
    OUTCOMES,
    Part,
    Told,
    change,
    choice_told,
    sessions_told,
    statement_told,
    stepped,
)
from psychsafety_xblock.core.results import countable, rated_item, shown_item

START = datetime.date(2026, 3, 25)
DAYS = 45
TEAMS = "abcdefgh"
RATINGS = ("1", "2", "3", "4", "5")
OPTIONS = ("o1", "o2")
SITE_MINIMUM = 5

#: A number of the document: the cell it is of, and the month.
Number = tuple[str, str]


@dataclass(eq=False)
class Met:
    """A session that has ended: whose, when, how, and what is kept of its counters. No mark: nobody knows whose."""

    team: str
    day: datetime.date
    outcome: str
    seats: int
    minimum: int
    ratings: dict[str, int]
    options: dict[str, int]
    key: Any = None

    def parts(self) -> Iterator[tuple[str, Part]]:
        """What it adds to which cell, but for changes."""
        yield f"sessions|{self.outcome}", Part(self.day, self.team, 1, self.seats, SITE_MINIMUM)
        for cell, counts in (("rating|s", self.ratings), ("option|c", self.options)):
            for answer, n in counts.items():
                yield f"{cell}|{answer}", Part(self.day, self.team, n, n, self.minimum)


@dataclass
class World:
    """Who met, and what comes next. A few teams meet again and again; one leader floods the run with sessions."""

    chance: random.Random
    met: list[Met] = field(default_factory=list)
    day: datetime.date = START

    def meet(self) -> Met:
        """One team more has met today."""
        flood = self.chance.random() < 0.15
        people = self.chance.choice((3, 4, 5, 6, 7, 12, 40)) if not flood else self.chance.choice((3, 20))
        minimum = self.chance.choice((3, 3, 5))
        one = Met(
            team="flood" if flood else "" if self.chance.random() < 0.05 else self.chance.choice(TEAMS),
            day=self.day,
            outcome=self.chance.choices(OUTCOMES, (6, 3, 1))[0],
            seats=people,
            minimum=minimum,
            ratings=self._counts(RATINGS, people, minimum),
            options=self._counts(OPTIONS, people, minimum),
        )
        self.met.append(one)
        return one

    def _counts(self, answers: tuple[str, ...], people: int, minimum: int) -> dict[str, int]:
        """As they are kept: no more than was shown."""
        chosen = [self.chance.choice(answers) for _ in range(people - self.chance.choice((0, 0, 0, 1)))]
        if self.chance.random() < 0.1:
            return {}
        counts = {answer: chosen.count(answer) for answer in answers}
        if answers == RATINGS:
            ratings = {int(rating): n for rating, n in counts.items()}
            return countable(rated_item("", ratings, needed=minimum, minimum=minimum), minimum)
        return countable(shown_item("", counts, needed=minimum, minimum=minimum), minimum)

    def parts(self, until: datetime.date) -> dict[str, list[Part]]:
        """What all that met up to a day have added."""
        found: dict[str, list[Part]] = defaultdict(list)
        rated: dict[str, dict[datetime.date, dict[str, int]]] = defaultdict(dict)
        floors: dict[tuple[str, datetime.date], int] = {}
        for one in self.met:
            if one.day > until:
                continue
            for cell, part in one.parts():
                found[cell].append(part)
            if one.team and one.ratings:
                counts = rated[one.team].setdefault(one.day, {})
                for rating, n in one.ratings.items():
                    counts[rating] = counts.get(rating, 0) + n
                floors.setdefault((one.team, one.day), one.minimum)
        for team, days in rated.items():
            for part, direction in _first_change(team, days, floors):
                found[f"change|s|{direction}"].append(part)
                found["change|s|mean"].append(part)
        return found


def _first_change(
    team: str, days: Mapping[datetime.date, Mapping[str, int]], floors: Mapping[tuple[str, datetime.date], int]
) -> Iterator[tuple[Part, str]]:
    if len(days) > 1:
        before, after = sorted(days)[:2]
        direction, by = change(days[before], days[after])
        people = min(sum(days[one].values()) for one in (before, after))
        yield Part(after, team, 1, people, max(floors[team, one] for one in (before, after)), by), direction


class Looks:
    """All looks at the figures of one world, in the order of their days."""

    def __init__(self) -> None:
        self.numbers: dict[Number, int] = {}
        self.people: dict[Number, int] = {}
        #: The day up to which each cell has told all, and that of the last move of its question.
        self.through: dict[str, datetime.date] = {}
        self.moved_on: dict[str, datetime.date] = {}

    def look(
        self, told: Mapping[Number, tuple[int, int]], parts: Mapping[str, list[Part]], until: datetime.date
    ) -> None:
        """Compare the numbers of a day, and the people behind them, with the earlier ones and with what was added."""
        moved: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        for number in {*told, *self.numbers}:
            n, people = told.get(number, (0, 0))
            by = n - self.numbers.get(number, 0), people - self.people.get(number, 0)
            if by != (0, 0):
                moved[number[0]][number[1]] = by
        for cell, months in moved.items():
            self._judge(cell, months, parts.get(cell, []), until)
        for question in {cell.rpartition("|")[0] for cell in moved}:
            since = self.moved_on.get(question, datetime.date.min)
            names = [name for name in parts if name.rpartition("|")[0] == question]
            met = {one.team for name in names for one in parts[name] if since < one.day <= until}
            assert len(met - {""}) >= 3, f"{question} moved when {met} had met since {since}"
            self.moved_on[question] = until
        for number, (n, people) in told.items():
            self.numbers[number], self.people[number] = n, people

    def _judge(
        self, cell: str, months: Mapping[str, tuple[int, int]], parts: Iterable[Part], until: datetime.date
    ) -> None:
        since = self.through.get(cell, datetime.date.min)
        waiting = sorted((one for one in parts if since < one.day <= until), key=lambda one: one.day)
        for month, by in sorted(months.items()):
            behind = [one for one in waiting if not month or one.day.strftime("%Y-%m") <= month]
            waiting = waiting[len(behind) :]
            assert by == (sum(one.n for one in behind), sum(one.people for one in behind)), f"{cell} moved by {by}"
            for team in {one.team for one in behind} | {""}:
                others = [one for one in behind if one.team not in ("", team)]
                assert len({one.team for one in others}) >= (2 if team else 3), f"{cell} moved by too few teams"
                assert sum(one.people for one in others) >= max(one.minimum for one in behind), f"{cell}: too few"
            # What comes of these days later, or turns out to be of them, was let go.
            self.through[cell] = min(until, _last_of(month)) if month else until


def _last_of(month: str) -> datetime.date:
    following = datetime.date.fromisoformat(f"{month}-28") + datetime.timedelta(days=4)
    return following.replace(day=1) - datetime.timedelta(days=1)


def numbers_of(
    sessions: Mapping[str, Any], statement: Mapping[str, Any] | None, choice: Mapping[str, Any] | None
) -> dict[Number, tuple[int, int]]:
    """The numbers that a document tells; fails where what is told beside them is not computed from them alone."""
    found: dict[Number, tuple[int, int]] = {}
    for month in sessions["months"]:
        for outcome in OUTCOMES:
            if month[outcome]:
                found[f"sessions|{outcome}", month["month"]] = (month[outcome]["sessions"], month[outcome]["people"])
    assert sessions["sessions"] == sum(n for n, _ in found.values())
    assert sessions["people"] == sum(people for _, people in found.values())
    for outcome in OUTCOMES:
        one = sessions[outcome] or {"sessions": 0, "people": 0}
        assert one["sessions"] == sum(n for (cell, _), (n, _) in found.items() if cell == f"sessions|{outcome}")
    if statement is not None:
        counts = {rating: n for rating, n in statement["counts"].items() if n is not None}
        assert statement["total"] == sum(counts.values())
        mean = sum(int(rating) * n for rating, n in counts.items()) / statement["total"]
        assert statement["mean"] == round(mean, 1)
        found |= {(f"rating|s|{rating}", ""): (n, n) for rating, n in counts.items()}
    if choice is not None:
        counts = {option: n for option, n in choice["counts"].items() if n is not None}
        assert choice["total"] == sum(counts.values())
        found |= {(f"option|c|{option}", ""): (n, n) for option, n in counts.items()}
    return found


def directions_of(statement: Mapping[str, Any] | None) -> dict[str, int]:
    """In how many teams a statement changed in which direction, as far as it is told."""
    changes = (statement or {}).get("change") or {}
    return {one: changes[one] for one in DIRECTIONS if changes.get(one)}


def play(seed: int) -> dict[str, Told]:
    """One history by the rules alone: looks on most days, and some sessions are deleted. Gives what was told."""
    world, looks, changed = World(random.Random(seed)), Looks(), Looks()
    cells: dict[str, Told] = {}
    taken: dict[str, datetime.date] = {}
    for _ in range(DAYS):
        until = world.day - datetime.timedelta(days=1)
        parts = world.parts(until)
        if world.chance.random() < 0.7:
            cells, taken = stepped(cells, parts, taken, until)
            assert stepped(cells, parts, taken, until) == (cells, taken), "another look on the same day"
            statement = statement_told("s", cells)
            looks.look(numbers_of(sessions_told(cells), statement, choice_told("c", OPTIONS, cells)), parts, until)
            totals = {(name, ""): one.total[:2] for name, one in cells.items() if name.startswith("change|")}
            changed.look(totals, parts, until)
            assert directions_of(statement) == {
                one: cells[f"change|s|{one}"].total[0] for one in DIRECTIONS if f"change|s|{one}" in cells
            }
        for _ in range(world.chance.choice((0, 0, 1, 1, 2, 3))):
            world.meet()
        if world.chance.random() < 0.05:
            # Deleted whole, from one day back: what was told stays, and what waits is gone.
            last = world.day - datetime.timedelta(days=world.chance.randint(10, 30))
            world.met = [one for one in world.met if one.day > last]
        world.day += datetime.timedelta(days=1)
    return cells
