"""Teams whose walls feed the echo: each leader runs the same exercise, and everybody shares unless a test says no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psychsafety_xblock.models import EchoNote, EchoPool
from tests.agendas import RUN, AgendaTeam
from tests.support import call

COURAGE = {
    "kind": "wall",
    "title": "Courage",
    "prompt": "What takes courage?",
    "exercise": "courage-wall",
    "minimum": 3,
}
EXAMPLES = ["To say no.", "To ask twice."]


class EchoTeam(AgendaTeam):
    """A team with the courage wall, or another one, and its people."""

    def __init__(
        self, leader: str, people: int = 4, wall: dict[str, Any] | None = None, again: int = 1, **where: Any
    ) -> None:
        super().__init__(*([wall or COURAGE] * again), leader=leader, **where)
        self.name = leader
        self.fill(guests=people)

    def write(self, texts: Sequence[str] | None = None, share: bool | Sequence[bool] = True) -> EchoTeam:
        """Everybody writes, and the wall is revealed."""
        round_id = self.start()
        said = texts if texts is not None else [f"{self.name} {number}" for number in range(len(self.seats))]
        for number, (seat, text) in enumerate(zip(self.seats, said, strict=True)):
            agreed = share if isinstance(share, bool) else share[number]
            response = self.answer(seat, {"text": text, "share": agreed}, round_id)
            assert response.status_code == 202, response.content
        self.command("reveal")
        return self

    @property
    def echo(self) -> dict[str, Any]:
        """The echo as the leader sees it."""
        return self.round["echo"]

    def heard(self) -> list[str]:
        """The texts of the echo, in their order."""
        return [note["text"] for note in self.echo["notes"]]

    def open(self) -> EchoTeam:
        """Open the echo."""
        self.command("open_echo")
        return self

    def tap_echo(self, seat: str, notes: Sequence[str], round_id: str | None = None):
        """Say that a seat could have written these notes of other teams."""
        return call(self.api + "echo", {"round": round_id or self.round["id"], "notes": list(notes)}, token=seat)

    def count(self, notes: Sequence[str] | None = None, people: int | None = None) -> EchoTeam:
        """The first `people` tap on `notes` (all), the others on none, and it is counted."""
        wanted = [note["id"] for note in self.echo["notes"]] if notes is None else notes
        for number, seat in enumerate(self.seats):
            chosen = wanted if people is None or number < people else []
            assert self.tap_echo(seat, chosen).status_code == 202
        self.command("count_echo")
        return self


def shared(leader: str, people: int = 5, **team: Any) -> EchoTeam:
    """A team that has written, shared all of it, and ended."""
    one = EchoTeam(leader, people, **team).write()
    one.command("close_session")
    return one


def filled(teams: int = 3, people: int = 5, **team: Any) -> list[EchoTeam]:
    """So many teams have shared: with three of five, enough to be shown to a fourth with a minimum of 3."""
    return [shared(f"leader {number}", people, **team) for number in range(teams)]


def pool() -> EchoPool:
    """The one pool."""
    return EchoPool.objects.get()


def texts(live: bool | None = None) -> list[str]:
    """What lies in the pools."""
    notes = EchoNote.objects.all() if live is None else EchoNote.objects.filter(live=live)
    return sorted(notes.values_list("text", flat=True))


__all__ = ["COURAGE", "EXAMPLES", "RUN", "EchoTeam", "filled", "pool", "shared", "texts"]
