"""The histories of insight_histories.py once more, through the service and the database.

Sessions are laid into the tables as they stand when they have ended; some are reduced to counts, and some deleted.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from psychsafety_xblock.core.activities import Definition, checked_definition
from psychsafety_xblock.forgetting import reduce_to_counts
from psychsafety_xblock.models import Activity, Round, Session, Tally
from psychsafety_xblock.service import clock
from psychsafety_xblock.service.insights import insight_rows, insights
from tests.agendas import RUN
from tests.privacy.insight_histories import DAYS, OPTIONS, Looks, Met, Number, World, directions_of, numbers_of

STATEMENT, QUESTION = "We ask.", "Where?"
PULSE = {"kind": "pulse", "prompt": "How much?", "statements": [STATEMENT], "minimum": 3}
CHOICE = {"kind": "choice", "prompt": QUESTION, "options": ["Here", "There"], "minimum": 3}
_COMPLETED = {"completed": True, "abandoned": False, "unknown": None}
#: Looks for each history are fewer than by the rules alone, where they cost nothing.
_LOOKS = 0.4


def lay(one: Met) -> Session:
    """The rows of a session of this kind, ended."""
    session = Session.objects.create(
        kind="team", course_run=RUN, language="en", phase="ended", ended_on=one.day, seats=one.seats,
        team=one.team and f"mark of {one.team}", completed=_COMPLETED[one.outcome], pepper_fingerprint="-",
        expires_at=datetime.datetime.combine(one.day, datetime.time(12), datetime.UTC),
    )  # fmt: skip
    _round(session, 1, PULSE, {("s1", rating): n for rating, n in one.ratings.items()}, one.minimum)
    _round(session, 2, CHOICE, {("choice", option): n for option, n in one.options.items()}, one.minimum)
    return session


def _round(
    session: Session, number: int, written: Mapping[str, Any], tally: Mapping[tuple[str, str], int], minimum: int
) -> None:
    definition: Definition = checked_definition(dict(written))
    activity = Activity.objects.create(
        session=session, usage_key="u", index=number, position=number, block="b", definition=definition
    )
    current = Round.objects.create(
        session=session, activity=activity, number=number, definition=definition, minimum=minimum, floor=minimum,
        phase=Round.Phase.CLOSED, answered=max(minimum, sum(tally.values())),
    )  # fmt: skip
    Tally.objects.bulk_create(
        Tally(round=current, item=item, option=option, n=n) for (item, option), n in tally.items()
    )


def found_in(document: Mapping[str, Any]) -> tuple[dict[Number, tuple[int, int]], dict[str, int]]:
    """The numbers of a document, and the directions of the change."""
    statement = next(iter(document["statements"]), None)
    choice = next(iter(document["choices"]), None)
    if choice is not None:
        choice = {**choice, "counts": dict(zip(OPTIONS, (one["count"] for one in choice["options"]), strict=True))}
    return numbers_of(document["sessions"], statement, choice), directions_of(statement)


def check_rows(document: Mapping[str, Any]) -> None:
    """The CSV says what the document says, number by number, and no other."""
    numbers, directions = found_in(document)
    rows = insight_rows(document)[1:]
    said = {(f"sessions|{row[3]}", row[1]): (row[4], row[5]) for row in rows if row[0] == "sessions"}
    said |= {
        (f"rating|s|{row[3]}", ""): (row[4], row[4])
        for row in rows
        if row[0] == "statements" and row[3] != "all" and row[4] != ""
    }
    places = {"Here": "o1", "There": "o2"}
    said |= {
        (f"option|c|{places[str(row[3])]}", ""): (row[4], row[4])
        for row in rows
        if row[0] == "choices" and row[4] != ""
    }
    assert said == numbers
    assert directions == {row[3]: row[6] for row in rows if row[0] == "changes" and row[6] != ""}


def play_served(seed: int, monkeypatch: Any) -> bool:
    """One history. Gives whether anything was told; leaves nothing in the database."""
    chance = random.Random(seed)
    world, looks, changed = World(random.Random(seed)), Looks(), Looks()
    said = False
    monkeypatch.setattr(
        "psychsafety_xblock.service.clock.timezone.now",
        lambda: datetime.datetime.combine(world.day, datetime.time(9), datetime.UTC),
    )
    with transaction.atomic():
        for _ in range(DAYS):
            until = clock.now().date() - datetime.timedelta(days=1)
            if chance.random() < _LOOKS:
                document = insights(RUN)
                assert document["until"] == until.isoformat()
                parts = world.parts(until)
                numbers, directions = found_in(document)
                looks.look(numbers, parts, until)
                changed.look(_with_people(directions, changed, parts, until), parts, until)
                check_rows(document)
                said = said or bool(numbers)
                _happens(chance, world)
                assert insights(RUN) == document, "another look on the same day"
            for _ in range(chance.choice((0, 1, 2, 2, 3))):
                one = world.meet()
                one.key = lay(one).id
            world.day += datetime.timedelta(days=1)
        transaction.set_rollback(True)
    return said


def _with_people(
    directions: Mapping[str, int], changed: Looks, parts: Mapping[str, list[Any]], until: datetime.date
) -> dict[Number, tuple[int, int]]:
    """The document tells no people of a change: those are added of whom the number must be."""
    found: dict[Number, tuple[int, int]] = {}
    for one, n in directions.items():
        cell = f"change|s|{one}"
        number = (cell, "")
        if changed.numbers.get(number) == n:
            found[number] = (n, changed.people[number])
            continue
        since = changed.through.get(cell, datetime.date.min)
        waiting = [part for part in parts.get(cell, []) if since < part.day <= until]
        found[number] = (n, changed.people.get(number, 0) + sum(part.people for part in waiting))
    return found


def _happens(chance: random.Random, world: World) -> None:
    """What may come between two looks of a day: sessions are reduced to counts, or all old ones are deleted."""
    if world.met and chance.random() < 0.3:
        one = chance.choice(world.met)
        with transaction.atomic():
            before = set(Session.objects.values_list("id", flat=True))
            reduce_to_counts(Session.objects.get(id=one.key))
            (one.key,) = set(Session.objects.values_list("id", flat=True)) - before
    if chance.random() < 0.05:
        last = world.day - datetime.timedelta(days=chance.randint(10, 30))
        Session.objects.filter(ended_on__lte=last).delete()
        world.met = [one for one in world.met if one.day > last]
