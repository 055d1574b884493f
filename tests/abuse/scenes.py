"""A session in each of its states, with everything that a fuzzer may know of it and what nobody may be told."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import caches
from django.db import transaction

from tests.agendas import AGREE, CHOICE, PULSE, SENTENCES, WALL, AgendaTeam, due, play
from tests.support import call

#: In every note that somebody wrote.
MARK = "kingfisher"


@dataclass
class Scene:
    """A session. `tokens` by role, `known` values by the name of the field that takes them.

    `unseen` are the texts that nobody may be told while the scene is as it was made; `reach` are the operations that
    even a short run gets a success from.
    """

    name: str
    team: AgendaTeam
    tokens: dict[str, str]
    known: dict[str, list[Any]]
    reach: set[str]
    unseen: list[str] = field(default_factory=list)

    def secrets_from(self, role: str) -> list[str]:
        """What must not be in a reply to this role: others' tokens, and texts that are not revealed."""
        own = {self.tokens.get(role)}
        if role == "leader":
            # It has the screen's address, and may send it to the projector.
            own.add(self.tokens["screen"])
        everyone = {*self.tokens.values(), *self.team.seats}
        return [*(everyone - own), *self.unseen]


#: Whatever the state of a session.
ALWAYS = {"find", "seats", "state", "qr", "guide", "leave", "whoami", "ping", "try_qr", "messages", "offer_lead"}


def _scene(name: str, team: AgendaTeam, *reach: str, answer: Any = None, **known: Any) -> Scene:
    state = team.state()
    current = state["round"] or {}
    return Scene(
        name=name,
        team=team,
        tokens={"leader": team.leader, "seat": team.seats[-1], "screen": team.screen},
        known={
            "round": [current.get("id", "1")],
            "note": [note["id"] for note in (current.get("results") or {}).get("notes", [])] or ["1"],
            "activity": [one["id"] for one in state["agenda"]],
            "join_code": [team.opened["join_code"]],
            "step": [state["step"]],
            "for": ["join", "leader"],
            "answer": [{"pass": True}, answer],
            **known,
        },
        reach={*ALWAYS, *reach},
    )


def lobby() -> Scene:
    """People sit down; codes for a phone and a tablet are offered."""
    team = AgendaTeam(WALL, PULSE).fill(guests=5)
    phone = call(team.api + "drive", {"do": "offer"}, token=team.leader).json()["code"]
    tablet = call(team.api + "tablet", {"seats": 2}, token=team.leader).json()["code"]
    return _scene("lobby", team, "commands", "offer_tablet", "take_lead", "take_tablet", code=[phone, tablet])


def collecting() -> Scene:
    """All but one have written a note."""
    team = AgendaTeam(WALL, PULSE).fill(guests=5)
    team.start()
    team.answers([f"{MARK} {number}" for number in range(4)])
    scene = _scene("collecting", team, "answers", answer={"text": "a note of my own"})
    scene.unseen.append(MARK)
    return scene


def counting() -> Scene:
    """A pulse collects, and a phone claims the lead."""
    team = AgendaTeam(PULSE, CHOICE).fill(guests=5)
    team.start()
    code = call(team.api + "drive", {"do": "offer"}, token=team.leader).json()["code"]
    claim = call("/psychsafety/api/drive", {"code": code}).json()["claim"]
    return _scene("counting", team, "answers", "take_lead", answer={"ratings": {"s1": 4}}, claim=[claim])


def revealed() -> Scene:
    """The wall hangs, and resonance is open."""
    team = AgendaTeam(WALL, CHOICE).fill(guests=5)
    play(team)
    return _scene("revealed", team, "commands", "resonance", "takedowns")


def agreeing() -> Scene:
    """Commitments are written, and nobody has said yet which they stand behind."""
    team = AgendaTeam(CHOICE, AGREE).fill(guests=5)
    play(team)
    team.start()
    team.command("set_commitments", commitments=SENTENCES, due=due())
    return _scene("agreeing", team, "answers", answer={"stand": ["c1"]})


def summary() -> Scene:
    """Everybody looks at what was done."""
    team = AgendaTeam(CHOICE, AGREE).fill(guests=5)
    play(team)
    play(team)
    team.command("show_summary")
    return _scene("summary", team, "session_summary", "tallies", "follow_up", "offer_tablet")


def ended() -> Scene:
    """The session is over, and its leader may read the summary."""
    scene = summary()
    scene.name = "ended"
    scene.reach = {"whoami", "session_summary", "tallies", "follow_up", "ping", "try_qr", "messages"}
    scene.tokens["summary"] = scene.team.command("close_session")["summary_token"]
    return scene


SCENES = {one.__name__: one for one in (lobby, collecting, counting, revealed, agreeing, summary, ended)}


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside to the database and to the cache of this test never happened."""
    store = caches["default"]
    kept = dict(store._cache), dict(store._expire_info)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    for now, before in zip((store._cache, store._expire_info), kept, strict=True):
        now.clear()
        now.update(before)
