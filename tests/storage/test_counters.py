"""Counters are exact, whoever else counts at that moment, on both databases."""

import random

from psychsafety_xblock import service, storage
from psychsafety_xblock.core.activities import checked_definition
from psychsafety_xblock.core.codes import ballot_key
from psychsafety_xblock.models import Ballot, Tally
from psychsafety_xblock.service.opening import Source
from tests.teams import Team, in_threads, outcome

STATEMENTS = 4


def pulse_of(team: Team) -> str:
    """Attach a pulse to the team's session and start it; gives the round's id."""
    pulse = checked_definition(
        {"kind": "pulse", "prompt": "How much?", "minimum": 3, "statements": [f"S {n}" for n in range(STATEMENTS)]}
    )
    opened = service.open_session(
        source=Source(course_run="course-v1:x+y+z", usage_key="pulse", block="pulse"),
        leader="leader",
        definitions=[pulse],
        title="A team",
        languages=["en"],
        guests_allowed=True,
    )
    return team.command("start_round", activity=opened.attached[0])["round"]["id"]


def test_many_seats_that_send_twice_are_counted_once(place):
    team = Team(200)
    round_id = pulse_of(team)
    randomness = random.Random(11)
    answers = [{f"s{n}": randomness.randint(1, 5) for n in range(1, STATEMENTS + 1)} for _ in range(200)]
    seats = [*range(200), *range(200)]
    randomness.shuffle(seats)

    def answering(seat):
        return lambda: service.submit_answer(team.seat(seat), round_id, {"ratings": answers[seat]})

    results = in_threads(32, [answering(seat) for seat in seats])

    assert results.count("already_answered") == 200
    assert results.count(None) == 200
    expected = {}
    for answer in answers:
        for item, rating in answer.items():
            expected[item, str(rating)] = expected.get((item, str(rating)), 0) + 1
    counted = {cell: n for cell, n in storage.tally_of(int(round_id)).items() if n}
    assert counted == expected
    state = team.command("reveal")
    assert [item["total"] for item in state["round"]["results"]["items"]] == [200] * STATEMENTS


def test_a_counter_that_fails_takes_ballot_and_counters_along(place, monkeypatch):
    team = Team(3)
    round_id = int(pulse_of(team))
    ballot = ballot_key(round_id, "answer", team.tokens[0])
    votes = [("s1", "5"), ("s9", "5")]
    assert outcome(lambda: storage.add_answer(round_id=round_id, ballot=ballot, votes=votes)) == "bad_value"
    assert not Ballot.objects.exists()
    assert not Tally.objects.filter(n__gt=0).exists()
