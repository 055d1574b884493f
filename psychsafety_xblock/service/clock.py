"""The service's clock and randomness, in one place so that tests can hold them still."""

from __future__ import annotations

import datetime
import secrets

from django.utils import timezone

#: Not predictable, also for shuffling: an order that could be computed again would not be without meaning.
RANDOMNESS = secrets.SystemRandom()


def now() -> datetime.datetime:
    """The time, in UTC."""
    return timezone.now()
