"""Which of some languages a reader of a code understands."""

from __future__ import annotations

import pytest

from psychsafety_xblock.core.languages import find_language

AVAILABLE = ("en", "da", "es", "pt_BR", "zh_Hans")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("da", "da"),
        ("da-dk", "da"),
        ("DA_DK", "da"),
        ("es-419", "es"),
        ("pt", "pt_BR"),
        ("pt-pt", "pt_BR"),
        ("zh", "zh_Hans"),
        ("zh-cn", "zh_Hans"),
        ("zh-hans-sg", "zh_Hans"),
    ],
)
def test_a_region_finds_its_language_as_it_was_written(code: str, expected: str) -> None:
    assert find_language(code, AVAILABLE) == expected


@pytest.mark.parametrize("code", ["zh-tw", "zh-hk", "zh-mo", "zh_Hant_TW"])
def test_readers_of_traditional_characters_are_not_given_simplified_ones(code: str) -> None:
    assert find_language(code, AVAILABLE) is None


def test_texts_for_the_very_code_come_before_its_language() -> None:
    assert find_language("es-419", ("es", "es-419")) == "es-419"
    assert find_language("zh-tw", ("zh-hans", "zh-tw")) == "zh-tw"


@pytest.mark.parametrize("code", ["", "fi", "d", "../da", "da/..", "da dk", "x" * 40, "da-" + "x" * 9])
def test_nothing_for_what_is_unknown_or_no_code(code: str) -> None:
    assert find_language(code, AVAILABLE) is None
