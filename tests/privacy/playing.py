"""Plays a history over the live API, and keeps every reply that anybody gets, with what is random in it named.

Ids and tokens are named by what they belong to, versions in the order in which they come, notes are sorted by their
text. What is left is all that a reply says. Views are called without the middleware around them: there are thousands of
calls, and tests/web has what the middleware does.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.cache import caches
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from psychsafety_xblock import service
from psychsafety_xblock.core.activities import checked_agenda
from psychsafety_xblock.models import Session
from psychsafety_xblock.service.opening import Source
from tests.privacy.histories import LEADER, OPTIONS, SENTENCES, STATEMENTS, History, Part
from tests.support import API, JSON, handler

AGENDA = {
    "wall": {"kind": "wall", "prompt": "What takes courage?", "minimum": 3},
    "pulse": {"kind": "pulse", "prompt": "How is it?", "minimum": 3, "statements": [f"Is {one}" for one in STATEMENTS]},
    "choice": {"kind": "choice", "prompt": "Where?", "minimum": 3, "options": [f"In {one}" for one in OPTIONS]},
    "commitments": {"kind": "commitments", "prompt": "What do we agree on?", "minimum": 3},
}  # fmt: skip
#: A calendar entry has an id of its own each time.
_ENTRY = re.compile(r"UID:[0-9a-f-]+@")
_VERSION = re.compile(r'"version": "([0-9a-f]+)"')
_REQUESTS = RequestFactory()


class Clock:
    """The time of service and cache, which passes when a history says so."""

    def __init__(self, start: float) -> None:
        self.seconds = start

    def time(self) -> float:
        """As `time.time`."""
        return self.seconds

    def now(self) -> datetime.datetime:
        """As Django's `timezone.now`."""
        return datetime.datetime.fromtimestamp(self.seconds, datetime.UTC)


@dataclass(frozen=True)
class Reply:
    """What somebody was told after an event.

    `event` is the command or call before it, `to` is "leader", "screen", a person's number, or whoever does the event.
    """

    event: str
    to: str
    call: str
    status: int
    told: str


@dataclass
class Play:
    """One session while it is played."""

    history: History
    clock: Clock
    kept: list[Reply] = field(default_factory=list)
    #: What is random, and what it is called.
    names: dict[str, str] = field(default_factory=dict)

    def run(self) -> list[Reply]:
        """Everything from joining to after the end; gives what everybody was told, in order."""
        caches["default"].clear()
        Session.objects.all().delete()
        self.event, self.events = "", 0
        self.open()
        for part in self.history.parts:
            self.play(part)
        self.end()
        for version in _VERSION.findall(" ".join(reply.told for reply in self.kept)):
            self.names.setdefault(version, f"VERSION-{len(self.names)}")
        random = re.compile("|".join(map(re.escape, self.names)))
        return [replace(reply, told=random.sub(lambda found: self.names[found[0]], reply.told)) for reply in self.kept]

    # Who is there.

    def open(self) -> None:
        """The leader opens, and everybody joins."""
        opened = service.open_session(
            source=Source(course_run="workbench", usage_key="u", block="b"),
            leader="leader",
            definitions=checked_agenda([AGENDA[part.kind] for part in self.history.parts]),
            title="A team",
            languages=["en"],
            guests_allowed=True,
        )
        self.step = 0
        self.leader, self.screen, self.code = opened.token, opened.screen_token, opened.join_code
        self.api = f"{API}sessions/{opened.session_id}/"
        self.names |= {opened.session_id: "SESSION", self.code: "CODE", self.leader: "LEADER", self.screen: "SCREEN"}
        self.names |= {activity: f"ACTIVITY-{place}" for place, activity in enumerate(opened.attached)}
        self.activities = opened.attached
        session = Session.objects.get(id=opened.session_id)
        self.seats = []
        for person, account in enumerate(self.history.accounts):
            if account:
                token = service.take_account_seat(session, account=f"account-{person}")
            else:
                token = self.json("nobody", "seats", {"join_code": self.code})["token"]
            self.seats.append(token)
            self.names[token] = f"SEAT-{person}"
        if self.history.leader_seated:
            self.names[service.take_account_seat(session, account="leader")] = "SEAT-LEADER"
        self.happened()

    # What happens.

    def play(self, part: Part) -> None:
        """One round, with all that comes of it."""
        started = self.command("start_round", activity=self.activities[self.history.parts.index(part)])
        self.happened()
        if started is None:
            return
        round_id = started["round"]["id"]
        self.names[round_id] = f"ROUND-{started['round']['number']}"
        if part.kind == "commitments":
            written = [f"We will {one}" for one in SENTENCES]
            self.command("set_commitments", commitments=written, due="2027-01-15")
        for place, person in enumerate(part.order):
            self.leaves(part, place)
            self.json(f"answer {place}", "answers", {"round": round_id, "answer": part.answers[person]}, person)
            self.happened()
        self.leaves(part, len(part.order))
        revealed = self.command("reveal") if part.reveals else None
        self.happened(range(self.history.people))
        for person, answer in part.answers.items():
            if person not in part.order:
                self.json(str(person), "answers", {"round": round_id, "answer": answer}, person)
        if revealed is not None and part.kind == "wall":
            self.after(part, round_id)
        self.command("close_round")
        self.happened()
        if part.looks_back:
            self.command("back")
            self.happened()

    def leaves(self, part: Part, place: int) -> None:
        """Whoever gives the seat back after so many answers."""
        if place in part.leaving:
            self.json(str(part.leaving[place]), "leave", {}, part.leaving[place])
            self.happened()

    def after(self, part: Part, round_id: str) -> None:
        """Taps and take-downs on a wall."""
        for place, (person, texts) in enumerate(part.taps.items()):
            tapped = [note["id"] for note in self.wall() if note["text"] in texts]
            self.json(f"tap {place}", "resonance", {"round": round_id, "notes": tapped}, person)
            self.happened()
        for person, text in part.down:
            for note in self.wall():
                if note["text"] == text and person == LEADER:
                    self.command("hide_note", note=note["id"])
                elif note["text"] == text:
                    self.json(str(person), "takedowns", {"round": round_id, "note": note["id"]}, person)
            self.happened()
        if part.counts:
            self.command("count_resonance")
            self.happened(range(self.history.people))

    def wall(self) -> list[dict[str, Any]]:
        """The notes as they hang there now."""
        results = self.look("leader")["round"]["results"]
        return results["notes"] if results else []

    def end(self) -> None:
        """The summary in its forms, the end, and what can be read after it."""
        if self.history.summary and self.command("show_summary") is not None:
            self.happened([0])
            for what in ("summary", "tallies.csv", "follow-up.ics", "guide"):
                self.send("leader", "GET", self.api + what, self.leader)
            self.send("screen", "GET", self.api + "summary", self.screen)
        ended = self.command("close_session")
        if ended and ended["summary_token"]:
            self.names[ended["summary_token"]] = "SUMMARY"
            for what in ("summary", "tallies.csv"):
                self.send("leader", "GET", self.api + what, ended["summary_token"])
        self.happened([0])
        self.keep("leader", "past_sessions", handler("wall", "past_sessions", {}, "leader"))

    def happened(self, looking: Sequence[int] = ()) -> None:
        """After an event: time passes, and these people look, or whoever does by the history's pace."""
        seconds, by_pace = self.history.pace[self.events % len(self.history.pace)]
        self.events += 1
        self.clock.seconds += seconds
        looking = looking or by_pace
        for to in ("leader", "screen", *map(str, looking)) if looking else ():
            self.look(to, again=to in ("leader", str(looking[0])))

    # What is sent, and what is told.

    def token(self, to: str) -> str:
        """Whose token."""
        return {"leader": self.leader, "screen": self.screen}.get(to) or self.seats[int(to)]

    def command(self, command: str, **fields: Any) -> dict[str, Any] | None:
        """A command of the leader; None when it is refused."""
        self.event = command
        body = {"command": command, "step": self.step, **fields}
        response = self.send("leader", "POST", self.api + "commands", self.leader, body)
        reply: dict[str, Any] = json.loads(response.content)
        self.step = reply.get("step", self.step)
        return reply if response.status_code == 200 else None

    def json(self, to: str, call: str, body: dict[str, Any], person: int | None = None) -> dict[str, Any]:
        """A call of a seat, or of somebody who has none yet; gives the reply."""
        self.event = call
        token = None if person is None else self.seats[person]
        found: dict[str, Any] = json.loads(self.send(to, "POST", self.api + call, token, body).content)
        return found

    def look(self, to: str, *, again: bool = False) -> dict[str, Any]:
        """Somebody asks for the state, as a page that opens, and perhaps `again` as one that has it already."""
        response = self.send(to, "GET", self.api, self.token(to))
        tag = response.headers.get("ETag")
        if tag and again:
            self.send(to, "GET", self.api, self.token(to), tag=tag)
        found: dict[str, Any] = json.loads(response.content)
        return found

    def send(
        self, to: str, method: str, path: str, token: str | None, body: Any = None, tag: str | None = None
    ) -> HttpResponse:
        """One request, kept."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if tag:
            headers["If-None-Match"] = tag
        data = {} if body is None else {"data": json.dumps(body), "content_type": JSON}
        match = resolve(path)
        response: HttpResponse = match.func(_REQUESTS.generic(method, path, headers=headers, **data), **match.kwargs)
        self.keep(to, f"{method} {path.removeprefix(self.api)}" if self.api in path else path, response)
        return response

    def keep(self, to: str, call: str, response: HttpResponse) -> None:
        """What was told, but for the order of notes."""
        told = response.content.decode()
        if response.headers.get("Content-Type", "").startswith(JSON) and told:
            told = json.dumps(_sorted_notes(json.loads(told)))
        told = f"{_ENTRY.sub('UID:ENTRY@', told)} {response.headers.get('ETag', '')}"
        self.kept.append(Reply(self.event, to, call, response.status_code, told))


def _sorted_notes(told: Any) -> Any:
    """Notes by their text and without their ids, wherever they stand."""
    if isinstance(told, list):
        return [_sorted_notes(one) for one in told]
    if not isinstance(told, dict):
        return told
    done = {key: _sorted_notes(value) for key, value in told.items()}
    if "notes" in done and isinstance(done["notes"], list):
        bare = [{key: value for key, value in note.items() if key != "id"} for note in done["notes"]]
        done["notes"] = sorted(bare, key=lambda note: json.dumps(note, sort_keys=True))
    return done
