"""Migrations as an administrator runs them: `migrate` of the LMS and of Studio, on one database for both."""

import json

import pytest

from psychsafety_xblock.demo.backends import database_from_url
from tests import databases
from tests.platform.processes import run

#: All of the platform's in small take half a minute on MariaDB; tests/packaging migrates ours alone there.
PLACES = databases.PLACES if databases.ALL_PLACES else ["sqlite"]
TABLES = {"activity", "ballot", "note", "round", "session", "tally", "token"}


@pytest.mark.parametrize("place", PLACES)
def test_forwards_backwards_and_forwards_again(place, tmp_path):
    with databases.scratch_url(place, tmp_path) as url:
        configuration = {"DATABASES": {"default": {**database_from_url(url), "ATOMIC_REQUESTS": True}}}
        done = run("lms", tmp_path, "-m", "tests.platform.migrating", **configuration)
        assert done.returncode == 0, done.stderr
        first, without, again = json.loads(done.stdout)
        assert {f"psychsafety_xblock_{name}" for name in TABLES} <= set(first)
        assert without == {}
        assert again == first

        # Studio shares the database, and finds everything done.
        plan = run("cms", tmp_path, "-m", "django", "migrate", "--plan", "psychsafety_xblock", **configuration)
        assert plan.returncode == 0, plan.stderr
        assert "No planned migration operations" in plan.stdout
