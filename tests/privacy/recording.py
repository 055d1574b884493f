"""One session with a wall and a pulse, played by known people in a seeded order, and looked at from outside meanwhile.

`recorded` plays each seed once for all attacks of a run; what an attacker may see of it are the looks.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.cache import caches

from psychsafety_xblock.models import Session
from tests.agendas import PULSE, WALL, AgendaTeam
from tests.privacy.measuring import Guess
from tests.privacy.scene import TEXTS
from tests.support import cached

#: A table's rows, by the name of its model, each a dict: what a dump of the database holds of us.
Dump = dict[str, list[dict[str, Any]]]

PEOPLE = 6


def dump() -> Dump:
    """All our tables as they are now."""
    found = apps.get_app_config("psychsafety_xblock").get_models()
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in found}


@dataclass(frozen=True)
class Look:
    """What lies in the database and in the cache at one moment."""

    dump: Dump
    cache: dict[str, Any]


class History:
    """What happened: who answered when and what, which is the truth that guesses are judged by.

    `look` is called at each moment: "wall 0" before the first answer to the wall, "wall 6" after the last one, "wall
    shown" after its reveal; the same for "pulse"; "ended". A moment of `n` answers lies between two people's sending.
    """

    def __init__(self, chance: random.Random, look: Callable[[str], object] = lambda moment: None) -> None:
        self.people = [f"account-{chance.getrandbits(40):010x}" for _ in range(PEOPLE)]
        self.leader = f"account-{chance.getrandbits(40):010x}"
        self.wrote = dict(zip(self.people, chance.sample(TEXTS, PEOPLE), strict=True))
        self.rated = {person: str(chance.randint(1, 5)) for person in self.people}
        self.order = {kind: chance.sample(self.people, PEOPLE) for kind in ("wall", "pulse")}
        self.team = AgendaTeam(WALL, PULSE, leader=self.leader)
        self.seat = {person: self.team.account(person) for person in chance.sample(self.people, PEOPLE)}
        self.round: dict[str, int] = {}
        self._step = 0
        for kind in ("wall", "pulse"):
            self.round[kind] = int(self._command("start_round")["round"]["id"])
            for number, person in enumerate(self.order[kind]):
                look(f"{kind} {number}")
                self._answer(kind, person)
            look(f"{kind} {PEOPLE}")
            self._command("reveal")
            look(f"{kind} shown")
            self._command("close_round")
        self._command("close_session")
        look("ended")

    def _command(self, command: str) -> dict[str, Any]:
        response = self.team.try_command(command, self._step)
        assert response.status_code == 200, response.content
        self._step = response.json()["step"]
        state: dict[str, Any] = response.json()
        return state

    def _answer(self, kind: str, person: str) -> None:
        answer = {"text": self.wrote[person]} if kind == "wall" else {"ratings": {"s1": int(self.rated[person])}}
        response = self.team.answer(self.seat[person], answer, str(self.round[kind]))
        assert response.status_code == 202, response.content

    def judge_notes(self, guessed: Mapping[str, str]) -> list[Guess]:
        """Guesses of who wrote what, text by person; those without a guess are wrong."""
        return [Guess(guessed.get(person) == text, 1 / PEOPLE) for person, text in self.wrote.items()]

    def judge_ratings(self, guessed: Mapping[str, str]) -> list[Guess]:
        """Guesses of who rated how. By lot it is as likely as the rating is frequent, which everybody knows."""
        frequent = Counter(self.rated.values())
        return [
            Guess(guessed.get(person) == rating, frequent[rating] / PEOPLE) for person, rating in self.rated.items()
        ]

    def dealt(self, kind: str, answers: list[str]) -> dict[str, str]:
        """The answers, dealt to those who sent, in this order: all that an attacker can do who knows that order."""
        return dict(zip(self.order[kind], answers, strict=False))


@dataclass
class Recording:
    """A history and what was seen of it."""

    history: History
    looks: dict[str, Look] = field(default_factory=dict)


_KEPT: dict[int, Recording] = {}


def recorded(chance: random.Random) -> Recording:
    """The recording that belongs to this randomness, in Django's database and a cache in memory of the test."""
    seed = chance.getrandbits(64)
    if seed not in _KEPT:
        looks: dict[str, Look] = {}

        def look(moment: str) -> None:
            looks[moment] = Look(dump(), cached())

        _KEPT[seed] = Recording(History(random.Random(seed), look), looks)
        # The next one finds an empty database and an empty cache.
        Session.objects.all().delete()
        caches["default"].clear()
    return _KEPT[seed]


def texts(dumped: Dump) -> list[str]:
    """The texts of all notes of a dump, in the order of their keys."""
    return [note["text"] for note in dumped["Note"]]


def ratings(dumped: Dump, round_id: int) -> Counter[str]:
    """How often each rating of the statement was given."""
    of_the_statement = [row for row in dumped["Tally"] if row["round_id"] == round_id and row["item"] == "s1"]
    return Counter({row["option"]: row["n"] for row in of_the_statement})
