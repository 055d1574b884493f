"""The numbers of a session, read from the database in a few queries, for decisions and for what people see."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from ..core.activities import Definition, kind_of
from ..core.privacy import effective_minimum, needed
from ..core.session import Facts, Situation
from ..models import Activity, Ballot, Round, Session, Token
from ..settings import option


@dataclass(frozen=True)
class Seats:
    """How many seats are taken, and how many of them by code."""

    all: int
    guests: int

    def that_may_answer(self, definition: Definition) -> int:
        """The seats that count for an activity: its author may have asked for accounts."""
        return self.all if definition.get("guests", True) else self.all - self.guests


def seats_of(session_id: str) -> Seats:
    """Counts of a session's seats."""
    counted = Token.objects.filter(session_id=session_id, role=Token.Role.SEAT).aggregate(
        all=Count("id"), guests=Count("id", filter=Q(guest=True))
    )
    return Seats(**counted)


def ballots_of(round_id: int) -> dict[str, int]:
    """How many ballots of each purpose a round has."""
    rows = Ballot.objects.filter(round_id=round_id).values("purpose").annotate(n=Count("id")).order_by()
    return {row["purpose"]: row["n"] for row in rows}


def latest_round(session_id: str) -> Round | None:
    """The round that runs, or the last one that did."""
    return Round.objects.filter(session_id=session_id).order_by("-number").first()


def situation_of(session: Session, current: Round | None) -> Situation:
    """Where the session stands."""
    if session.phase == Session.Phase.ENDED:
        return Situation.ENDED
    if current is not None and current.phase in (Round.Phase.COLLECTING, Round.Phase.SEALED):
        return Situation.COLLECTING
    if current is not None and current.phase == Round.Phase.REVEALED:
        return Situation.REVEALED
    return Situation.LOBBY if session.phase == Session.Phase.LOBBY else Situation.IDLE


def next_activity(activities: list[Activity], started: set[int]) -> Activity | None:
    """The first activity of the agenda that has not been started yet."""
    return next((activity for activity in activities if activity.id not in started), None)


def minimum_of(definition: Definition) -> int:
    """The group minimum that holds for an activity on this site."""
    return effective_minimum(definition["minimum"], option("MINIMUM_FLOOR"))


def seats_to_start(session: Session, definition: Definition) -> int:
    """How many seats a round of this activity needs before it may start; a conversation needs none."""
    if not kind_of(definition).collects:
        return 0
    return needed(minimum_of(definition), session.leader_seated)


def facts_of(session: Session, current: Round | None, starting: Activity | None) -> Facts:
    """What `core.session.plan` needs to know. `starting` is the activity that the command would start."""
    seats = seats_of(session.id)
    ballots = ballots_of(current.id) if current is not None else {}
    return Facts(
        situation=situation_of(session, current),
        seats=seats.that_may_answer(starting.definition) if starting else seats.all,
        has_activity=starting is not None,
        needed_to_start=seats_to_start(session, starting.definition) if starting else 0,
        needed=needed(current.minimum, session.leader_seated) if current else 0,
        answers=ballots.get(Ballot.Purpose.ANSWER, 0),
        # Not one more for a leader's seat: that protects answers from being worked out, and a tap is none.
        resonance_needed=current.minimum if current else 0,
        resonance_open=current is not None and current.resonance == Round.Resonance.OPEN,
        resonance_answers=ballots.get(Ballot.Purpose.RESONANCE, 0),
    )
