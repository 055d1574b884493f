"""`manage.py psychsafety_purge`: what the retention time is over for, or all of a course run or a block."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from ... import service
from ...freeing import free


class Command(BaseCommand):
    """For cron or a job; nothing else of the plugin needs one. It never asks, so that it never hangs."""

    help = (
        "End forgotten sessions, and reduce those to counts that the retention time is over for; or delete all of a "
        "course run or a block. Then free the place on the disk. Exit code 1: it was refused, nothing was deleted. "
        "Exit code 3: all is deleted, and the place could not be freed now."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which sessions, how old, and whether it is meant."""
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--course-run", metavar="KEY", help="delete everything of this course run; needs --yes")
        which.add_argument("--block", metavar="USAGE_KEY", help="delete everything of this block; needs --yes")
        parser.add_argument("--days", type=int, metavar="N", help="instead of the site's retention time, this once")
        parser.add_argument("--everything", action="store_true", help="with --days: counts too; needs --yes")
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")
        parser.add_argument("--yes", action="store_true", help="for what cannot be undone and is not a matter of days")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan, say what goes, do it. Raises CommandError for arguments that do not fit."""
        plan, by_age = _plan(options)
        if options["dry_run"]:
            self.stdout.write("Nothing was changed. This would go:")
        elif not by_age and not options["yes"]:
            raise CommandError("This cannot be undone. Look at it with --dry-run, then add --yes.")
        else:
            service.purge(plan)
            self.stdout.write("Gone:")
        for name, count in plan.rows.items():
            self.stdout.write(f"  {name}: {count}")
        # Also what requests have deleted since the last time.
        if not options["dry_run"] and not connection.in_atomic_block and not free():
            raise CommandError("The place on the disk could not be freed now; the next run tries again.", returncode=3)


def _plan(options: dict[str, Any]) -> tuple[service.Plan, bool]:
    """The plan, and whether it is what time alone would do."""
    days, whole = options["days"], options["course_run"] or options["block"]
    if days is not None and days < 0:
        raise CommandError("--days cannot be negative.")
    if days is not None and whole:
        raise CommandError("--days goes neither with --course-run nor with --block: they know no age.")
    if options["everything"] and days is None:
        raise CommandError("--everything needs --days.")
    if options["course_run"]:
        return service.plan_of_course_run(options["course_run"]), False
    if options["block"]:
        return service.plan_of_block(options["block"]), False
    if options["everything"]:
        return service.plan_of_everything(days), False
    return service.plan_of_retention(days), True
