"""Rule 6 for the echo, over a few random histories of a pool; `make attack` plays a thousand more."""

import pytest

from tests.privacy.echo_histories import play

pytestmark = pytest.mark.django_db


def test_nothing_is_told_that_two_looks_would_give_away(monkeypatch):
    samples, numbers = 0, 0
    for seed in range(12):
        pool = play(seed, monkeypatch)
        samples += bool(pool.samples)
        numbers += bool(pool.told)
    assert samples >= 6 and numbers >= 2, "histories in which nobody is told anything prove nothing"
