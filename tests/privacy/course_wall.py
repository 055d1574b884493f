"""The course-wide wall of the demo, used by known people; its publishing times come once a minute."""

from __future__ import annotations

from typing import Any

from psychsafety_xblock.models import Session
from psychsafety_xblock.service import take_account_seat
from psychsafety_xblock.service.cache import forget_state
from tests.support import call, handler


class CourseWall:
    """Its seats, by person. `seats.clear()` after a period: everybody takes a new one."""

    def __init__(self) -> None:
        self.seats: dict[str, dict[str, Any]] = {}

    def seat(self, person: str) -> dict[str, Any]:
        """A person's seat now."""
        response = handler("course-wall", "take_seat", {}, person)
        assert response.status_code == 200, response.content
        self.seats[person] = response.json()
        return self.seats[person]

    def seat_quickly(self, *people: str) -> None:
        """Seats of these people; only the first comes by the handler, which reads the wall in all languages."""
        first = self.seat(people[0])
        session = Session.objects.get(id=first["session_id"])
        for person in people[1:]:
            self.seats[person] = {**first, "token": take_account_seat(session, account=person)}

    def write(self, *people: str, text: str = "{}") -> None:
        """Each of these people writes a note."""
        current = ""
        for person in people:
            seat = self.seats.get(person) or self.seat(person)
            current = current or self.state(person)["round"]["id"]
            body = {"round": current, "answer": {"text": text.format(person)}}
            response = call(seat["api_url"] + "answers", body, token=seat["token"])
            assert response.status_code == 202, response.content

    def state(self, person: str = "reader") -> dict[str, Any]:
        """What somebody sees."""
        if person not in self.seats:
            self.seat(person)
        seat = self.seats[person]
        forget_state(seat["session_id"])
        return call(seat["api_url"], token=seat["token"]).json()

    def texts(self) -> list[str]:
        """The published notes in the order of the page."""
        return [note["text"] for note in self.state()["round"]["results"]["notes"]]
