"""What the platform tells us: an account is retired, a course run is deleted. Connected by `signals_config` in apps.py.

A failure here must reach the platform, which then tries again: nothing may be kept because it could not be deleted.
"""

from __future__ import annotations

from typing import Any

from . import platform_compat, service


def on_retirement(sender: Any, *, user: Any, **kwargs: Any) -> None:
    """`USER_RETIRE_LMS_CRITICAL`: forget what could be led back to the account."""
    service.forget_account(str(user.pk))


def on_course_deleted(sender: Any, *, course_key: Any, **kwargs: Any) -> None:
    """`SignalHandler.course_deleted`, in Studio's process: delete everything of the course run, counts too."""
    service.purge(service.plan_of_course_run(platform_compat.plain_run(course_key)))
