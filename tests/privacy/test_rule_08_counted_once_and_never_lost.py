"""Rule 8: an acknowledged answer is never lost or counted twice. (Under load and crashes: tests/storage.)"""

import pytest
from django.db import connection

from psychsafety_xblock.models import Ballot, Note
from tests.support import collecting, is_refused, revealed

pytestmark = pytest.mark.django_db


def test_a_repeated_answer_is_recognised_whatever_it_says():
    team = collecting()
    team.answers(["one"])
    for again in ("one", "another", None):
        is_refused(team.answer(team.seats[0], again), 409, "already_answered")
    assert [note.text for note in Note.objects.all()] == ["one"]
    assert team.round["answers"] == 1


def test_a_repeated_pass_too():
    team = collecting()
    team.answers([None])
    is_refused(team.answer(team.seats[0], "changed my mind"), 409, "already_answered")
    assert not Note.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_failure_between_ballot_and_note_leaves_neither():
    team = collecting()
    current = team.round["id"]

    def die(execute, sql, params, many, context):
        if sql.startswith("INSERT") and Note._meta.db_table in sql:
            raise RuntimeError("the process died")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die):
        assert team.answer(team.seats[0], "one", current).status_code == 500
    assert not Ballot.objects.exists()
    assert not Note.objects.exists()
    assert team.answer(team.seats[0], "one", current).status_code == 202


def test_after_the_reveal_an_answer_is_refused_and_goes_nowhere_else():
    team = revealed(["one", "two", "three", "four"])
    late = team.round["id"]
    is_refused(team.answer(team.seats[4], "late", late), 409, "round_closed")
    team.command("close_round")
    is_refused(team.answer(team.seats[4], "late", late), 409, "round_closed")
    assert not Note.objects.filter(text="late").exists()
    assert not Ballot.objects.exists()


def test_an_answer_between_decision_and_reveal_is_counted(monkeypatch):
    """The number of answers is counted under the lock, not taken from what the decision read."""
    from psychsafety_xblock.core.session import Effect
    from psychsafety_xblock.models import Round
    from psychsafety_xblock.service import commands

    team = collecting()
    team.answers(["one", "two", "three", "four"])
    reveal, current = commands._EFFECTS[Effect.REVEAL], team.round["id"]

    def one_more_came(*args):
        assert team.answer(team.seats[4], "five", current).status_code == 202
        reveal(*args)

    monkeypatch.setitem(commands._EFFECTS, Effect.REVEAL, one_more_came)
    assert len(team.command("reveal")["round"]["results"]["notes"]) == 5
    assert Round.objects.get().answered == 5


def test_a_reveal_that_died_half_way_is_finished_by_whoever_looks_next(monkeypatch):
    from psychsafety_xblock import storage

    team = collecting()
    team.answers(["one", "two", "three", "four", "five"])

    def die(*args):
        raise RuntimeError("the process died")

    with monkeypatch.context() as broken:
        broken.setattr(storage, "shuffle_in", die)
        assert team.try_command("reveal").status_code == 500
    assert not Ballot.objects.exists()
    is_refused(team.answer(team.seats[0], "again", str(Note.objects.first().round_id)), 409, "round_closed")
    state = team.state(team.seats[0])
    assert sorted(note["text"] for note in state["round"]["results"]["notes"]) == [
        "five", "four", "one", "three", "two",
    ]  # fmt: skip


def test_resonance_is_counted_once_and_all_or_nothing():
    team = revealed()
    notes = [note["id"] for note in team.notes()]
    is_refused(team.tap(team.seats[0], [notes[0], "12345"]), 404, "unknown_note")
    assert not Ballot.objects.exists()
    assert set(Note.objects.values_list("resonance", flat=True)) == {0}
    assert team.tap(team.seats[0], [notes[0], notes[0], notes[1]]).status_code == 202
    is_refused(team.tap(team.seats[0], [notes[2]]), 409, "already_answered")
    taps = dict(Note.objects.values_list("id", "resonance"))
    assert [taps[int(note)] for note in notes] == [1, 1, 0, 0, 0]
