"""The data that the load runs on: one session with many seats, made through the service, and rounds for its answers."""

from __future__ import annotations

import random
import secrets
from collections import Counter
from typing import Any

from psychsafety_xblock import service, storage
from psychsafety_xblock.core.activities import Definition, checked_definition, kind_of
from psychsafety_xblock.models import Activity, Ballot, Note, Round, Session, Tally, random_key
from psychsafety_xblock.service.opening import Source

from .load import http

RUN = "bench"
ASKED = "What does it take courage from you to do?"
ANSWER = "Saying in front of everybody that I do not understand a word of it, and asking again"
WALL = {"kind": "wall", "prompt": ASKED}
PULSE = {
    "kind": "pulse",
    "prompt": "How is it here?",
    "statements": ["I say so when I do not understand", "Mistakes are talked about", "Help is near", "All are heard"],
}
CHOICE = {
    "kind": "choice",
    "prompt": "Where is it easiest for you to speak up?",
    "options": ["In the meeting", "In a small group", "One to one", "In writing"],
}


def opened(definitions: list[Definition]) -> service.Opened:
    """A new session with these activities, led by somebody who leads no other."""
    chance = secrets.token_hex(4)
    return service.open_session(
        source=Source(course_run=RUN, usage_key=f"bench-{chance}", block="bench"),
        leader=f"leader-{chance}",
        definitions=definitions,
        title="Bench",
        languages=["en"],
        guests_allowed=True,
    )


def an_answer(definition: Definition) -> dict[str, Any]:
    """What somebody might answer to an activity, as its author wrote it or as the state shows it."""
    if definition["kind"] == "wall":
        return {"text": ANSWER}
    if definition["kind"] == "commitments":
        return {"stand": [sentence["id"] for sentence in definition["commitments"]]}
    if definition["kind"] == "pulse":
        return {"ratings": {statement["id"]: random.randint(1, 5) for statement in definition["statements"]}}
    return {"option": random.choice(definition["options"])["id"]}


class Room:
    """A session of one activity in which everybody has taken a seat and polls."""

    def __init__(self, seats: int, activity: dict[str, Any] = WALL) -> None:
        made = opened([checked_definition(activity)])
        self.session = Session.objects.get(id=made.session_id)
        self.api = f"/psychsafety/api/sessions/{self.session.id}/"
        self.tokens = [service.take_guest_seat(self.session.id, made.join_code) for _ in range(seats)]
        self._activity = Activity.objects.get(session=self.session)
        self._number = 0
        self._expected: Counter[int] = Counter()

    def warm(self) -> None:
        """What polling phones keep warm: the server knows whose their tokens are."""
        for token in self.tokens:
            service.authenticate(self.session.id, token)

    def round(self, notes: int = 0, *, counted: bool = True) -> Round:
        """A further round that collects, with so many answers in it already; `counted`: every answer is expected."""
        self._number += 1
        definition = self._activity.definition
        made = Round.objects.create(  # beside the others, which the service would close first
            session=self.session,
            activity=self._activity,
            number=self._number,
            definition=definition,
            minimum=4,
        )
        storage.lay_out(made.id, kind_of(definition).cells(definition))
        ballots = [Ballot(id=random_key(), round=made, purpose=Ballot.Purpose.ANSWER) for _ in range(notes)]
        Ballot.objects.bulk_create(ballots, batch_size=2000)
        Note.objects.bulk_create([Note(round=made, text=ANSWER) for _ in range(notes)], batch_size=2000)
        if counted:
            self._expected[made.id] = notes
        return made

    def open(self, rounds: list[Round]) -> None:
        """Let somebody of whom nothing is measured answer first, so that the server knows the rounds."""
        token = service.take_guest_seat(self.session.id, self.session.join_code)
        holder = service.authenticate(self.session.id, token)
        for one in rounds:
            service.submit_answer(holder, str(one.id), an_answer(one.definition))
            self._expected[one.id] += 1

    def answers(self, rounds: list[Round], seats: range | None = None) -> list[bytes]:
        """Requests in which the seats, or some of them, answer each of these rounds; they are expected to be stored."""
        tokens = self.tokens if seats is None else [self.tokens[seat] for seat in seats]
        for one in rounds:
            self._expected[one.id] += len(tokens)
        return [self._answer(self.api + "answers", one, token) for one in rounds for token in tokens]

    def expect(self, one: Round, answers: int) -> None:
        """So many more answers are going to be stored in a round, by whatever way."""
        self._expected[one.id] += answers

    def lost_and_doubled(self) -> tuple[int, int]:
        """How many expected answers are missing, and how many are there beyond them, by ballots or by content."""
        lost = doubled = 0
        for round_id, expected in self._expected.items():
            stored = [Ballot.objects.filter(round_id=round_id).count()]
            items = Counter[str]()
            for item, n in Tally.objects.filter(round_id=round_id).values_list("item", "n"):
                items[item] += n
            stored += items.values() if items else [Note.objects.filter(round_id=round_id).count()]
            for number in stored:
                lost += max(0, expected - number)
                doubled += max(0, number - expected)
        return lost, doubled

    def _answer(self, path: str, one: Round, token: str) -> bytes:
        body = {"round": str(one.id), "answer": an_answer(one.definition)}
        return http("POST", path, headers={"Authorization": f"Bearer {token}"}, body=body)

    def bare_answers(self, one: Round, count: int) -> list[bytes]:
        """The same writes asked of the bare view. It is sent the same bytes, token included."""
        path = "/bare/answers" if kind_of(one.definition).has_notes else "/bare/counts"
        return [self._answer(path, one, self.tokens[number % len(self.tokens)]) for number in range(count)]

    def polls(self, version: str, count: int) -> list[bytes]:
        """Polls of many seats that hold this version."""
        return [
            http(
                "GET",
                self.api,
                headers={
                    "Authorization": f"Bearer {self.tokens[number % len(self.tokens)]}",
                    "If-None-Match": f'"{version}"',
                },
            )
            for number in range(count)
        ]

    def version(self) -> str:
        """What a seat's state is now."""
        version, _ = service.state_for(service.authenticate(self.session.id, self.tokens[0]))
        return version
