"""Each test has a cache of its own, and may travel in time; what attacks came to is written down."""

from __future__ import annotations

import dataclasses
import json
import os
import random
from pathlib import Path

import pytest

from tests.privacy.measuring import Attacker, Figure, Run, measure
from tests.privacy.serving import serve, web_server
from tests.privacy.watching import (
    _kept,
    logging_mariadb,
    persistent_redis,
    volatile_redis,
    watch,
    watch_persistent,
)
from tests.support import own_cache, travel

__all__ = [
    "_kept", "logging_mariadb", "own_cache", "persistent_redis", "serve", "travel", "volatile_redis", "watch",
    "watch_persistent", "web_server",
]  # fmt: skip


@pytest.fixture
def chance():
    """Seeded randomness, for a test that plays one history."""
    return random.Random(0)


@pytest.fixture
def attack(request):
    """Measure an attempt: `attack(attacker, target, run, leaks="", runs=0)`.

    PSYCHSAFETY_ATTACK_TABLE names a file that gets a line of JSON for each, for the table of `make attack`.
    """

    def run_it(attacker: Attacker, target: str, run: Run, *, leaks: str = "", runs: int = 0) -> Figure:
        figure = measure(attacker, target, run, leaks=leaks, runs=runs)
        table = os.environ.get("PSYCHSAFETY_ATTACK_TABLE")
        if table:
            line = json.dumps({"file": request.path.name, **dataclasses.asdict(figure)})
            # Several processes add to it: a line is written at once.
            with Path(table).open("a", encoding="utf-8") as lines:
                lines.write(f"{line}\n")
        return figure

    return run_it


def pytest_collection_modifyitems(items):
    """What is measured over many histories has a target of its own, `make attack`."""
    for item in items:
        if item.path.name.startswith(("test_attacker_", "test_differencing")):
            item.add_marker(pytest.mark.attack)
