"""Every command in every situation, against a table written by hand: what is not in it is refused."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psychsafety_xblock.core.errors import Refused
from psychsafety_xblock.core.session import COMMANDS, TRANSITIONS, Effect, Facts, Situation, plan

NO = ()
LOOK, SHUT, ANEW = "look_ahead", "close_round", "gather_anew"
#: Rows: commands. Columns: lobby, idle, collecting, revealed, looking back, summary. Enough of
#: everything, another activity waiting.
TABLE = {
    "begin": (["begin"], NO, NO, NO, NO, NO),
    "next": (["begin"], ["start_round"], NO, [SHUT, "start_round"], [LOOK], NO),
    "start_round": (
        ["begin", "start_round"], ["start_round"], NO, [SHUT, "start_round"], [LOOK, SHUT, "start_round"],
        ["start_round"],
    ),
    "skip": (["skip"], ["skip"], NO, ["skip"], NO, NO),
    "back": (NO, ["look_back"], NO, ["look_back"], ["look_back"], NO),
    "reveal": (NO, NO, ["reveal"], NO, NO, NO),
    "add_card": (NO, NO, ["add_card"], NO, NO, NO),
    "set_commitments": (NO, NO, ["set_commitments"], ["set_commitments"], NO, NO),
    "count_resonance": (NO, NO, NO, ["count_resonance"], NO, NO),
    "open_echo": (NO, NO, NO, ["open_echo"], NO, NO),
    "count_echo": (NO, NO, NO, ["count_echo"], NO, NO),
    "report_note": (NO, ["report_note"], NO, ["report_note"], ["report_note"], NO),
    "turn_screen": (NO, ["turn_screen"], NO, ["turn_screen"], ["turn_screen"], NO),
    "hide_note": (NO, ["hide_note"], NO, ["hide_note"], ["hide_note"], ["hide_note"]),
    "extend": (NO, NO, ["extend"], ["extend"], NO, NO),
    "close_round": (NO, NO, [SHUT], [SHUT], NO, NO),
    "show_summary": (NO, ["summarise"], NO, [SHUT, "summarise"], [LOOK, SHUT, "summarise"], NO),
    "lock_door": (["lock"], ["lock"], ["lock"], ["lock"], ["lock"], ["lock"]),
    "unlock_door": (["unlock"], ["unlock"], ["unlock"], ["unlock"], ["unlock"], ["unlock"]),
    "new_code": ([ANEW], [ANEW], [SHUT, ANEW], [SHUT, ANEW], [LOOK, SHUT, ANEW], [ANEW]),
    "close_session": (["end"], ["end"], [SHUT, "end"], [SHUT, "end"], [LOOK, SHUT, "end"], ["end"]),
}  # fmt: skip
COLUMNS = ("lobby", "idle", "collecting", "revealed", "looking_back", "summary")
CASES = [
    pytest.param(command, situation, effects, id=f"{command}-{situation}")
    for command, row in TABLE.items()
    for situation, effects in zip(COLUMNS, row, strict=True)
]

PLENTY = Facts(
    situation=Situation.IDLE,
    seats=9,
    has_door=True,
    has_activity=True,
    has_earlier=True,
    takes_cards=True,
    takes_commitments=True,
    needed_to_start=4,
    needed=4,
    answers=9,
    resonance_open=True,
    resonance_needed=4,
    resonance_answers=9,
    echo_offered=True,
    echo_open=True,
    echo_answers=9,
)


def facts(situation: str, **other) -> Facts:
    return dataclasses.replace(PLENTY, situation=Situation(situation), **other)


def refusal(command: str, those: Facts) -> Refused:
    with pytest.raises(Refused) as caught:
        plan(command, those)
    return caught.value


@pytest.mark.parametrize(("command", "situation", "effects"), CASES)
def test_every_transition(command, situation, effects):
    if effects:
        assert [effect.value for effect in plan(command, facts(situation))] == effects
    else:
        assert refusal(command, facts(situation)).code == "not_now"


def test_the_table_is_complete():
    assert set(TABLE) == COMMANDS
    assert {situation.value for situation in Situation} == {*COLUMNS, "ended"}
    assert len(TRANSITIONS) == sum(bool(effects) for row in TABLE.values() for effects in row)


@pytest.mark.parametrize("command", TABLE)
def test_nothing_happens_after_the_end(command):
    assert refusal(command, facts("ended")).code == "ended"


@pytest.mark.parametrize("command", ["", "REVEAL", "reopen", "unreveal", "end", "sealed"])
@pytest.mark.parametrize("situation", [*COLUMNS, "ended"])
def test_a_command_that_does_not_exist(command, situation):
    assert refusal(command, facts(situation)).code == "unknown_command"


class TestEnough:
    """People before a round, answers before a reveal, taps before a count."""

    @pytest.mark.parametrize("command", ["start_round", "next"])
    @pytest.mark.parametrize("situation", ["idle", "revealed"])
    def test_a_round_does_not_start_with_fewer_seats_than_it_needs(self, command, situation):
        no = refusal(command, facts(situation, seats=3))
        assert (no.code, no.params) == ("too_few_people", {"needed": 4, "have": 3})
        assert Effect.START_ROUND in plan(command, facts(situation, seats=4))

    def test_begin_and_a_round_in_one_need_the_seats_too(self):
        assert refusal("start_round", facts("lobby", seats=3)).code == "too_few_people"
        assert plan("begin", facts("lobby", seats=0)) == (Effect.BEGIN,)

    def test_a_reveal_needs_the_answers(self):
        no = refusal("reveal", facts("collecting", answers=3))
        assert (no.code, no.params) == ("too_few_answers", {"needed": 4, "have": 3})
        assert plan("reveal", facts("collecting", answers=4)) == (Effect.REVEAL,)

    def test_resonance_is_counted_once_and_from_the_minimum_on(self):
        assert refusal("count_resonance", facts("revealed", resonance_answers=3)).code == "too_few_answers"
        assert refusal("count_resonance", facts("revealed", resonance_open=False)).code == "not_now"
        assert plan("count_resonance", facts("revealed", resonance_answers=4)) == (Effect.COUNT_RESONANCE,)

    def test_so_is_the_echo(self):
        assert refusal("count_echo", facts("revealed", echo_answers=3)).code == "too_few_answers"
        assert refusal("count_echo", facts("revealed", echo_open=False)).code == "not_now"
        assert plan("count_echo", facts("revealed", echo_answers=4)) == (Effect.COUNT_ECHO,)

    def test_nothing_is_opened_where_there_is_nothing(self):
        assert refusal("open_echo", facts("revealed", echo_offered=False)).code == "not_now"


@pytest.mark.parametrize(
    ("command", "situation", "fact"),
    [
        ("back", "idle", "has_earlier"),
        # Nobody can join a rehearsal, so it has no door.
        ("lock_door", "lobby", "has_door"),
        ("unlock_door", "collecting", "has_door"),
        ("new_code", "collecting", "has_door"),
        ("add_card", "collecting", "takes_cards"),
        ("set_commitments", "collecting", "takes_commitments"),
        ("set_commitments", "revealed", "takes_commitments"),
    ],
)
def test_what_only_some_rounds_take(command, situation, fact):
    assert refusal(command, facts(situation, **{fact: False})).code == "not_now"


class TestTheLastActivity:
    """With nothing left on the agenda."""

    def test_next_only_closes(self):
        assert plan("next", facts("revealed", has_activity=False)) == (Effect.CLOSE_ROUND,)
        assert refusal("next", facts("idle", has_activity=False)).code == "not_now"

    @pytest.mark.parametrize("situation", ["lobby", "idle", "revealed"])
    def test_nothing_to_skip(self, situation):
        assert refusal("skip", facts(situation, has_activity=False)).code == "unknown_activity"

    @pytest.mark.parametrize("situation", ["lobby", "idle", "revealed"])
    def test_nothing_to_start(self, situation):
        assert refusal("start_round", facts(situation, has_activity=False)).code == "unknown_activity"


@settings(max_examples=100, derandomize=True, deadline=None)
@given(
    command=st.sampled_from(sorted(TABLE)),
    situation=st.sampled_from(sorted(s.value for s in Situation)),
    seats=st.integers(0, 8),
    needed_to_start=st.integers(3, 8),
    needed=st.integers(3, 8),
    resonance_needed=st.integers(3, 8),
    answers=st.integers(0, 8),
    taps=st.integers(0, 8),
    has_activity=st.booleans(),
    resonance_open=st.booleans(),
)
def test_no_numbers_lead_below_a_minimum(
    command, situation, seats, needed_to_start, needed, resonance_needed, answers, taps, has_activity, resonance_open
):
    those = facts(
        situation,
        seats=seats,
        needed_to_start=needed_to_start,
        needed=needed,
        resonance_needed=resonance_needed,
        answers=answers,
        resonance_answers=taps,
        has_activity=has_activity,
        resonance_open=resonance_open,
    )
    try:
        effects = plan(command, those)
    except Refused:
        return
    assert effects
    if Effect.REVEAL in effects:
        assert situation == "collecting"
        assert answers >= needed
    if Effect.COUNT_RESONANCE in effects:
        assert situation == "revealed"
        assert taps >= resonance_needed
    if Effect.START_ROUND in effects:
        assert situation != "collecting"
        assert seats >= needed_to_start
