"""`manage.py psychsafety_status`: is all well? For people, and with `--json` for a monitoring."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ... import service


class Command(BaseCommand):
    """Reads and changes nothing."""

    help = "Version, migrations, database, cache, settings that differ, numbers of sessions. Exit code 1: a problem."
    # It tells what is missing instead of failing over it.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The form."""
        parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it. Raises CommandError when there is a problem, after all was printed."""
        found = service.status()
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2, sort_keys=True))
        else:
            for line in _lines(found):
                self.stdout.write(line)
        if found["problems"]:
            raise CommandError(f"{len(found['problems'])} problem(s); docs/admin.md says what to do.")


def _lines(found: dict[str, Any]) -> Iterator[str]:
    for name, value in found.items():
        if isinstance(value, dict):
            yield f"{name}:" if value else f"{name}: -"
            yield from (f"  {key}: {_text(one)}" for key, one in value.items())
        elif isinstance(value, list):
            yield f"{name}:" if value else f"{name}: -"
            yield from (f"  {one}" for one in value)
        else:
            yield f"{name}: {value}"


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "unknown" if value is None else str(value)
