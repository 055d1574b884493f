"""Reading a library: languages, what stands in, and files with an error, which say so and take down nothing else."""

import logging
import shutil
from pathlib import Path

import pytest
import yaml

from psychsafety_xblock import exercises
from psychsafety_xblock.core.errors import Refused
from psychsafety_xblock.exercises.library import Library, LibraryError
from tests.olx.support import SESSION as TEAM_SESSION
from tests.olx.support import a_block

WALL = {
    "kind": "wall", "title": "Wall", "prompt": "What?", "minutes": 7, "topics": ["mistakes"], "idea": "An idea.",
    "source": "A source.",
}  # fmt: skip
SESSION = {
    "title": "Session", "summary": "All of it.", "minutes": 11, "topics": ["mistakes"], "introduction": "Welcome.",
    "agenda": [{"exercise": "one"}, {"exercise": "one", "minutes": 4}],
}  # fmt: skip


def write(folder: Path, file: str, content: object) -> None:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small library with one exercise and one session, in English and Danish."""
    for language, title in (("en", "Wall"), ("da", "Væg")):
        write(tmp_path, f"{language}/exercises/one.yaml", {**WALL, "title": title})
        write(tmp_path, f"{language}/sessions/all.yaml", {**SESSION, "title": f"{title}: session"})
    return tmp_path


def problem(folder: Path, file: str, content: object) -> str:
    """What is said of a library in which one file holds this."""
    write(folder, file, content)
    (found,) = Library(folder).problems()
    return str(found)


class TestLanguages:
    """Which language is which."""

    def test_english_is_first(self, folder):
        write(folder, "ar/exercises/one.yaml", WALL)
        (folder / "__pycache__").mkdir()
        assert Library(folder).languages() == ["en", "ar", "da"]

    @pytest.mark.parametrize(
        ("code", "best"),
        [
            ("en", "en"), ("da", "da"), ("DA", "da"), ("da-dk", "da"), ("da_DK", "da"), ("da-DK-x-own", "da"),
            ("en-gb", "en"), ("de", "en"), ("", "en"), ("d", "en"), ("-", "en"), ("../da", "en"), ("zh-hans", "en"),
        ],
    )  # fmt: skip
    def test_the_best_language(self, folder, code, best):
        assert Library(folder).best_language(code) == best

    def test_a_region_that_is_there_and_one_that_is_not(self, folder):
        write(folder, "pt_BR/exercises/one.yaml", WALL)
        library = Library(folder)
        assert [library.best_language(code) for code in ("pt-br", "pt_BR", "pt", "pt-pt")] == ["pt_BR"] * 4

    def test_what_a_language_lacks_is_english(self, folder):
        (folder / "da/exercises/one.yaml").unlink()
        library = Library(folder)
        assert library.exercise("one", "da")["title"] == "Wall"
        session = library.ready_session("all", "da")
        assert (session.title, session.agenda[0]["title"]) == ("Væg: session", "Wall")
        assert [entry.title for entry in library.entries("da")] == ["Wall"]
        assert library.problems() == []

    @pytest.mark.parametrize("language", ["da", "da-dk", "fr"])
    def test_a_name_that_does_not_exist(self, folder, language):
        library = Library(folder)
        for ask in (library.exercise, library.ready_session):
            for name in ("two", "../exercises/one", "", "__init__"):
                with pytest.raises(KeyError):
                    ask(name, language)


class TestErrors:
    """Each error is told with its file and its field."""

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"prompt": None}, "prompt: is out of range, too long or of another type"),
            ({"prompt": " "}, "prompt: is missing or empty"),
            ({"title": ""}, "title: is not a text"),
            ({"prompt": "x" * 301}, "prompt: is out of range, too long or of another type (it has 301 characters)"),
            ({"script": "x" * 2001}, "script: is out of range, too long or of another type (it has 2001 characters)"),
            ({"promt": "What?"}, "promt: is not a field of a wall"),
            ({"options": ["a", "b"]}, "options: is not a field of a wall"),
            ({"kind": "chat"}, "kind: is out of range, too long or of another type"),
            ({"kind": ["wall"]}, "kind: is out of range, too long or of another type"),
            ({"minutes": "7"}, "minutes: is out of range, too long or of another type"),
            ({"minutes": 0}, "minutes: is out of range, too long or of another type"),
            ({"minimum": 2}, "minimum: is out of range, too long or of another type"),
            ({"topics": []}, "topics: is not a list of topics"),
            ({"topics": "mistakes"}, "topics: is not a list of topics"),
            ({"topics": ["mistakes", "mistakes"]}, "topics: names one twice"),
            ({"topics": ["weather"]}, "topics: there is no topic “weather”; there are first-meeting"),
            ({"topics": [["mistakes"]]}, "topics: there is no topic “['mistakes']”"),
            ({"idea": 3}, "idea: is not a text"),
            ({"source": ""}, "source: is not a text"),
            ({"exercise": "one"}, "exercise: is not written: the file's name is the exercise's"),
            ({5: "x"}, "5: is not a field of a wall"),
        ],
    )
    def test_an_exercise(self, folder, change, said):
        assert problem(folder, "da/exercises/one.yaml", {**WALL, **change}).startswith(f"da/exercises/one.yaml: {said}")

    @pytest.mark.parametrize("field", WALL)
    def test_an_exercise_that_lacks_something(self, folder, field):
        lacking = {name: value for name, value in WALL.items() if name != field}
        assert problem(folder, "da/exercises/one.yaml", lacking) == f"da/exercises/one.yaml: {field}: is missing"

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"minutes": 12}, "minutes: is 12, and its steps take 11"),
            ({"minutes": "11"}, "minutes: is 11, and its steps take 11"),
            ({"titel": "x"}, "titel: is not a field of a session"),
            ({"title": "x" * 121}, "title: has 121 characters, and 120 are the most"),
            ({"introduction": ""}, "introduction: is not a text"),
            ({"topics": ["all"]}, "topics: there is no topic “all”"),
            ({"agenda": []}, "agenda: is not a list of 1 to 30 steps"),
            ({"agenda": "one"}, "agenda: is not a list of 1 to 30 steps"),
            ({"agenda": [{"exercise": "one"}] * 31}, "agenda: is not a list of 1 to 30 steps"),
            ({"agenda": ["one"]}, "agenda[1]: does not hold fields with their values"),
            ({"agenda": [{"exercise": "two"}]}, "agenda[1].exercise: there is no exercise “two”"),
            ({"agenda": [{"minutes": 3}]}, "agenda[1].exercise: there is no exercise “None”"),
            ({"agenda": [{"exercise": ["one"]}]}, "agenda[1].exercise: there is no exercise “['one']”"),
            (
                {"agenda": [{"exercise": "one", "kind": "talk"}]},
                "agenda[1].kind: is the exercise's, and cannot differ in a session",
            ),
            (
                {"agenda": [{"exercise": "one", "idea": "Mine."}]},
                "agenda[1].idea: is the exercise's, and cannot differ in a session",
            ),
            (
                {"agenda": [{"exercise": "one"}, {"exercise": "one", "minutes": 7}]},
                "agenda[2].minutes: says what the exercise says",
            ),
            ({"agenda": [{"exercise": "one", "prompt": ""}]}, "agenda[1].prompt: is missing or empty"),
            ({"agenda": [{"exercise": "one", "title": " "}]}, "agenda[1].title: is not a text"),
            ({"agenda": [{"exercise": "one", "form": "all"}]}, "agenda[1].form: is not a field of a wall"),
            (
                {"agenda": [{"exercise": "one", "minimum": 51}]},
                "agenda[1].minimum: is out of range, too long or of another type",
            ),
        ],
    )
    def test_a_session(self, folder, change, said):
        found = problem(folder, "da/sessions/all.yaml", {**SESSION, **change})
        assert found.startswith(f"da/sessions/all.yaml: {said}")

    @pytest.mark.parametrize("field", SESSION)
    def test_a_session_that_lacks_something(self, folder, field):
        lacking = {name: value for name, value in SESSION.items() if name != field}
        assert problem(folder, "da/sessions/all.yaml", lacking) == f"da/sessions/all.yaml: {field}: is missing"

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("kind: [wall", "line "),
            ("kind: wall\ntitle: One: two\n", "line 2: mapping values are not allowed"),
            ("kind: wall\nprompt: a\nprompt: b\n", "line 3: the field “prompt” stands twice"),
            ("kind: wall\nprompt: !!python/object/apply:os.system [ls]\n", "line 2: could not determine a constructor"),
            ("", "does not hold fields with their values"),
            ("- kind\n", "does not hold fields with their values"),
            ("kind: wall\n---\nkind: wall\n", "line 2: but found another document"),
            ("? [a]\n: b\n", "line 1: "),
        ],
    )
    def test_a_file_that_is_no_such_yaml(self, folder, text, said):
        assert problem(folder, "da/exercises/one.yaml", text).startswith(f"da/exercises/one.yaml: {said}")

    def test_a_file_in_another_encoding(self, folder):
        (folder / "da/exercises/one.yaml").write_bytes("prompt: Hvornår".encode("latin-1"))
        (found,) = Library(folder).problems()
        assert str(found).startswith("da/exercises/one.yaml: cannot be read: 'utf-8' codec")

    def test_a_name_that_is_no_name(self, folder):
        found = problem(folder, "da/exercises/Some thing.yaml", WALL)
        assert found.startswith("da/exercises/Some thing.yaml: exercise: is out of range")

    def test_a_file_that_english_lacks(self, folder):
        assert problem(folder, "da/exercises/two.yaml", WALL) == "da/exercises/two.yaml: is not there in English"

    def test_what_rests_on_a_broken_exercise(self, folder):
        write(folder, "en/exercises/one.yaml", {**WALL, "prompt": ""})
        (folder / "da/sessions/all.yaml").unlink()
        exercise = "en/exercises/one.yaml: prompt: is missing or empty"
        session = f"en/sessions/all.yaml: agenda[1]: its exercise is broken: {exercise}"
        assert [str(one) for one in Library(folder).problems()] == [exercise, session]


class TestBroken:
    """A broken file takes down nothing but itself."""

    def test_in_another_language_english_stands_in_and_the_log_says_so_once(self, folder, caplog):
        write(folder, "da/exercises/one.yaml", {**WALL, "prompt": ""})
        library = Library(folder)
        with caplog.at_level(logging.ERROR):
            assert library.exercise("one", "da")["title"] == "Wall"
            assert library.ready_session("all", "da").title == "Væg: session"
            assert library.exercise("one", "da")["title"] == "Wall"
        (line,) = [record.getMessage() for record in caplog.records]
        assert "da/exercises/one.yaml: prompt: is missing or empty" in line

    def test_in_english_it_is_left_out_of_lists_and_says_so_by_its_name(self, folder):
        write(folder, "en/exercises/two.yaml", WALL)
        write(folder, "en/exercises/one.yaml", "kind: [")
        library = Library(folder)
        assert [entry.name for entry in library.entries()] == ["two"]
        assert library.ready_sessions() == []
        with pytest.raises(LibraryError, match=r"en/exercises/one\.yaml: line "):
            library.exercise("one")
        with pytest.raises(LibraryError, match="its exercise is broken"):
            library.ready_session("all")

    def test_another_language_is_still_whole(self, folder):
        write(folder, "en/exercises/one.yaml", "kind: [")
        assert Library(folder).exercise("one", "da")["title"] == "Væg"


@pytest.fixture
def broken_first_hour(tmp_path: Path, monkeypatch) -> Library:
    """The library that comes with the package, but for an error in the session that blocks use by default."""
    for language in exercises.languages():
        shutil.copytree(exercises.LIBRARY.folder / language, tmp_path / language)
    write(tmp_path, "en/sessions/first-hour.yaml", "title: [")
    library = Library(tmp_path)
    monkeypatch.setattr("psychsafety_xblock.team_session.ready_session", library.ready_session)
    return library


class TestBlock:
    """The block with a broken library."""

    def test_it_is_shown_without_an_agenda_and_refuses_to_begin(self, broken_first_hour):
        block = a_block(TEAM_SESSION)
        shown = block.authored_data()
        assert (shown["introduction"], shown["ready_session"], shown["agenda"]) == ("", "", [])
        with pytest.raises(Refused) as refusal:
            block.definitions()
        assert refusal.value.params == {"field": "ready_session"}

    def test_the_other_sessions_can_be_chosen(self, broken_first_hour):
        assert "first-hour" not in [ready.name for ready in broken_first_hour.ready_sessions()]
        assert len(broken_first_hour.ready_sessions()) == len(exercises.session_names()) - 1
