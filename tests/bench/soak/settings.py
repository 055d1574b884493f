"""The demo's settings with a clock that the soak can move, in each of its processes."""

import datetime

from django.utils import timezone

from psychsafety_xblock.demo.settings import *  # noqa: F403
from psychsafety_xblock.demo.settings import DEMO_DIR, PSYCHSAFETY

#: How many seconds the clock is wrong by; no file: it is right.
CLOCK_FILE = DEMO_DIR / "clock-is-wrong-by"
_right = timezone.now


def _wrong() -> datetime.datetime:
    try:
        seconds = float(CLOCK_FILE.read_text() or 0)
    except FileNotFoundError:
        seconds = 0.0
    return _right() + datetime.timedelta(seconds=seconds)


# The service's clock asks Django's, and so does everything else in the process. Not the machine's own clock, which is
# not ours to move: the cache and the database keep theirs, as they do on machines of their own.
timezone.now = _wrong
# Often enough to happen within a run.
PSYCHSAFETY = {**PSYCHSAFETY, "PUBLISH_INTERVAL_SECONDS": 15}
