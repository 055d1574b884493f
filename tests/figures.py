"""Sessions for the figures over all teams: laid into the tables as they stand at their end, or played to it."""

from __future__ import annotations

import datetime
from typing import Any

from psychsafety_xblock.models import Session
from psychsafety_xblock.service.insights import insights
from tests.agendas import RUN, AgendaTeam
from tests.privacy.insight_histories import Met
from tests.privacy.insight_service import lay

TODAY = datetime.datetime.now(tz=datetime.UTC).date()


def met(team: str = "a", ago: int = 1, **fields: Any) -> Session:
    """A team's session of so many days ago, ended."""
    found = {"outcome": "completed", "seats": 6, "minimum": 3, "ratings": {}, "options": {}, **fields}
    return lay(Met(team=team, day=TODAY - datetime.timedelta(days=ago), **found))


def held(
    leader: str, *agenda, people: int = 6, ratings=(), option: int = 0, options=(), end: bool = True
) -> AgendaTeam:
    """A session played to its end: each person rates each statement alike, or picks an option."""
    team = AgendaTeam(*agenda, leader=leader).fill(guests=people)
    for _ in agenda:
        state = team.command("start_round")
        activity, round_id = state["round"]["activity"], state["round"]["id"]
        if activity["kind"] not in ("pulse", "choice"):
            continue
        for number, seat in enumerate(team.seats):
            if activity["kind"] == "pulse":
                answer = {"ratings": {one["id"]: ratings[number] for one in activity["statements"]}}
            else:
                answer = {"option": activity["options"][options[number]]["id"]}
            assert team.answer(seat, answer, round_id).status_code == 202
        team.command("reveal")
    if end:
        team.command("close_session")
    return team


def statement(text: str = "We ask.") -> dict[str, Any] | None:
    """What today's document says of a statement."""
    return next((one for one in insights(RUN)["statements"] if one["text"] == text), None)
