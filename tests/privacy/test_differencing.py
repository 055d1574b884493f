"""Nothing that anybody is ever told depends on who gave which answer, or in which order they came.

Random histories are played twice: once as they are, and once with the answers dealt out anew among those who gave them,
or in another order. All replies to all roles over time have to be the same: state, 304 or 200, versions, refusals,
summary, CSV, calendar entry, and what is left after the end.
"""

import json
import random
import re
import statistics
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache.backends import base, locmem
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from psychsafety_xblock.core import privacy
from psychsafety_xblock.core.results import rated_item
from tests.privacy.histories import LEADER, History, Part, a_history, in_another_order, with_others_answers
from tests.privacy.measuring import RUNS
from tests.privacy.playing import Clock, Play, Reply

pytestmark = pytest.mark.django_db

START = 1_800_000_000.0
#: A history is made from a seed: what hypothesis draws piece by piece are half-empty sessions, which tell nothing.
SEEDS = st.integers(0, 2**64 - 1)
BOUNDS = settings(
    # Without shrinking, which takes minutes: a reply that differs shows by itself what it tells.
    phases=[Phase.explicit, Phase.generate],
    # Two tests, so that `make attack` (200 runs) plays 1,000 histories.
    max_examples=RUNS * 5 // 2 if RUNS >= 100 else RUNS,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture
def play(monkeypatch):
    """`play(history)` gives every reply. Time passes only as the history says, for the cache too."""
    clock = Clock(START)
    monkeypatch.setattr(base, "time", clock)
    monkeypatch.setattr(locmem, "time", clock)
    monkeypatch.setattr("psychsafety_xblock.service.clock.timezone.now", clock.now)

    def run(history: History) -> list[Reply]:
        clock.seconds = START
        return Play(history, clock).run()

    return run


def assert_same(told: list[Reply], told_otherwise: list[Reply]) -> None:
    for one, other in zip(told, told_otherwise, strict=True):
        if one != other:
            same = zip(one.told, other.told, strict=False)
            place = next((at for at, (here, there) in enumerate(same) if here != there), 0)
            here, there = (reply.told[max(0, place - 60) : place + 60] for reply in (one, other))
            pytest.fail(f"after {one.event}, {one.call} of {one.to} tells: ...{here}... or ...{there}...")


def without_own(replies: list[Reply]) -> list[Reply]:
    """Without what a seat is told of itself alone: whether it has answered, and whether it has tapped."""
    own = re.compile('"(answered|resonated|echoed)": (true|false)')
    return [replace(reply, told=own.sub("", reply.told)) for reply in replies]


def rounds(replies: list[Reply]) -> list[tuple[Reply, dict[str, Any]]]:
    """The rounds that were told of, each with the reply."""
    states = [(reply, json.JSONDecoder().raw_decode(reply.told)[0]) for reply in replies if reply.told.startswith("{")]
    return [(reply, state["round"]) for reply, state in states if state.get("round")]


def assert_results_change_in_steps(replies: list[Reply]) -> None:
    """Only a reveal, the count of resonance and a note taken down change what is shown of a round."""
    shown: dict[str, Any] = {}
    for reply, told in rounds(replies):
        before = shown.setdefault(told["id"], None)
        if told["results"] != before:
            # A note that was taken down may be missed by whoever is told of something else next.
            taken_down = before is not None and told["results"].get("hidden", 0) > before.get("hidden", 0)
            assert taken_down or reply.event in ("reveal", "count_resonance", "hide_note", "takedowns"), reply
            assert (before is None) == (reply.event == "reveal")
        shown[told["id"]] = told["results"]


@BOUNDS
@given(seed=SEEDS)
def test_who_gave_which_answer(play, seed):
    chance = random.Random(seed)
    history = a_history(chance)
    told = play(history)
    assert_same(told, play(with_others_answers(history, chance)))
    assert_results_change_in_steps(told)


def test_a_wall_on_which_everybody_taps_everything_changes_in_steps(play):
    """Each tap would show, if it were told of before all are counted."""
    people = tuple(range(5))
    texts = tuple(f"what {person} wrote" for person in people)
    part = Part(
        kind="wall",
        answers={person: {"text": text} for person, text in zip(people, texts, strict=True)},
        order=people,
        leaving={},
        reveals=True,
        taps=dict.fromkeys(people, texts),
        counts=True,
        down=((0, texts[1]), (LEADER, texts[2])),
    )
    told = play(History((True,) * 5, leader_seated=False, parts=(part,), pace=((2.0, people),), summary=True))
    assert_results_change_in_steps(told)
    wall = rounds(told)[-1][1]["results"]
    assert [note["resonance"] for note in wall["notes"]] == [5, 5, 5]
    assert wall["hidden"] == 2


@BOUNDS
@given(seed=SEEDS)
def test_in_which_order_they_came(play, seed):
    chance = random.Random(seed)
    history = a_history(chance)
    told = play(history), play(in_another_order(history, chance))
    assert_same(*map(without_own, told))


#: Answers that say yes to everything, and those of one who does not.
YES = {
    "choice": {"option": "o1"},
    "pulse": {"ratings": {"s1": 4, "s2": 5}},
    "commitments": {"stand": ["c1", "c2"]},
}
NO = {
    "choice": {"option": "o3"},
    "pulse": {"ratings": {"s1": 1, "s2": 2}},
    "commitments": {"stand": []},
}
#: Of every activity that is played (tests/privacy/playing.py).
MINIMUM = 3


def counted(kind: str, answers: list[dict[str, Any]], *, leader_seated: bool = False, watched: bool = False) -> History:
    """These people answer one after the other, and at the end there is a summary. `watched`: all look after each."""
    people = range(len(answers))
    part = Part(kind=kind, answers=dict(enumerate(answers)), order=tuple(people), leaving={}, reveals=True)
    pace = ((2.0, tuple(people) if watched else ()),)
    accounts = (True,) * len(answers)
    return History(accounts=accounts, leader_seated=leader_seated, parts=(part,), pace=pace, summary=True)


def items(replies: list[Reply]) -> list[dict[str, Any]]:
    """What was shown of the counters at the end."""
    return [told for _, told in rounds(replies) if told["results"]][-1]["results"]["items"]


@pytest.mark.parametrize("kind", YES)
def test_the_last_answer_changes_words_of_progress_only(play, kind):
    """For the leader also the number of answers. The version follows the words, and so tells no more."""
    told = rounds(play(counted(kind, [YES[kind]] * 4 + [NO[kind]], watched=True)))
    for to in ("leader", "screen", "0"):
        states = [state for reply, state in told if reply.to == to and reply.event == "answers"]
        before, after = states[-2:]
        may = {"progress", "answers"} if to == "leader" else {"progress"}
        assert {key for key in after if after[key] != before[key]} == may
        assert (before["progress"], after["progress"]) == ("most", "all")


@pytest.mark.parametrize("leader_seated", [False, True])
@pytest.mark.parametrize("kind", YES)
@pytest.mark.parametrize("people", [2 * MINIMUM - 1])
def test_below_twice_the_minimum_all_and_all_but_one_read_the_same(play, kind, people, leader_seated):
    """Not one reply differs, from the reveal to the CSV that the leader takes along."""
    everybody = play(counted(kind, [YES[kind]] * people, leader_seated=leader_seated))
    all_but_one = play(counted(kind, [YES[kind]] * (people - 1) + [NO[kind]], leader_seated=leader_seated))
    assert all("most" in item for item in items(everybody))
    assert_same(everybody, all_but_one)


@pytest.mark.parametrize("kind", YES)
def test_from_twice_the_minimum_agreement_of_all_tells_the_answer_of_each(play, kind):
    """What remains, as docs/privacy.md says: six of six, and everybody's answer is known to all who see the counts."""
    people = 2 * MINIMUM
    for item in items(play(counted(kind, [YES[kind]] * people))):
        assert max(item["counts"].values()) == item["total"] == people
    for item in items(play(counted(kind, [YES[kind]] * (people - 1) + [NO[kind]]))):
        assert max(item["counts"].values()) == people - 1


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    counts=st.lists(st.integers(0, 2), min_size=5, max_size=5),
    minimum=st.integers(3, 6),
    leader=st.one_of(st.none(), st.integers(1, 5)),
)
def test_a_small_remainder_is_never_about_fewer_than_the_floor(counts, minimum, leader):
    """An item that only some have rated. The leader, if seated, takes the own rating away from what is shown."""
    tally = dict(zip(range(1, 6), counts, strict=True))
    if leader is not None:
        tally[leader] += 1
    needed = privacy.needed(minimum, leader_seated=leader is not None)
    shown = rated_item("s1", tally, needed=needed, minimum=minimum)
    if "counts" not in shown:
        assert not {"total", "mean", "spread"} & set(shown), "no number of any kind"
        return
    remainder = shown["total"] - (leader is not None)
    assert remainder >= minimum
    # Mean and spread say what the counts say already: they can be worked out from them, and so narrow nothing down.
    ratings = [rating for rating, count in tally.items() for _ in range(count)]
    assert shown["counts"] == {str(rating): ratings.count(rating) for rating in range(1, 6)}
    assert shown["mean"] == round(statistics.fmean(ratings), 1)
    assert shown["spread"] == round(statistics.pstdev(ratings), 1)


def test_who_skipped_one_item_stands_in_no_other(play):
    """Five rate the first statement, four the second: who that was, and how they rated the first, changes no reply."""
    ratings = [{"s1": 1, "s2": 5}, {"s1": 2, "s2": 4}, {"s1": 3, "s2": 3}, {"s1": 4, "s2": 2}]
    for skips in ({"s1": 5}, {"s1": 1}):
        rest = [{**one, "s1": 5} if skips == {"s1": 1} and one["s1"] == 1 else one for one in ratings]
        first, second = items(play(counted("pulse", [{"ratings": one} for one in [*rest, skips]])))
        assert (first["total"], second["total"]) == (5, 4)
        assert first["counts"] == {"1": 1, "2": 1, "3": 1, "4": 1, "5": 1}
        assert second["counts"] == {"1": 0, "2": 1, "3": 1, "4": 1, "5": 1}
