"""The data that the load runs on: one session with many seats, made through the service, and rounds for its answers."""

from __future__ import annotations

import secrets
from collections import Counter

from psychsafety_xblock import service
from psychsafety_xblock.core.activities import Definition, checked_definition
from psychsafety_xblock.models import Activity, Ballot, Note, Round, Session, random_key
from psychsafety_xblock.service.opening import Source

from .load import http

ASKED = "What does it take courage from you to do?"
ANSWER = "Saying in front of everybody that I do not understand a word of it, and asking again"


def opened(definitions: list[Definition]) -> service.Opened:
    """A new session with these activities, led by somebody who leads no other."""
    chance = secrets.token_hex(4)
    return service.open_session(
        source=Source(course_run="bench", usage_key=f"bench-{chance}", block="bench"),
        leader=f"leader-{chance}",
        definitions=definitions,
        title="Bench",
        language="en",
        guests_allowed=True,
    )


class Room:
    """A session in which everybody has taken a seat and polls."""

    def __init__(self, seats: int) -> None:
        made = opened([checked_definition({"kind": "wall", "prompt": ASKED})])
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
        made = Round.objects.create(  # beside the others, which the service would close first
            session=self.session,
            activity=self._activity,
            number=self._number,
            definition=self._activity.definition,
            minimum=4,
        )
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
            service.submit_answer(holder, str(one.id), {"text": ANSWER})
            self._expected[one.id] += 1

    def answers(self, rounds: list[Round], seats: range | None = None) -> list[bytes]:
        """Requests in which the seats, or some of them, answer each of these rounds; they are expected to be stored."""
        tokens = self.tokens if seats is None else [self.tokens[seat] for seat in seats]
        for one in rounds:
            self._expected[one.id] += len(tokens)
        return [self._answer(one, token) for one in rounds for token in tokens]

    def lost_and_doubled(self) -> tuple[int, int]:
        """How many expected answers are missing, and how many are there beyond them, by ballots or by notes."""
        lost = doubled = 0
        for round_id, expected in self._expected.items():
            for model in (Ballot, Note):
                surplus = model.objects.filter(round_id=round_id).count() - expected
                lost += max(0, -surplus)
                doubled += max(0, surplus)
        return lost, doubled

    def _answer(self, one: Round, token: str) -> bytes:
        return http(
            "POST",
            self.api + "answers",
            headers={"Authorization": f"Bearer {token}"},
            body={"round": str(one.id), "answer": {"text": ANSWER}},
        )

    def bare_answers(self, one: Round, count: int) -> list[bytes]:
        """The same writes asked of the bare view. It is sent the same bytes, token included."""
        body = {"round": str(one.id), "answer": {"text": ANSWER}}
        tokens = [self.tokens[number % len(self.tokens)] for number in range(count)]
        return [
            http("POST", "/bare/answers", headers={"Authorization": f"Bearer {token}"}, body=body) for token in tokens
        ]

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
