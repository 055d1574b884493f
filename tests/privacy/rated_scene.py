"""A choice or a pulse, answered by known people in a seeded order: the truth to judge guesses of ratings by."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.privacy.measuring import Guess
from tests.support import Team

#: Where they stand in the demo's session of all kinds; both have a minimum of 4.
PLACES = {"choice": 1, "pulse": 2}
OPTIONS = {"choice": ("o1", "o2", "o3", "o4"), "pulse": ("1", "2", "3", "4", "5")}


class RatedScene:
    """A team whose people answer by phone; the last one of them may be the leader, as `leader_seated` says.

    `gave` is the truth, option by person, of the choice or of the pulse's first statement. Nobody agrees so much that
    no counts are shown. `order` is who answered when.
    """

    def __init__(
        self,
        chance: random.Random,
        kind: str = "choice",
        people: int = 7,
        *,
        leader_seated: bool = False,
        gave: list[str] | None = None,
    ) -> None:
        self.kind = kind
        leader = f"leader-{chance.getrandbits(40):010x}"
        self.people = [f"phone-{number}" for number in range(people)]
        self.team = Team("activities", leader=leader)
        self.seat = {person: self.team.guest() for person in self.people[: people - leader_seated]}
        if leader_seated:
            self.seat[self.people[-1]] = self.team.learner(leader)
        self.gave = dict(zip(self.people, gave or self._drawn(chance, people), strict=True))
        self.order = self.people[:]
        chance.shuffle(self.order)
        activity = self.team.state()["agenda"][PLACES[kind]]["id"]
        self.round_id = self.team.command("start_round", step=0, activity=activity)["round"]["id"]

    def _drawn(self, chance: random.Random, people: int) -> list[str]:
        while True:
            gave = [chance.choice(OPTIONS[self.kind]) for _ in range(people)]
            if max(Counter(gave).values()) < people - 1:
                return gave

    def answer_all(self, between: Callable[[str | None], object] = lambda person: None) -> RatedScene:
        """Everybody answers, in the order of `order`; `between` is called before each, and with None at the end."""
        for person in self.order:
            between(person)
            response = self.team.answer(self.seat[person], self.answer_of(person), self.round_id)
            assert response.status_code == 202, response.content
        between(None)
        return self

    def answer_of(self, person: str) -> dict[str, Any]:
        """What this person sends."""
        given = self.gave[person]
        return {"option": given} if self.kind == "choice" else {"ratings": {"s1": int(given), "s2": 3}}

    def reveal(self) -> dict[str, Any]:
        """The leader reveals; gives the item as everybody sees it."""
        item: dict[str, Any] = self.team.command("reveal", step=1)["round"]["results"]["items"][0]
        return item

    def left_of(self, item: Mapping[str, Any], known: Iterable[str]) -> list[str]:
        """The answers that are shown, in the order of the reply, without those of people who are known."""
        left = Counter(item["counts"])
        left.subtract(self.gave[person] for person in known)
        return list(left.elements())

    def judge(self, guessed: Mapping[str, str]) -> list[Guess]:
        """Guesses, option by person, beside dealing the answers of just these people out by lot."""
        dealt = Counter(self.gave[person] for person in guessed)
        return [
            Guess(self.gave[person] == option, dealt[self.gave[person]] / len(guessed))
            for person, option in guessed.items()
        ]
