"""Somebody who may query PostgreSQL: each row names the transaction that wrote it, and transactions are numbered."""

import random

import pytest
from django.core.cache import caches
from django.db import connection

from psychsafety_xblock.models import Note, Session, Tally
from tests.agendas import WALL, AgendaTeam
from tests.databases import make_tables, pointed_at, scratch
from tests.privacy.measuring import RUNS, Attacker
from tests.privacy.recording import History

pytestmark = pytest.mark.postgres

ATTACKER = Attacker(
    name="A query of PostgreSQL",
    knows="all rows with the number of the transaction that wrote each, and the order in which people pressed Send",
    tries="puts notes and counters in the order of those numbers",
)
LEAK = (
    "On PostgreSQL each row names the transaction that wrote it: who may query the database before the reveal, and "
    "knows in which order people pressed Send, learns who wrote what, and of a pulse or choice how the last ones chose."
)
HISTORIES = min(RUNS // 2, 40)


class Seen:
    """A history, and what the numbers of transactions tell at its moments."""

    def __init__(self, seed: int) -> None:
        self.notes: dict[str, list[str]] = {}
        self.ratings: dict[str, list[str]] = {}
        self.writers: dict[str, set[str]] = {}
        self.history = History(random.Random(seed), self.look)

    def look(self, moment: str) -> None:
        if moment in ("wall 6", "wall shown"):
            self.notes[moment] = self.rows(f"SELECT text FROM {Note._meta.db_table} ORDER BY age(xmin) DESC, id")
        if moment in ("pulse 6", "pulse shown"):
            self.ratings[moment] = self.by_last_change()
            self.writers[moment] = set(self.rows(f"SELECT xmin::text FROM {Tally._meta.db_table}"))

    def by_last_change(self) -> list[str]:
        """The ratings, the last of each in the order in which counters were changed, and the others before them."""
        where = f"FROM {Tally._meta.db_table} WHERE item = 's1' AND n > 0"
        last = self.rows(f"SELECT option {where} ORDER BY age(xmin) DESC, id")
        others = self.rows(f"SELECT repeat(option, n - 1) {where} ORDER BY id")
        return [*"".join(others), *last]

    def rows(self, query: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return [value for (value,) in cursor.fetchall()]


_SEEN: dict[int, Seen] = {}


@pytest.fixture(scope="module")
def database(django_db_blocker):
    with scratch("postgres") as url:
        with django_db_blocker.unblock(), pointed_at(url, "file:///unused"):
            make_tables()
        yield url
    _SEEN.clear()


@pytest.fixture
def seen(database, own_cache, django_db_blocker):
    def play(chance: random.Random) -> Seen:
        seed = chance.getrandbits(64)
        if seed not in _SEEN:
            _SEEN[seed] = Seen(seed)
            Session.objects.all().delete()
        return _SEEN[seed]

    with django_db_blocker.unblock(), pointed_at(database, "file:///unused"):
        caches.settings["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        yield play
        Session.objects.all().delete()


@pytest.mark.parametrize(
    ("target", "moment", "leaks"),
    [
        ("a note to its writer, before the reveal", "wall 6", LEAK),
        ("a note to its writer, after the reveal", "wall shown", ""),
    ],
)
def test_a_note(attack, seen, target, moment, leaks):
    def run(chance):
        one = seen(chance)
        return one.history.judge_notes(one.history.dealt("wall", one.notes[moment]))

    attack(ATTACKER, target, run, leaks=leaks, runs=HISTORIES)


def test_a_rating(attack, seen):
    def run(chance):
        one = seen(chance)
        assert len(one.writers["pulse 6"]) > 1, "each answer was written by a transaction of its own"
        assert len(one.writers["pulse shown"]) == 1, "the reveal wrote all of them once more"
        return one.history.judge_ratings(one.history.dealt("pulse", one.ratings["pulse shown"]))

    attack(ATTACKER, "a rating to its person, after the reveal", run, runs=HISTORIES)


def test_who_tapped_last_is_not_told_by_the_notes_once_resonance_is_counted(seen):
    team = AgendaTeam(WALL)
    seats = [team.account(f"person {number}") for number in range(4)]
    team.start()
    team.answers(["one", "two", "three", "four"])
    notes = team.command("reveal")["round"]["results"]["notes"]
    for seat, note in zip(seats, notes, strict=True):
        assert team.tap(seat, [note["id"]]).status_code == 202
    assert len(writers_of_notes()) == 4
    team.command("count_resonance")
    assert len(writers_of_notes()) == 1


def writers_of_notes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT xmin::text FROM {Note._meta.db_table}")
        return {writer for (writer,) in cursor.fetchall()}
