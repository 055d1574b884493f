"""`manage.py psychsafety_export`: the same document as the page, as files."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from psychsafety_xblock import service
from tests.agendas import PULSE, RUN, AgendaTeam, play

pytestmark = pytest.mark.django_db


def export(course_run: str, folder: Path) -> str:
    out = io.StringIO()
    call_command("psychsafety_export", "--course-run", course_run, "--out", str(folder), stdout=out)
    return out.getvalue()


@pytest.fixture
def teams(travel):
    """Three teams met yesterday."""
    for number in range(3):
        team = AgendaTeam({**PULSE, "statements": ["=1+1", "We try."]}, leader=f"leader {number}").fill(guests=6)
        play(team)
        team.command("close_session")
    travel(days=1)


def test_the_bundle_is_what_the_page_shows(teams, tmp_path):
    folder = tmp_path / "new" / "bundle"
    document = service.insights(RUN)
    assert str(folder) in export(RUN, folder)
    assert {one.name for one in folder.iterdir()} == {"insights.json", "insights.csv", "README.txt"}
    assert json.loads((folder / "insights.json").read_text(encoding="utf-8")) == document
    written = list(csv.reader(io.StringIO((folder / "insights.csv").read_text(encoding="utf-8-sig"))))
    assert len(written) == len(service.insight_rows(document))
    assert RUN in (folder / "README.txt").read_text()


def test_no_cell_is_a_formula(teams, tmp_path):
    export(RUN, tmp_path)
    cells = [cell for row in csv.reader((tmp_path / "insights.csv").open(encoding="utf-8-sig")) for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_below_three_teams_it_tells_nothing(tmp_path, travel):
    team = AgendaTeam(PULSE).fill(guests=6)
    play(team)
    team.command("close_session")
    travel(days=1)
    export(RUN, tmp_path)
    document = json.loads((tmp_path / "insights.json").read_text(encoding="utf-8"))
    assert document["sessions"]["sessions"] == document["sessions"]["people"] == 0
    assert document["statements"] == []


def test_a_course_run_that_nobody_met_in(tmp_path):
    with pytest.raises(CommandError, match="No session is known of course-v1:a\\+b\\+c"):
        export("course-v1:a+b+c", tmp_path)
    assert not list(tmp_path.iterdir())


def test_nothing_is_overwritten(teams, tmp_path):
    (tmp_path / "insights.csv").write_text("mine")
    with pytest.raises(CommandError, match="there already"):
        export(RUN, tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["insights.csv"]


def test_a_folder_that_cannot_be_made(teams, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="file"):
        export(RUN, tmp_path / "file" / "bundle")
