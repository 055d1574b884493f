"""docs/exercises.md is what is in the library."""

from pathlib import Path

import pytest
import yaml

from psychsafety_xblock import exercises
from psychsafety_xblock.exercises.library import Library, LibraryError
from psychsafety_xblock.exercises.listing import LANGUAGE_NAMES, TOPIC_NAMES, listing

PAGE = Path(__file__).parents[2] / "docs/exercises.md"


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == listing(), "run `make exercises-doc`"


def test_it_names_every_exercise_and_session_with_its_source():
    page = listing()
    for entry in exercises.entries():
        assert f"### {entry.title}\n\n`{entry.name}` · {entry.kind} · {entry.minutes} minutes" in page
        assert " ".join(entry.source.split()) in " ".join(page.split())
    for session in exercises.ready_sessions():
        assert f"### {session.title}\n" in page


def test_every_topic_and_language_has_a_name():
    assert tuple(TOPIC_NAMES) == exercises.TOPICS
    assert set(LANGUAGE_NAMES) == set(exercises.languages())


def test_a_library_with_an_error_is_not_listed(tmp_path: Path):
    (tmp_path / "en/exercises").mkdir(parents=True)
    (tmp_path / "en/exercises/one.yaml").write_text(yaml.safe_dump({"kind": "talk"}), encoding="utf-8")
    with pytest.raises(LibraryError, match=r"en/exercises/one\.yaml: title: is missing"):
        listing(Library(tmp_path))
