"""Migrations in the LMS: all forwards, ours backwards, ours forwards again. `python -m tests.platform.migrating`.

Prints our tables after each of the three, as JSON.
"""

import json

import django
from django.core.management import call_command

from tests.databases import LABEL, schema


def main() -> None:
    """Do it."""
    django.setup()
    shown = []
    for arguments in ([], [LABEL, "zero"], [LABEL]):
        call_command("migrate", *arguments, verbosity=0, interactive=False)
        shown.append(schema())
    print(json.dumps(shown))


if __name__ == "__main__":
    main()
