"""The numbers that the form needs to help before anything is sent. The rules themselves are core's."""

from __future__ import annotations

from ..core.activities import (
    DEFAULT_MAX_LENGTH,
    LONGEST_EXAMPLE,
    LONGEST_GUIDE,
    LONGEST_NOTE,
    LONGEST_PROMPT,
    MOST_ACTIVITIES,
    MOST_EXAMPLES,
    Wall,
)
from ..core.activities.base import LONGEST_ADDRESS, LONGEST_HELP, Kind
from ..core.activities.pulse import LONGEST_STATEMENT, MOST_STATEMENTS
from ..core.privacy import HIGHEST_MINIMUM, LOWEST_MINIMUM
from .review import LONGEST_INTRODUCTION, LONGEST_MEETING, LONGEST_TITLE, SHORTEST_MEETING

#: Longest texts in characters, and ranges as [lowest, highest].
LIMITS: dict[str, int | list[int]] = {
    "display_name": LONGEST_TITLE,
    "title": LONGEST_TITLE,
    "prompt": LONGEST_PROMPT,
    "help": LONGEST_HELP,
    "starter": 80,
    "begins": 120,
    "script": LONGEST_GUIDE,
    "notes": LONGEST_GUIDE,
    "picture": LONGEST_ADDRESS,
    "picture_alt": 200,
    "video": LONGEST_ADDRESS,
    "option": 120,
    "options": [2, 8],
    "statement": LONGEST_STATEMENT,
    "statements": [1, MOST_STATEMENTS],
    "minutes": [1, 120],
    "minimum": [LOWEST_MINIMUM, HIGHEST_MINIMUM],
    "max_length": [20, LONGEST_NOTE],
    "echo_example": LONGEST_EXAMPLE,
    "echo_examples": [0, MOST_EXAMPLES],
    "days": [1, 365],
    "activities": MOST_ACTIVITIES,
    "planned_minutes": [SHORTEST_MEETING, LONGEST_MEETING],
    "introduction": LONGEST_INTRODUCTION,
}

#: What a blank step begins with.
DEFAULTS: dict[str, int] = {
    "wall_minimum": Wall.default_minimum,
    "counted_minimum": Kind.default_minimum,
    "minutes": 10,
    "max_length": DEFAULT_MAX_LENGTH,
    "days": 28,
}
