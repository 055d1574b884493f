"""`manage.py psychsafety_export`: the figures over all teams of a course run, as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ... import __version__, service
from ...web.files import csv_of

_README = """Figures over all teams of {course_run}, as they stood on {made_on}.

insights.json  everything; insights.csv  the same as rows, UTF-8.
Format {format}, described in docs/insights.md of psychsafety_xblock {version}.

A figure is told when at least {fewest_teams} teams and the group minimum of people moved it together; what is missing
was too little to tell, and is no zero. Nothing here is about a single team, and nothing can be asked for that the page
in the course does not show.
"""


class Command(BaseCommand):
    """The same frozen document as the page: whoever administers the site gets no more by it than course staff."""

    help = "Write the figures over all teams of a course run into a folder: insights.json, insights.csv, README.txt."

    def add_arguments(self, parser: CommandParser) -> None:
        """Of what, and where to."""
        parser.add_argument("--course-run", metavar="KEY", required=True, help="as in the address of the course")
        parser.add_argument("--out", metavar="FOLDER", type=Path, required=True, help="made if it is not there")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files. Raises CommandError for an unknown course run, and where one would be overwritten."""
        course_run, folder = options["course_run"], options["out"]
        if not service.has_sessions(course_run):
            raise CommandError(f"No session is known of {course_run}.")
        document = service.insights(course_run)
        files = {
            "insights.json": (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode(),
            "insights.csv": csv_of(service.insight_rows(document)),
            "README.txt": _README.format(version=__version__, **document).encode(),
        }
        for name in files:
            if (folder / name).exists():
                raise CommandError(f"{folder / name} is there already; nothing is overwritten.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in files.items():
                (folder / name).write_bytes(content)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        self.stdout.write(f"{', '.join(files)} of {document['made_on']} are in {folder}.")
