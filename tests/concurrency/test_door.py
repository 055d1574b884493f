"""Somebody takes a seat in the very moment in which the leader locks the door or starts over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, connections, transaction

from psychsafety_xblock import service
from psychsafety_xblock.models import Session, Token
from tests.teams import Team, in_threads

COMERS = 12


def by_code(team: Team):
    return lambda: service.take_guest_seat(team.id, team.join_code)


def with_account(team: Team, number: int):
    session = Session.objects.get(id=team.id)
    return lambda: service.take_account_seat(session, account=f"account {number}")


def seats_of(team: Team) -> int:
    return Token.objects.filter(session_id=team.id, role="seat").count()


@pytest.mark.parametrize("attempt", range(3))
def test_a_seat_is_taken_before_the_door_is_locked_or_not_at_all(place, attempt):
    team = Team(2)
    comers = [by_code(team) if number % 2 else with_account(team, number) for number in range(COMERS)]

    def lock():
        state = team.command("lock_door")
        # The leader's number is the last word: nobody slips in after it.
        return state["door"], state["seats"]["all"]

    calls = [*comers[: COMERS // 2], lock, *comers[COMERS // 2 :]]
    results = in_threads(len(calls), calls)
    door, seen = results.pop(COMERS // 2)
    refused = results.count("door_locked")
    seated = {result for result in results if len(result) > 20}
    assert door == "locked"
    assert len(seated) + refused == COMERS
    assert seats_of(team) == 2 + len(seated) == seen
    for token in seated:
        assert service.authenticate(team.id, token).role == "seat"


@pytest.mark.parametrize("attempt", range(3))
def test_a_seat_is_there_when_the_round_starts_or_it_is_late(place, monkeypatch, attempt):
    team = Team(3)
    begin = service.commands.start_round
    found: list[int] = []

    def start_round(*args):
        found.append(seats_of(team))
        begin(*args)

    monkeypatch.setattr(service.commands, "start_round", start_round)
    calls = [by_code(team) for _ in range(COMERS)]
    calls.insert(COMERS // 2, team.start)
    in_threads(len(calls), calls)
    assert seats_of(team) == 3 + COMERS
    assert Token.objects.filter(session_id=team.id, role="seat", late=False).count() == found[-1]


@pytest.mark.parametrize("attempt", range(3))
def test_with_a_new_code_no_seat_of_the_old_one_is_left(place, attempt):
    team = Team(COMERS)
    calls = [by_code(team) for _ in range(COMERS)]
    calls.insert(COMERS // 2, lambda: team.command("new_code"))
    results = in_threads(len(calls), calls)
    state = results.pop(COMERS // 2)
    assert state["seats"] == {"all": 0, "guests": 0, "tablet": 0, "generation": 1}
    assert seats_of(team) == 0
    for token in [*team.tokens, *(result for result in results if result != "unknown_code")]:
        with pytest.raises(service.board.Refused, match="unauthorized"):
            service.authenticate(team.id, token)


def test_no_answer_of_a_seat_that_is_gone_counts_in_what_is_asked_next(place):
    """Answers are on their way while the leader starts over: they are counted in the old round, or not at all."""
    team = Team(COMERS)
    round_id = team.start()
    calls = [lambda number=number: team.answer(number, round_id, f"note {number}") for number in range(COMERS)]
    calls.insert(COMERS // 2, lambda: team.command("new_code"))
    results = in_threads(len(calls), calls)
    state = results.pop(COMERS // 2)
    assert set(results) <= {True, "round_closed", "unauthorized"}
    assert state["round"] is None
    team.join_code = state["join_code"]
    fresh = [by_code(team)() for _ in range(4)]
    team.command("begin")
    again = team.command("start_round", activity=team.command("lock_door")["agenda"][0]["id"])["round"]
    assert again["answers"] == 0
    for number, token in enumerate(fresh):
        service.submit_answer(service.authenticate(team.id, token), again["id"], {"text": f"new {number}"})
    notes = team.command("reveal")["round"]["results"]["notes"]
    assert sorted(note["text"] for note in notes) == [f"new {number}" for number in range(4)]


def test_the_door_is_held_while_somebody_goes_through_it(place, monkeypatch):
    """What a lock would wait for: between looking at the door and sitting down nobody else can write the session."""
    if connection.vendor == "sqlite":
        # It has one writer at a time: there is nothing to hold.
        return
    team = Team(2)
    issue = service.door.issue_token

    def try_to_lock():
        with transaction.atomic():
            Session.objects.select_for_update(nowait=True).get(id=team.id)

    def half_way(*args, **kwargs):
        with ThreadPoolExecutor(1) as pool:
            found.append(pool.submit(outcome_of, try_to_lock).result())
        return issue(*args, **kwargs)

    found: list[str] = []
    monkeypatch.setattr(service.door, "issue_token", half_way)
    by_code(team)()
    assert found == ["held"]
    assert outcome_of(try_to_lock) == "free"


def outcome_of(call) -> str:
    """Whether the row could be had at once."""
    try:
        call()
    except OperationalError:
        return "held"
    finally:
        connections.close_all()
    return "free"
