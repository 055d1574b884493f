"""The list of breakages fits the code: `make attack` plays it, and a line that has changed is told here at once."""

import pytest

from tests.privacy.breakages import BREAKAGES
from tests.privacy.mutating import ROOT


def test_each_has_a_name_of_its_own():
    assert len({one.name for one in BREAKAGES}) == len(BREAKAGES)


@pytest.mark.parametrize("breakage", BREAKAGES, ids=lambda one: one.name)
def test_what_it_breaks_stands_there_once_and_its_tests_exist(breakage):
    for edit in breakage.edits:
        assert (ROOT / "psychsafety_xblock" / edit.file).read_text(encoding="utf-8").count(edit.old) == 1
    for path in breakage.first:
        assert (ROOT / path.split("::")[0]).exists()
