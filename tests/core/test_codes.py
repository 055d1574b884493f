"""Codes that people read out in a room, tokens that nobody guesses, keys in no order."""

import random

import pytest

from psychsafety_xblock.core import codes
from psychsafety_xblock.core.errors import Refused


def test_no_look_alikes():
    assert not set("01OIL") & set(codes.ALPHABET)
    assert len(set(codes.ALPHABET)) == len(codes.ALPHABET)
    made = {codes.new_code(random.Random(seed)) for seed in range(500)}
    assert len(made) == 500
    for code in made:
        assert len(code) >= 6
        assert set(code) <= set(codes.ALPHABET)


def test_guessing_is_hopeless():
    # A thousand sessions at once, a million tries a day for a year: still less than one chance in two thousand.
    ways = len(codes.ALPHABET) ** codes.CODE_LENGTH
    assert 1000 * 30 * 60 * 24 / ways < 1e-4
    assert codes.TOKEN_BYTES * 8 >= 128


@pytest.mark.parametrize("typed", ["abcd2345", "ABCD2345", "abcd-2345", " AbCd 2345 ", "abcd–2345", "ab.cd.23.45"])
def test_codes_are_compared_as_people_type_them(typed):
    assert codes.normal_code(typed) == "ABCD2345"


@pytest.mark.parametrize(
    "typed", ["", " ", "ABCD0345", "ABC'D", "ÄBCD", "A" * 65, None, 12345678, ["ABCD2345"], "\ud800"]
)
def test_what_cannot_be_a_code(typed):
    assert codes.normal_code(typed) == ""


class TestBallots:
    """The mark that a seat has answered."""

    def test_the_same_for_the_same_seat_round_and_purpose_only(self):
        one = codes.ballot_key(1, "answer", "token")
        assert one == codes.ballot_key(1, "answer", "token")
        others = {
            codes.ballot_key(2, "answer", "token"),
            codes.ballot_key(1, "resonance", "token"),
            codes.ballot_key(1, "answer", "nekot"),
        }
        assert len(others | {one}) == 4
        assert all(0 <= key < 2**63 for key in others | {one})

    def test_cannot_be_made_from_what_the_database_holds(self):
        """The hash of a token is stored; a ballot needs the token itself."""
        token = "a seat's token"
        assert codes.ballot_key(1, "answer", codes.token_hash(token)) != codes.ballot_key(1, "answer", token)


class TestLearnersTokens:
    """Rule 4: derived from the pepper."""

    def test_the_same_again_and_different_for_everybody_else(self):
        token = codes.learner_token(b"pepper", "session", "seat:7")
        assert token == codes.learner_token(b"pepper", "session", "seat:7")
        assert len(bytes.fromhex(token)) * 8 >= 128
        others = {
            codes.learner_token(b"another", "session", "seat:7"),
            codes.learner_token(b"pepper", "another", "seat:7"),
            codes.learner_token(b"pepper", "session", "seat:8"),
            codes.learner_token(b"pepper", "session", "screen"),
        }
        assert len(others | {token}) == 5

    def test_the_fingerprint_is_not_the_pepper(self):
        assert codes.fingerprint(b"pepper") != codes.fingerprint(b"peppes")
        assert b"pepper".hex() not in codes.fingerprint(b"pepper")
        assert codes.fingerprint(b"pepper") != codes.token_hash("pepper")


def test_slots_do_not_run_into_each_other():
    assert codes.slot("lead", "run", "12") != codes.slot("lead", "run1", "2")
    assert codes.slot("lead", "run", "12") != "12"


@pytest.mark.parametrize("raw", ["-1", "1.5", "", "x", "9" * 20, str(2**63), 7, None, ["1"], "\u0661", True, " 1"])
def test_what_is_no_id(raw):
    with pytest.raises(Refused) as caught:
        codes.parse_id(raw, "unknown_note")
    assert caught.value.code == "unknown_note"


def test_ids():
    assert codes.parse_id("0", "unknown_note") == 0
    assert codes.parse_id(str(2**63 - 1), "unknown_note") == 2**63 - 1
