"""How an ended session becomes counts, in steps (docs/adr/0013). Every function is inside its caller's transaction.

What stays is copied, by name, into new rows under new keys: a column that somebody adds later is forgotten unless it is
named here, and what an old web server's log holds of a session's address leads to nothing.
"""

from __future__ import annotations

import datetime

from .core.activities import kind_of
from .core.results import countable
from .models import Activity, Note, Round, Session, Tally, Token
from .storage import tally_of


def keep_what_was_shown(session_id: str) -> None:
    """Replace the counters of revealed rounds by what people saw of them; what they did not see is gone (rule 5)."""
    for one in Round.objects.filter(session_id=session_id, answered__isnull=False).order_by("number"):
        kind, floor = kind_of(one.definition), one.floor or one.minimum
        tally = tally_of(one.id)
        if not tally:
            continue
        items = kind.items(one.definition, tally, floor, one.minimum)
        kept = {(item["id"], option): n for item in items for option, n in countable(item, floor).items()}
        if kept != {cell: n for cell, n in tally.items() if n}:
            Tally.objects.filter(round=one).delete()
            Tally.objects.bulk_create(
                Tally(round=one, item=item, option=option, n=n) for (item, option), n in kept.items()
            )


def forget_notes_and_seats(session: Session) -> None:
    """The first step where the team set a later date: only what the follow-up needs stays."""
    Note.objects.filter(round__session=session).delete()
    Token.objects.filter(session=session, role=Token.Role.SEAT).delete()
    Session.objects.filter(id=session.id).update(kept=Session.Kept.FOLLOW_UP)


def reduce_to_counts(session: Session) -> None:
    """The last step: which course run, on which day, how many seats, what was asked, and what was counted of it.

    For the figures over all teams also whether it came to its end, and a random mark that the sessions of a team share.
    """
    keep_what_was_shown(session.id)
    rounds = list(Round.objects.filter(session=session).order_by("number").select_related("activity"))
    if rounds and not session.rehearsal and session.ended_on is not None:
        bare = Session.objects.create(
            kind=session.kind,
            course_run=session.course_run,
            phase=Session.Phase.ENDED,
            kept=Session.Kept.COUNTS,
            ended_on=session.ended_on,
            seats=session.seats,
            team=session.team,
            completed=session.completed,
            # The column must hold something, and the hour at which a team met is not for keeping.
            expires_at=datetime.datetime.combine(session.ended_on, datetime.time(), datetime.UTC),
        )
        activities: dict[int, Activity] = {}
        for one in rounds:
            if one.activity_id not in activities:
                activities[one.activity_id] = _copied_activity(bare, one.activity)
            _copied_round(bare, activities[one.activity_id], one)
    session.delete()


def _copied_activity(bare: Session, activity: Activity) -> Activity:
    return Activity.objects.create(
        session=bare,
        usage_key=activity.usage_key,
        index=activity.index,
        position=activity.position,
        block=activity.block,
        definition=kind_of(activity.definition).asked(activity.definition),
    )


def _copied_round(bare: Session, activity: Activity, one: Round) -> None:
    kind = kind_of(one.definition)
    copied = Round.objects.create(
        session=bare,
        activity=activity,
        number=one.number,
        definition=kind.asked(one.definition),
        minimum=one.minimum,
        phase=Round.Phase.CLOSED,
        answered=one.answered,
        floor=one.floor,
    )
    # A count of who stands behind a sentence says nothing once the sentence is gone.
    tally = {} if kind.leader_writes else tally_of(one.id)
    Tally.objects.bulk_create(
        Tally(round=copied, item=item, option=option, n=n) for (item, option), n in tally.items() if n
    )
