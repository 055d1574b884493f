"""The figures over all teams, and the echo, where many have met: 2,000 sessions in one run, 100,000 notes in its pools.

The demo's seeded world is held once, through the service, and then laid into the tables beside itself until it is as
large as that: other teams, with the same days, numbers and texts. Notes of a session come down soon after it has ended,
so that what is left of them for long lies in the pools of the echo; there are more of them here than people share.
"""

from __future__ import annotations

import datetime
import json
import math
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from psychsafety_xblock.demo.world.hold import hold
from psychsafety_xblock.demo.world.plan import TEAMS, plan
from psychsafety_xblock.models import (
    Activity,
    EchoNote,
    EchoTap,
    EchoTeam,
    InsightSnapshot,
    Round,
    Session,
    Tally,
    random_hex,
    random_key,
)
from psychsafety_xblock.service.insights import insight_rows, insights
from tests.browser.wire import Wire

from .report import Report

SESSIONS, NOTES = 2000, 100_000
#: Teams that open an echo, and the people of each.
READERS, PEOPLE = 12, 8
#: How often figures are made, and how often they are read.
BUILDS, READS = 5, 20
BAR = 1.0

Row = TypeVar("Row", bound=Model)


def measure(port: int, report: Report, *, quick: bool = False) -> None:
    """Make the world, read the figures in this process, and open echoes on the server on this port."""
    smaller = 20 if quick else 1
    report.section(f"A company that has met {SESSIONS // smaller} times, {NOTES // smaller} notes in the pools")
    began = time.perf_counter()
    hold(plan(teams=TEAMS // (4 if quick else 1), today=timezone.now().date()))
    copies = max(1, math.ceil(SESSIONS // smaller / Session.objects.count()) - 1)
    _more_sessions(copies)
    _more_notes(copies, NOTES // smaller)
    there = [f"{model.objects.count()} {name}" for name, model in _THERE.items()]
    report.remark(f"{', '.join(there)}; made within {time.perf_counter() - began:.0f} s")
    _figures(report)
    _echoes(Wire(f"http://127.0.0.1:{port}"), report)


_THERE: dict[str, type[Model]] = {
    "sessions": Session,
    "rounds": Round,
    "counters": Tally,
    "teams in the pools": EchoTeam,
    "notes in the pools": EchoNote,
}


# --- The world, so many times ---------------------------------------------------------------------------------------


def _more_sessions(copies: int) -> None:
    """What is left of sessions, once more for so many other companies' teams."""
    sessions, activities = list(Session.objects.all()), list(Activity.objects.all())
    rounds, tallies = list(Round.objects.all()), list(Tally.objects.all())
    for _ in range(copies):
        teams = {one.team: random_hex() if one.team else "" for one in sessions}
        of = {one.id: random_hex() for one in sessions}
        placed, run = ({one.id: random_key() for one in rows} for rows in (activities, rounds))
        _lay(_like(one, id=of[one.id], team=teams[one.team], leader_mark="") for one in sessions)
        _lay(_like(one, id=placed[one.id], session_id=of[one.session_id]) for one in activities)
        _lay(
            _like(one, id=run[one.id], session_id=of[one.session_id], activity_id=placed[one.activity_id])
            for one in rounds
        )
        _lay(_like(one, id=random_key(), round_id=run[one.round_id]) for one in tallies)


def _more_notes(copies: int, notes: int) -> None:
    """Teams of small sessions in the pools so many times more, with so much of theirs that there are so many notes."""
    teams = list(EchoTeam.objects.filter(hall=False))
    shared = list(EchoNote.objects.filter(team__in=teams))
    taps = list(EchoTap.objects.filter(note__in=shared))
    each = math.ceil((notes - EchoNote.objects.count()) / (copies * len(shared)))
    for _ in range(copies):
        whose = {one.id: random_key() for one in teams}
        readers = {one.mark: _mark() for one in taps}
        _lay(_like(one, id=whose[one.id], mark=_mark()) for one in teams)
        for number in range(each):
            said = {one.id: random_key() for one in shared}
            _lay(_like(one, id=said[one.id], team_id=whose[one.team_id]) for one in shared)
            if number == 0:
                _lay(_like(one, id=random_key(), note_id=said[one.note_id], mark=readers[one.mark]) for one in taps)


def _mark() -> str:
    return random_hex() + random_hex()


def _like(row: Row, **changed: object) -> Row:
    """A row that is not stored yet, with what is changed and everything else as it is."""
    values = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    return type(row)(**{**values, **changed})


def _lay(rows: Iterable[Model]) -> None:
    rows = list(rows)
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=1000)


# --- What is measured -----------------------------------------------------------------------------------------------


def _figures(report: Report) -> None:
    """The first figures that a course run ever had, those of a further day, and a look at them later on that day."""
    course_run = Session.objects.values_list("course_run", flat=True).order_by("id")[0]

    def ask() -> float:
        began = time.perf_counter()
        document = insights(course_run)
        json.dumps(document), insight_rows(document)
        return time.perf_counter() - began

    def again(prepare: Callable[[], object], times: int) -> list[float]:
        found = []
        for _ in range(times):
            prepare()
            found.append(ask())
        return found

    _seconds(report, "the figures, made for the first time", again(InsightSnapshot.objects.all().delete, BUILDS))
    _seconds(report, "the figures, made anew on a further day", again(_a_day_passes, BUILDS))
    _seconds(report, "the figures, read later on the day", again(lambda: None, READS))
    document = insights(course_run)
    told = ", ".join(f"{len(document[part])} {part}" for part in ("statements", "choices", "commitments", "notes"))
    report.remark(f"the figures tell {told}; {len(json.dumps(document)) / 1024:.0f} KB")


def _a_day_passes() -> None:
    for one in InsightSnapshot.objects.all():
        one.made_on -= datetime.timedelta(days=1)
        one.save(update_fields=["made_on"])


@dataclass
class _Times:
    """Seconds of what a team that opens an echo waits for."""

    revealing: list[float] = field(default_factory=list)
    opening: list[float] = field(default_factory=list)
    looking: list[float] = field(default_factory=list)
    counting: list[float] = field(default_factory=list)


def _echoes(wire: Wire, report: Report) -> None:
    """One team after the other writes, reveals, opens the echo and taps on it."""
    times = _Times()
    for number in range(READERS):
        _echo(wire, f"reader-{number}", times)
    _seconds(report, "a reveal, which also looks whether there is an echo", times.revealing)
    _seconds(report, "the command that opens the echo", times.opening)
    _seconds(report, "a phone's first look at it", times.looking)
    _seconds(report, "the command that counts its taps", times.counting)


def _echo(wire: Wire, leader: str, times: _Times) -> None:
    lead = wire.handler("session", leader, "open_session", language="en")
    seats = wire.guests(lead["join_code"], PEOPLE)
    wall = next(one["id"] for one in wire.state(lead)["agenda"] if one["kind"] == "wall")
    wire.command(lead, "start_round", activity=wall)
    for number, seat in enumerate(seats):
        wire.give(seat, {"text": f"To say it, number {number}.", "share": True})

    state = _commanded(wire, lead, "reveal", times.revealing)
    if state["round"]["echo_offer"] != "pool":
        raise SystemExit("the pools hold enough for an echo, and none was offered")
    round_id = _commanded(wire, lead, "open_echo", times.opening)["round"]["id"]
    for seat in seats:
        began = time.perf_counter()
        notes = wire.state(seat)["round"]["echo"]["notes"]
        times.looking.append(time.perf_counter() - began)
        body = {"round": round_id, "notes": [note["id"] for note in notes]}
        wire.call("POST", seat["api_url"] + "echo", body, token=seat["token"], status=202)
    _commanded(wire, lead, "count_echo", times.counting)
    wire.command(lead, "close_session")


def _commanded(wire: Wire, lead: dict[str, Any], command: str, times: list[float]) -> dict[str, Any]:
    body = {"command": command, "step": wire.state(lead)["step"]}
    began = time.perf_counter()
    state = wire.call("POST", lead["api_url"] + "commands", body, token=lead["token"])
    times.append(time.perf_counter() - began)
    return state


def _seconds(report: Report, name: str, times: list[float]) -> None:
    slowest = max(times)
    shown = f"{statistics.median(times):.2f}, {slowest:.2f} s"
    report.add(f"{name} (p50, max)", shown, f"max <= {BAR} s", slowest <= BAR)
