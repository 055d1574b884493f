"""A large wall hangs in groups of notes that read alike; nothing about them tells of a person or of an order."""

from __future__ import annotations

import random
import sys
import threading
import time

import pytest
from django.db import connection

from psychsafety_xblock import grouping, service, storage
from psychsafety_xblock.core.privacy import LARGE_WALL
from psychsafety_xblock.models import Note, Round
from psychsafety_xblock.service import near as near_module
from psychsafety_xblock.service.cache import forget_state
from psychsafety_xblock.service.near import groups_of, near
from tests.teams import Team, in_threads

ALIKE = ["Saying no to my boss", "To say no to my boss", "Asking for help", "To ask for help", "Asking for help!"]


def texts(count: int) -> list[str]:
    """So many that nobody would group, some that read alike among them."""
    letters = random.Random(5)
    alone = ["".join(letters.choices("bcdfghjklmnpqrstvwxz", k=24)) for _ in range(count - len(ALIKE))]
    return [*alone, *ALIKE]


def revealed(count: int) -> tuple[Team, list[dict]]:
    team = Team(seats=count)
    round_id = team.start()
    for number, text in enumerate(texts(count)):
        team.answer(number, round_id, text)
    return team, team.command("reveal")["round"]["results"]["notes"]


def seen_by_a_seat(team: Team) -> list[dict]:
    """What the database says now, whatever was cached a moment ago."""
    forget_state(team.id)
    return service.state_for(team.seat(0))[1]["round"]["results"]["notes"]


def by_group(notes: list[dict]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for note in notes:
        if note["cluster"] is not None:
            found.setdefault(note["cluster"], set()).add(note["text"])
    return found


@pytest.mark.django_db
def test_a_large_wall_hangs_in_groups_the_largest_first():
    _, notes = revealed(LARGE_WALL)
    assert by_group(notes) == {0: set(ALIKE[2:]), 1: set(ALIKE[:2])}


@pytest.mark.django_db
def test_a_smaller_wall_has_no_groups():
    _, notes = revealed(LARGE_WALL - 1)
    assert by_group(notes) == {}


@pytest.mark.django_db
def test_the_groups_are_written_with_the_notes_and_by_no_later_statement():
    """PostgreSQL and InnoDB know of each row which transaction changed it last: all are changed by the same one."""
    statements: list[str] = []

    def record(execute, sql, params, many, context):
        if Note._meta.db_table in sql and not sql.startswith("SELECT"):
            statements.append(sql.split()[0])
        return execute(sql, params, many, context)

    team = Team(seats=LARGE_WALL)
    round_id = team.start()
    for number, text in enumerate(texts(LARGE_WALL)):
        team.answer(number, round_id, text)
    with connection.execute_wrapper(record):
        notes = team.command("reveal")["round"]["results"]["notes"]
    assert by_group(notes)
    assert "UPDATE" not in statements
    assert statements.index("DELETE") < statements.index("INSERT")


@pytest.mark.django_db
def test_groups_depend_on_the_texts_alone(monkeypatch):
    """What is compared comes in the order of the alphabet, so not even a tie follows the order of answering."""
    seen: list[list[str]] = []
    monkeypatch.setattr(grouping, "groups", lambda given: seen.append(list(given)) or [None] * len(given))
    revealed(LARGE_WALL)
    assert seen == [sorted(texts(LARGE_WALL))]


@pytest.mark.django_db
def test_a_fault_in_grouping_leaves_a_wall_without_groups_and_no_text_in_the_log(monkeypatch, caplog):
    def fail(_texts):
        raise ValueError("Saying no to my boss")

    monkeypatch.setattr(grouping, "groups", fail)
    _, notes = revealed(LARGE_WALL)
    assert len(notes) == LARGE_WALL
    assert by_group(notes) == {}
    assert "notes.not_grouped error=ValueError" in caplog.text
    assert "boss" not in caplog.text


@pytest.mark.django_db
def test_without_numpy_the_wall_is_revealed_all_the_same(monkeypatch):
    monkeypatch.setattr(grouping, "is_available", lambda: False)
    _, notes = revealed(LARGE_WALL)
    assert len(notes) == LARGE_WALL
    assert by_group(notes) == {}


@pytest.mark.django_db
def test_a_reveal_that_died_halfway_is_finished_without_groups(monkeypatch):
    team = Team(seats=LARGE_WALL)
    round_id = team.start()
    for number, text in enumerate(texts(LARGE_WALL)):
        team.answer(number, round_id, text)
    monkeypatch.setattr(near_module, "LEFT_SECONDS", 0.2)
    monkeypatch.setattr(storage, "shuffle_in", lambda *_: sys.exit("died"))
    with pytest.raises(SystemExit):
        team.command("reveal")
    assert Round.objects.get(id=round_id).phase == Round.Phase.SEALED
    notes = seen_by_a_seat(team)
    assert len(notes) == LARGE_WALL
    assert by_group(notes) == {}


@pytest.mark.django_db(transaction=True)
def test_whoever_looks_while_notes_are_grouped_waits_for_the_groups(monkeypatch):
    team = Team(seats=LARGE_WALL)
    round_id = team.start()
    for number, text in enumerate(texts(LARGE_WALL)):
        team.answer(number, round_id, text)
    waits = threading.Event()
    real = grouping.groups

    def slowly(given):
        waits.set()
        time.sleep(0.5)
        return real(given)

    monkeypatch.setattr(grouping, "groups", slowly)

    def look():
        assert waits.wait(10)
        return seen_by_a_seat(team)

    _, seen = in_threads(2, [lambda: team.command("reveal"), look])
    assert by_group(seen) == {0: set(ALIKE[2:]), 1: set(ALIKE[:2])}


@pytest.mark.django_db
def test_a_refused_reveal_compares_nothing(monkeypatch):
    """Else its time would tell a leader whether there are many notes yet."""
    monkeypatch.setattr(grouping, "groups", lambda _texts: pytest.fail("compared"))
    team = Team(seats=LARGE_WALL)
    team.start()
    with pytest.raises(Exception, match="too_few_answers"):
        team.command("reveal")


def test_hangs_other_notes_beside_own_ones_by_their_ids():
    own = [(71, "Saying no to my boss"), (72, "Flying")]
    others = [("a", "Asking for help"), ("b", "To say no to my boss"), ("c", "Saying no to the boss")]
    assert near(own, others) == {"71": ["c", "b"]} or near(own, others) == {"71": ["b", "c"]}
    assert near([], others) == near(own, []) == {}


def test_a_fault_leaves_an_echo_without_neighbours(monkeypatch):
    def fail(_own, _others):
        raise ValueError

    monkeypatch.setattr(grouping, "pairs", fail)
    assert near([(1, "a text")], [("b", "a text")]) == {}


def test_only_large_walls_are_compared(monkeypatch):
    monkeypatch.setattr(grouping, "groups", lambda _texts: pytest.fail("compared"))
    assert groups_of(["same"] * (LARGE_WALL - 1)) == {}
