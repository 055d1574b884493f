"""Rule 2 in the files: keys are the storage order, follow no order of answering, and what is deleted is overwritten."""

from __future__ import annotations

import secrets
from itertools import pairwise

import pytest
from django.db import connection

from psychsafety_xblock import service
from psychsafety_xblock.models import Ballot, Note, Round, Token
from tests.databases import ON_POSTGRES
from tests.teams import Team

NOTES = 120
#: Rises among 120 keys in random order: 59.5 on average with a deviation of 3.2. Eight deviations: 1 run in 10^14.
FEWEST, MOST = 34, 85

ON_SQLITE = pytest.mark.parametrize("_places", ["sqlite"], indirect=True, scope="session")


def rises(keys: list[int]) -> int:
    """How often a key is larger than the one before; of keys given out in order, each time or never."""
    return sum(later > earlier for earlier, later in pairwise(keys))


def keys_by_arrival() -> list[int]:
    """The notes' keys in the order in which the notes were sent."""
    return list(Note.objects.order_by("text").values_list("id", flat=True))


@pytest.fixture
def answered(place):
    team = Team(NOTES)
    round_id = team.start()
    for seat in range(NOTES):
        team.answer(seat, round_id, f"note {seat:04}")
    return team, round_id


def test_keys_follow_no_order_of_answering(place, answered):
    team, _ = answered
    before = keys_by_arrival()
    assert FEWEST < rises(before) < MOST
    marks = list(Ballot.objects.values_list("id", flat=True))
    assert set(marks).isdisjoint(before)

    state = team.command("reveal")
    after = keys_by_arrival()
    assert FEWEST < rises(after) < MOST
    assert set(before).isdisjoint(after)
    # What everybody is shown stands in the order of the keys.
    assert [int(note["id"]) for note in state["round"]["results"]["notes"]] == sorted(after)
    # The new order is not the old one in disguise.
    rank = {key: number for number, key in enumerate(sorted(before))}
    moved = [rank[old] for _, old in sorted(zip(after, before, strict=True))]
    assert FEWEST < rises(moved) < MOST


@pytest.mark.parametrize("_places", ["sqlite", "mariadb"], indirect=True, scope="session")
def test_rows_lie_in_the_order_of_their_keys(place):
    Team(12).revealed(12)
    for model in (Note, Ballot, Token):
        with connection.cursor() as cursor:
            if place.name == "sqlite":
                cursor.execute(f"SELECT rowid, id FROM {model._meta.db_table} ORDER BY rowid")
                assert all(rowid == key for rowid, key in cursor.fetchall())
            else:
                cursor.execute(
                    "SELECT column_name, extra FROM information_schema.columns WHERE table_schema = DATABASE() "
                    "AND table_name = %s AND column_key = 'PRI'",
                    [model._meta.db_table],
                )
                assert cursor.fetchall() == (("id", ""),)
                # InnoDB keeps the rows in the primary key itself.
                cursor.execute(f"SHOW TABLE STATUS LIKE '{model._meta.db_table}'")
                assert cursor.fetchone()[1] == "InnoDB"


@pytest.mark.parametrize("_places", [ON_POSTGRES], indirect=True, scope="session")
def test_on_postgresql_rows_lie_as_the_reveal_wrote_them(place, answered):
    """Its rows lie where there is room and carry the number of their transaction; `docs/privacy.md` says until when."""
    team, _ = answered
    lying = "SELECT id, xmin::text FROM psychsafety_xblock_note ORDER BY ctid"
    with connection.cursor() as cursor:
        cursor.execute(lying)
        found = cursor.fetchall()
        assert len({transaction for _, transaction in found}) == NOTES, "what the reveal has to take away"
        team.command("reveal")
        by_arrival = {key: number for number, key in enumerate(keys_by_arrival())}
        cursor.execute(lying)
        found = cursor.fetchall()
        assert FEWEST < rises([by_arrival[key] for key, _ in found]) < MOST
        assert len({transaction for _, transaction in found}) == 1
        cursor.execute("SELECT count(*) FROM pg_sequences WHERE sequencename LIKE 'psychsafety%'")
        assert cursor.fetchone() == (0,), "no key is given out in order"


@pytest.mark.parametrize("model", [Note, Ballot, Token, Round])
def test_no_column_tells_a_time_or_counts_up(place, model):
    kinds = {field.get_internal_type() for field in model._meta.fields if field.name not in ("ends_at", "started_at")}
    assert kinds.isdisjoint({"DateTimeField", "DateField", "TimeField", "AutoField", "BigAutoField"})


# --- SQLite: the bytes of the file ----------------------------------------------------------------------------


def file_bytes(place) -> bytes:
    """All of the database, write-ahead log included."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert cursor.fetchone()[0] == 0
    return b"".join(path.read_bytes() for path in place.folder.glob(f"{place.file.name}*"))


def as_rowid(key: int) -> bytes:
    """A key of 57 bits or more as SQLite writes a row's number: seven bits a byte, and all eight of the ninth."""
    high = [0x80 | (key >> shift & 0x7F) for shift in range(57, 7, -7)]
    return bytes([*high, key & 0xFF])


@ON_SQLITE
def test_deleting_overwrites(place):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone()[0] == 1


@ON_SQLITE
def test_what_is_never_revealed_is_gone_from_the_file(place):
    marks = [secrets.token_hex(12) for _ in range(NOTES)]
    team = Team(NOTES)
    round_id = team.start()
    for seat, mark in enumerate(marks):
        team.answer(seat, round_id, f"note {mark}")
    there = file_bytes(place)
    assert all(mark.encode() in there for mark in marks)

    team.command("close_round")
    there = file_bytes(place)
    assert [mark for mark in marks if mark.encode() in there] == []


@ON_SQLITE
def test_ballots_and_early_keys_are_gone_from_the_file_after_the_reveal(place, answered):
    team, _ = answered
    keys = {model: list(model.objects.values_list("id", flat=True)) for model in (Ballot, Note)}
    long = {model: [as_rowid(key) for key in found if key >> 57] for model, found in keys.items()}
    there = file_bytes(place)
    assert all(mark in there for marks in long.values() for mark in marks)

    team.command("reveal")
    there = file_bytes(place)
    for model, marks in long.items():
        assert [mark for mark in marks if mark in there] == [], model


@ON_SQLITE
def test_notes_taken_down_or_hidden_are_gone_from_the_file(place):
    marks = [secrets.token_hex(12) for _ in range(12)]
    team = Team(12)
    round_id = team.start()
    for seat, mark in enumerate(marks):
        team.answer(seat, round_id, f"note {mark}")
    notes = team.command("reveal")["round"]["results"]["notes"]
    service.submit_takedown(team.seat(0), round_id, notes[0]["id"])
    team.command("hide_note", note=notes[1]["id"])
    there = file_bytes(place)
    gone = {note["text"][5:] for note in notes[:2]}
    assert {mark for mark in marks if mark.encode() not in there} == gone

    team.command("close_session")
    there = file_bytes(place)
    assert not [mark for mark in marks if mark.encode() in there]
