"""The figures on docs/performance.md are written by the bench, between marks, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.report import BEGIN, END, Report

PAGE = Path(__file__).parents[2] / "docs/performance.md"


def made() -> Report:
    """A report of two figures."""
    report = Report(servers=["A database 1.0"])
    report.section("A section")
    report.add("a ratio", "0.65", ">= 0.7", False)
    report.add("a rate", "412")
    report.remark("a remark")
    report.exactly("answers lost, counted twice", 0, 0)
    return report


def test_the_page_has_its_place_for_figures():
    text = PAGE.read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    assert text.index(BEGIN) < text.index(END)


def test_figures_replace_the_earlier_ones_and_nothing_else(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"Before.\n{BEGIN}\nold figures\n{END}\nAfter.\n")
    for _ in range(2):
        made().write(page, "python -m tests.bench")
    text = page.read_text()
    assert text.startswith(f"Before.\n{BEGIN}\nMeasured on ")
    assert text.endswith(f"{END}\nAfter.\n")
    assert "old figures" not in text
    assert text.count("| a ratio | 0.65 | >= 0.7 | MISSED |") == text.count("- a remark") == 1
    assert "A database 1.0" in text


def test_a_page_without_marks_is_left_alone(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("Something else.")
    with pytest.raises(ValueError, match="figures: begin"):
        made().write(page, "python -m tests.bench")
    assert page.read_text() == "Something else."


def test_a_lost_answer_makes_a_run_unsafe_and_a_missed_target_does_not():
    report = made()
    assert report.safe
    assert report.targets() == [False, True]
    report.exactly("answers lost, counted twice", 1, 0)
    report.exactly("answers lost, counted twice, once more", 0, 0)
    assert not report.safe
