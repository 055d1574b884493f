"""What a note may be made of: people's words in any script, and nothing that could run, hide or turn around."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psychsafety_xblock.core.errors import Refused
from psychsafety_xblock.core.text import clean_note


def code(text: object, limit: int = 200) -> str:
    with pytest.raises(Refused) as caught:
        clean_note(text, limit)
    assert not str(text).strip() or str(text) not in f"{caught.value} {caught.value.params}"
    return caught.value.code


@pytest.mark.parametrize(
    "text",
    [
        "I <3 this team",
        "a < b and b > a",
        "x<5 & y>3",
        "me < you",
        "“Nej” at sige — æøå",
        "أن أقول لا",
        "לומר לא",
        "说不",
        "👩‍👩‍👧‍👦 and 👍🏽",
        "می‌خواهم",  # a zero-width non-joiner is part of Persian
        "javascript:alert(1)",
        "' OR 1=1 --",
        "{{ 7*7 }} %s %(x)s",
    ],
)
def test_words_stay_as_they_are(text):
    assert clean_note(text, 200) == text


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("  saying no  ", "saying no"),
        ("one\ntwo\r\n\tthree", "one two three"),
        ("cafe\u0301", "café"),
        ("a\u00a0\u2003b", "a b"),
        ("line\u2028separator", "line separator"),
    ],
)
def test_one_line_in_composed_form(text, stored):
    assert clean_note(text, 200) == stored


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "hello <b>world</b>",
        "<img src=x onerror=alert(1)>",
        "</ div >",
        "</div>",
        "<!doctype html>",
        "<svg/onload=alert(1)",
        "evil \u202etxt.exe",
        "\u202dx",
        "\u2066x\u2069",
        "nul \x00 byte",
        "bell \x07",
        "escape \x1b[31m",
        "del \x7f",
        "c1 \x9f",
        "lone \ud800 surrogate",
        "private \ue000 use",
        "not \uffff a character",
    ],
)
def test_what_is_not_plain_text_is_refused(text):
    assert code(text) == "text_not_plain"


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u00a0", "\u200b\u200d", "\ufeff"])
def test_nothing_to_see_is_empty(text):
    assert code(text) == "empty_text"


@pytest.mark.parametrize("value", [None, 7, True, ["text"], {"text": "x"}])
def test_only_text_is_text(value):
    assert code(value) == "bad_value"


def test_length_counts_code_points_after_composing():
    assert clean_note("é" * 20, 20) == "é" * 20
    assert clean_note("e\u0301" * 20, 20) == "é" * 20
    assert clean_note("😀" * 20, 20) == "😀" * 20
    assert code("é" * 21, 20) == "text_too_long"
    assert code("😀" * 21, 20) == "text_too_long"
    assert clean_note("  " + "x" * 20 + "  ", 20) == "x" * 20


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.text(max_size=40))
def test_whatever_is_stored_is_plain_short_and_stays_so(text):
    try:
        stored = clean_note(text, 30)
    except Refused:
        return
    assert 0 < len(stored) <= 30
    assert stored == stored.strip() == unicodedata.normalize("NFC", stored)
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in stored)
    assert "\u202e" not in stored
    assert clean_note(stored, 30) == stored
