"""Somebody who collects everything after the session has ended: database, files, logs and cache together.

What SQLite's files hold then is in test_attacker_sqlite_file.py.
"""

import random

import pytest
from django.core.cache import caches

from psychsafety_xblock.models import Note
from psychsafety_xblock.service.cache import key
from tests.privacy.deriving import ballot_of, peppers_that_fit, seated, tokens_of
from tests.privacy.measuring import Attacker
from tests.privacy.own_redis import peppers_in
from tests.privacy.watching import HISTORIES, Watched

pytestmark = [pytest.mark.mariadb, pytest.mark.redis]

EVERYTHING = (
    "a dump, the cache and its files, and every account, all taken after the end; the notes, as the room saw them"
)
TRIES = "puts together whatever is left, in every way of the attackers before"
PURGED = Attacker(
    name="All after the end, the binary log purged",
    knows=f"{EVERYTHING}; the web server's log, with address and second of each request",
    tries=TRIES,
)
NO_WEB_LOG = Attacker(
    name="All after the end, without the web server's log", knows=f"{EVERYTHING}; the binary log", tries=TRIES
)
ALL = Attacker(
    name="All after the end",
    knows=f"{EVERYTHING}; the binary log; the web server's log, with address and second of each request",
    tries=TRIES,
)
REDO = Attacker(
    name="All after the end, with the database server's own files",
    knows=f"{PURGED.knows}; InnoDB's redo log, and no binary log",
    tries=TRIES,
)
LEAK_PERSISTENT = (
    "After the end a persistent cache's file and the binary log still tell who with an account wrote what, until one "
    "of the two is deleted."
)
LEAK_ALL = (
    "After the end the binary log and the web server's log still tell which address sent which answer, until one of "
    "the two is deleted."
)
LEAK_REDO = (
    "InnoDB's redo log keeps the order of arrival until it is written over, also without a binary log: who copies the "
    "database server's own files, and has the web server's log, can link."
)


def named(watched: Watched, kind: str) -> dict[str, int]:
    """The ballot of each account, by a secret of seats that is left anywhere."""
    (session,) = watched.dumps["ended"]["Session"]
    for pepper in peppers_that_fit(peppers_in(watched.commands), session):
        tokens = tokens_of(pepper, session["id"], watched.history.people)
        assert set(seated(tokens, watched.dumps["ended"])) == set(watched.history.people)
        return {person: ballot_of(token, watched.history.round[kind]) for person, token in tokens.items()}
    return {}


def notes(watched: Watched, *, binary_log: bool, web_log: bool) -> dict[str, str]:
    """The best guess of who wrote what."""
    history = watched.history
    assert watched.dumps["ended"]["Note"] == watched.dumps["ended"]["Ballot"] == []
    arrived = watched.arrived("wall") if binary_log else []
    sent = {one.ballot: one.text for one in arrived}
    if sent and (ballots := named(watched, "wall")):
        return {person: sent[ballot] for person, ballot in ballots.items()}
    people = history.order["wall"] if web_log else sorted(history.people)
    # Without any log the notes come in the order in which the room saw them, which is that of their keys.
    return dict(zip(people, [one.text for one in arrived] or sorted(history.wrote.values()), strict=True))


def ratings(watched: Watched, *, binary_log: bool, web_log: bool) -> dict[str, str]:
    """The best guess of who rated how."""
    history = watched.history
    arrived = watched.arrived("pulse") if binary_log else []
    sent = {one.ballot: one.ratings["s1"] for one in arrived}
    if sent and (ballots := named(watched, "pulse")):
        return {person: sent[ballot] for person, ballot in ballots.items()}
    people = history.order["pulse"] if web_log else sorted(history.people)
    known = [row["option"] for row in watched.dumps["ended"]["Tally"] if row["item"] == "s1" for _ in range(row["n"])]
    return dict(zip(people, [one.ratings["s1"] for one in arrived] or known, strict=True))


@pytest.mark.parametrize("kind", ["a note to its writer", "a rating to its person"])
@pytest.mark.parametrize(
    ("attacker", "binary_log", "web_log", "leaks"),
    [(PURGED, False, True, ""), (NO_WEB_LOG, True, False, ""), (ALL, True, True, LEAK_ALL)],
    ids=["binary log purged", "no web log", "all"],
)
def test_with_a_cache_that_does_not_persist(attack, watch, kind, attacker, binary_log, web_log, leaks):
    guess = notes if "note" in kind else ratings

    def run(chance):
        watched = watch(chance)
        history = watched.history
        guessed = guess(watched, binary_log=binary_log, web_log=web_log)
        return history.judge_notes(guessed) if guess is notes else history.judge_ratings(guessed)

    attack(attacker, f"{kind}, with a cache that does not persist", run, leaks=leaks, runs=HISTORIES)


@pytest.mark.parametrize("kind", ["a note to its writer", "a rating to its person"])
@pytest.mark.parametrize(
    ("attacker", "binary_log", "leaks"),
    [(PURGED, False, ""), (NO_WEB_LOG, True, LEAK_PERSISTENT)],
    ids=["binary log purged", "no web log"],
)
def test_with_a_persistent_cache(attack, watch_persistent, kind, attacker, binary_log, leaks):
    guess = notes if "note" in kind else ratings

    def run(chance):
        watched = watch_persistent(chance)
        history = watched.history
        guessed = guess(watched, binary_log=binary_log, web_log=not binary_log)
        return history.judge_notes(guessed) if guess is notes else history.judge_ratings(guessed)

    attack(attacker, f"{kind}, with a persistent cache", run, leaks=leaks, runs=HISTORIES)


def test_the_database_servers_own_files(attack, watch):
    def run(chance):
        watched = watch(chance)
        return watched.history.judge_notes(watched.history.dealt("wall", watched.redo))

    attack(REDO, "a note to its writer", run, leaks=LEAK_REDO, runs=HISTORIES)


# --- What is left of each ------------------------------------------------------------------------------------------


def test_what_is_left_in_the_database_and_in_the_cache(watch, volatile_redis):
    watched = watch(random.Random(0))
    left = watched.dumps["ended"]
    (session,) = left["Session"]
    assert (session["open_slot"], session["join_code"], session["begun_at"]) == (None, None, None)
    assert {row["role"] for row in left["Token"]} == {"seat", "summary"}
    assert {name: len(rows) for name, rows in left.items() if name in ("Ballot", "Note")} == {"Ballot": 0, "Note": 0}
    assert not Note.objects.exists()
    assert caches["default"].get(key("pepper", session["id"], session["pepper_fingerprint"])) is None
    # Of this session: another test's, which nobody ended, may lie beside it.
    assert not volatile_redis.run("KEYS", f"*:pepper:{session['id']}:*")
    assert volatile_redis.files() == {}


def test_a_persistent_cache_keeps_a_secret_that_was_deleted_until_it_rewrites_its_file(
    watch_persistent, persistent_redis
):
    watched = watch_persistent(random.Random(0))
    (session,) = watched.dumps["ended"]["Session"]
    assert peppers_that_fit(peppers_in(persistent_redis.written()), session)
    persistent_redis.rewrite()
    assert not peppers_that_fit(peppers_in(persistent_redis.written()), session)
    assert not [name for name, held in persistent_redis.files().items() if b":pepper:" in held]


def test_purging_leaves_no_answer_in_the_binary_log(watch, logging_mariadb):
    watched = watch(random.Random(10**7))
    texts = [text.encode() for text in watched.history.wrote.values()]

    def logs() -> bytes:
        return b"".join(path.read_bytes() for path in logging_mariadb.data.glob("binary.0*"))

    assert all(text in logs() for text in texts)
    logging_mariadb.purge()
    assert not any(text in logs() for text in texts)
