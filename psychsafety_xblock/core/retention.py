"""Until when what is left of an ended session is kept. docs/adr/0013 says what goes on which day."""

from __future__ import annotations

import datetime

#: What a follow-up needs stays so many days after the date that the team set.
DAYS_AFTER_FOLLOW_UP = 7
#: However late that date is, it goes so many days after the end. No site setting goes beyond it either.
LONGEST_DAYS = 90


def notes_go_on(ended_on: datetime.date, days: int) -> datetime.date:
    """The first day on which no text of a note is kept any more; `days` is the site's retention time."""
    return ended_on + datetime.timedelta(days=days)


def bare_on(ended_on: datetime.date, days: int, follow_up_on: datetime.date | None) -> datetime.date:
    """The first day on which nothing but counts is kept: as `notes_go_on`, or later where the team set a later date."""
    ordinary = notes_go_on(ended_on, days)
    if follow_up_on is None:
        return ordinary
    after = follow_up_on + datetime.timedelta(days=DAYS_AFTER_FOLLOW_UP)
    return max(ordinary, min(after, ended_on + datetime.timedelta(days=LONGEST_DAYS)))
