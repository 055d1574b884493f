"""Somebody with the bytes of the SQLite file and of its write-ahead log, as the demo keeps them.

While answers are collected they tell everything; after the reveal only because the log is emptied they do not.
"""

import random
import sqlite3
import threading
from collections import Counter
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection, connections, transaction

from psychsafety_xblock.models import Note, Session, Tally
from psychsafety_xblock.sqlite_log import empty_log
from tests.databases import make_tables, pointed_at
from tests.privacy.measuring import RUNS, Attacker
from tests.privacy.recording import PEOPLE, History
from tests.privacy.scene import TEXTS
from tests.privacy.sqlite_files import as_rowid, order_in_the_file, order_of_arrival, states, wal_of

ATTACKER = Attacker(
    name="The SQLite file and its log",
    knows="every byte of the database file and its -wal file, and the order in which people pressed Send",
    tries="rolls the log forward transaction by transaction, and reads in which order rows lie in the pages",
)
LEAK = (
    "On SQLite the file and its log show before the reveal in which order answers came: with the order in which people "
    "pressed Send, who wrote what."
)
KINDS = ("wall", "pulse")


def everything(file: Path) -> bytes:
    """The bytes of the file and of its log."""
    log = wal_of(file)
    return file.read_bytes() + (log.read_bytes() if log.exists() else b"")


def cut_the_log() -> None:
    """So that nothing of an earlier history lies in the log of the next one."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert cursor.fetchone()[0] == 0


class Seen:
    """A history, and what the attacker reads in the files at some of its moments."""

    def __init__(self, seed: int, file: Path) -> None:
        self.file, self.seed = file, seed
        self.arrived: dict[str, list[str]] = {}
        self.lying: dict[str, list[str]] = {}
        self.moved: dict[str, list[str]] = {}
        self.there: dict[str, bytes] = {}
        self.texts: list[str] = []
        self.history = History(random.Random(seed), self.look)

    def look(self, moment: str) -> None:
        if moment in ("wall 6", "wall shown"):
            self.texts = list(Note.objects.order_by("id").values_list("text", flat=True))
        if moment in ("wall 6", "wall shown", "pulse 0", "ended"):
            self.arrived[moment] = order_of_arrival(self.file, self.texts)
            found = order_in_the_file(self.file, [text.encode() for text in self.texts])
            self.lying[moment] = [text.decode() for text in found]
        if moment in ("pulse 6", "pulse shown", "ended"):
            self.moved[moment] = self.ratings_by_the_log()
            self.lying[moment + " pulse"] = self.ratings_by_their_place()
        self.there[moment] = everything(self.file)

    def ratings_by_the_log(self) -> list[str]:
        """The ratings in the order in which their counters went up, from one transaction of the log to the next."""
        found: list[str] = []
        before: Counter[str] = Counter()
        for database in states(self.file):
            rows = database.execute(f"SELECT option, n FROM {Tally._meta.db_table} WHERE item = 's1'")
            now = Counter(dict(rows.fetchall()))
            found += (now - before).elements() if found or now.total() == 1 else []
            before = now
        return found

    def ratings_by_their_place(self) -> list[str]:
        """The ratings in the order in which their counters' rows were last written into the page."""
        rows = {as_rowid(row.id): row for row in Tally.objects.filter(item="s1").order_by("id")}
        by_place = [rows[mark] for mark in order_in_the_file(self.file, list(rows))]
        moved = [row for row in by_place if row.n > 1]
        first = [row.option for row in rows.values() for _ in range(row.n - (row in moved))]
        random.Random(self.seed).shuffle(first)
        return first + [row.option for row in moved]


_SEEN: dict[int, Seen] = {}


@pytest.fixture
def file(place_of_the_file, own_cache, django_db_blocker):
    """The database file that Django works on, opened as the demo opens it."""
    with django_db_blocker.unblock(), pointed_at(f"sqlite:///{place_of_the_file}", "file:///unused"):
        caches.settings["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        yield place_of_the_file
        Session.objects.all().delete()


@pytest.fixture(scope="module")
def place_of_the_file(tmp_path_factory, django_db_blocker):
    file = tmp_path_factory.mktemp("sqlite-file") / "team.sqlite3"
    with django_db_blocker.unblock(), pointed_at(f"sqlite:///{file}", "file:///unused"):
        make_tables()
    yield file
    _SEEN.clear()


@pytest.fixture
def seen(file):
    """`seen(chance)` plays a history in the file, once for all attacks."""

    def play(chance: random.Random) -> Seen:
        seed = chance.getrandbits(64)
        if seed not in _SEEN:
            cut_the_log()
            _SEEN[seed] = Seen(seed, file)
            Session.objects.all().delete()
        return _SEEN[seed]

    return play


HISTORIES = min(RUNS // 2, 60)


def test_a_note_while_it_is_collected(attack, seen):
    def run(chance):
        one = seen(chance)
        return one.history.judge_notes(one.history.dealt("wall", one.arrived["wall 6"]))

    attack(ATTACKER, "a note to its writer, before the reveal", run, leaks=LEAK, runs=HISTORIES)


def test_a_rating_while_it_is_collected(attack, seen):
    def run(chance):
        one = seen(chance)
        return one.history.judge_ratings(one.history.dealt("pulse", one.moved["pulse 6"]))

    attack(ATTACKER, "a rating to its person, before the reveal", run, leaks=LEAK, runs=HISTORIES)


@pytest.mark.parametrize(
    ("target", "moment"),
    [
        ("a note to its writer, by the log after the reveal", "wall shown"),
        ("a note to its writer, by the log in the next round", "pulse 0"),
        ("a note to its writer, by the log after the end", "ended"),
    ],
)
def test_a_note_by_the_log_afterwards(attack, seen, target, moment):
    def run(chance):
        one = seen(chance)
        # What the log does not tell is dealt out as the wall shows it.
        found = one.arrived[moment]
        return one.history.judge_notes(
            one.history.dealt("wall", found + [text for text in one.texts if text not in found])
        )

    attack(ATTACKER, target, run, runs=HISTORIES)


def test_a_note_by_its_place_in_the_pages(attack, seen):
    def run(chance):
        one = seen(chance)
        assert len(one.lying["wall shown"]) == len(one.texts)
        return one.history.judge_notes(one.history.dealt("wall", one.lying["wall shown"]))

    attack(ATTACKER, "a note to its writer, by its place in the pages after the reveal", run, runs=HISTORIES)


@pytest.mark.parametrize("moment", ["pulse shown", "ended"])
def test_a_rating_afterwards(attack, seen, moment):
    def run(chance):
        one = seen(chance)
        assert one.moved[moment] == [], "the log says nothing any more"
        return one.history.judge_ratings(one.history.dealt("pulse", one.lying[f"{moment} pulse"]))

    when = "after the reveal" if moment == "pulse shown" else "after the end"
    attack(ATTACKER, f"a rating to its person, by the place of its counter {when}", run, runs=HISTORIES)


def test_nothing_of_a_note_is_in_the_files_after_the_end(seen):
    """Nor of what lay there before: freed pages are overwritten, and the log is cut."""
    one = seen(random.Random(0))
    for text in one.history.wrote.values():
        assert text.encode() in one.there["wall 6"]
        assert text.encode() in one.there["wall shown"]
        assert text.encode() not in one.there["ended"]


# --- Whoever reads while the log is to be emptied ---------------------------------------------------------------


class Reader:
    """A backup: another connection in the middle of reading, which holds the log as it is."""

    def __init__(self, file: Path) -> None:
        self.database = sqlite3.connect(file, isolation_level=None, timeout=0)
        self.database.execute("BEGIN")
        self.database.execute(f"SELECT COUNT(*) FROM {Note._meta.db_table}").fetchone()

    def stop(self) -> None:
        self.database.close()


def test_a_reader_delays_it_and_hinders_nobody(file):
    readers: list[Reader] = []
    left: dict[str, list[str]] = {}

    def look(moment: str) -> None:
        if moment == "wall 6":
            readers.append(Reader(file))
        if moment in ("wall shown", "pulse 0"):
            left[moment] = order_of_arrival(file, TEXTS)
        if moment == "wall shown":
            assert Note.objects.filter(shown=True).count() == PEOPLE, "the wall is revealed all the same"
            readers.pop().stop()

    cut_the_log()
    history = History(random.Random(1), look)
    assert left["wall shown"] == [history.wrote[person] for person in history.order["wall"]]
    assert left["pulse 0"] == [], "the next occasion was the round's close"


def test_it_waits_no_longer_than_it_should_and_leaves_the_connection_as_it_was(file):
    def patience() -> int:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            return cursor.fetchone()[0]

    usual = patience()
    assert usual == 20_000
    History(random.Random(2))
    reader = Reader(file)
    Session.objects.all().delete()
    assert empty_log() is False
    assert patience() == usual
    reader.stop()
    assert empty_log() is True
    assert wal_of(file).stat().st_size == 0


def test_other_threads_that_are_idle_or_done_do_not_hold_it(file):
    def look() -> None:
        Note.objects.count()
        ready.wait(30)
        over.wait(30)
        connections.close_all()

    ready, over = threading.Barrier(4), threading.Event()
    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    ready.wait(30)
    history = History(random.Random(3))
    assert not any(text.encode() in everything(file) for text in history.wrote.values())
    over.set()
    for thread in threads:
        thread.join(30)


def test_inside_a_transaction_it_does_nothing_and_does_not_fail(file):
    with transaction.atomic():
        Session.objects.count()
        assert empty_log() is True


def test_a_database_that_fails_is_no_failure(file):
    def fail(*args):
        raise OperationalError("disk I/O error")

    with connection.execute_wrapper(fail):
        assert empty_log() is False
