"""What is kept of counters after the end is a function of what was shown, and reads the same again (rule 5)."""

from hypothesis import given
from hypothesis import strategies as st

from psychsafety_xblock.core.activities import checked_definition, kind_of
from psychsafety_xblock.core.privacy import needed
from psychsafety_xblock.core.results import countable

PULSE = checked_definition({"kind": "pulse", "prompt": "?", "statements": ["We ask."]})
CHOICE = checked_definition({"kind": "choice", "prompt": "?", "options": ["a", "b", "c"]})
AGREED = {**checked_definition({"kind": "commitments", "prompt": "?"}), "commitments": [{"id": "c1", "text": "so"}]}
MINIMA = st.integers(3, 8)
FEW = st.integers(0, 9)


def shown(definition, tally, floor, minimum):
    return kind_of(definition).items(definition, tally, floor, minimum)


def kept(items, floor):
    return {(item["id"], option): n for item in items for option, n in countable(item, floor).items()}


@st.composite
def tallies(draw, definition):
    return {cell: draw(FEW) for cell in kind_of(definition).cells(definition)}


def holds(definition, one, other, minimum, seated):
    floor = needed(minimum, seated)
    first, second = (shown(definition, tally, floor, minimum) for tally in (one, other))
    assert shown(definition, kept(first, floor), floor, minimum) == first
    if first == second:
        assert kept(first, floor) == kept(second, floor)


@given(tallies(PULSE), tallies(PULSE), MINIMA, st.booleans())
def test_ratings(one, other, minimum, seated):
    holds(PULSE, one, other, minimum, seated)


@given(tallies(CHOICE), tallies(CHOICE), MINIMA, st.booleans())
def test_options(one, other, minimum, seated):
    holds(CHOICE, one, other, minimum, seated)


@given(tallies(AGREED), tallies(AGREED), MINIMA, st.booleans())
def test_sentences(one, other, minimum, seated):
    holds(AGREED, one, other, minimum, seated)


def test_all_and_all_but_one_and_the_two_halves_of_a_scale_are_stored_the_same():
    told = [{"5": 4}, {"4": 4}, {"5": 3, "1": 1}, {"4": 4, "2": 1}, {"5": 5}]
    stored = []
    for counts in told:
        items = shown(PULSE, {("s1", rating): n for rating, n in counts.items()}, 4, 4)
        assert items[0]["most"] == [4, 5]
        stored.append(kept(items, 4))
    assert stored == [{("s1", "4"): 4}] * len(told)


def test_of_too_few_nothing_is_stored():
    assert kept(shown(PULSE, {("s1", "5"): 3}, 4, 4), 4) == {}
