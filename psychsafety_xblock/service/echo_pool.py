"""The pools of the echo: what comes into them when a round closes, when they move, and whose is whose.

A team has another mark in each pool, made from its leader's mark with the site's secret key. Rows of a pool are written
under its lock, and never in a transaction that knows a ballot (rule 2).
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F
from django.utils.crypto import salted_hmac

from ..core import codes
from ..core.activities import Definition, asks_to_share
from ..core.echo import (
    FEWEST_SHARED,
    RUN,
    TEAMS_TOGETHER,
    Held,
    Tapped,
    is_hall,
    joining,
    moving,
    place_of,
)
from ..core.errors import Refused
from ..core.identifying import find_identifying
from ..echo_taps import COLLECTING
from ..models import Activity, EchoNote, EchoPool, EchoTap, EchoTeam, Note, Round, Session, random_key
from ..sqlite_log import empty_log_afterwards
from ..storage import retried
from .clock import RANDOMNESS, now


@dataclass(frozen=True)
class Place:
    """Which pool: of one exercise in one language, within a course run or an organisation."""

    scope: str
    exercise: str
    language: str

    @property
    def slot(self) -> str:
        """What finds its row."""
        return codes.slot("echo", self.scope, self.exercise, self.language)


def place(session: Session, activity: Activity, definition: Definition) -> Place:
    """The pool that a round's notes go to. An author's own wall has one too, but no other block does."""
    return Place(
        scope=place_of(definition.get("echo_scope", RUN), session.course_run),
        exercise=definition.get("exercise") or f"own:{activity.usage_key}#{activity.index}",
        language=session.language,
    )


def team_mark(slot: str, leader_mark: str, secret: str | None = None) -> str:
    """A team in a pool. `secret`: a former key of the site, instead of the one that holds."""
    return salted_hmac("psychsafety echo", f"{slot}\x1f{leader_mark}", secret, algorithm="sha256").hexdigest()


def hall_mark(mark: str, secret: str | None = None) -> str:
    """The same leader's hall in the same pool: it moves by other rules, but is no second team."""
    return salted_hmac("psychsafety hall", mark, secret, algorithm="sha256").hexdigest()


def reader_mark(mark: str, secret: str | None = None) -> str:
    """The same team as one that is shown the pool, taps and reports: no row tells that it also has notes there.

    Whoever finds out what a team was shown, by the day on which it met, is not led to what it shared.
    """
    return salted_hmac("psychsafety reader", mark, secret, algorithm="sha256").hexdigest()


def held_by(teams: list[EchoTeam], notes: dict[int, int]) -> dict[int, Held]:
    """What a pool holds of each team, by the team's row; a hall goes by the mark of its leader's team."""
    small = {hall_mark(one.mark): one.mark for one in teams if not one.hall}
    return {
        one.id: Held(mark=small.get(one.mark, one.mark), hall=one.hall, notes=notes.get(one.id, 0)) for one in teams
    }


def share_what_closed(session_id: str) -> None:
    """Copy what may be shared of a session's closed rounds into their pools, each once.

    Called after the commit that closed them. What fails is tried again when the session closes its next round or ends;
    a copy that is lost is nobody's loss, and none is made twice.
    """
    waiting = Note.objects.filter(
        round__session_id=session_id, round__phase=Round.Phase.CLOSED, shown=True, share=True
    ).order_by("round_id")
    for round_id in list(waiting.values_list("round_id", flat=True).distinct()):
        try:
            _share(round_id)
        except Refused:
            continue


def _share(round_id: int) -> None:
    one = Round.objects.select_related("session", "activity").filter(id=round_id).first()
    if one is None:
        return
    session = one.session
    team = session.kind == Session.Kind.TEAM and not session.rehearsal and bool(session.leader_mark)
    if not team or not asks_to_share(one.definition):
        _take_shared(round_id)
        return
    where = place(session, one.activity, one.definition)
    _hand_over(round_id, pool_at(where).id, team_mark(where.slot, session.leader_mark), one)


def pool_at(where: Place) -> EchoPool:
    """The pool's row, made if it is not there."""
    pool, _ = EchoPool.objects.get_or_create(
        slot=where.slot,
        defaults={"scope": where.scope, "exercise": where.exercise, "language": where.language},
    )
    return pool


@retried
def _hand_over(round_id: int, pool_id: int, mark: str, one: Round) -> None:
    """Copy in the same transaction that takes the writers' consent off the notes: never twice, whatever dies."""
    with transaction.atomic():
        texts = _take_shared(round_id)
        contribute(pool_id, mark, texts, hall=is_hall(one.answered or 0, one.minimum))


@retried
def _take_shared(round_id: int) -> list[str]:
    """The texts of a round that may be shared, which from here on no longer say so."""
    with transaction.atomic():
        if not Round.objects.select_for_update().filter(id=round_id, phase=Round.Phase.CLOSED).exists():
            return []
        shared = Note.objects.filter(round_id=round_id, shown=True, share=True)
        texts = list(shared.order_by("id").values_list("text", flat=True))
        # All at once, as counters at the reveal: the rows that changed last would name the writers that agreed.
        Note.objects.filter(round_id=round_id).update(share=False)
        return texts


def contribute(pool_id: int, mark: str, texts: list[str], *, hall: bool) -> None:
    """Let the texts of one closed round wait in a pool for its next step; inside the caller's transaction.

    Too few to hide among are not taken, and none that points at a person.
    """
    kept = [text for text in texts if find_identifying(text) is None]
    if len(kept) < FEWEST_SHARED:
        return
    pool = EchoPool.objects.select_for_update().filter(id=pool_id).first()
    if pool is None:
        # It was purged with its course run a moment ago.
        return
    team, _ = EchoTeam.objects.get_or_create(pool=pool, mark=hall_mark(mark) if hall else mark, defaults={"hall": hall})
    waiting = EchoNote.objects.filter(pool=pool, live=False).order_by("id")
    notes = [*waiting.values_list("team_id", "text"), *((team.id, text) for text in kept)]
    waiting.delete()
    # With all that wait, under new keys: neither keys nor the file tell what came together.
    RANDOMNESS.shuffle(notes)
    EchoNote.objects.bulk_create(
        EchoNote(id=random_key(), pool=pool, team_id=whose, text=said) for whose, said in notes
    )
    if pool.waiting_since is None:
        EchoPool.objects.filter(id=pool.id).update(waiting_since=this_month())
    empty_log_afterwards()


def this_month() -> datetime.date:
    """Its first day, in the place of a day that would tell which of the sessions of that day it was."""
    return now().date().replace(day=1)


def withdraw(session: Session, one: Round, text: str) -> None:
    """Take a note's copy out of the pool, for the leader hides the note; inside the caller's transaction."""
    if session.leader_mark and asks_to_share(one.definition):
        where = place(session, one.activity, one.definition)
        mark = team_mark(where.slot, session.leader_mark)
        copies = EchoNote.objects.filter(pool__slot=where.slot, team__mark__in=[mark, hall_mark(mark)], text=text)
        copy = copies.order_by("id").first()
        if copy is not None:
            copy.delete()
            empty_log_afterwards()


def move(pool: EchoPool) -> None:
    """Do the pool's step of today, if there is one to do: whoever looks at the pool first does it.

    A step is taken at most once a day (UTC), and everything that may move moves in it: waiting notes, and taps that
    join the number of their note.
    """
    today = now().date()
    if pool.moved_on is None or pool.moved_on < today:
        # Looked for without a lock: on most days there is nothing to do.
        waiting = _waiting(pool)
        if moving(list(waiting.values())) or _joining(pool):
            _step(pool.id, today)


def _waiting(pool: EchoPool) -> dict[int, Held]:
    if pool.waiting_since is None:
        return {}
    found = EchoNote.objects.filter(pool=pool, live=False).order_by().values_list("team_id").annotate(n=Count("id"))
    notes = dict(found)
    held = held_by(list(EchoTeam.objects.filter(pool=pool).order_by("id")), notes)
    return {team: one for team, one in held.items() if one.notes}


def _joining(pool: EchoPool) -> dict[int, tuple[int, int]]:
    """By how much each note's number would grow today."""
    taps: dict[int, dict[str, Tapped]] = defaultdict(dict)
    fresh = EchoTap.objects.filter(note__pool=pool, people__gt=F("counted")).exclude(mark__startswith=COLLECTING)
    enough = fresh.order_by().values("note_id").annotate(n=Count("id")).filter(n__gte=TEAMS_TOGETHER)
    for tap in fresh.filter(note_id__in=list(enough.values_list("note_id", flat=True))).order_by("id"):
        taps[tap.note_id][tap.mark] = Tapped(people=tap.people, counted=tap.counted)
    grown = {note: joining(whose) for note, whose in taps.items()}
    return {note: by for note, by in grown.items() if by is not None}


@retried
def _step(pool_id: int, today: datetime.date) -> None:
    with transaction.atomic():
        pool = EchoPool.objects.select_for_update().filter(id=pool_id).first()
        if pool is None or (pool.moved_on is not None and pool.moved_on >= today):
            return
        waiting = _waiting(pool)
        now_live = set(moving(list(waiting.values())))
        teams = [team for team, one in waiting.items() if one in now_live]
        EchoNote.objects.filter(pool=pool, live=False, team_id__in=teams).update(live=True, live_on=today)
        grown = _joining(pool)
        for note, (people, more) in sorted(grown.items()):
            EchoNote.objects.filter(id=note).update(people=F("people") + people, teams=F("teams") + more)
        joined = EchoTap.objects.filter(note_id__in=list(grown)).exclude(mark__startswith=COLLECTING)
        joined.update(counted=F("people"))
        if teams or grown:
            left = len(teams) < len(waiting)
            EchoPool.objects.filter(id=pool.id).update(
                moved_on=today, waiting_since=pool.waiting_since if left else None
            )
