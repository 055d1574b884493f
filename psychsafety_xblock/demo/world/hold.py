"""Let the gatherings of a world meet: rows as a revealed round leaves them, and the service for all that is decided.

What people typed and tapped is laid into the tables as it stands after a reveal and a count. Opening, closing, ending,
sharing with other teams, the steps of the pools and forgetting are the service's own functions, on the day of the
gathering: only the clock is held.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest import mock

from django.db import transaction
from django.utils import timezone

from psychsafety_xblock import platform_compat, service, storage
from psychsafety_xblock.core import codes
from psychsafety_xblock.core.activities import Definition, asks_to_share, kind_of
from psychsafety_xblock.core.privacy import needed
from psychsafety_xblock.demo.course import BLOCKS
from psychsafety_xblock.demo.runtime import CourseRuntime
from psychsafety_xblock.demo.world.plan import Gathering
from psychsafety_xblock.demo.world.play import Played, play
from psychsafety_xblock.demo.world.texts import Writer
from psychsafety_xblock.echo_taps import collecting_mark
from psychsafety_xblock.exercises import ready_session
from psychsafety_xblock.models import Activity, EchoPool, EchoTap, Note, Round, Session, Tally, Token, random_key
from psychsafety_xblock.service import opening
from psychsafety_xblock.service.echo import count_echo, offer, open_echo
from psychsafety_xblock.service.echo_pool import move
from psychsafety_xblock.service.facts import minimum_of
from psychsafety_xblock.service.sweeping import end_session
from psychsafety_xblock.session_languages import definition_in

#: The hall runs the session that was written for it.
_FOR_A_HALL = "leaders-kick-off"
_HOUR = 10
#: How many of a team could have written a note of another one.
_SAME = 0.45


def hold(gatherings: Sequence[Gathering], *, seed: int = 1) -> None:
    """Let them meet, in the order of their days, and forget what is over its time today."""
    chance = random.Random(f"{seed} hold")
    writers = {one.language: Writer(one.language, chance) for one in gatherings}
    for one in gatherings:
        with _at(one.day):
            _hold(one, writers[one.language], chance)
    service.purge(service.plan_of_retention())


@contextmanager
def _at(day: datetime.date) -> Iterator[None]:
    """The service's clock stands at ten in the morning of this day."""
    moment = datetime.datetime.combine(day, datetime.time(_HOUR), datetime.UTC)
    with mock.patch.object(timezone, "now", lambda: moment):
        yield


def _hold(gathering: Gathering, writer: Writer, chance: random.Random) -> None:
    block = CourseRuntime(f"world-{gathering.team}").get_block(BLOCKS[gathering.block].usage_id)
    agenda = _agenda(block, gathering)
    source = opening.Source(
        course_run=platform_compat.course_run(block),
        usage_key=platform_compat.usage_key(block),
        block=gathering.block,
    )
    opened = opening.open_session(
        source=source,
        leader=f"world-{gathering.team}",
        definitions=agenda,
        title=str(block.display_name),
        languages=[gathering.language],
        guests_allowed=True,
    )
    with transaction.atomic():
        session = Session.objects.select_for_update().get(id=opened.session_id)
        session.leader_seated = gathering.leader_seated
        _seat(session, gathering)
        activities = list(Activity.objects.filter(session=session).order_by("position"))
        for number, step in enumerate(play(gathering, agenda, writer, chance), 1):
            _lay(session, activities[number - 1], number, step, gathering, chance)
        came_to_the_end = gathering.left_after is None
        session.phase = Session.Phase.SUMMARY if came_to_the_end else Session.Phase.RUNNING
        session.step = len(agenda)
        session.save()
    end_session(session.id)
    for pool in EchoPool.objects.order_by("id"):
        # Somebody looks at each of them on every day.
        move(pool)


def _agenda(block: object, gathering: Gathering) -> list[Definition]:
    if gathering.team == 0:
        written = ready_session(_FOR_A_HALL, gathering.language).agenda
        return [{**definition_in(step, [gathering.language]), "guests": True} for step in written]
    return list(block.definitions([gathering.language]))  # type: ignore[attr-defined]


def _seat(session: Session, gathering: Gathering) -> None:
    """Seats that nobody holds a token of."""
    Token.objects.bulk_create(
        Token(
            id=random_key(),
            session=session,
            hash=codes.token_hash(f"{random_key():x}"),
            role=Token.Role.SEAT,
            guest=number < gathering.guests,
        )
        for number in range(gathering.people)
    )


def _lay(
    session: Session, activity: Activity, number: int, step: Played, gathering: Gathering, chance: random.Random
) -> None:
    """A round as it stands when it is closed."""
    kind, minimum = kind_of(step.definition), minimum_of(step.definition)
    wanted = needed(minimum, gathering.leader_seated)
    definition = step.definition
    reached = not kind.collects(definition) or (step.answered or 0) >= wanted
    if not reached:
        # Too few are here: what it becomes instead, as a leader is offered.
        definition = {**kind.instead(definition), "guests": definition.get("guests", True)}
    one = Round.objects.create(
        session=session,
        activity=activity,
        number=number,
        definition=definition,
        minimum=minimum,
        phase=Round.Phase.REVEALED,
        answered=step.answered if reached else None,
        floor=wanted if reached and step.answered is not None else None,
        resonance=Round.Resonance.COUNTED if reached and step.notes else Round.Resonance.NONE,
    )
    if reached:
        Tally.objects.bulk_create(
            Tally(round=one, item=item, option=option, n=n) for (item, option), n in step.counts.items()
        )
        Note.objects.bulk_create(
            Note(round=one, text=note.text, share=note.share, shown=True, resonance=note.taps) for note in step.notes
        )
        _hear(session, one, gathering)
    storage.close_round(one.id)


def _hear(session: Session, one: Round, gathering: Gathering) -> None:
    """The echo, where there is one to open: everybody says which notes of other teams could be theirs.

    Its sample is the service's own, and another one in each world.
    """
    chance = random.Random(f"{gathering.team} {gathering.visit} echo")
    if not asks_to_share(one.definition) or offer(session, one) != Round.EchoSource.POOL:
        return
    open_echo(session, one)
    for tap in EchoTap.objects.filter(mark=collecting_mark(one.id)).order_by("id"):
        tap.people = sum(chance.random() < _SAME for _ in range(gathering.people))
        tap.save(update_fields=["people"])
    one.refresh_from_db()
    count_echo(session, one)
