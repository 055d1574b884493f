"""Figures over all teams of a course run: what may be told of them, and from when on.

A figure is made of cells, and a cell is one number: how many rated a statement with 4, how many sessions were
completed. Each cell moves by itself, and only when at least three teams move it together, who are the group minimum of
people also without the largest of them (rule 6): a leader who takes off what the own team answered is left with no
less than that. Everything else that is told, totals and means, is computed from told cells alone, so that there is no
remainder to subtract from. No two cells count the same answer; of first and later sessions teams are counted, never
ratings.

Cells of one question move on the same days only, and those days follow from who met, never from what was answered: a
cell that moved when one more team had come would say that this team is in it.
"""

from __future__ import annotations

import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

#: A cell moves by at least so many teams together.
FEWEST_TEAMS = 3
#: A note is told from so many people in so many teams on; the exact number from `EXACT_FROM` people.
NOTE_PEOPLE, NOTE_TEAMS, EXACT_FROM = 5, 3, 10
MOST_NOTES = 20
#: Means that differ by less than this count as the same.
SAME_WITHIN = 25  # hundredths

HIGHER, SAME, LOWER = "higher", "same", "lower"
DIRECTIONS = (HIGHER, SAME, LOWER)
OUTCOMES = ("completed", "abandoned", "unknown")
#: What the cells of how sessions ended are called; theirs alone are by month.
SESSIONS = "sessions"
#: The cell of the changes' mean, beside those of the directions.
MEAN = "mean"
_RATINGS = ("1", "2", "3", "4", "5")

#: What a cell has told, by month or under "": how many, how many people stand behind it, and the sum of a value.
Sums = dict[str, list[int]]


class Part(NamedTuple):
    """What one session adds to a cell: `n`, which `people` stand behind. `minimum` is the group minimum it ran under.

    `team` is a mark of the team, "" where nobody knows which it was: such a part never counts as a team.
    """

    day: datetime.date
    team: str
    n: int
    people: int
    minimum: int
    value: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """A cell as it stands. Parts up to the day `through` are in it or were let go; null: nothing was told yet."""

    through: datetime.date | None = None
    sums: Sums = field(default_factory=dict)

    @property
    def total(self) -> tuple[int, int, int]:
        """All that was told, over all months."""
        n, people, value = (sum(one[place] for one in self.sums.values()) for place in range(3))
        return n, people, value

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return {"through": self.through and self.through.isoformat(), "sums": self.sums}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Told:
        """What `stored` gave."""
        through = stored["through"] and datetime.date.fromisoformat(stored["through"])
        return cls(through=through, sums={month: list(sums) for month, sums in stored["sums"].items()})


def may_move(parts: Iterable[Part]) -> bool:
    """Whether these parts together may move a cell: three known teams, the group minimum of people without the largest.

    A team that met twice is not twice as many. Whom nobody knows the team of moves along and is never counted.
    """
    held = [one for one in parts if one.n]
    days: dict[tuple[str, datetime.date], int] = defaultdict(int)
    for one in held:
        days[one.team, one.day] += one.people
    most: dict[str, int] = {}
    for (team, _), people in days.items():
        if team:
            most[team] = max(people, most.get(team, 0))
    others = sum(most.values()) - max(most.values(), default=0)
    return len(most) >= FEWEST_TEAMS and others >= max(one.minimum for one in held)


def stepped(
    cells: Mapping[str, Told],
    parts: Mapping[str, Sequence[Part]],
    steps: Mapping[str, datetime.date],
    until: datetime.date,
) -> tuple[dict[str, Told], dict[str, datetime.date]]:
    """The cells on the day after `until`, and of each question the day of its last step.

    A question takes a step when three known teams have met with it since the last one, whatever they answered. Which of
    these answered what can then be told from no cell that moves, nor from one that does not.
    """
    told, taken = dict(cells), dict(steps)
    questions: dict[str, list[str]] = defaultdict(list)
    for name in parts:
        questions[question_of(name)].append(name)
    for question, names in questions.items():
        since = steps.get(question, datetime.date.min)
        met = {one.team for name in names for one in parts[name] if one.n and since < one.day <= until}
        if len(met - {""}) < FEWEST_TEAMS:
            continue
        taken[question] = until
        for name in names:
            told[name] = moved(told.get(name, Told()), parts[name], until, by_month=question == SESSIONS)
    return {name: one for name, one in told.items() if one.sums}, taken


def question_of(cell: str) -> str:
    """What a cell, by its name, is one of the answers to."""
    return cell.rpartition("|")[0]


def moved(told: Told, parts: Iterable[Part], until: datetime.date, *, by_month: bool = False) -> Told:
    """The cell after the parts up to the day `until` that it has not told yet, if they may move it.

    By month, what a month has too little of is told with the next month that has enough.
    """
    fresh = [one for one in parts if one.n and one.day <= until and (told.through is None or one.day > told.through)]
    fresh.sort(key=lambda one: one.day)
    through, sums, waiting = told.through, dict(told.sums), list[Part]()
    for month, group in itertools.groupby(fresh, key=lambda one: one.day.strftime("%Y-%m") if by_month else ""):
        waiting += group
        if may_move(waiting):
            sums[month] = _added(sums.get(month, [0, 0, 0]), waiting)
            through = min(until, _end_of_month(waiting[-1].day)) if by_month else until
            waiting = []
    return Told(through=through, sums=sums)


def _added(sums: list[int], parts: list[Part]) -> list[int]:
    n, people, value = sums
    return [
        n + sum(one.n for one in parts),
        people + sum(one.people for one in parts),
        value + sum(one.value for one in parts),
    ]


def _end_of_month(day: datetime.date) -> datetime.date:
    return (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)


def change(first: Mapping[str, int], later: Mapping[str, int]) -> tuple[str, int]:
    """How a team's ratings moved from its first session to a later one: the direction, and by how many hundredths."""
    by = round(100 * (_mean(later) - _mean(first)))
    if abs(by) < SAME_WITHIN:
        return SAME, by
    return (HIGHER if by > 0 else LOWER), by


def _mean(counts: Mapping[str, int]) -> float:
    return sum(int(rating) * n for rating, n in counts.items()) / sum(counts.values())


def shown_people(people: int, teams: int) -> dict[str, Any] | None:
    """How many could have written a note, in steps: never exact below ten people, nothing below five in three teams."""
    if people < NOTE_PEOPLE or teams < NOTE_TEAMS:
        return None
    if people < EXACT_FROM:
        return {"people": NOTE_PEOPLE, "teams": NOTE_TEAMS, "exact": False}
    return {"people": people, "teams": teams, "exact": True}


def sessions_told(cells: Mapping[str, Told]) -> dict[str, Any]:
    """Sessions and people by month and by how they ended; null: too few to tell, or none, which looks the same."""
    known = {outcome: cells.get(f"{SESSIONS}|{outcome}", Told()) for outcome in OUTCOMES}
    months = sorted({month for told in known.values() for month in told.sums})
    totals = {outcome: told.total for outcome, told in known.items()}
    return {
        "months": [
            {"month": month, **{outcome: _session_cell(told.sums.get(month)) for outcome, told in known.items()}}
            for month in months
        ],
        **{outcome: _session_cell(list(total)) for outcome, total in totals.items()},
        "sessions": sum(n for n, _, _ in totals.values()),
        "people": sum(people for _, people, _ in totals.values()),
    }


def _session_cell(sums: list[int] | None) -> dict[str, int] | None:
    return {"sessions": sums[0], "people": sums[1]} if sums and sums[0] else None


def statement_told(name: str, cells: Mapping[str, Told]) -> dict[str, Any] | None:
    """A statement's ratings over all teams, and how it moved; None while nothing of it may be told."""
    counts = {rating: cells[f"rating|{name}|{rating}"].total[0] for rating in _RATINGS if _is_told(cells, name, rating)}
    if not counts:
        return None
    return {
        "counts": {rating: counts.get(rating) for rating in _RATINGS},
        "total": sum(counts.values()),
        "mean": round(_mean(counts), 1),
        "change": _change_told(name, cells),
    }


def _is_told(cells: Mapping[str, Told], name: str, rating: str) -> bool:
    return cells.get(f"rating|{name}|{rating}", Told()).total[0] > 0


def _change_told(name: str, cells: Mapping[str, Told]) -> dict[str, Any] | None:
    """In how many teams it is rated higher, the same, lower; and the mean of all teams' changes.

    The mean is a cell of its own (`MEAN`), and of how many teams it is made is not told: else the directions that may
    not be told yet would be what is left.
    """
    teams = {one: cells.get(f"change|{name}|{one}", Told()).total[0] for one in DIRECTIONS}
    number, _, by = cells.get(f"change|{name}|{MEAN}", Told()).total
    if not number:
        return None
    return {**{one: n or None for one, n in teams.items()}, "mean": round(by / number / 100, 1)}


def choice_told(name: str, options: Iterable[str], cells: Mapping[str, Told]) -> dict[str, Any] | None:
    """A choice's options over all teams; None while nothing of it may be told."""
    counts = {option: cells.get(f"option|{name}|{option}", Told()).total[0] for option in options}
    if not any(counts.values()):
        return None
    return {"counts": {option: n or None for option, n in counts.items()}, "total": sum(counts.values())}
