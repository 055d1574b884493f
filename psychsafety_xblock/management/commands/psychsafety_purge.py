"""`manage.py psychsafety_purge`: end what nobody closed, delete what is old or belongs to a course run."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ... import service


class Command(BaseCommand):
    """For cron or a Tutor job; nothing else of the plugin needs one."""

    help = "End forgotten sessions, and delete ended ones after the retention time, or all of one course run."

    def add_arguments(self, parser: CommandParser) -> None:
        """--days, --course-run."""
        parser.add_argument("--days", type=int, help="delete sessions that ended at least so many days ago")
        parser.add_argument("--course-run", help="delete everything of this course run, running sessions included")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it and say how many sessions were deleted."""
        if options["days"] is not None and options["days"] < 0:
            raise CommandError("--days cannot be negative.")
        deleted = service.purge(days=options["days"], course_run=options["course_run"])
        self.stdout.write(f"{deleted} sessions deleted.")
