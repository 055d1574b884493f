"""Who meets when: a kick-off of many, then teams in three languages over ten months, and half of them once more."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

#: How far back the world goes.
DAYS = 300
#: How many come to the kick-off, with which everything begins.
HALL = 170
TEAMS = 120
#: Of ten teams, so many speak each of `texts.LANGUAGES`.
_LANGUAGES = ("en",) * 5 + ("da",) * 3 + ("de",) * 2
#: A follow-up is so many days after the first session.
_EARLIEST, _LATEST = 24, 50
_ABANDONED = 0.06
SMALLEST, USUAL, LARGEST = 4, 7, 12
#: In a team that is smaller, the leader only leads: with a seat of theirs, one more answer is needed.
_SMALLEST_WITH_LEADER = 6


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """One session of a team. `team` 0 is the hall of the kick-off."""

    team: int
    #: Which time it is that this team meets.
    visit: int
    #: The component of the demo's course that it is led from.
    block: str
    language: str
    day: datetime.date
    people: int
    guests: int
    leader_seated: bool
    #: How well people are off here, on the scale of a pulse.
    mood: float
    #: How many steps were begun before everybody left; None: it came to its end.
    left_after: int | None = None


def plan(*, teams: int = TEAMS, seed: int = 1, today: datetime.date) -> list[Gathering]:
    """All gatherings of a world of so many teams that ends the day before `today`, the earliest first."""
    chance = random.Random(f"{seed} plan")
    languages = [_LANGUAGES[number % len(_LANGUAGES)] for number in range(teams)]
    chance.shuffle(languages)
    first = today - datetime.timedelta(days=DAYS)
    found = [_kick_off(first)]
    for team, language in enumerate(languages, 1):
        found += _team(team, language, first, today, chance)
    return sorted(found, key=lambda one: (one.day, one.team))


def _kick_off(first: datetime.date) -> Gathering:
    return Gathering(
        team=0,
        visit=1,
        block="session",
        language="en",
        day=_working_day(first),
        people=HALL,
        guests=HALL,
        leader_seated=False,
        mood=3.2,
    )


def _team(
    team: int, language: str, first: datetime.date, today: datetime.date, chance: random.Random
) -> list[Gathering]:
    people = round(chance.triangular(SMALLEST - 0.4, LARGEST + 0.4, USUAL))
    # Fewer at first, and fewer of late: those who began last have not come to it yet.
    day = _working_day(first + datetime.timedelta(days=round(chance.triangular(3, DAYS - 3, DAYS * 0.45))))
    mood = min(4.4, max(2.2, chance.gauss(3.4, 0.45)))
    left_after = chance.randint(1, 5) if chance.random() < _ABANDONED else None
    opening = Gathering(
        team=team,
        visit=1,
        block="hour",
        language=language,
        day=day,
        people=people,
        guests=chance.randint(0, people),
        leader_seated=people >= _SMALLEST_WITH_LEADER and chance.random() < 0.3,
        mood=mood,
        left_after=left_after,
    )
    again = _working_day(day + datetime.timedelta(days=chance.randint(_EARLIEST, _LATEST)))
    comes = chance.random() < 0.6
    here = max(SMALLEST, people - chance.choice((0, 0, 0, 1, 2)))
    better = min(4.6, max(2.0, mood + chance.gauss(0.35, 0.3)))
    if left_after is not None or not comes or again >= today:
        return [opening]
    return [
        opening,
        Gathering(
            team=team,
            visit=2,
            block="follow-up",
            language=language,
            day=again,
            people=here,
            guests=min(here, opening.guests),
            leader_seated=False,
            mood=better,
        ),
    ]


def _working_day(day: datetime.date) -> datetime.date:
    """The day, or the Friday before it."""
    return day - datetime.timedelta(days=max(0, day.weekday() - 4))
