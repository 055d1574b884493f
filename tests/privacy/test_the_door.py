"""What a leader could try with the door: to be alone with one person, to pick out a seat, to learn who answered.

Rule 10 gives the leader power over time. Locking the door and starting over are such power, as long as the minimum
holds for whoever is left, no single seat can be taken away, and nothing is seen that was not seen before.
"""

import json

import pytest

from psychsafety_xblock.core.session import TRANSITIONS, Effect
from psychsafety_xblock.models import Ballot, Note, Tally, Token
from tests.agendas import CHOICE, AgendaTeam
from tests.privacy.test_rule_10_power_over_time_only import assert_no_more
from tests.support import Team, cached, call, collecting, is_refused, revealed, rows

pytestmark = pytest.mark.django_db

FLOOD = 19


def test_the_leader_sees_what_all_see_before_and_after():
    team = Team().fill(4, FLOOD)
    assert_no_more(team)
    team.command("lock_door")
    assert_no_more(team)
    team.start()
    team.answers(["one", "two"])
    team.command("unlock_door")
    assert_no_more(team)
    team.command("new_code")
    team.seats = team.seats[:4]
    assert_no_more(team)


def test_nobody_is_left_alone_with_the_leader():
    """The others are sent away and the door is locked behind them: for one person nothing starts, and nothing shows."""
    team = collecting(1, 5)
    victim = team.seats[0]
    team.answer(victim, "what only the victim wrote")
    team.command("new_code")
    team.command("lock_door")
    team.command("begin")
    line = team.state()["agenda"][0]["id"]
    is_refused(team.try_command("start_round", activity=line), 409, "too_few_people")
    is_refused(team.try_command("reveal"), 409, "not_now")
    assert "victim" not in json.dumps([team.state(token) for token in (team.leader, team.screen, victim)])
    assert "victim" not in repr(rows())
    # The victim sees it too: one seat, and the door.
    seen = team.state(victim)
    assert (seen["seats"]["all"], seen["door"]) == (1, "locked")


def test_own_seats_of_the_leader_stand_in_the_number_that_all_see():
    """A leader who sends all away and sits down on the seats of four phones is no nearer, and everybody can count."""
    team = collecting(1, 5)
    victim = team.seats[0]
    code = team.command("new_code")["join_code"]
    for _ in range(3):
        call(team.api + "seats", {"join_code": code})
    assert team.state(victim)["seats"] == {"all": 4, "guests": 3, "tablet": 0, "generation": 1}


@pytest.mark.parametrize("locked", [True, False])
def test_no_single_seat_can_be_taken_away(locked):
    """Neither a command nor a field names a seat; what goes are all seats by code, also that of the leader's friend."""
    team = Team().fill(2, 6)
    if locked:
        team.command("lock_door")
    for body in ({"guest": 1}, {"seat": team.seats[3]}, {"seats": 1}, {"keep": team.seats[3]}, {"guests": False}):
        is_refused(team.try_command("new_code", **body), 400, "unknown_field")
    assert Token.objects.filter(role="seat").count() == 8
    team.command("new_code")
    assert set(Token.objects.filter(role="seat").values_list("guest", flat=True)) == {False}
    assert Token.objects.filter(role="seat").count() == 2
    # No other command takes a seat that was not given back.
    taking = {command for (_, command), effects in TRANSITIONS.items() if Effect.GATHER_ANEW in effects}
    assert taking == {"new_code"}


def test_what_was_answered_before_is_never_told():
    """Not in a state, not in a row, not in the cache; the number of answers is what the leader saw anyway."""
    team = collecting(4, 3)
    texts = [f"MARK-{number}" for number in range(7)]
    team.answers(texts)
    team.command("new_code")
    team.seats = team.seats[:4]
    for command in ("begin", "show_summary", "start_round"):
        fields = {"activity": team.state()["agenda"][0]["id"]} if command == "start_round" else {}
        team.command(command, **fields)
        everything = [team.state(token) for token in (team.leader, team.screen, *team.seats)]
        assert "MARK-" not in json.dumps(everything)
    assert "MARK-" not in repr(rows()) + repr(cached())
    assert not Note.objects.exists()
    assert not Ballot.objects.exists()


def test_counts_of_a_choice_that_was_given_up_are_gone_and_it_is_not_asked_again():
    """Or they could be subtracted from those of fewer people."""
    team = AgendaTeam(CHOICE).fill(5, 2)
    team.start()
    for token in team.seats:
        team.answer(token, {"option": "o1"})
    team.command("new_code")
    assert not Tally.objects.exists()
    team.command("begin")
    again = team.try_command("start_round", activity=team.state()["agenda"][0]["id"])
    is_refused(again, 409, "already_done")


def test_which_seats_are_left_says_nothing_of_what_hangs_on_the_wall():
    """Notes stay as they hung, in the order of their keys, whoever of their writers is still here."""
    team = revealed(learners=4, guests=4)
    before = team.notes()
    team.command("new_code")
    team.command("begin")
    assert team.notes() == before
    team.seats = team.seats[:4]
    assert team.notes(team.seats[0]) == team.notes(team.screen) == before


def test_the_end_of_a_seat_by_code_is_the_same_for_all_of_them():
    """Who had answered, tapped or done nothing reads the same refusal."""
    team = collecting(3, 3)
    team.answer(team.seats[3], "one")
    team.answer(team.seats[4], None)
    team.command("new_code")
    replies = {call(team.api, token=token).content for token in team.seats[3:]}
    assert len(replies) == 1
    assert b"unauthorized" in replies.pop()
