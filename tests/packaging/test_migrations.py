"""An upgrade keeps what is stored, and so does a way back: rows of the first release through every migration."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from psychsafety_xblock.models import Note, Session
from tests import databases
from tests.databases import LABEL


@pytest.fixture(params=databases.PLACES)
def empty_database(request, tmp_path, django_db_blocker) -> Iterator[None]:
    """Django works on a database without any table, with a cache of its own."""
    with (
        databases.scratch_url(request.param, tmp_path) as url,
        django_db_blocker.unblock(),
        databases.pointed_at(url, f"file:///{tmp_path / 'cache'}"),
    ):
        yield


def names() -> list[str]:
    """Our migrations in their order."""
    found = [name for label, name in MigrationExecutor(connection).loader.graph.nodes if label == LABEL]
    return sorted(found)


def migrate_to(name: str | None):
    """Go there from where the database is, None being nowhere; gives the models as they are then."""
    executor = MigrationExecutor(connection)
    executor.migrate([(LABEL, name)])
    return MigrationExecutor(connection).loader.project_state([(LABEL, name)] if name else []).apps


def fill(apps) -> None:
    """A session of the first release: a wall that is revealed, with a note, and a round that collects."""
    model = lambda name: apps.get_model(LABEL, name)  # noqa: E731 - five times in five lines
    session = model("Session").objects.create(
        kind="team", course_run="course-v1:a+b+c", title="Before", open_slot="s", join_code="ABCD2345",
        phase="running", step=4, expires_at=timezone.now() + datetime.timedelta(hours=9), pepper_fingerprint="f" * 64,
    )  # fmt: skip
    activity = model("Activity").objects.create(
        session=session,
        usage_key="u",
        index=0,
        position=0,
        block="b" * 16,
        definition={"kind": "wall", "text": "Ærlig"},
    )
    revealed = model("Round").objects.create(
        session=session, activity=activity, number=1, definition={"kind": "wall"}, minimum=4, phase="closed", answered=4
    )
    collecting = model("Round").objects.create(
        session=session, activity=activity, number=2, definition={"kind": "wall"}, minimum=4, open_slot="r"
    )
    model("Note").objects.create(round=revealed, text="勇気 и смелость 🌱", shown=True, resonance=3)
    model("Ballot").objects.create(id=2**62 + 1, round=collecting, purpose="answer")
    model("Token").objects.create(id=2**62 + 3, session=session, hash="h" * 64, role="seat", guest=True)


def stored(columns: dict[str, list[str]]) -> dict[str, list[tuple]]:
    """The rows of these columns of our tables."""
    found = {}
    with connection.cursor() as cursor:
        for table, wanted in columns.items():
            quoted = ", ".join(connection.ops.quote_name(column) for column in wanted)
            cursor.execute(f"SELECT {quoted} FROM {connection.ops.quote_name(table)} ORDER BY id")
            found[table] = cursor.fetchall()
    return found


def columns_of(apps) -> dict[str, list[str]]:
    """The columns of each of our tables, by its models."""
    models = apps.get_app_config(LABEL).get_models()
    return {model._meta.db_table: [field.column for field in model._meta.concrete_fields] for model in models}


def test_rows_of_the_first_release_live_through_every_migration_and_back(empty_database):
    first, *later = names()
    assert len(later) >= 3
    columns = columns_of(migrate_to(first))
    fill(migrate_to(first))
    before = stored(columns)
    assert all(before.values()), "a row in each table"
    for name in later:
        migrate_to(name)
        assert stored(columns) == before, name

    # And today's code reads them.
    session = Session.objects.get()
    assert (session.title, session.second_language, session.rehearsal, session.leader_mark) == ("Before", "", False, "")
    assert Note.objects.get().text == "勇気 и смелость 🌱"
    assert session.rounds.get(number=2).started_at is None

    today = databases.schema()
    for name in reversed([first, *later[:-1]]):
        migrate_to(name)
        assert stored(columns) == before, name
    migrate_to(None)
    assert databases.schema() == {}
    migrate_to(later[-1])
    assert databases.schema() == today
