"""Group minimum, floors, batches and resonance: the numbers that protect a single person.

The rules are stated in docs/privacy.md (rules 5 and 6). Everything here is a pure function of numbers.
"""

from __future__ import annotations

#: Nobody, author or site, can set a group minimum below this.
LOWEST_MINIMUM = 3
HIGHEST_MINIMUM = 50
DEFAULT_WALL_MINIMUM = 4

#: A wall with fewer notes than this is not shown, however many people passed.
NOTES_FLOOR = 3
#: A note's resonance is shown from this many taps up; below, not even "0" is said, for a lonely note shames its writer.
RESONANCE_FLOOR = 3
#: From so many notes on a wall is large: what reads alike hangs together, and the leader turns its pages.
LARGE_WALL = 41
#: A course-wide wall never publishes fewer notes together than this.
SMALLEST_BATCH = 8


def effective_minimum(authored: int, site_floor: int) -> int:
    """The group minimum that holds: the author's number, raised to the site's floor and to ours."""
    return min(max(authored, site_floor, LOWEST_MINIMUM), HIGHEST_MINIMUM)


def needed(minimum: int, leader_seated: bool) -> int:
    """How many answers a reveal needs. A leader with a seat knows one answer, so one more is needed."""
    return minimum + (1 if leader_seated else 0)


def progress(answers: int, seats: int, needed_answers: int, late: int = 0) -> str:
    """What everybody may know about how far the room is: "few", "enough", "most" or "all", never a number.

    `late` of the answers do not count towards those that are needed.
    "most" is three quarters of the seats, so that a single missing person is not the only way to get there.
    """
    if answers - late < needed_answers:
        return "few"
    if answers >= seats:
        return "all"
    return "most" if answers * 4 >= seats * 3 else "enough"


def notes_may_be_shown(notes: int) -> bool:
    """Whether a revealed wall has enough notes to be shown at all."""
    return notes >= NOTES_FLOOR


def shown_resonance(taps: int) -> int | None:
    """The number of taps that may be shown on a note, or None below the floor."""
    return taps if taps >= RESONANCE_FLOOR else None


def batch_size(minimum: int) -> int:
    """How many notes of one period a course-wide wall must hold before it publishes any (rule 6)."""
    return max(SMALLEST_BATCH, 2 * minimum)


def publication_slot(now: float, interval: int) -> int:
    """The number of the publishing slot that `now` (seconds since the epoch) lies in; slots start at fixed times."""
    return int(now // interval)


def next_publication(now: float, interval: int) -> float:
    """When the next slot starts, in seconds since the epoch."""
    return float((publication_slot(now, interval) + 1) * interval)
