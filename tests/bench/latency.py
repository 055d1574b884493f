"""From a leader's command to all visible pages, with pages that poll as browsers do: many teams, then one large room.

A latency is the time from the sending of a command until a page has received a state with at least its step. The page
that sent it is not counted, for it is told in the reply.
"""

from __future__ import annotations

import asyncio
import math
import random
import time
from dataclasses import dataclass, field, replace
from typing import Any

from psychsafety_xblock import service
from psychsafety_xblock.core.activities import checked_agenda
from tests.agendas import AGREE, SENTENCES, TALK, due

from .load import server_processes
from .machine import Load
from .pages import Page, Tally, watch_loop
from .report import Report
from .room import CHOICE, PULSE, WALL, an_answer, opened

#: A page that has not shown a step after so many seconds never will.
PATIENCE = 20.0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is measured: so many sessions with so many seats and this agenda, in which leaders give these commands.

    People do a thing at a random moment of a span of seconds: `arrive` after the start, `decide` on the next command
    after the last, `answer` after they see a round. `p95` is the target.
    """

    name: str
    sessions: int
    seats: int
    agenda: tuple[dict[str, Any], ...]
    commands: tuple[str, ...]
    arrive: float
    decide: tuple[float, float]
    answer: tuple[float, float]
    p95: float


TEAMS = Plan(
    name="50 teams of 8, a whole agenda",
    sessions=50,
    seats=8,
    agenda=(TALK, WALL, PULSE, CHOICE, AGREE),
    commands=(
        "begin",
        *("next", "next", "reveal", "count_resonance"),
        *("next", "reveal"),
        *("next", "reveal"),
        *("next", "set_commitments", "reveal"),
        "show_summary",
    ),
    arrive=1.5,
    decide=(3.0, 7.0),
    answer=(1.0, 8.0),
    p95=2.5,
)
ROOM = Plan(
    name="one session with 250 seats, all answer within 6 s",
    sessions=1,
    seats=250,
    agenda=(WALL, PULSE),
    commands=("begin", "start_round", "reveal", "next"),
    arrive=6.0,
    decide=(4.0, 7.0),
    answer=(0.5, 6.0),
    p95=7.0,
)
WALL_OF_250 = replace(
    ROOM, name="250 people on one wall, sending within 60 s", commands=("start_round", "reveal"), answer=(0.5, 60.0)
)
PLANS = (TEAMS, ROOM, WALL_OF_250)


def shorter(plan: Plan) -> Plan:
    """The same with fewer teams and less patience, to see that it works."""
    answer, sessions = (plan.answer[0], min(plan.answer[1], 6.0)), min(plan.sessions, 6)
    name = f"a short run of: {plan.name} (here: {sessions} sessions, answers within {answer[1]:.0f} s)"
    return replace(plan, name=name, sessions=sessions, decide=(1.0, 2.0), answer=answer)


class GaveUpError(Exception):
    """A session did not go on, so nothing can be said of its speed."""


@dataclass
class Figures:
    """What a plan came to, in seconds."""

    tally: Tally = field(default_factory=Tally)
    latencies: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    lags: list[float] = field(default_factory=list)
    seconds: float = 0.0
    cores: str = ""


def measure(port: int, processes: int, report: Report, *, quick: bool = False) -> None:
    """Run all plans against the server on this port."""
    pids = server_processes(port, processes)
    for plan in map(shorter, PLANS) if quick else PLANS:
        figures = Figures()
        gatherings = [Gathering(plan, port, figures) for _ in range(plan.sessions)]
        try:
            asyncio.run(_run(plan, gatherings, figures, pids))
        except* GaveUpError as gave_up:
            report.section(plan.name)
            report.add("the plan was carried out", "no", "yes", False)
            report.remark(str(gave_up.exceptions[0]))
        else:
            _report(plan, figures, report)


async def _run(plan: Plan, gatherings: list[Gathering], figures: Figures, pids: list[int]) -> None:
    async with asyncio.TaskGroup() as group:
        living = [group.create_task(page) for gathering in gatherings for page in gathering.pages()]
        # Everybody has come, and has asked once more.
        await asyncio.sleep(plan.arrive * 2 + 1)
        figures.tally.polls.clear()
        living.append(group.create_task(watch_loop(figures.lags)))
        load, began = Load(pids), time.perf_counter()
        await asyncio.gather(*(gathering.lead() for gathering in gatherings))
        figures.seconds = time.perf_counter() - began
        figures.cores = load.cores(figures.seconds)
        for task in living:
            task.cancel()


class Gathering:
    """One session: its leader's page, its screen and its seats."""

    def __init__(self, plan: Plan, port: int, figures: Figures) -> None:
        session = opened(checked_agenda(list(plan.agenda)))
        tokens = [service.take_guest_seat(session.session_id, session.join_code) for _ in range(plan.seats)]
        api = f"/psychsafety/api/sessions/{session.session_id}/"
        self._plan = plan
        self._figures = figures
        self._leader = Page(port, api, session.token, figures.tally, lambda page, state: None)
        self._others = [
            Page(port, api, session.screen_token, figures.tally, self._see),
            *(Page(port, api, token, figures.tally, self._see_and_answer) for token in tokens),
        ]
        #: When the command that leads to a step was sent, and how many pages have not shown it yet.
        self._sent: dict[int, float] = {}
        self._unseen: dict[int, int] = {}
        self._to_answer: set[tuple[Page, str, str]] = set()
        self._answering: set[asyncio.Task[None]] = set()
        self._answered = 0

    def pages(self) -> list[Any]:
        """The lives of all its pages. The leader's opens first: without a leader, phones are told to ask less often."""
        arrive = self._plan.arrive
        return [
            self._leader.live(random.uniform(0, 0.5)),
            *(page.live(0.5 + random.uniform(0, arrive)) for page in self._others),
        ]

    async def lead(self) -> None:
        """Give the commands, and wait until all pages have shown the last."""
        waited = 0
        for command in self._plan.commands:
            await asyncio.sleep(random.uniform(*self._plan.decide))
            if command in ("reveal", "count_resonance"):
                waited += 1
                await self._until(lambda done=waited * self._plan.seats: self._answered >= done, "seats answered")
            await self._command(command)
        await self._until(lambda: not any(self._unseen.values()))
        self._figures.latencies += [math.inf] * sum(self._unseen.values())

    async def _command(self, command: str) -> None:
        step = self._leader.step
        self._unseen[step + 1] = len(self._others)
        self._sent[step + 1] = time.perf_counter()
        fields = {"commitments": SENTENCES, "due": due()} if command == "set_commitments" else {}
        reply = await self._leader.post("commands", {"command": command, "step": step, **fields})
        if reply.status != 200:
            failures = dict(self._figures.tally.failures)
            raise GaveUpError(f"{command} was answered with {reply.status} {reply.body.decode()[:200]}; {failures}")
        self._leader.show(reply.json())
        self._leader.nudge()

    def _see(self, page: Page, state: Any) -> None:
        now = time.perf_counter()
        for step in range(page.step + 1, state["step"] + 1):
            if step in self._sent:
                self._figures.latencies.append(now - self._sent[step])
                self._unseen[step] -= 1

    def _see_and_answer(self, page: Page, state: Any) -> None:
        self._see(page, state)
        current = state["round"]
        if current is None or current["activity"]["kind"] == "talk":
            return
        if current["phase"] == "collecting" and current["activity"].get("commitments", True):
            body = {"round": current["id"], "answer": an_answer(current["activity"])}
            self._once(page, "answers", body)
        if current["resonance"] == "open" and "count_resonance" in self._plan.commands:
            notes = [note["id"] for note in current["results"]["notes"]]
            self._once(page, "resonance", {"round": current["id"], "notes": random.sample(notes, len(notes) // 2)})

    def _once(self, page: Page, path: str, body: dict[str, Any]) -> None:
        if (page, path, body["round"]) in self._to_answer:
            return
        self._to_answer.add((page, path, body["round"]))
        answering = asyncio.ensure_future(self._send(page, path, body))
        self._answering.add(answering)
        answering.add_done_callback(self._answering.discard)

    async def _send(self, page: Page, path: str, body: dict[str, Any]) -> None:
        await asyncio.sleep(random.uniform(*self._plan.answer))
        began = time.perf_counter()
        try:
            reply = await page.post(path, body)
        except OSError as error:
            # The leader waits for this answer, and the run ends with the count of failures.
            self._figures.tally.failures[f"{path}: {type(error).__name__}"] += 1
            return
        self._figures.answers.append(time.perf_counter() - began)
        if reply.status == 202:
            self._answered += 1
        else:
            self._figures.tally.failures[f"{path}: {reply.status}"] += 1
        page.nudge()

    async def _until(self, condition: Any, needed: str = "") -> None:
        """Wait for something, but not for ever; what is `needed` and does not come ends the run."""
        until = time.perf_counter() + PATIENCE + self._plan.answer[1]
        while not condition():
            if time.perf_counter() > until:
                if needed:
                    raise GaveUpError(f"not all {needed}; failures: {dict(self._figures.tally.failures)}")
                return
            await asyncio.sleep(0.1)


def _report(plan: Plan, figures: Figures, report: Report) -> None:
    polls, failures = figures.tally.polls, figures.tally.failures
    report.section(f"{plan.name}, with a leader and a screen{' each' if plan.sessions > 1 else ''}")
    _line(report, "from a command to all other pages", figures.latencies, plan.p95)
    _line(report, "an answer", figures.answers, 1.0)
    never = sum(math.isinf(latency) for latency in figures.latencies)
    report.add("pages that never showed a step", str(never), "0", never == 0)
    failed = ", ".join(f"{count} {name}" for name, count in failures.items()) or "none"
    late, latest = 1000 * at(figures.lags, 0.95), 1000 * max(figures.lags)
    report.remark(f"{len(figures.latencies)} latencies, {len(figures.answers)} answers; failed requests: {failed}")
    report.remark(f"{polls.total() / figures.seconds:.0f} polls/s, {polls[304] / polls.total():.0%} of them 304")
    report.remark(figures.cores)
    report.remark(f"these pages were themselves late by {late:.0f} ms (p95), {latest:.0f} ms (max)")


def _line(report: Report, name: str, values: list[float], target: float) -> None:
    p95 = at(values, 0.95)
    shown = f"{at(values, 0.5):.2f}, {p95:.2f}, {max(values):.2f} s"
    report.add(f"{name} (p50, p95, max)", shown, f"p95 <= {target} s", p95 <= target)


def at(values: list[float], share: float) -> float:
    """The smallest of the values that this share of them does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]
