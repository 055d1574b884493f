"""A process that dies in the middle leaves nothing half done, and nothing that waits for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from psychsafety_xblock import service
from psychsafety_xblock.models import Ballot, Note, Round, Session
from tests.databases import Place
from tests.teams import Team, in_threads, round_of, stored_texts


def kill_midway(place: Place, *arguments: str) -> None:
    """Run a process up to its point and end it there as a power cut would."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.storage.stopped_midway", *arguments],
        env=place.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout.readline() == "midway\n"
        process.kill()


def test_killed_between_ballot_and_note(place):
    team = Team(3)
    round_id = team.start()

    kill_midway(place, "answer", team.id, team.tokens[0], round_id)

    assert team.answer(0, round_id, "sent again")
    assert Ballot.objects.count() == 1
    assert stored_texts(round_id) == ["sent again"]


def test_killed_between_the_halves_of_a_reveal(place):
    team = Team(5)
    round_id = team.start()
    for seat in range(5):
        team.answer(seat, round_id, f"note {seat}")
    before = set(Note.objects.values_list("id", flat=True))

    kill_midway(place, "reveal", team.id, team.leader, str(Session.objects.get(id=team.id).step))

    assert round_of(round_id).phase == Round.Phase.SEALED
    assert not Ballot.objects.exists()
    assert not Note.objects.filter(shown=True).exists()
    with pytest.raises(service.answers.Refused) as refusal:
        team.answer(0, round_id, "too late")
    assert refusal.value.code == "round_closed"

    # Whoever looks next finishes it.
    service.cache.forget_state(team.id)
    _, state = service.state_for(team.seat(0))
    assert state["round"]["phase"] == "revealed"
    assert sorted(note["text"] for note in state["round"]["results"]["notes"]) == [f"note {seat}" for seat in range(5)]
    assert round_of(round_id).phase == Round.Phase.REVEALED
    assert before.isdisjoint(Note.objects.values_list("id", flat=True))


def test_many_readers_finish_a_sealed_round_once(place):
    team = Team(12)
    round_id = team.start()
    for seat in range(12):
        team.answer(seat, round_id, f"note {seat:02}")
    Ballot.objects.all().delete()
    Round.objects.filter(id=round_id).update(phase=Round.Phase.SEALED, answered=12)

    def look(seat):
        service.cache.forget_state(team.id)
        _, state = service.state_for(team.seat(seat))
        return state["round"]["phase"], tuple(note["id"] for note in state["round"]["results"]["notes"])

    seen = in_threads(12, [lambda seat=seat: look(seat) for seat in range(12)])
    assert len(set(seen)) == 1
    assert seen[0][0] == "revealed"
    assert stored_texts(round_id) == [f"note {seat:02}" for seat in range(12)]
