"""Somebody with two dumps of the database, who knows who pressed Send between the two."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from psychsafety_xblock import storage
from psychsafety_xblock.core import codes
from psychsafety_xblock.models import Activity, Note, Round, Session
from psychsafety_xblock.service.clock import now
from tests.privacy.measuring import Attacker, Guess
from tests.privacy.recording import Dump, ratings, recorded, texts
from tests.privacy.scene import TEXTS

pytestmark = pytest.mark.django_db

ATTACKER = Attacker(
    name="Two dumps of the database",
    knows="all rows at two moments, and who pressed Send between them",
    tries="takes what the second holds more than the first for the answer of that person",
)
LEAK = (
    "Two copies of the database, of which the earlier one was made before the reveal, show what was sent between them: "
    "if that was one person's, whose answer it is."
)


def more(before: Counter[str], after: Counter[str]) -> str:
    """The one answer that there is more of; "" if there is none."""
    return next(iter(after - before), "")


def new_text(before: Dump, after: Dump) -> str:
    return more(Counter(texts(before)), Counter(texts(after)))


def moved_by_key(before: Dump, after: Dump) -> list[str]:
    """The later texts, in the order in which rows of the same place lay in the earlier dump."""
    places = {note["text"]: place for place, note in enumerate(before["Note"])}
    return sorted(texts(after), key=lambda text: places.get(text, 0))


def test_a_note_before_the_reveal(attack):
    def run(chance):
        recording = recorded(chance)
        dumps = [recording.looks[f"wall {number}"].dump for number in range(7)]
        found = [new_text(dumps[number], dumps[number + 1]) for number in range(6)]
        return recording.history.judge_notes(recording.history.dealt("wall", found))

    attack(ATTACKER, "a note to its writer, before and after it was sent", run, leaks=LEAK)


def test_a_rating_before_the_reveal(attack):
    def run(chance):
        recording = recorded(chance)
        history = recording.history
        counts = [ratings(recording.looks[f"pulse {number}"].dump, history.round["pulse"]) for number in range(7)]
        found = [more(counts[number], counts[number + 1]) for number in range(6)]
        return history.judge_ratings(history.dealt("pulse", found))

    attack(ATTACKER, "a rating to its person, before and after it was sent", run, leaks=LEAK)


def test_a_note_by_a_dump_before_it_and_the_wall_afterwards(attack):
    """The second dump need not be made in time: what it holds more is still there after the reveal.

    One guess a history, about the last one only, so it takes many of them: on the storage alone, which is quick.
    """

    def run(chance: random.Random):
        wrote = chance.sample(TEXTS, 5)
        one = a_round()
        earlier: Dump = {}
        for number, text in enumerate(wrote):
            if number == 4:
                earlier = {"Note": notes_of(one)}
            storage.add_answer(round_id=one.id, ballot=codes.ballot_key(one.id, "answer", f"seat {number}"), text=text)
        storage.seal(one.id, 4)
        storage.shuffle_in(one.id, random.SystemRandom())
        return [Guess(new_text(earlier, {"Note": notes_of(one)}) == wrote[-1], 1 / 5)]

    def notes_of(one: Round) -> list[dict]:
        return list(Note.objects.filter(round_id=one.id).order_by("id").values())

    attack(ATTACKER, "the last note to its writer, before it was sent and after the reveal", run, leaks=LEAK, runs=40)


def a_round() -> Round:
    """A round that collects, straight in the database."""
    session = Session.objects.create(kind="team", course_run="r", expires_at=now() + timedelta(hours=1))
    activity = Activity.objects.create(session=session, usage_key="u", index=0, position=0, block="b", definition={})
    return Round.objects.create(session=session, activity=activity, number=1, definition={}, minimum=4)


@pytest.mark.parametrize(
    ("target", "first", "second"),
    [
        ("a note to its writer, just before the reveal and after it", "wall 6", "wall shown"),
        ("a note to its writer, both after the reveal", "wall shown", "pulse 0"),
        ("a note to its writer, after the reveal and after the end", "wall shown", "ended"),
    ],
)
def test_a_note_after_the_reveal(attack, target, first, second):
    def run(chance):
        recording = recorded(chance)
        before, after = recording.looks[first].dump, recording.looks[second].dump
        assert new_text(before, after) == ""
        found = moved_by_key(before, after) or texts(before)
        return recording.history.judge_notes(recording.history.dealt("wall", found))

    attack(ATTACKER, target, run)


@pytest.mark.parametrize(
    ("target", "first", "second"),
    [
        ("a rating to its person, just before the reveal and after it", "pulse 6", "pulse shown"),
        ("a rating to its person, both after the reveal", "pulse shown", "ended"),
    ],
)
def test_a_rating_after_the_reveal(attack, target, first, second):
    def run(chance):
        recording = recorded(chance)
        history = recording.history
        before, after = (ratings(recording.looks[one].dump, history.round["pulse"]) for one in (first, second))
        assert before == after
        # Nothing has moved but keys: those who sent, in the order of the counters' rows.
        rows = [row for row in recording.looks[second].dump["Tally"] if row["item"] == "s1"]
        found = [row["option"] for row in rows for _ in range(row["n"])]
        return history.judge_ratings(history.dealt("pulse", found))

    attack(ATTACKER, target, run)


def test_what_two_dumps_could_tell_was_there_to_be_found():
    """The attempts above look at something: notes move to new keys, and a dump in between holds a part of them."""
    recording = recorded(random.Random(0))
    keys = [{note["id"] for note in recording.looks[moment].dump["Note"]} for moment in ("wall 3", "wall 6")]
    assert [len(one) for one in keys] == [3, 6]
    assert keys[0] < keys[1]
    assert keys[1].isdisjoint(note["id"] for note in recording.looks["wall shown"].dump["Note"])
