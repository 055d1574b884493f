"""The Django app, and how the platform finds its URLs and settings."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created


def _forget_what_is_deleted(sender: Any, connection: Any, **kwargs: Any) -> None:
    """SQLite overwrites what it deletes, so that a ballot or an early note is gone from the file too (rule 2)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


_RETIREMENT = {
    "receiver_func_name": "on_retirement",
    "signal_path": "openedx.core.djangoapps.user_api.accounts.signals.USER_RETIRE_LMS_CRITICAL",
}
_COURSE_DELETED = {
    "receiver_func_name": "on_course_deleted",
    "signal_path": "xmodule.modulestore.django.COURSE_DELETED",
}


class PsychSafetyConfig(AppConfig):
    """URLs in the LMS only; models in both, since Studio imports them with the blocks."""

    name = "psychsafety_xblock"
    label = "psychsafety_xblock"
    verbose_name = "Psychological safety: team session and anonymous wall"
    default_auto_field = "django.db.models.BigAutoField"

    plugin_app = {
        "url_config": {
            "lms.djangoapp": {
                "namespace": "psychsafety_xblock",
                "regex": r"^psychsafety/",
                "relative_path": "web.urls",
            },
        },
        "settings_config": {
            "lms.djangoapp": {
                "common": {"relative_path": "settings"},
                "production": {"relative_path": "settings"},
                "test": {"relative_path": "settings"},
            },
            "cms.djangoapp": {
                "common": {"relative_path": "settings"},
                "production": {"relative_path": "settings"},
                "test": {"relative_path": "settings"},
            },
        },
        # A path that has moved stops the platform's loader with an error, on purpose: otherwise nobody would notice
        # that retired accounts and deleted courses are not forgotten any more.
        "signals_config": {
            "lms.djangoapp": {"relative_path": "signals", "receivers": [_RETIREMENT, _COURSE_DELETED]},
            "cms.djangoapp": {"relative_path": "signals", "receivers": [_COURSE_DELETED]},
        },
    }

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers itself

        connection_created.connect(_forget_what_is_deleted, dispatch_uid="psychsafety_secure_delete")
