"""What happens once, however many ask for it at the same moment."""

from __future__ import annotations

import random
import time

import pytest
from django.db import OperationalError

from psychsafety_xblock import service
from psychsafety_xblock.models import Activity, Note, Round, Session, Token
from tests.teams import Team, in_threads, open_team, round_of

SEVERAL = 8


def test_simultaneous_opens_give_one_session(place):
    opened = in_threads(SEVERAL, [open_team] * SEVERAL)
    assert Session.objects.count() == 1
    assert len({one.session_id for one in opened}) == len({one.join_code for one in opened}) == 1
    assert len({one.screen_token for one in opened}) == 1
    for one in opened:
        assert service.authenticate(one.session_id, one.token).role == "leader"


def test_an_opening_that_met_another_one_is_tried_again(place, monkeypatch):
    """InnoDB calls it a deadlock when several insert the same slot at once, and only sometimes."""
    save, failures = Session.save, [OperationalError(1213, "Deadlock")]

    def sometimes(self, *args, **kwargs):
        if failures:
            raise failures.pop()
        save(self, *args, **kwargs)

    monkeypatch.setattr(Session, "save", sometimes)
    opened = open_team()
    assert not failures
    assert Session.objects.get().id == opened.session_id


def test_two_teams_open_at_the_same_moment_and_stay_apart(place):
    calls = [lambda name=f"leader {number}": open_team(leader=name) for number in range(SEVERAL)]
    assert len({one.session_id for one in in_threads(SEVERAL, calls)}) == SEVERAL


def test_blocks_that_attach_at_once_stand_in_one_queue(place):
    calls = [lambda key=f"wall-{number}": open_team(usage_key=key) for number in range(SEVERAL)] * 2
    opened = in_threads(2 * SEVERAL, calls)
    assert len({one.session_id for one in opened}) == 1
    assert sorted(Activity.objects.values_list("position", flat=True)) == list(range(SEVERAL))
    for first, second in zip(opened[:SEVERAL], opened[SEVERAL:], strict=True):
        assert first.attached == second.attached


def test_an_account_has_one_seat(place):
    session = Session.objects.get(id=open_team().session_id)
    tokens = in_threads(SEVERAL, [lambda: service.take_account_seat(session, account="somebody")] * SEVERAL)
    assert len(set(tokens)) == 1
    assert Token.objects.filter(session=session, role="seat").count() == 1


def test_a_hundred_and_seventy_people_join_within_seconds(place):
    opened = open_team()

    def join():
        return service.take_guest_seat(service.find_session(opened.join_code.lower()).id, opened.join_code)

    began = time.monotonic()
    tokens = in_threads(32, [join] * 170)
    assert time.monotonic() - began < 15
    assert len(set(tokens)) == 170
    _, state = service.state_for(service.authenticate(opened.session_id, opened.token))
    assert state["seats"] == {"all": 170, "guests": 170, "tablet": 0, "generation": 1}


def test_of_simultaneous_commands_one_wins(place):
    team = Team(4)

    def at_once(step, command):
        results = in_threads(4, [lambda: team.command_at(step, command)] * 4)
        states = [result for result in results if isinstance(result, dict)]
        assert len(states) == 1, (command, results)
        assert [result for result in results if result not in states] == ["stale_step"] * 3
        assert states[0]["step"] == Session.objects.get(id=team.id).step == step + 1
        return states[0]

    at_once(0, "begin")
    round_id = at_once(1, "start_round")["round"]["id"]
    for seat in range(4):
        team.answer(seat, round_id, f"note {seat}")
    at_once(2, "reveal")
    for seat in range(4):
        service.submit_resonance(team.seat(seat), round_id, [])
    at_once(3, "count_resonance")
    at_once(4, "close_round")
    assert Round.objects.count() == 1

    results = in_threads(4, [lambda: team.command_at(5, "close_session")] * 4)
    assert [result for result in results if not isinstance(result, dict)] == ["ended"] * 3


def test_different_commands_with_one_step(place):
    team = Team(5)
    round_id = team.start()
    for seat in range(5):
        team.answer(seat, round_id, f"note {seat}")
    step = Session.objects.get(id=team.id).step
    commands = ["reveal", "close_round", "extend", "reveal", "close_round", "extend"]
    results = in_threads(6, [lambda c=command: team.command_at(step, c) for command in commands])
    assert results.count("stale_step") == 5
    assert Session.objects.get(id=team.id).step == step + 1


@pytest.mark.parametrize("attempt", range(2))
def test_fifty_take_downs_and_the_leader_hides_too(place, attempt):
    team = Team(60)
    round_id, notes = team.revealed(60)
    # Every second seat wants the same note as the one before it, and the leader one that a seat wants too.
    wanted = [notes[seat - seat % 2] for seat in range(50)]
    takedowns = [
        lambda seat=seat: service.submit_takedown(team.seat(seat), round_id, wanted[seat]) or "down"
        for seat in range(50)
    ]
    results = in_threads(51, [lambda: team.command("hide_note", note=wanted[10]), *takedowns])

    hid = isinstance(results[0], dict)
    assert hid or results[0] == "unknown_note"
    assert set(results[1:]) <= {"down", "unknown_note"}
    # One of the two got each note; the other was told that it is gone, and may take down another one.
    assert results[1:].count("down") + hid == len(set(wanted)) == 25
    assert round_of(round_id).hidden == 25
    assert Note.objects.count() == 35


def test_resonance_is_counted_exactly(place):
    team = Team(40)
    round_id, notes = team.revealed(25)
    chance = random.Random(3)
    choices = [chance.sample(notes, 20) for _ in range(40)]
    calls = [
        lambda seat=seat: service.submit_resonance(team.seat(seat), round_id, choices[seat]) or "counted"
        for seat in range(40)
    ]
    results = in_threads(40, calls * 2)

    for seat in range(40):
        assert sorted([results[seat], results[seat + 40]]) == ["already_answered", "counted"]
    expected = {int(note): sum(note in chosen for chosen in choices) for note in notes}
    assert dict(Note.objects.values_list("id", "resonance")) == expected


def test_resonance_take_downs_and_hiding_at_once_lose_nothing(place):
    team = Team(40)
    round_id, notes = team.revealed(30)
    kept, doomed = notes[:20], notes[20:]

    def tap(seat):
        return lambda: service.submit_resonance(team.seat(seat), round_id, kept) or "counted"

    def take(seat):
        return lambda: service.submit_takedown(team.seat(seat), round_id, doomed[seat]) or "down"

    calls = [call for seat in range(9) for call in (tap(seat), take(seat))]
    calls += [tap(seat) for seat in range(9, 30)]
    calls.insert(10, lambda: team.command("hide_note", note=doomed[9])["step"])
    results = in_threads(len(calls), calls)
    assert results.count("counted") == 30
    assert results.count("down") == 9
    assert round_of(round_id).hidden == 10
    assert set(Note.objects.values_list("resonance", flat=True)) == {30}
