"""`python -m tests.privacy.rows` writes the rows of one session into docs/privacy.md, as the database holds them.

A seeded session of four seats, a choice and a wall, looked at three times. Clock and randomness are held, so that
running it again changes nothing that has not changed. Long numbers and hashes are shortened, what the author wrote is
left out.
"""

from __future__ import annotations

import contextlib
import datetime
import random
import re
import secrets
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import django

DOCUMENT = Path(__file__).parents[2] / "docs/privacy.md"
BEGIN, END = "<!-- Made by `python -m tests.privacy.rows`. -->\n```text\n", "```\n<!-- End of the rows. -->"
MOMENTS = ("before the reveal", "after the reveal", "after the end")
#: Tables with one row or two and many columns: a line for each column, the three moments beside each other.
WIDE = ("psychsafety_xblock_session", "psychsafety_xblock_round")

TEXTS = [
    "To say that I do not understand.",
    "To ask for help.",
    "To tell my boss that it is too much.",
    "To admit that I was wrong.",
]

Look = dict[str, list[dict[str, Any]]]


def columns_in(block: str) -> dict[str, list[str]]:
    """The columns that a written block names, by table."""
    found: dict[str, list[str]] = {}
    for section in re.split(r"\n(?=psychsafety)", block):
        name, *lines = section.splitlines()
        if name in WIDE:
            rows = "\n".join(lines[1:]).split("\n\n")[0]
            found[name] = [line.split()[0] for line in rows.splitlines()]
        else:
            found[name] = lines[0].split()
    return found


def block_in(document: str) -> str:
    """What stands between the markers."""
    return document.partition(BEGIN)[2].partition(END)[0]


def play() -> tuple[Look, Look, Look]:
    """The session, and what the database holds of it at the three moments."""
    from tests.agendas import CHOICE, WALL, AgendaTeam
    from tests.agendas import play as play_next

    with held():
        team = AgendaTeam(CHOICE, {**WALL, "minimum": 4}).fill(guests=3)
        team.account("somebody")
        play_next(team)
        team.command("start_round")
        team.answers(TEXTS)
        before = look()
        team.command("reveal")
        after = look()
        first = team.notes()[0]["id"]
        for seat in team.seats:
            team.tap(seat, [first])
        team.command("count_resonance")
        team.command("close_session")
        return before, after, look()


@contextlib.contextmanager
def held() -> Iterator[None]:
    """The clock stands, and chance draws the same each time."""
    from django.test import override_settings

    chance = random.Random(20261124)
    now = datetime.datetime(2026, 11, 24, 10, 0, tzinfo=datetime.UTC)
    memory = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": uuid.uuid4().hex}}
    with contextlib.ExitStack() as stack:
        for patch in (
            override_settings(CACHES=memory),
            mock.patch.object(random.SystemRandom, "getrandbits", lambda self, bits: chance.getrandbits(bits)),
            mock.patch.object(secrets, "randbits", chance.getrandbits),
            mock.patch.object(secrets, "token_urlsafe", lambda size: f"{chance.getrandbits(8 * size):x}"),
            mock.patch.object(uuid, "uuid4", lambda: uuid.UUID(int=chance.getrandbits(128), version=4)),
            mock.patch("django.utils.timezone.now", lambda: now),
        ):
            stack.enter_context(patch)
        yield


def look() -> Look:
    """Every table of the app with its rows, in the order of their keys."""
    from django.apps import apps

    found = {}
    for model in apps.get_app_config("psychsafety_xblock").get_models():
        names = {field.attname: field.column for field in model._meta.concrete_fields}
        rows = model._default_manager.order_by("pk").values(*names)
        found[model._meta.db_table] = [{names[name]: shortened(value) for name, value in row.items()} for row in rows]
    return found


def shortened(value: Any) -> str:
    """A value in a few characters."""
    if value is None:
        return "NULL"
    if isinstance(value, dict):
        return "{...}"
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    text = str(value)
    if re.fullmatch(r"\d{15,}|[0-9a-f]{16,}", text):
        return text[:6] + "..."
    return text or "''"


def written(looks: tuple[Look, Look, Look]) -> str:
    """The block of the document."""
    return "\n".join(wide(name, looks) if name in WIDE else narrow(name, looks) for name in looks[0])


def wide(name: str, looks: tuple[Look, Look, Look]) -> str:
    """A part for each row, a line for each column, a moment beside the other."""
    parts = []
    for place in range(len(looks[0][name])):
        columns = looks[0][name][place]
        rows = [[column, *(each[name][place][column] for each in looks)] for column in columns]
        parts.append(aligned(rows if place else [["", *MOMENTS], *rows]))
    return f"{name}\n" + "\n".join(parts)


def narrow(name: str, looks: tuple[Look, Look, Look]) -> str:
    """A line for each row, a moment below the other."""
    from django.apps import apps

    model = next(one for one in apps.get_app_config("psychsafety_xblock").get_models() if one._meta.db_table == name)
    columns = [field.column for field in model._meta.concrete_fields]
    lines, told = [columns], []
    for moment, rows in zip(MOMENTS, (each[name] for each in looks), strict=True):
        told.append((moment, [list(row.values()) for row in rows]))
        lines += told[-1][1]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
    text = aligned([columns], widths)
    for number, (moment, rows) in enumerate(told):
        same = number > 0 and rows == told[number - 1][1]
        text += f" {moment}:" + (" no row\n" if not rows else " the same\n" if same else "\n" + aligned(rows, widths))
    return f"{name}\n{text}"


def aligned(rows: list[list[str]], widths: list[int] | None = None) -> str:
    """Rows in columns."""
    widths = widths or [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(f"  {line}".rstrip() + "\n" for line in lines)


def main() -> None:
    """Play the session in a scratch database, and write what it holds."""
    django.setup()
    from django.conf import settings
    from django.test.utils import get_runner, setup_test_environment

    with tempfile.TemporaryDirectory() as folder:
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(Path(folder) / "rows.sqlite3")
        setup_test_environment()
        runner = get_runner(settings)(verbosity=0, interactive=False)
        databases = runner.setup_databases()
        try:
            block = written(play())
        finally:
            runner.teardown_databases(databases)
    document = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(document.replace(BEGIN + block_in(document) + END, BEGIN + block + END), encoding="utf-8")


if __name__ == "__main__":
    main()
