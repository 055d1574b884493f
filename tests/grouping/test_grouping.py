"""Groups of notes that read alike: what they are, what odd texts do, how long it takes, and life without numpy."""

from __future__ import annotations

import random
import sys
import time

import pytest

from psychsafety_xblock import grouping
from tests.grouping.labelled import load

WALL = ["To say no to my boss", "Asking for help", "Saying no to my boss", "To ask for help with my work", "Flying"]


def without_numpy(monkeypatch) -> None:
    monkeypatch.setattr(grouping, "find_spec", lambda name: None)
    monkeypatch.setitem(sys.modules, "numpy", None)


def test_what_reads_alike_hangs_together_and_the_largest_group_is_the_first():
    texts = [*WALL, "Say no to my boss"]
    found = grouping.groups(texts)
    assert found[0] == found[2] == found[5] == 0
    assert found[4] is None


def test_the_same_texts_give_the_same_groups():
    texts = [note.text for note in load("tuning")]
    assert grouping.groups(texts) == grouping.groups(texts)


def test_who_is_in_a_group_does_not_depend_on_the_order():
    texts = [note.text for note in load("tuning")]

    def members(order: list[str]) -> set[frozenset[str]]:
        found: dict[int, set[str]] = {}
        for text, number in zip(order, grouping.groups(order), strict=True):
            if number is not None:
                found.setdefault(number, set()).add(text)
        return set(map(frozenset, found.values()))

    shuffled = random.Random(3).sample(texts, len(texts))
    assert members(texts) == members(shuffled)


def test_no_chain_of_small_steps_joins_what_does_not_belong_together():
    words = [
        "courage",
        "honest",
        "colleague",
        "manager",
        "meeting",
        "silence",
        "mistake",
        "question",
        "answer",
        "danger",
    ]
    chain = [" ".join(words[start : start + 4]) for start in range(len(words) - 3)]
    found = grouping.groups(chain)
    assert found[0] != found[-1] or found[0] is None


def test_the_same_text_is_one_group_however_often():
    assert grouping.groups(["Asking for help"] * 500) == [0] * 500
    assert grouping.groups(["Asking for help", "ASKING  for help!!"]) == [0, 0]


@pytest.mark.parametrize("texts", [[], ["one"], ["", ""], ["...", "?!", " "], ["\u200d", "\ufe0f"]])
def test_what_has_no_letters_is_in_no_group(texts):
    assert grouping.groups(texts) == [None] * len(texts)


def test_pictures_count_as_words():
    assert grouping.groups(["😬", "😬", "🎉", "a"]) == [0, 0, None, None]


def test_scripts_without_spaces_and_from_the_right():
    others = [note.text for note in load("tuning")]
    chinese = ["我不敢对老板说不", "我不敢对我的老板说不", "我想早点回家"]
    arabic = ["أخاف أن أقول لا لمديري", "أخاف أن أقول لا للمدير", "أريد أن أرتاح"]
    found = grouping.groups([*others, *chinese, *arabic])[len(others) :]
    assert found[0] == found[1] is not None
    assert found[3] == found[4] is not None
    assert found[2] is None
    assert found[5] is None


def test_hangs_the_nearest_of_the_others_beside_an_own_text():
    found = grouping.pairs(["Saying no to my boss", "Diving"], [*WALL, "SAYING NO TO MY BOSS!"])
    assert found == {0: [2, 5, 0]}


def test_nothing_beside_nothing():
    assert grouping.pairs([], WALL) == {}
    assert grouping.pairs(WALL, []) == {}
    assert grouping.pairs(["..."], ["..."]) == {}


@pytest.mark.parametrize(
    "texts",
    [
        [f"{one.text} {two.text}" for one in load("tuning")[:25] for two in load("judging")[:20]],
        ["the same again and again"] * 500,
        [f"nearly the same again and again {number}" for number in range(500)],
        [f"{'x' * number}" for number in range(500)],
    ],
    ids=["plausible", "same", "nearly the same", "growing"],
)
def test_five_hundred_notes_take_less_than_a_second_of_one_core(texts):
    assert len(texts) == 500
    grouping.groups(texts[:2])  # the import is once a process
    begun = time.process_time()
    grouping.groups(texts)
    # process_time counts all threads, so this is stricter than a clock.
    assert time.process_time() - begun < 1


def test_more_than_can_be_compared_are_left_as_they_are():
    assert grouping.groups(["same"] * (grouping.MOST_TEXTS + 1)) == [None] * (grouping.MOST_TEXTS + 1)


def test_without_numpy_the_wall_is_as_it_was(monkeypatch):
    without_numpy(monkeypatch)
    assert not grouping.is_available()
    assert grouping.groups(WALL) == [None] * len(WALL)
    assert grouping.pairs(WALL, WALL) == {}
