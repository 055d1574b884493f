"""Rule 6 for the echo: no two looks at a pool, at whatever distance, tell of fewer than three teams.

Random histories of one pool over days; tests/privacy/echo_histories.py says what is compared after each event.
"""

import pytest

from tests.privacy.echo_histories import play
from tests.privacy.measuring import RUNS

pytestmark = pytest.mark.django_db

#: `make attack` (200 runs) plays 1,000 histories.
HISTORIES = RUNS * 5


def test_a_thousand_histories_tell_nothing_below_the_rules(monkeypatch):
    told = [bool(play(seed, monkeypatch).told) for seed in range(1000, 1000 + HISTORIES)]
    assert sum(told) > HISTORIES // 10
