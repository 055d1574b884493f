"""Agendas for tests: a session of any activities, and people who take part in each kind of them."""

from __future__ import annotations

import datetime
from typing import Any

from psychsafety_xblock import service
from psychsafety_xblock.core.activities import checked_agenda
from psychsafety_xblock.service import clock
from psychsafety_xblock.service.links import api_url
from psychsafety_xblock.service.opening import Source
from tests.support import Team

RUN = "course-v1:x+y+z"
TALK = {"kind": "talk", "title": "Arriving", "prompt": "How are you here?", "minutes": 3}
WALL = {"kind": "wall", "title": "Courage", "prompt": "What takes courage?", "minimum": 3}
PULSE = {"kind": "pulse", "title": "Pulse", "prompt": "How much?", "statements": ["We ask.", "We try."], "minimum": 3}
CHOICE = {"kind": "choice", "title": "Choice", "prompt": "Where?", "options": ["Here", "There"], "minimum": 3}
AGREE = {"kind": "commitments", "title": "Agreed", "prompt": "What do we agree on?", "minimum": 3}
SENTENCES = ["When somebody asks, we will thank them.", "When we err, we will say so."]


class AgendaTeam(Team):
    """A team whose block holds these activities, opened by this account."""

    def __init__(self, *agenda: dict[str, Any], leader: str = "mette", run: str = RUN, usage: str = "unit") -> None:
        opened = service.open_session(
            source=Source(course_run=run, usage_key=usage, block="b"),
            leader=leader,
            definitions=[{**one, "picture": ""} for one in checked_agenda(list(agenda))],
            title="A team",
            languages=["en"],
            guests_allowed=True,
        )
        self.session_id, self.api = opened.session_id, api_url(opened.session_id)
        self.leader, self.screen = opened.token, opened.screen_token
        self.opened = {"join_code": opened.join_code, "session_id": opened.session_id}
        self.attached = opened.attached
        self.seats = []

    def account(self, name: str) -> str:
        """Seat an account; gives its token."""
        session = service.find_session(self.opened["join_code"])
        token = service.take_account_seat(session, account=name)
        if token not in self.seats:
            self.seats.append(token)
        return token


def due(days: int = 28) -> str:
    """A date so many days ahead, as a leader writes it."""
    return (clock.now().date() + datetime.timedelta(days=days)).isoformat()


def some_answer(activity: dict[str, Any], number: int) -> dict[str, Any]:
    """What the seat with this number would answer, each a little differently."""
    if activity["kind"] == "wall":
        return {"text": f"note {number} on {activity['title']}"}
    if activity["kind"] == "pulse":
        return {"ratings": {one["id"]: 1 + number % 5 for one in activity["statements"]}}
    if activity["kind"] == "choice":
        return {"option": activity["options"][number % 2]["id"]}
    return {"stand": [one["id"] for one in activity["commitments"]][: 1 + number % 2]}


def play(team: Team, **start: Any) -> dict[str, Any]:
    """Start the next activity and take part in it until its results are shown; gives the leader's state."""
    state = team.command("start_round", **start)
    activity = state["round"]["activity"]
    if activity["kind"] == "commitments":
        state = team.command("set_commitments", commitments=SENTENCES, due=due())
        activity = state["round"]["activity"]
    if state["round"]["phase"] == "revealed":
        return state
    for number, seat in enumerate(team.seats):
        response = team.answer(seat, some_answer(activity, number), state["round"]["id"])
        assert response.status_code == 202, response.content
    return team.command("reveal")


def count_all(team: Team) -> None:
    """Every seat could have written every note, and it is counted."""
    notes = [note["id"] for note in team.notes()]
    for seat in team.seats:
        assert team.tap(seat, notes).status_code == 202
    team.command("count_resonance")
