"""Rule 6 for the figures over all teams: no two documents, at whatever distance, tell of fewer than three teams.

Random histories over weeks; tests/privacy/insight_histories.py says what is compared at each look. Beside them, what
the days say on which a number moves, and what is left to who leads several teams.
"""

import datetime
import itertools

import pytest

from psychsafety_xblock.core.insights import Part, Told, stepped
from tests.privacy.insight_histories import START, play
from tests.privacy.insight_service import play_served
from tests.privacy.measuring import RUNS, Attacker, Guess

pytestmark = pytest.mark.django_db

#: `make attack` (200 runs) plays 1,000 histories by the rules alone, and 20 of them through the service.
HISTORIES, SERVED = RUNS * 5, max(2, RUNS // 10)

READER = Attacker(
    name="Who reads the figures over all teams every day",
    knows="each document, which team met on which day",
    tries="says of the team that met last before a number moved that it is among those who answered so",
)
LEADERS = Attacker(
    name="Who leads two teams, under two accounts",
    knows="each document, what the two teams answered",
    tries="takes off what they answered, when one other team has met beside them",
)


def test_a_thousand_histories_tell_nothing_below_the_rules():
    told = [len(play(seed)) >= 6 for seed in range(1000, 1000 + HISTORIES)]
    assert all(told)


def test_nor_do_those_that_are_served(monkeypatch):
    told = [play_served(seed, monkeypatch) for seed in range(1000, 1000 + SERVED)]
    assert all(told)


class Week:
    """Each day some team meets for the first time, and somebody looks at one statement."""

    def __init__(self) -> None:
        self.cells: dict[str, Told] = {}
        self.taken: dict[str, datetime.date] = {}
        self.parts: dict[str, list[Part]] = {"rating|s|4": [], "rating|s|1": []}
        self.day = START
        #: The teams that met since the statement's numbers last moved, and those of all that answered with 1.
        self.since: list[str] = []
        self.ones: set[str] = set()

    def meet(self, team: str, fours: int, ones: int) -> None:
        """A team meets, and the day is over."""
        self.parts["rating|s|4"].append(Part(self.day, team, fours, fours, 5))
        if ones:
            self.parts["rating|s|1"].append(Part(self.day, team, ones, ones, 5))
            self.ones.add(team)
        self.since.append(team)
        self.day += datetime.timedelta(days=1)

    def number(self, rating: str) -> int:
        """What is told of a rating."""
        return self.cells.get(f"rating|s|{rating}", Told()).total[0]

    def look(self) -> tuple[int, list[str]]:
        """By how much the ones grew, and who met since anything moved."""
        before = {rating: self.number(rating) for rating in "41"}
        self.cells, self.taken = stepped(self.cells, self.parts, self.taken, self.day - datetime.timedelta(days=1))
        met = self.since
        if any(self.number(rating) != before[rating] for rating in "41"):
            self.since = []
        return self.number("1") - before["1"], met


def test_who_is_in_a_number_by_the_day_on_which_it_moved(attack):
    def run(chance):
        week, guesses = Week(), []
        for number in itertools.count():
            week.meet(f"team {number}", fours=chance.randint(3, 8), ones=chance.choice((0, 0, 1, 2, 4)))
            by, met = week.look()
            if by:
                lot = sum(team in week.ones for team in met) / len(met)
                guesses.append(Guess(right=met[-1] in week.ones, by_lot=lot))
            if len(guesses) == 3:
                return guesses

    attack(READER, "a rating to the team that gave it, by the day on which its number moved", run)


def test_what_a_third_team_answered(attack):
    def run(chance):
        week, most = Week(), 6
        own = [chance.randint(3, 6) for _ in range(2)]
        for team, ones in enumerate(own):
            week.meet(f"own {team}", fours=3, ones=ones)
        there = chance.randint(1, most)
        week.meet("another", fours=3, ones=there)
        by, _ = week.look()
        return [Guess(right=by - sum(own) == there, by_lot=1 / most)]

    attack(
        LEADERS,
        "a number to the one other team of its step",
        run,
        leaks="what the third team of a step answered: nobody can tell from outside that two teams are one person's",
    )
