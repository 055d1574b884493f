"""An answer is stored once, whole or not at all, whoever else writes at that moment."""

from __future__ import annotations

import random
import threading
import time

import pytest
from django.db import IntegrityError, OperationalError, transaction

from psychsafety_xblock import service, storage
from psychsafety_xblock.models import Ballot, Note, Round
from tests.teams import Team, in_threads, outcome, round_of, stored_texts

SEATS = 1000
THREADS = 64


@pytest.mark.slow
def test_a_thousand_seats_that_send_twice_are_counted_once(place):
    team = Team(SEATS)
    round_id = team.start()
    seats = [*range(SEATS), *range(SEATS)]
    random.Random(7).shuffle(seats)

    def answering(seat):
        return lambda: team.answer(seat, round_id, f"answer {seat:04}")

    results = in_threads(THREADS, [answering(seat) for seat in seats])

    for seat in range(SEATS):
        own = [result for number, result in zip(seats, results, strict=True) if number == seat]
        assert sorted(own, key=str) == [True, "already_answered"]
    assert Ballot.objects.filter(round_id=round_id).count() == SEATS
    assert stored_texts(round_id) == [f"answer {seat:04}" for seat in range(SEATS)]


@pytest.mark.parametrize("attempt", range(3))
def test_a_reveal_holds_every_acknowledged_answer_and_none_after(place, attempt):
    team = Team(150)
    round_id = team.start()
    acknowledged = threading.Semaphore(0)

    def answering(seat):
        def run():
            team.answer(seat, round_id, f"answer {seat:04}")
            acknowledged.release()
            return True

        return run

    def reveal():
        for _ in range(30):
            acknowledged.acquire(timeout=30)
        return team.command("reveal")["round"]["phase"]

    # The leader is the first of seventeen threads, which has nothing else to do.
    calls = [answering(seat) for seat in range(150)]
    calls = [call for start in range(0, 150, 16) for call in (None, *calls[start : start + 16])]
    calls = [call or (lambda: None) for call in calls]
    calls[0] = reveal
    results = in_threads(17, calls)

    assert results[0] == "revealed"
    answers = [result for number, result in enumerate(results) if number % 17]
    assert set(answers) <= {True, "round_closed"}
    counted = [f"answer {seat:04}" for seat, result in enumerate(answers) if result is True]
    assert len(counted) >= 30
    assert stored_texts(round_id) == counted
    assert round_of(round_id).answered == len(counted)
    assert not Ballot.objects.filter(round_id=round_id).exists()
    assert outcome(lambda: team.answer(149, round_id, "too late")) in ("round_closed", "already_answered")
    assert stored_texts(round_id) == counted


@pytest.mark.parametrize("error", [RuntimeError("crash"), IntegrityError("CHECK constraint failed")], ids=repr)
def test_a_failing_note_takes_its_ballot_along(place, monkeypatch, error):
    team = Team(3)
    round_id = team.start()

    def fail(*args):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(storage, "_add_note", fail)
        # Never "already answered": nothing is stored, and the seat must be able to send it again.
        with pytest.raises(type(error)):
            team.answer(0, round_id, "the text")
    assert (Ballot.objects.count(), Note.objects.count()) == (0, 0)

    assert team.answer(0, round_id, "the text")
    assert (Ballot.objects.count(), Note.objects.count()) == (1, 1)


def test_a_transaction_that_met_another_one_is_tried_again(place, monkeypatch):
    team = Team(3)
    round_id = team.start()
    add_note, failures = storage._add_note, [OperationalError(1213, "Deadlock"), OperationalError(1205, "Lock wait")]

    def sometimes(*args):
        if failures:
            raise failures.pop()
        add_note(*args)

    monkeypatch.setattr(storage, "_add_note", sometimes)
    assert team.answer(0, round_id, "the text")
    assert not failures
    assert (Ballot.objects.count(), Note.objects.count()) == (1, 1)


def test_a_database_that_gives_up_stores_nothing_and_says_busy(place, monkeypatch):
    team = Team(3)
    round_id = team.start()
    tries = []

    def fail(*args):
        tries.append(args)
        raise OperationalError(1213, "Deadlock")

    monkeypatch.setattr(storage, "_add_note", fail)
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    with pytest.raises(storage.Refused) as refusal:
        team.answer(0, round_id, "the text")
    assert refusal.value.code == "busy"
    assert len(tries) == storage.TRIES
    assert (Ballot.objects.count(), Note.objects.count()) == (0, 0)


def test_a_pass_counts_and_leaves_no_note(place):
    team = Team(4)
    round_id = team.start()
    in_threads(4, [lambda seat=seat: team.answer(seat, round_id) for seat in range(4)])
    team.command("reveal")
    assert round_of(round_id).answered == 4
    assert round_of(round_id).phase == Round.Phase.REVEALED
    assert stored_texts(round_id) == []


def test_late_answers_are_stored_but_do_not_make_the_minimum(place):
    team = Team(3)
    round_id = team.start()
    team.answer(0, round_id, "on time 0")
    late = [service.take_guest_seat(team.id, team.join_code) for _ in range(5)]

    def answering(number):
        text = {"text": f"late {number}"}
        return lambda: service.submit_answer(service.authenticate(team.id, late[number]), round_id, text)

    assert in_threads(5, [answering(number) for number in range(5)]) == [None] * 5
    assert sorted(Ballot.objects.values_list("late", flat=True)) == [False, *[True] * 5]
    assert outcome(lambda: team.command("reveal")) == "too_few_answers"
    # The decision looks at numbers from before the seal, which counts once more.
    with transaction.atomic():
        assert storage.seal(int(round_id), 3) == 1
        transaction.set_rollback(True)
    team.answer(1, round_id, "on time 1")
    team.answer(2, round_id, "on time 2")
    team.command("reveal")
    assert round_of(round_id).answered == 8
    assert len(stored_texts(round_id)) == 8
    assert not Ballot.objects.exists()
