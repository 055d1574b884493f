"""The wheel holds everything and asks for nothing that would move the platform. `make test-matrix` installs it."""

import zipfile
from pathlib import Path

import pytest

from tests.matrix.building import build, clone, files_of_the_project, metadata_of, needed_for_tests


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from a clean copy."""
    folder = tmp_path_factory.mktemp("wheel")
    return build(clone(folder), folder)


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == set(files_of_the_project("psychsafety_xblock"))


@pytest.mark.slow
def test_requirements_leave_the_platform_alone(wheel):
    metadata = metadata_of(wheel)
    plain = [line for line in metadata.get_all("Requires-Dist") if "extra ==" not in line]
    names = {line.split(">")[0].split("<")[0].split("=")[0].strip().lower() for line in plain}
    assert names == {"xblock", "django", "segno", "django-ratelimit", "icalendar", "pyyaml", "nh3", "lxml"}
    assert not any("<" in line or "==" in line for line in plain), plain
    assert metadata["License-Expression"] == "AGPL-3.0-or-later" or metadata["License"] == "AGPL-3.0-or-later"


@pytest.mark.slow
def test_the_matrix_finds_what_its_tests_need(wheel):
    needed = {line.split("[")[0].split("<")[0].split(">")[0].lower() for line in needed_for_tests(wheel, "test")}
    assert needed >= {"xblock-sdk", "pytest", "edx-django-utils", "edx-opaque-keys", "event-tracking", "psycopg"}
    assert needed.isdisjoint({"django", "mypy", "ruff", "playwright", "mysqlclient"})
    assert "mysqlclient" in needed_for_tests(wheel, "test", "mysql")
