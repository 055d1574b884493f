"""Somebody with Redis' append-only file and the database's binary log: the known weak spot.

The secret of seats gives each account's token, the token its ballot, and the ballot lies in the same transaction as the
note: rule 8 asks for that. So the secret must not be written to a disk.
"""

import pytest

from tests.privacy.deriving import ballot_of, peppers_that_fit, seated, tokens_of
from tests.privacy.measuring import Attacker
from tests.privacy.own_redis import peppers_in
from tests.privacy.watching import HISTORIES, Watched

pytestmark = [pytest.mark.mariadb, pytest.mark.redis]

KNOWS = "the binary log, a dump, every file of the cache's server, and every account of the site"
TRIES = "takes the secret of seats from the cache, then each account's token, its ballot, and what came with it"
PERSISTENT = Attacker(name="A persistent cache and the binary log", knows=KNOWS, tries=TRIES)
VOLATILE = Attacker(name="A cache that does not persist and the binary log", knows=KNOWS, tries=TRIES)
LEAK = (
    "A cache that persists, together with the database's binary log, tells who with an account wrote what, also after "
    "the end, as long as both are there. Use a cache that does not persist."
)


def named(watched: Watched, kind: str) -> dict[str, str]:
    """What each account sent, as far as the files tell; what they do not is dealt out in the order of arrival."""
    history, (session,) = watched.history, watched.dumps["ended"]["Session"]
    found: dict[str, str] = {}
    answers = watched.arrived(kind)
    assert len(answers) == len(history.people)
    sent = {one.ballot: one.text if kind == "wall" else one.ratings["s1"] for one in answers}
    for pepper in peppers_that_fit(peppers_in(watched.commands), session):
        tokens = tokens_of(pepper, session["id"], [*history.people, history.leader, "somebody", "else"])
        assert set(seated(tokens, watched.dumps["ended"])) == set(history.people)
        for person in history.people:
            found[person] = sent.pop(ballot_of(tokens[person], history.round[kind]))
    left = [person for person in sorted(history.people) if person not in found]
    return {**found, **dict(zip(left, sent.values(), strict=True))}


def test_a_note_with_a_persistent_cache(attack, watch_persistent):
    def run(chance):
        watched = watch_persistent(chance)
        return watched.history.judge_notes(named(watched, "wall"))

    attack(PERSISTENT, "a note to its writer", run, leaks=LEAK, runs=HISTORIES)


def test_a_rating_with_a_persistent_cache(attack, watch_persistent):
    def run(chance):
        watched = watch_persistent(chance)
        return watched.history.judge_ratings(named(watched, "pulse"))

    attack(PERSISTENT, "a rating to its person", run, leaks=LEAK, runs=HISTORIES)


def test_a_note_with_a_cache_that_does_not_persist(attack, watch, volatile_redis):
    def run(chance):
        watched = watch(chance)
        assert volatile_redis.files() == {}
        return watched.history.judge_notes(named(watched, "wall"))

    attack(VOLATILE, "a note to its writer", run, runs=HISTORIES)


def test_a_rating_with_a_cache_that_does_not_persist(attack, watch):
    def run(chance):
        watched = watch(chance)
        return watched.history.judge_ratings(named(watched, "pulse"))

    attack(VOLATILE, "a rating to its person", run, runs=HISTORIES)
