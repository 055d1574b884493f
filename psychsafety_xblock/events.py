"""The one event of the plugin: a session has ended, with counts only (rules 1 and 9)."""

from __future__ import annotations

import json
import logging
from typing import Any

log = logging.getLogger("psychsafety_xblock.events")

SESSION_ENDED = "psychsafety.session.ended"

#: What the platform adds to each event of a request and of a handler. A session may end in the request of whoever
#: comes by later, in any course, so none of it belongs here.
_NOBODY = dict.fromkeys(
    [
        "accept_language", "agent", "client_id", "course_id", "course_user_tags", "enduser_id", "enterprise_uuid",
        "host", "ip", "ip_chain", "module", "org_id", "path", "referer", "session", "user_id", "username",
    ],
    "",
)  # fmt: skip


def session_ended(counts: dict[str, Any]) -> None:
    """Emit it to the platform's tracking, or, where there is none, to the log `psychsafety_xblock.events`."""
    try:
        from eventtracking import tracker

        tracking = tracker.get_tracker()
    except (ImportError, KeyError):
        log.info("%s %s", SESSION_ENDED, json.dumps(counts, sort_keys=True))
        return
    with tracking.context("psychsafety.nobody", _NOBODY):
        tracking.emit(SESSION_ENDED, counts)
