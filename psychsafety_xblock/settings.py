"""The plugin's settings: one dict, `PSYCHSAFETY`, and what the platform's own settings must know of us.

Open edX calls `plugin_settings` while its settings are made, so nothing here may import models.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

#: Every name and its default. docs/admin.md explains each; a test keeps the two in step.
DEFAULTS: dict[str, Any] = {
    # Alias in CACHES for secrets of seats, versions and throttling. It should not persist (docs/privacy.md, rule 4).
    "CACHE": "default",
    # A session that nobody closed ends after this many hours.
    "SESSION_HOURS": 12,
    # The lowest group minimum on this site; below 3 has no effect.
    "MINIMUM_FLOOR": 3,
    # How often a course-wide wall publishes, in seconds, at fixed times counted from midnight UTC.
    "PUBLISH_INTERVAL_SECONDS": 86400,
    # How long a seat on a course-wide wall lasts; after that an account may answer again.
    "COURSE_SEAT_DAYS": 7,
    # How many days after the end a session's notes, agreements and leader's mark are kept, 1 to 90; counts stay.
    "RETENTION_DAYS": 30,
    # How many days a note that writers shared with other teams is kept for them, 60 to 3650.
    "ECHO_DAYS": 365,
    # "omit", or "same-origin" behind a sign-on proxy that wants its own cookie on every request.
    "FETCH_CREDENTIALS": "omit",
    # Multiplies the pace at which phones ask for news; 2.0 halves the load.
    "POLL_SCALE": 1.0,
    # Wrong join codes a minute from one address before the site stops answering them.
    "WRONG_CODES_PER_MINUTE": 30,
    # The address that phones reach this site by, such as "https://learn.example.com"; empty: LMS_ROOT_URL.
    "ROOT_URL": "",
}

TRACKING_PATTERNS = [
    r"^/psychsafety/",
    r"^/courses/[^/]+/xblock/.*psychsafety[^/]*/handler",
    # The runtime of content libraries.
    r"^/api/xblock/v2/xblocks/[^/]*psychsafety[^/]*/handler",
]


def plugin_settings(settings: Any) -> None:
    """Fill in our defaults and keep our paths out of the platform's tracking log (rule 7). May run more than once."""
    settings.PSYCHSAFETY = {**DEFAULTS, **_chosen(settings)}
    settings.TRACKING_IGNORE_URL_PATTERNS = _with(
        getattr(settings, "TRACKING_IGNORE_URL_PATTERNS", []), *TRACKING_PATTERNS
    )
    settings.LOCALE_PATHS = _with(getattr(settings, "LOCALE_PATHS", []), str(Path(__file__).parent / "translations"))


def _chosen(settings: Any) -> dict[str, Any]:
    """What the site says. A name with nothing behind it, as a YAML file may have, says nothing."""
    return getattr(settings, "PSYCHSAFETY", None) or {}


def _with(existing: Any, *more: str) -> list[str]:
    """`existing` and what it lacks of `more`, as a new list."""
    known = list(existing or [])
    return known + [item for item in more if item not in known]


def option(name: str) -> Any:
    """The value of one of our settings on this site."""
    from django.conf import settings as django_settings

    return {**DEFAULTS, **_chosen(django_settings)}[name]
