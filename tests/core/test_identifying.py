"""The same cases as in frontend/test/identifying.test.js: what one of the twins finds, the other does too."""

import json
from pathlib import Path

import pytest

from psychsafety_xblock.core.identifying import find_identifying

CASES = json.loads((Path(__file__).parents[1] / "identifying_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in CASES.items() for text in texts])
def test_what_points_at_somebody(kind, text):
    assert find_identifying(text) == (None if kind == "harmless" else kind)
