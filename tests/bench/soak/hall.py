"""What the teams of a soak are shown of others: the notes of a hall, which may be shown as soon as they are shared."""

from __future__ import annotations

from django.db import transaction

from psychsafety_xblock.models import Activity, Session
from psychsafety_xblock.service.echo_pool import contribute, place, pool_at, team_mark
from tests import agendas

from ..room import RUN

#: The notes go to one pool, whichever block a team meets in.
WALL = {**agendas.WALL, "exercise": "soak-wall"}
NOTES = 40


def share() -> None:
    """Let a hall's notes wait in the pool; whoever looks first takes the step."""
    session = Session(course_run=RUN, language="en")
    where = place(session, Activity(), {"exercise": WALL["exercise"]})
    with transaction.atomic():
        texts = [f"said by one of many, {number}" for number in range(NOTES)]
        contribute(pool_at(where).id, team_mark(where.slot, "hall"), texts, hall=True)
