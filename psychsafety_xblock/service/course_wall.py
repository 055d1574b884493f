"""Walls for everybody in a course run: seats for a fixed period, publication in batches at fixed times (rule 6).

One standing session per block. Each period is a round of its own, so that ballots can be destroyed with it; notes that
were not published yet move on into the next period, where they wait for a batch that is full without them.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction

from ..core import codes
from ..core.activities import Definition
from ..core.errors import Refused
from ..core.privacy import batch_size, next_publication, publication_slot
from ..models import Activity, Ballot, Round, Session, Token
from ..settings import option
from ..sqlite_log import empty_log
from ..storage import publish, retried, roll_over
from .cache import cache, forget_pepper, forget_state, holder_key, key, new_pepper, pepper_of
from .clock import RANDOMNESS, now
from .facts import latest_round, minimum_of
from .opening import Source
from .team_state import activity_state, results_of

#: How often a page with a course-wide wall asks for news, in seconds: it changes at most once an interval.
POLL_SECONDS = 15.0


def open_course_wall(*, source: Source, definition: Definition, title: str, language: str) -> Session:
    """The standing session of a course-wide wall, made when its first visitor comes. The period is current."""
    slot = codes.slot("course", source.course_run, source.usage_key)
    session = Session.objects.filter(open_slot=slot).first()
    if session is None:
        session = _create(slot, source, definition, title=title, language=language)
    if session.expires_at <= now() or pepper_of(session) is None:
        session = _next_period(session.id, session.pepper_fingerprint)
    _follow_author(session, definition)
    return session


@retried
def _create(slot: str, source: Source, definition: Definition, *, title: str, language: str) -> Session:
    seconds = _period_seconds()
    session = Session(
        kind=Session.Kind.COURSE,
        course_run=source.course_run,
        title=title,
        language=language,
        open_slot=slot,
        guests_allowed=False,
        phase=Session.Phase.RUNNING,
        expires_at=now() + datetime.timedelta(seconds=seconds),
        published_slot=_slot_now(),
    )
    session.pepper_fingerprint = new_pepper(session.id, seconds)
    kept = {**definition, "guests": False}
    try:
        with transaction.atomic():
            session.save(force_insert=True)
            activity = Activity.objects.create(
                session=session,
                usage_key=source.usage_key,
                index=0,
                position=0,
                block=source.block,
                definition=kept,
            )
            _start_period(session, activity, kept, 1)
    except IntegrityError:
        forget_pepper(session)
        return Session.objects.get(open_slot=slot)
    return session


def _start_period(session: Session, activity: Activity, definition: Definition, number: int) -> Round:
    return Round.objects.create(
        session=session,
        activity=activity,
        number=number,
        definition=definition,
        minimum=minimum_of(definition),
        open_slot=codes.slot("round", session.id),
    )


@retried
def _next_period(session_id: str, known_fingerprint: str) -> Session:
    """Begin a new period: new seats, the old ballots destroyed, unpublished notes carried on."""
    with transaction.atomic():
        session = Session.objects.select_for_update().get(id=session_id)
        if session.pepper_fingerprint != known_fingerprint:
            return session
        old = latest_round(session.id)
        if old is None:
            raise Refused("unknown_round")
        # The lock lets answers under way finish first; those after it find the round closed and are told.
        Round.objects.filter(id=old.id).update(phase=Round.Phase.CLOSED, open_slot=None)
        fresh = _start_period(session, old.activity, old.activity.definition, old.number + 1)
        roll_over(old.id, fresh.id, RANDOMNESS)
        seats = Token.objects.filter(session=session)
        digests = list(seats.values_list("hash", flat=True))
        seats.delete()
        seconds = _period_seconds()
        session.pepper_fingerprint = new_pepper(session.id, seconds)
        session.seat_generation += 1
        session.expires_at = now() + datetime.timedelta(seconds=seconds)
        session.save(update_fields=["pepper_fingerprint", "seat_generation", "expires_at"])
    forget_pepper(Session(id=session.id, pepper_fingerprint=known_fingerprint))
    # Or a seat of the old period could answer in the new one for as long as the cache remembers it.
    cache().delete_many([holder_key(digest) for digest in digests])
    # Apart from the notes, in a transaction of their own (rule 2); of all periods that are over, in case a process died
    # here at the end of the last one.
    Ballot.objects.filter(round__session=session, round__phase=Round.Phase.CLOSED).delete()
    empty_log()
    forget_state(session.id)
    return session


def _follow_author(session: Session, definition: Definition) -> None:
    """Let corrections of the wording through. The minimum stays as it was frozen when the period began."""
    current = latest_round(session.id)
    kept = {**definition, "guests": False}
    if current is not None and current.definition != kept:
        Round.objects.filter(id=current.id).update(definition=kept)
        Activity.objects.filter(id=current.activity_id).update(definition=kept)
        forget_state(session.id)


def _period_seconds() -> int:
    return int(option("COURSE_SEAT_DAYS") * 86400)


def _slot_now() -> int:
    return publication_slot(now().timestamp(), option("PUBLISH_INTERVAL_SECONDS"))


def publish_when_due(session: Session) -> None:
    """Publish if a fixed time has passed since the last look. Called before every answer and every reading, so that
    what is published never depends on who comes after that time."""
    slot = _slot_now()
    done = key("slot", session.id, slot)
    if cache().get(done):
        return
    if Session.objects.filter(id=session.id, published_slot__lt=slot).update(published_slot=slot):
        current = latest_round(session.id)
        if current is not None and publish(current.id, batch_size(current.minimum), RANDOMNESS):
            forget_state(session.id)
    cache().set(done, 1, option("PUBLISH_INTERVAL_SECONDS"))


def course_state(session: Session) -> dict[str, Any]:
    """A course-wide wall as everybody sees it: no number of people, no progress, only what has been published."""
    rounds = list(Round.objects.filter(session=session).order_by("number"))
    current = rounds[-1]
    upcoming = next_publication(now().timestamp(), option("PUBLISH_INTERVAL_SECONDS"))
    return {
        "step": session.step,
        "kind": session.kind,
        "phase": session.phase,
        "rehearsal": False,
        "language": session.language,
        "languages": session.languages,
        "title": session.title,
        "seats": None,
        "guests_allowed": False,
        "door": None,
        "leader_seated": False,
        "poll_after": POLL_SECONDS * option("POLL_SCALE"),
        "agenda": [],
        "next_activity": None,
        "screen_page": None,
        "looking_back": False,
        "beside": None,
        "summary": None,
        "round": {
            "id": str(current.id),
            "number": current.number,
            "activity": activity_state(current),
            "phase": Round.Phase.COLLECTING.value,
            "needed": batch_size(current.minimum),
            "progress": None,
            "ends_at": None,
            "closing": False,
            "results": results_of(rounds),
            "resonance": Round.Resonance.NONE.value,
            "resonance_needed": 0,
            "resonance_progress": None,
            "echo": None,
            "next_publication": datetime.datetime.fromtimestamp(upcoming, datetime.UTC).isoformat(),
        },
    }
