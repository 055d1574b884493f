"""A team that goes through a whole agenda while things break: a leader, and people with phones."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from psychsafety_xblock import service
from psychsafety_xblock.core.activities import checked_agenda
from psychsafety_xblock.models import Ballot
from tests.agendas import AGREE, CHOICE, PULSE, SENTENCES, TALK, due, some_answer

from ..pages import Lines, Page, Tally
from ..room import opened
from .hall import WALL
from .ledger import Ledger
from .wire import PATIENCE, Wire, in_django

SEATS = 6
AGENDA = (TALK, WALL, PULSE, CHOICE, AGREE)
State = dict[str, Any]


class StuckError(Exception):
    """A session that does not go on, whatever its leader does."""


class Person:
    """A phone with a seat."""

    def __init__(self, number: int, token: str, lines: Lines) -> None:
        self.number = number
        self.token = token
        self.lines = lines
        self.seen: set[tuple[str, str]] = set()
        self.last: tuple[str, dict[str, Any]] | None = None


class Team:
    """One session from its opening to its end; `hour` is all of it."""

    def __init__(self, wire: Wire, ledger: Ledger, pages: Tally) -> None:
        self._wire, self._ledger, self._pages = wire, ledger, pages
        self._lines = Lines(wire.port)
        self._people: list[Person] = []
        self._rounds: list[str] = []
        self._sent: dict[str, int] = {}
        self._sending: set[asyncio.Task[None]] = set()

    async def hour(self) -> None:
        """Open, sit down, do everything, show the summary, compare, close. Raises `StuckError` or TimeoutError."""
        made: service.Opened = await in_django(lambda: opened(checked_agenda(list(AGENDA))))
        self._made, self._api = made, f"/psychsafety/api/sessions/{made.session_id}/"
        self._people = list(await asyncio.gather(*(self._join(number) for number in range(SEATS))))
        pages = [
            self._page(made.token, lambda page, state: None),
            self._page(made.screen_token, lambda page, state: None),
        ]
        pages += [self._page(one.token, lambda page, state, one=one: self._see(one, state)) for one in self._people]
        living = [asyncio.create_task(page.live(self._wire.chance.random())) for page in pages]
        try:
            for number, activity in enumerate(AGENDA, 1):
                await self._run(number, activity["kind"])
            await self._lead("show_summary", lambda state: state["phase"] == "summary")
            while self._sending:
                await asyncio.gather(*self._sending)
            for round_id in self._rounds:
                await in_django(lambda round_id=int(round_id): self._ledger.judge(round_id))
            await self._lead("close_session", lambda state: state["phase"] == "ended")
            self._ledger.sessions += 1
        finally:
            for task in [*living, *self._sending]:
                task.cancel()
            await asyncio.gather(*living, *self._sending, return_exceptions=True)
            for lines in (self._lines, *(one.lines for one in self._people)):
                lines.close()

    async def _join(self, number: int) -> Person:
        lines, code = Lines(self._wire.port), {"join_code": self._made.join_code}
        found = await self._wire.send(lines, "join", "/psychsafety/api/join", body=code)
        if found.status != 200:
            raise StuckError(f"the code was answered with {found.status} {found.error}")
        seat = await self._wire.send(lines, "seats", found.body["api_url"] + "seats", body=code)
        if seat.status != 201:
            raise StuckError(f"somebody could not sit down: {seat.status} {seat.error}")
        return Person(number, seat.body["token"], lines)

    def _page(self, token: str, on_state: Callable[[Page, Any], None]) -> Page:
        return Page(self._wire.port, self._api, token, self._pages, on_state)

    async def _run(self, number: int, kind: str) -> None:
        """One activity of the agenda, until its results are shown."""
        state = await self._lead("start_round", lambda state: (state["round"] or {}).get("number", 0) >= number)
        round_id = state["round"]["id"]
        if kind == "talk":
            return
        self._rounds.append(round_id)
        if kind == "commitments":
            await self._lead(
                "set_commitments",
                lambda state: bool(state["round"]["activity"]["commitments"]),
                commitments=SENTENCES,
                due=due(),
            )
        if self._wire.chance.random() < 0.7:
            await self._all_sent(round_id)
        # Else as soon as there are enough, while some are still on their way.
        await self._lead("reveal", lambda state: state["round"]["phase"] != "collecting")
        if kind == "wall":
            await self._all_sent(f"{round_id} taps")
            await self._lead("count_resonance", lambda state: state["round"]["resonance"] != "open")
            await self._lead("open_echo", lambda state: state["round"]["echo"] is not None)
            await self._all_sent(f"{round_id} echo")
            await self._lead("count_echo", lambda state: state["round"]["echo"]["phase"] == "counted")

    async def _all_sent(self, what: str) -> None:
        until = time.monotonic() + PATIENCE
        while self._sent.get(what, 0) < SEATS:
            if time.monotonic() > until:
                raise StuckError(f"{self._sent.get(what, 0)} of {SEATS} people have sent their answer")
            await asyncio.sleep(0.2)

    async def _lead(self, command: str, done: Callable[[State], bool], **fields: Any) -> State:
        """Press the button until it has worked, as it shows in the state that follows."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            state = await self._wire.send(self._lines, "poll", self._api, token=self._made.token)
            if state.status in (401, 410) and command == "close_session":
                # It worked, and its reply was lost.
                return {"phase": "ended"}
            if state.status != 200:
                raise StuckError(f"before {command} the leader was answered with {state.status} {state.error}")
            if done(state.body):
                return state.body
            body = {"command": command, "step": state.body["step"], **fields}
            said = await self._wire.send(
                self._lines, "commands", self._api + "commands", token=self._made.token, body=body
            )
            if said.status == 200 and done(said.body):
                return said.body
            await asyncio.sleep(self._wire.chance.uniform(0.2, 0.5))
        raise StuckError(
            f"{command} did not work within {PATIENCE:.0f} s; the last reply was {said.status} {said.error}"
        )

    def _see(self, one: Person, state: State) -> None:
        """What a page shows, and what its person does about it, once a round."""
        current = state["round"]
        if current is None or current["activity"]["kind"] == "talk":
            return
        activity = current["activity"]
        if current["phase"] == "collecting" and activity.get("commitments", True):
            self._once(one, "answer", current["id"], lambda: self._answer(one, current["id"], activity))
        if current["resonance"] == "open" and current["results"]:
            notes = [note["id"] for note in current["results"]["notes"]]
            self._once(one, "tap", current["id"], lambda: self._tap(one, current["id"], notes))
        if current["echo"] and current["echo"]["phase"] == "open":
            heard = [note["id"] for note in current["echo"]["notes"]]
            self._once(one, "tap echo", current["id"], lambda: self._tap_echo(one, current["id"], heard))

    def _once(self, one: Person, what: str, round_id: str, make: Callable[[], Any]) -> None:
        if (what, round_id) not in one.seen:
            one.seen.add((what, round_id))
            task = asyncio.create_task(make())
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _answer(self, one: Person, round_id: str, activity: dict[str, Any]) -> None:
        await asyncio.sleep(self._wire.chance.uniform(0, 3))
        answer = some_answer(activity, one.number)
        if one.last is not None and self._wire.chance.random() < 0.2:
            await self._late(one, *one.last)
        body = {"round": round_id, "answer": answer}
        outcomes = await self._wire.send_badly(one.lines, "answers", self._api + "answers", token=one.token, body=body)
        self._ledger.note(round_id, answer, outcomes)
        one.last = (round_id, answer)
        self._sent[round_id] = self._sent.get(round_id, 0) + 1

    async def _late(self, one: Person, round_id: str, answer: dict[str, Any]) -> None:
        """An answer of an earlier round comes once more, after its round: out of order, as networks deliver."""
        body = {"round": round_id, "answer": answer}
        said = await self._wire.send(one.lines, "late answers", self._api + "answers", token=one.token, body=body)
        if said.status == 202:
            self._ledger.problems.append(f"round {round_id}: an answer was taken again after the reveal")

    async def _tap(self, one: Person, round_id: str, notes: list[str]) -> None:
        await asyncio.sleep(self._wire.chance.uniform(0, 2))
        body = {"round": round_id, "notes": notes}
        outcomes = await self._wire.send_badly(
            one.lines, "resonance", self._api + "resonance", token=one.token, body=body
        )
        self._ledger.note(round_id, {"notes": notes}, outcomes, purpose=Ballot.Purpose.RESONANCE)
        what = f"{round_id} taps"
        self._sent[what] = self._sent.get(what, 0) + 1

    async def _tap_echo(self, one: Person, round_id: str, heard: list[str]) -> None:
        await asyncio.sleep(self._wire.chance.uniform(0, 2))
        notes = self._wire.chance.sample(heard, len(heard) // 2)
        body = {"round": round_id, "notes": notes}
        outcomes = await self._wire.send_badly(one.lines, "echo", self._api + "echo", token=one.token, body=body)
        self._ledger.note(round_id, {"notes": notes}, outcomes, purpose=Ballot.Purpose.ECHO)
        what = f"{round_id} echo"
        self._sent[what] = self._sent.get(what, 0) + 1


async def keep_meeting(wire: Wire, ledger: Ledger, pages: Tally, over: Callable[[], bool]) -> None:
    """One team after the other, until nothing breaks any more; the last one finishes."""
    while not over():
        try:
            await Team(wire, ledger, pages).hour()
        except (StuckError, TimeoutError) as error:
            ledger.problems.append(f"a session did not go on: {error}")
