"""docs/accessibility.md speaks of each criterion of WCAG 2.2, levels A and AA, once, and of tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/accessibility.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d\.\d\.\d+) [^|]+\| (A+) \| ([^|]+) \| ([^|]*) \|$", PAGE, re.MULTILINE)

#: https://www.w3.org/TR/WCAG22/ : of 86 criteria 31 are of level A and 24 of level AA.
LEVELS = {
    "A": (
        "1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 "
        "2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2"
    ),
    "AA": (
        "1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8 "
        "3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3"
    ),
}
STATUSES = {"Supports", "Partially", "Not applicable", "Not tested"}


def test_each_criterion_is_there_once_with_its_level():
    assert {level: len(numbers.split()) for level, numbers in LEVELS.items()} == {"A": 31, "AA": 24}
    wanted = sorted((number, level) for level, numbers in LEVELS.items() for number in numbers.split())
    assert sorted((number, level) for number, level, _, _ in ROWS) == wanted


def test_each_has_a_status_and_says_how_it_is_known():
    for number, _, status, how in ROWS:
        assert status in STATUSES, number
        assert how.strip(), number


def test_the_tests_that_it_names_exist():
    named = set(re.findall(r"`(test_\w+\.py)`", PAGE))
    assert named
    assert [name for name in sorted(named) if not (ROOT / "tests/browser" / name).exists()] == []
