"""Somebody who reads everything in the cache at every moment, alone and beside a dump of the database."""

import pytest

from psychsafety_xblock.core import codes
from tests.privacy.deriving import ballot_of, tokens_of
from tests.privacy.measuring import Attacker, Guess
from tests.privacy.recording import PEOPLE, Recording, ratings, recorded, texts

pytestmark = pytest.mark.django_db

ALONE = Attacker(
    name="The cache",
    knows="all keys and values of the cache at every moment, every account, and the order in which people pressed Send",
    tries="derives tokens from the secret of seats, and takes what appears between two answers for the later one",
)
WITH_DUMP = Attacker(
    name="The cache and a dump of the database",
    knows=f"{ALONE.knows}; all rows at one moment",
    tries="derives each account's token, and looks for its seat and its ballot",
)
SEATS = (
    "Whoever reads the cache while a session is open, and the database, learns which account holds which seat, and "
    "while answers are collected who has answered. Never which answer."
)


def derived(recording: Recording, moment: str) -> dict[str, str]:
    """The token of each account, by the secret in the cache of this moment; empty when it is not there (any more)."""
    (session,) = recording.looks[moment].dump["Session"]
    peppers = [value for key, value in recording.looks[moment].cache.items() if ":pepper:" in key]
    accounts = [*recording.history.people, recording.history.leader]
    return tokens_of(bytes.fromhex(peppers[0]), session["id"], accounts) if peppers else {}


def all_moments(recording: Recording) -> dict[str, str]:
    """Everything in the cache at each moment, as text."""
    return {moment: str(look.cache) for moment, look in recording.looks.items()}


# --- The cache alone ----------------------------------------------------------------------------------------------


def test_a_note_by_what_appears_in_the_cache(attack):
    def run(chance):
        recording = recorded(chance)
        history, seen = recording.history, all_moments(recording)
        before = [seen[f"wall {number}"] for number in range(PEOPLE + 1)]
        assert not any(text in one for text in history.wrote.values() for one in before)
        # In the order in which the cache holds them once they are shown.
        shown = seen["wall shown"]
        found = sorted((text for text in history.wrote.values() if text in shown), key=shown.find)
        assert len(found) == PEOPLE
        return history.judge_notes(history.dealt("wall", found))

    attack(ALONE, "a note to its writer", run)


def test_a_rating_by_what_appears_in_the_cache(attack):
    def run(chance):
        recording = recorded(chance)
        history, seen = recording.history, all_moments(recording)
        assert not any('"counts"' in seen[f"pulse {number}"] for number in range(PEOPLE + 1))
        found = list(ratings(recording.looks["pulse shown"].dump, history.round["pulse"]).elements())
        return history.judge_ratings(history.dealt("pulse", found))

    attack(ALONE, "a rating to its person", run)


# --- Beside the database ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "moment", "leaks"),
    [
        ("a seat to its account, while the session is open", "wall 6", SEATS),
        ("a seat to its account, after the end", "ended", ""),
    ],
)
def test_who_holds_which_seat(attack, target, moment, leaks):
    def run(chance):
        recording = recorded(chance)
        seats = [row["hash"] for row in recording.looks[moment].dump["Token"] if row["role"] == "seat"]
        assert len(seats) == PEOPLE
        hashes = {person: codes.token_hash(token) for person, token in derived(recording, moment).items()}
        people = sorted(recording.history.people)
        guessed = {person: hashes.get(person) or seats[place] for place, person in enumerate(people)}
        held = {person: codes.token_hash(token) for person, token in recording.history.seat.items()}
        return [Guess(guessed[person] == held[person], 1 / PEOPLE) for person in people]

    attack(WITH_DUMP, target, run, leaks=leaks)


@pytest.mark.parametrize(
    ("target", "moment", "leaks"),
    [
        ("who has answered, while it is collected", "wall 3", SEATS),
        ("who has answered, after the reveal", "wall shown", ""),
    ],
)
def test_who_has_answered(attack, target, moment, leaks):
    """Of those who sit there, half have: without a ballot to look for each is as likely to be one of them."""

    def run(chance):
        recording = recorded(chance)
        history = recording.history
        ballots = {row["id"] for row in recording.looks[moment].dump["Ballot"]}
        tokens = derived(recording, moment)
        early = history.order["wall"][:3]
        have = {person for person in history.people if ballot_of(tokens[person], history.round["wall"]) in ballots}
        guessed = have or set(sorted(history.people)[:3])
        return [Guess((person in guessed) == (person in early), 0.5) for person in history.people]

    attack(WITH_DUMP, target, run, leaks=leaks)


@pytest.mark.parametrize(
    ("target", "moment"),
    [("before the reveal", "wall 6"), ("after the reveal", "wall shown"), ("after the end", "ended")],
)
def test_a_note(attack, target, moment):
    """Seats and ballots have names then; what joins a ballot to a note is only that they came together."""

    def run(chance):
        recording = recorded(chance)
        history, look = recording.history, recording.looks[moment]
        tokens = derived(recording, moment)

        def ballot(person: str) -> int:
            return ballot_of(tokens[person], history.round["wall"]) if tokens else 0

        found = texts(look.dump) or sorted(history.wrote.values())
        return history.judge_notes(dict(zip(sorted(history.people, key=ballot), found, strict=True)))

    attack(WITH_DUMP, f"a note to its writer, {target}", run)


@pytest.mark.parametrize(("target", "moment"), [("before the reveal", "pulse 6"), ("after the reveal", "pulse shown")])
def test_a_rating(attack, target, moment):
    def run(chance):
        recording = recorded(chance)
        history = recording.history
        tokens = derived(recording, moment)
        people = sorted(history.people, key=lambda person: ballot_of(tokens[person], history.round["pulse"]))
        rows = [row for row in recording.looks[moment].dump["Tally"] if row["item"] == "s1"]
        found = [row["option"] for row in rows for _ in range(row["n"])]
        return history.judge_ratings(dict(zip(people, found, strict=True)))

    attack(WITH_DUMP, f"a rating to its person, {target}", run)
