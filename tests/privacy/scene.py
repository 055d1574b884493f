"""A wall, played by known people in a seeded order: what really happened, to judge an attacker's guesses by."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from tests.privacy.measuring import Guess
from tests.support import Team

#: Texts say nothing about who wrote them: which person writes which is drawn by lot.
TEXTS = [
    "say no", "ask for help", "tell the boss", "show something half done", "ask again", "be wrong", "go home on time",
    "say that I am tired", "praise somebody", "start over", "speak first", "take a break",
]  # fmt: skip


class Scene:
    """A team with accounts, and a round that collects; `answer_all` lets everybody write in an order drawn by lot.

    `wrote` is the truth, text by person; `order` the people in the order in which they answered; `seat` the token of
    each. `between` is called before each answer with the person, and once more at the end with None: there an attacker
    looks.
    """

    def __init__(self, chance: random.Random, people: int = 6, **opening: object) -> None:
        self.chance = chance
        self.people = [f"account-{chance.getrandbits(40):010x}" for _ in range(people)]
        self.leader = f"leader-{chance.getrandbits(40):010x}"
        self.team = Team(leader=self.leader, **opening)
        coming = self.people[:]
        chance.shuffle(coming)
        self.came = coming
        self.seat = {person: self.team.learner(person) for person in coming}
        texts = chance.sample(TEXTS, people)
        self.wrote: dict[str, str] = dict(zip(self.people, texts, strict=True))
        self.order = self.people[:]
        chance.shuffle(self.order)
        # Nobody has given a command yet.
        self.round_id = self.team.command("start_round", step=0)["round"]["id"]

    def answer_all(self, between: Callable[[str | None], object] = lambda person: None) -> Scene:
        """Everybody answers, in the order of `order`."""
        for person in self.order:
            between(person)
            response = self.team.answer(self.seat[person], self.wrote[person], self.round_id)
            assert response.status_code == 202, response.content
        between(None)
        return self

    def reveal(self) -> Scene:
        """The leader reveals."""
        self.team.command("reveal")
        return self

    def judge(self, guessed: Mapping[str, str], by_lot: float | None = None) -> list[Guess]:
        """Guesses of who wrote what, text by person, beside the chance of one among those who answered."""
        chance = 1 / len(self.wrote) if by_lot is None else by_lot
        return [Guess(self.wrote[person] == text, chance) for person, text in guessed.items()]
