"""What the sessions of a course run add to the figures over all teams: read in five queries, however many there are."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import MD5, Cast

from ..core.insights import MEAN, SESSIONS, Part, change
from ..core.privacy import effective_minimum
from ..models import Round, Session, Tally
from ..settings import option
from .insight_questions import Question, questions_of

#: What a session needs to count beside people of its own, as pulses and choices do.
_SESSION_MINIMUM = 5
#: A session that is reduced to counts meanwhile gets new rows: then all is read once more.
_TRIES = 5


@dataclass
class Facts:
    """The parts of each cell by its name (`core.insights`), and the questions that they are about."""

    parts: dict[str, list[Part]] = field(default_factory=lambda: defaultdict(list))
    questions: dict[str, Question] = field(default_factory=dict)


class _Held(NamedTuple):
    """A round that was revealed, of whom and when."""

    team: str
    day: datetime.date
    minimum: int
    #: By the item of a tally.
    questions: dict[str, Question]


def facts_of(course_run: str, until: datetime.date) -> Facts:
    """What the sessions that ended up to a day add. Rehearsals and walls for everybody add nothing."""
    for _ in range(_TRIES - 1):
        sessions = _sessions(course_run, until)
        facts = _facts(course_run, until, sessions)
        if _sessions(course_run, until) == sessions:
            return facts
    return _facts(course_run, until, _sessions(course_run, until))


def _ended(course_run: str, until: datetime.date) -> QuerySet[Session]:
    return Session.objects.filter(
        course_run=course_run,
        kind=Session.Kind.TEAM,
        phase=Session.Phase.ENDED,
        rehearsal=False,
        ended_on__lte=until,
    )


def _sessions(course_run: str, until: datetime.date) -> list[tuple[Any, ...]]:
    """Those in which something was done. One that was only opened was no gathering, and leaves no counts either."""
    played = _ended(course_run, until).filter(Exists(Round.objects.filter(session=OuterRef("id"))))
    return sorted(played.values_list("id", "team", "ended_on", "completed", "seats"))


def _facts(course_run: str, until: datetime.date, sessions: list[tuple[Any, ...]]) -> Facts:
    facts = Facts()
    minimum = effective_minimum(_SESSION_MINIMUM, option("MINIMUM_FLOOR"))
    for _, team, day, completed, seats in sessions:
        outcome = "unknown" if completed is None else "completed" if completed else "abandoned"
        facts.parts[f"{SESSIONS}|{outcome}"].append(Part(day, team, 1, seats or 0, minimum))
    rounds = _rounds(course_run, until)
    ratings: dict[tuple[str, str], dict[datetime.date, tuple[int, dict[str, int]]]] = defaultdict(dict)
    for round_id, item, chosen, n in _tallies(course_run, until):
        held = rounds.get(round_id)
        question = held.questions.get(item) if held else None
        if held is None or question is None:
            continue
        facts.questions.setdefault(question.name, question)
        facts.parts[f"{question.cell}|{question.name}|{chosen}"].append(Part(held.day, held.team, n, n, held.minimum))
        if question.cell == "rating" and held.team:
            _, counts = ratings[question.name, held.team].setdefault(held.day, (held.minimum, {}))
            counts[chosen] = counts.get(chosen, 0) + n
    for name, part, direction in _changes(ratings):
        facts.parts[f"change|{name}|{direction}"].append(part)
        facts.parts[f"change|{name}|{MEAN}"].append(part)
    return facts


def _rounds(course_run: str, until: datetime.date) -> dict[int, _Held]:
    """The revealed pulses and choices. Most definitions are the same text as others, which is read once."""
    written = MD5(Cast("definition", TextField()))
    found = list(
        Round.objects.filter(session__in=_ended(course_run, until), answered__isnull=False)
        .annotate(written=written)
        .values_list("id", "session__team", "session__ended_on", "minimum", "written")
    )
    one_of = {written: round_id for round_id, _, _, _, written in found}
    asked = Round.objects.filter(id__in=one_of.values(), definition__kind__in=["pulse", "choice"])
    definitions = dict(asked.values_list("id", "definition"))
    known = {written: questions_of(definitions[one]) for written, one in one_of.items() if one in definitions}
    return {
        round_id: _Held(team, day, minimum, known[written])
        for round_id, team, day, minimum, written in found
        if day is not None and written in known
    }


def _tallies(course_run: str, until: datetime.date) -> QuerySet[Tally, tuple[int, str, str, int]]:
    """What is kept of the counters of ended sessions: no more than their teams were shown (`countable`).

    A team that was told "most of us" counts with as many as its floor on the first of those answers, and with nobody
    otherwise: whether all agreed or all but one is in no figure either.
    """
    counted = Tally.objects.filter(round__session__in=_ended(course_run, until), round__answered__isnull=False, n__gt=0)
    return counted.values_list("round_id", "item", "option", "n")


def _changes(
    ratings: dict[tuple[str, str], dict[datetime.date, tuple[int, dict[str, int]]]],
) -> Iterator[tuple[str, Part, str]]:
    """From a team's first day with a statement to its second, for each team that has both."""
    for (name, team), days in ratings.items():
        if len(days) < 2:
            continue
        (_, (before, first)), (day, (after, later)) = sorted(days.items())[:2]
        direction, by = change(first, later)
        people = min(sum(first.values()), sum(later.values()))
        yield name, Part(day, team, 1, people, max(before, after), by), direction
