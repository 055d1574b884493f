"""Rule 6 for the figures over all teams, over a few random histories; `make attack` plays a thousand more."""

import pytest

from tests.privacy.insight_histories import play
from tests.privacy.insight_service import play_served

pytestmark = pytest.mark.django_db


def test_no_number_moves_by_fewer_than_three_teams():
    assert all(len(play(seed)) >= 6 for seed in range(40)), "histories that tell nothing prove nothing"


def test_nor_does_the_service_tell_one(monkeypatch):
    assert all(play_served(seed, monkeypatch) for seed in range(3)), "histories that tell nothing prove nothing"
