"""The numbers of a session, read from the database in a few queries, for decisions and for what people see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from ..core.activities import Definition, is_paper, kind_of
from ..core.privacy import effective_minimum, needed
from ..core.session import Facts, Situation
from ..models import Activity, Ballot, Round, Session, Token
from ..settings import option


@dataclass(frozen=True)
class Seats:
    """How many seats are taken, how many of them by code, and how many of those by the device that goes round."""

    all: int
    guests: int
    tablet: int
    #: Leader's tokens of phones and private windows; none of them is a seat.
    phones: int = 0
    #: Seats that were given back and go when what is being collected is closed, and how many of those are guests'.
    leaving: int = 0
    leaving_guests: int = 0

    def that_may_answer(self, definition: Definition) -> int:
        """The seats that count for an activity: its author may have asked for accounts."""
        return self.all if definition.get("guests", True) else self.all - self.guests

    def that_stay_for(self, definition: Definition) -> int:
        """Those of them who will still be there when a round of the activity starts."""
        leaving = self.leaving if definition.get("guests", True) else self.leaving - self.leaving_guests
        return self.that_may_answer(definition) - leaving


def seats_of(session_id: str) -> Seats:
    """Counts of a session's seats."""
    seat = Q(role=Token.Role.SEAT)
    counted = Token.objects.filter(session_id=session_id).aggregate(
        all=Count("id", filter=seat),
        guests=Count("id", filter=seat & Q(guest=True)),
        tablet=Count("id", filter=seat & Q(tablet=True)),
        phones=Count("id", filter=Q(role=Token.Role.LEADER, phone=True)),
        leaving=Count("id", filter=seat & Q(left=True)),
        leaving_guests=Count("id", filter=seat & Q(left=True, guest=True)),
    )
    return Seats(**counted)


def mark_of(session_id: str) -> list[Any]:
    """Numbers that differ whenever something has happened in a team's session; one query. Empty when there is none."""
    session, token, ballot, played = (model._meta.db_table for model in (Session, Token, Ballot, Round))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.step, s.phase, s.leader_seated, s.seat_generation, "  # noqa: S608 - our tables
            f"(SELECT COUNT(*) FROM {token} t WHERE t.session_id = s.id), "
            f"(SELECT COUNT(*) FROM {ballot} b INNER JOIN {played} r ON b.round_id = r.id WHERE r.session_id = s.id), "
            f"(SELECT SUM(r.hidden) FROM {played} r WHERE r.session_id = s.id) "
            f"FROM {session} s WHERE s.id = %s",
            [session_id],
        )
        return [str(number) for number in cursor.fetchone() or ()]


@dataclass(frozen=True)
class Ballots:
    """How many answers and taps a round holds, and how many of the answers are from seats that were late.

    `taps` are on the team's own notes, `echo_taps` on those of other teams.
    """

    answers: int = 0
    late: int = 0
    taps: int = 0
    echo_taps: int = 0

    @property
    def on_time(self) -> int:
        """The answers that count towards the minimum."""
        return self.answers - self.late


def ballots_of(one: Round | None) -> Ballots:
    """Counts of a round's ballots."""
    if one is None:
        return Ballots()
    answer = Q(purpose=Ballot.Purpose.ANSWER)
    counted = Ballot.objects.filter(round=one).aggregate(
        answers=Count("id", filter=answer),
        late=Count("id", filter=answer & Q(late=True)),
        taps=Count("id", filter=Q(purpose=Ballot.Purpose.RESONANCE)),
        echo_taps=Count("id", filter=Q(purpose=Ballot.Purpose.ECHO)),
    )
    return Ballots(**counted)


def latest_round(session_id: str) -> Round | None:
    """The round that runs, or the last one that did."""
    return Round.objects.filter(session_id=session_id).order_by("-number").first()


def situation_of(session: Session, current: Round | None) -> Situation:
    """Where the session stands."""
    if session.phase == Session.Phase.ENDED:
        return Situation.ENDED
    if session.phase == Session.Phase.SUMMARY:
        return Situation.SUMMARY
    if session.shown_round is not None:
        return Situation.LOOKING_BACK
    if current is not None and current.phase in (Round.Phase.COLLECTING, Round.Phase.SEALED):
        return Situation.COLLECTING
    if current is not None and current.phase == Round.Phase.REVEALED:
        return Situation.REVEALED
    return Situation.LOBBY if session.phase == Session.Phase.LOBBY else Situation.IDLE


def next_activity(activities: list[Activity], started: set[int]) -> Activity | None:
    """The first activity of the agenda that has not been started and is not skipped."""
    return next((one for one in activities if one.id not in started and not one.skipped), None)


def was_shown(one: Round) -> bool:
    """Whether people have seen what a round is about and what came of it, so that it may be shown again."""
    return one.answered is not None or not kind_of(one.definition).collects(one.definition)


def earlier_round(session: Session, current: Round | None) -> Round | None:
    """The round that people saw before the one that is shown now."""
    rounds = list(Round.objects.filter(session=session).order_by("-number"))
    shown = next((one for one in rounds if one.id == session.shown_round), current)
    return next((one for one in rounds if shown is not None and one.number < shown.number and was_shown(one)), None)


def minimum_of(definition: Definition) -> int:
    """The group minimum that holds for an activity on this site."""
    return effective_minimum(definition["minimum"], option("MINIMUM_FLOOR"))


def seats_to_start(session: Session, definition: Definition) -> int:
    """How many seats a round of this activity needs before it may start; a conversation and paper need none."""
    if not kind_of(definition).collects(definition) or is_paper(definition):
        return 0
    return needed(minimum_of(definition), session.leader_seated)


def facts_of(
    session: Session, current: Round | None, starting: Definition | None, *, echo_offered: bool = False
) -> Facts:
    """What `core.session.plan` needs to know. `starting`: what a round that the command would start is about.

    `echo_offered`: whether there is something to open, for the one command that asks.
    """
    seats = seats_of(session.id)
    ballots = ballots_of(current)
    return Facts(
        situation=situation_of(session, current),
        seats=seats.that_stay_for(starting) if starting else seats.all,
        has_door=session.join_code is not None,
        has_activity=starting is not None,
        has_earlier=earlier_round(session, current) is not None,
        takes_cards=current is not None and is_paper(current.definition),
        takes_commitments=current is not None and _leader_may_write(current, ballots.answers),
        needed_to_start=seats_to_start(session, starting) if starting else 0,
        needed=needed(current.minimum, session.leader_seated) if current else 0,
        answers=ballots.on_time,
        # Not one more for a leader's seat: that protects answers from being worked out, and a tap is none.
        resonance_needed=current.minimum if current else 0,
        resonance_open=current is not None and current.resonance == Round.Resonance.OPEN,
        resonance_answers=ballots.taps,
        echo_offered=echo_offered,
        echo_open=current is not None and current.echo == Round.Echo.OPEN,
        echo_answers=ballots.echo_taps,
    )


def _leader_may_write(current: Round, answers: int) -> bool:
    kind = kind_of(current.definition)
    if not kind.leader_writes:
        return False
    if current.phase == Round.Phase.COLLECTING:
        return answers == 0
    return not kind.collects(current.definition)
