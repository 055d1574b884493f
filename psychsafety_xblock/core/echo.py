"""The numbers of the echo: what a pool shows to whom, when it moves, and how many "could have written this".

The rules are stated in docs/privacy.md (rule 6) and docs/adr/0015. A team is a mark here, one for each pool; a hall is
a session so large that nobody could be recognised in it. Everything here is a pure function.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

#: A round shares nothing unless so many of its notes may be shared.
FEWEST_SHARED = 3
#: So many teams move together, and a pool is shown to a team that holds notes of so many others.
TEAMS_TOGETHER = 3
#: A session with so many times its group minimum of answers is a hall.
HALL = 10
#: A pool holds so many times the group minimum of notes by others before it is shown.
POOL = 5
#: How many notes a team is given, and how many of them may be of one other team.
SAMPLE = 12
OF_ONE_TEAM = 4
#: "At least 5 people in at least 3 teams"; from so many people on the numbers are told exactly.
FEWEST_PEOPLE, FEWEST_TEAMS, EXACT_PEOPLE = 5, 3, 10

#: How long a site may keep a note for other teams. Of notes that wait only the month is known in which the first came,
#: so that they may go a month early.
FEWEST_DAYS, MOST_DAYS = 60, 3650

RUN, ORGANISATION = "run", "organisation"
SCOPES = (RUN, ORGANISATION)


@dataclass(frozen=True)
class Held:
    """What a pool holds of one team: its mark, whether it comes from a hall, and how many notes.

    A hall's `mark` is that of its leader's team: the two together are one team.
    """

    mark: str
    hall: bool
    notes: int


@dataclass(frozen=True)
class Candidate:
    """A note that may be in a sample."""

    note: int
    mark: str
    hall: bool


def organisation_of(course_run: str) -> str:
    """The organisation that a course run belongs to, "" where its key does not tell."""
    _, colon, rest = course_run.partition(":")
    if colon and rest:
        return rest.split("+")[0] if course_run.startswith("course-v1:") and "+" in rest else ""
    parts = course_run.split("/")
    return parts[0] if len(parts) == 3 else ""


def place_of(scope: str, course_run: str) -> str:
    """Where a pool is: in a course run, or in the organisation of it where the author widened it."""
    organisation = organisation_of(course_run) if scope == ORGANISATION else ""
    return f"organisation:{organisation}" if organisation else course_run


def is_hall(answers: int, minimum: int) -> bool:
    """Whether a round was so large that its notes are a step by themselves."""
    return answers >= HALL * minimum


def moving(waiting: Sequence[Held]) -> list[Held]:
    """Whose waiting notes become live together: all, when they are of enough teams; else those of halls alone."""
    if len({one.mark for one in waiting}) >= TEAMS_TOGETHER:
        return list(waiting)
    return [one for one in waiting if one.hall]


def may_be_shown(others: Sequence[Held], minimum: int) -> bool:
    """Whether a pool holds enough of others' live notes to be shown to a team."""
    held = [one for one in others if one.notes]
    crowd = any(one.hall for one in held) or len({one.mark for one in held}) >= TEAMS_TOGETHER
    return crowd and sum(one.notes for one in held) >= POOL * minimum


def draw(candidates: Iterable[Candidate], randomness: random.Random) -> list[int]:
    """A random sample in random order: never two notes of one team in a row, and not many of one.

    Where that cannot be, notes are left out. A hall's notes may be neighbours: nobody can be recognised by them.
    """
    pool = list(candidates)
    taken: Counter[str] = Counter()
    chosen: list[Candidate] = []
    # Shuffled as far as it is needed: a pool may hold tens of thousands.
    while pool and len(chosen) < SAMPLE:
        place = randomness.randrange(len(pool))
        pool[place], pool[-1] = pool[-1], pool[place]
        one = pool.pop()
        if one.hall or taken[one.mark] < OF_ONE_TEAM:
            taken[one.mark] += not one.hall
            chosen.append(one)
    return [one.note for one in _apart(chosen, randomness)]


def _apart(chosen: Sequence[Candidate], randomness: random.Random) -> list[Candidate]:
    """The chosen in an order in which no two of a team meet; those of a team that are too many for it are left out."""
    teams: dict[str, list[Candidate]] = defaultdict(list)
    for one in chosen:
        teams[f"hall {one.note}" if one.hall else one.mark].append(one)
    for notes in teams.values():
        # Of one team there can be one more than there are others to stand between.
        del notes[len(chosen) - len(notes) + 1 :]
    ordered: list[Candidate] = []
    last = ""
    left = sum(map(len, teams.values()))
    while left:
        # A team that would not find enough others between its notes any more has to come now.
        urgent = [name for name, notes in teams.items() if name != last and 2 * len(notes) > left]
        names = urgent or [name for name, notes in teams.items() if name != last and notes]
        last = randomness.choices(names, [len(teams[name]) for name in names])[0]
        ordered.append(teams[last].pop())
        left -= 1
    return ordered


def told(people: int, teams: int) -> dict[str, int | bool] | None:
    """How many could have written a note, as it may be said: not at all, "at least", or exactly."""
    if people < FEWEST_PEOPLE or teams < FEWEST_TEAMS:
        return None
    if people < EXACT_PEOPLE:
        return {"people": FEWEST_PEOPLE, "teams": FEWEST_TEAMS, "exact": False}
    return {"people": people, "teams": teams, "exact": True}


@dataclass(frozen=True)
class Tapped:
    """How many of a team could have written a note, and how many of them are in the note's number already."""

    people: int
    counted: int


def joining(taps: Mapping[str, Tapped]) -> tuple[int, int] | None:
    """By how many people and teams a note's number grows now; None while fewer than three teams would be in it."""
    fresh = [one for one in taps.values() if one.people > one.counted]
    if len(fresh) < TEAMS_TOGETHER:
        return None
    return sum(one.people - one.counted for one in fresh), sum(one.counted == 0 for one in fresh)
