"""What `make soak` compares at its end finds an answer that is missing, and one that is there twice."""

from __future__ import annotations

import copy

import pytest

from psychsafety_xblock.models import Ballot, EchoTap, Note, Round, Tally
from psychsafety_xblock.service.course_wall import latest_round
from tests.agendas import PULSE, WALL, AgendaTeam
from tests.bench.soak import everybody
from tests.bench.soak.ledger import Ledger
from tests.bench.soak.wire import Outcome
from tests.echoes import EchoTeam, filled

pytestmark = pytest.mark.django_db

COUNTED = Outcome(202, {}, doubtful=False)
RECOGNISED = Outcome(409, {"error": "already_answered"}, doubtful=True)
CLOSED = Outcome(409, {"error": "round_closed"}, doubtful=False)
PERHAPS = Outcome(409, {"error": "round_closed"}, doubtful=True)


def run(*activities):
    """A round of the first of these, answered by three and revealed, and what their clients were told."""
    team, ledger = AgendaTeam(*activities).fill(guests=4), Ledger()
    round_id = team.start()
    statements = team.round["activity"].get("statements", [])
    for number, seat in enumerate(team.seats[:3]):
        answer = {"ratings": {one["id"]: 3 for one in statements}} if statements else {"text": f"note {number}"}
        assert team.answer(seat, answer, round_id).status_code == 202
        ledger.note(round_id, answer, [COUNTED if number else RECOGNISED])
    team.command("reveal")
    return round_id, ledger, answer


@pytest.mark.parametrize("activity", [WALL, PULSE])
def test_nothing_is_found_where_nothing_is_wrong(activity):
    round_id, ledger, answer = run(activity)
    late = [answer, answer] if "ratings" in answer else [{"text": "came too late"}, {"text": "perhaps"}]
    for one, told in zip(late, (CLOSED, PERHAPS), strict=True):
        ledger.note(round_id, one, [told])
    ledger.judge(int(round_id))
    ledger.judge_the_rest()
    assert ledger.problems == ["1 rounds of teams are still open"]


def test_a_lost_note_is_found():
    round_id, ledger, _ = run(WALL)
    Note.objects.filter(text="note 1").delete()
    ledger.judge(int(round_id))
    assert ledger.problems == [f"round {round_id} (wall): a note is there 0 times, expected 1 to 1"]


def test_a_doubled_note_is_found():
    round_id, ledger, _ = run(WALL)
    Note.objects.create(round_id=int(round_id), text="note 1", shown=True)
    ledger.judge(int(round_id))
    assert ledger.problems == [f"round {round_id} (wall): a note is there 2 times, expected 1 to 1"]


def test_a_note_that_nobody_sent_is_found():
    round_id, ledger, _ = run(WALL)
    Note.objects.create(round_id=int(round_id), text="out of nothing", shown=True)
    ledger.judge(int(round_id))
    assert ledger.problems == [f"round {round_id} (wall): 1 notes are there that nobody sent"]


@pytest.mark.parametrize(("by", "n"), [(-1, 2), (1, 4)])
def test_a_wrong_counter_is_found(by, n):
    round_id, ledger, _ = run(PULSE)
    Tally.objects.filter(item="s2", option="3").update(n=3 + by)
    ledger.judge(int(round_id))
    assert ledger.problems == [f"round {round_id} (pulse): counter ('s2', '3'): {n}, expected 3 to 3"]


def test_an_answer_that_was_refused_and_is_there_is_found():
    round_id, ledger, _ = run(WALL)
    ledger.note(round_id, {"text": "came too late"}, [CLOSED])
    Note.objects.create(round_id=int(round_id), text="came too late", shown=True)
    ledger.judge(int(round_id))
    assert ledger.problems == [f"round {round_id} (wall): a note is there 1 times, expected 0 to 0"]


def test_an_answer_that_two_requests_brought_twice_is_found():
    round_id, ledger, answer = run(WALL)
    ledger.note(round_id, answer, [COUNTED, COUNTED])
    assert ledger.problems == [f"round {round_id}: one answer was acknowledged twice as new"]


@pytest.mark.parametrize("people", [1, 3])
def test_a_wrong_number_of_taps_on_the_echo_is_found(people):
    filled()
    team, ledger = EchoTeam("d").write().open(), Ledger()
    round_id, heard = team.round["id"], [one["id"] for one in team.echo["notes"]][:1]
    for seat in team.seats[:2]:
        assert team.tap_echo(seat, heard).status_code == 202
        ledger.note(round_id, {"notes": heard}, [COUNTED], purpose=Ballot.Purpose.ECHO)
    for seat in team.seats[2:]:
        assert team.tap_echo(seat, []).status_code == 202
        ledger.note(round_id, {"notes": []}, [COUNTED], purpose=Ballot.Purpose.ECHO)
    team.command("count_echo")
    for number in range(4):
        ledger.note(round_id, {"text": f"d {number}"}, [COUNTED])
    other = copy.deepcopy(ledger)
    ledger.judge(int(round_id))
    assert ledger.problems == []
    EchoTap.objects.filter(note_id=int(heard[0])).update(people=people)
    other.judge(int(round_id))
    assert other.problems == [f"round {round_id} (wall): taps on a note of the echo: {people}, expected 2 to 2"]


def test_an_answer_that_nobody_compares_is_found():
    _, ledger, _ = run(WALL)
    ledger.judge_the_rest()
    assert "some answers were never compared with what is stored" in ledger.problems


def test_a_wall_for_everybody_is_compared_over_its_periods():
    session_id, _ = everybody.seat_of("somebody")
    ledger, current = Ledger(), latest_round(session_id)
    ledger.note(str(current.id), {"text": "lost"}, [COUNTED])
    Round.objects.filter(id=current.id).update(phase=Round.Phase.CLOSED)
    assert ledger.judge_course(session_id) == 0
    assert ledger.problems == ["the wall for everybody: a note is there 0 times, expected 1 to 1"]
