"""The library's files: valid in every language, the same in all of them, and enough of them."""

import textwrap
from collections import Counter

import pytest

from psychsafety_xblock import exercises
from psychsafety_xblock.core.activities import KINDS, checked_agenda, checked_definition
from psychsafety_xblock.core.identifying import find_identifying
from psychsafety_xblock.exercises.translating import LISTS, TEXTS

LANGUAGES = exercises.languages()
OTHERS = LANGUAGES[1:]
FOLDER = exercises.LIBRARY.folder
#: What may differ from language to language; all else is the same.
IN_WORDS = {*TEXTS, *LISTS}


def structure(activity: dict) -> dict:
    """What of an activity must not differ from language to language."""
    kept = {field: value for field, value in activity.items() if field not in IN_WORDS}
    kept["fields"] = sorted(activity)
    kept["options"] = len(activity.get("options", []))
    kept["echo_examples"] = len(activity.get("echo_examples", []))
    kept["statements"] = [
        isinstance(one, dict) and one.get("reversed", False) for one in activity.get("statements", [])
    ]
    for guide in ("script", "notes"):
        kept[guide] = [len(part) > 0 for part in activity.get(guide, "").split("\n\n")]
    return kept


def test_no_file_has_an_error():
    assert [str(problem) for problem in exercises.LIBRARY.problems()] == []


def test_english_and_danish_are_there():
    assert LANGUAGES[0] == "en"
    assert "da" in LANGUAGES


@pytest.mark.parametrize("folder", ["exercises", "sessions"])
@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_files(language, folder):
    def names(code: str) -> list[str]:
        return sorted(path.name for path in (FOLDER / code / folder).iterdir())

    assert names(language) == names("en")


@pytest.mark.parametrize("name", exercises.exercise_names())
@pytest.mark.parametrize("language", OTHERS)
class TestTranslatedExercises:
    """An exercise in another language is the same exercise in other words."""

    def test_only_words_differ(self, name, language):
        assert structure(exercises.exercise(name, language)) == structure(exercises.exercise(name))

    def test_nothing_was_left_in_english(self, name, language):
        here, there = exercises.exercise(name), exercises.exercise(name, language)
        for field in IN_WORDS & set(here):
            assert here[field] != there[field], field

    def test_what_is_told_of_it(self, name, language):
        here, there = exercises.LIBRARY.entry(name), exercises.LIBRARY.entry(name, language)
        assert (there.topics, there.source) == (here.topics, here.source)
        assert there.idea != here.idea


@pytest.mark.parametrize("name", exercises.session_names())
@pytest.mark.parametrize("language", OTHERS)
def test_a_session_in_another_language_is_the_same_session_in_other_words(language, name):
    here, there = exercises.ready_session(name), exercises.ready_session(name, language)
    assert [structure(step) for step in there.agenda] == [structure(step) for step in here.agenda]
    assert (there.minutes, there.topics) == (here.minutes, here.topics)
    for field in ("title", "summary", "introduction"):
        assert getattr(there, field) != getattr(here, field)
    for mine, theirs in zip(here.agenda, there.agenda, strict=True):
        for field in IN_WORDS & set(mine):
            assert mine[field] != theirs[field], (mine["exercise"], field)


@pytest.mark.parametrize("language", LANGUAGES)
class TestWhole:
    """What an author finds."""

    def test_there_is_enough(self, language):
        assert len(exercises.entries(language)) >= 16
        assert len(exercises.ready_sessions(language)) >= 6

    def test_every_topic_is_covered_by_a_whole_session(self, language):
        covered = Counter(topic for session in exercises.ready_sessions(language) for topic in session.topics)
        assert set(covered) == set(exercises.TOPICS)

    def test_every_topic_is_covered_by_an_exercise(self, language):
        covered = {topic for entry in exercises.entries(language) for topic in entry.topics}
        assert covered == set(exercises.TOPICS)

    def test_every_kind_is_there(self, language):
        assert {entry.kind for entry in exercises.entries(language)} == set(KINDS)

    def test_every_exercise_has_words_for_the_leader_an_idea_and_its_source(self, language):
        for entry in exercises.entries(language):
            for text in (entry.activity["script"], entry.activity["notes"], entry.idea, entry.source):
                assert len(text) > 40, entry.name

    def test_no_two_have_the_same_title(self, language):
        for shown in (exercises.entries(language), exercises.ready_sessions(language)):
            titles = [one.title for one in shown]
            assert len(set(titles)) == len(titles)

    def test_every_session_runs(self, language):
        for session in exercises.ready_sessions(language):
            agenda = checked_agenda(session.agenda)
            assert [step["exercise"] for step in agenda] == [step["exercise"] for step in session.agenda]
            assert sum(step["minutes"] for step in agenda) == session.minutes

    def test_a_title_says_the_minutes(self, language):
        for session in exercises.ready_sessions(language):
            assert f"({session.minutes} minut" in session.title

    def test_every_exercise_is_part_of_a_session(self, language):
        used = {step["exercise"] for session in exercises.ready_sessions(language) for step in session.agenda}
        assert used == set(exercises.exercise_names())

    def test_quotation_marks_are_typographic(self, language):
        for path in (FOLDER / language).glob("*/*.yaml"):
            for line in path.read_text(encoding="utf-8").splitlines():
                prose = line.partition(": ")[2] if line.count('"') == 2 else line
                assert '"' not in prose.strip('"'), f"{path.name}: {line}"
                assert "  " not in line.strip(), f"{path.name}: {line}"
                assert len(line) <= 120, f"{path.name}: {line}"


@pytest.mark.parametrize("language", LANGUAGES)
class TestExamplesOfWalls:
    """What a team is shown of a wall as long as too few others have shared notes."""

    def test_each_wall_has_some(self, language):
        for entry in exercises.entries(language):
            if entry.kind == "wall" and entry.activity.get("echo", True):
                assert 4 <= len(entry.activity["echo_examples"]) <= 6, entry.name

    def test_what_a_team_says_about_its_work_stays_in_the_team(self, language):
        """Such a note tells of whom it is by what it tells about, and the leader who is criticised was in the room."""
        walls = [entry for entry in exercises.entries(language) if entry.kind == "wall"]
        assert [entry.name for entry in walls if not entry.activity.get("echo", True)] == ["if-it-cost-nothing"]

    def test_they_could_be_notes_and_point_at_nobody(self, language):
        found = []
        for entry in exercises.entries(language):
            for text in entry.activity.get("echo_examples", []):
                assert 20 <= len(text) <= min(110, entry.activity["max_length"]), text
                assert text.endswith("."), text
                assert find_identifying(text) is None, text
                found.append(text)
        assert len(set(found)) == len(found)

    def test_the_leader_says_what_the_phones_ask(self, language):
        """And promises nothing of the notes that does not hold for one that is shared."""
        asked = {"en": "whether other teams may read your note", "da": "om andre team også må læse din seddel"}
        for session in exercises.ready_sessions(language):
            for step in session.agenda:
                if step["kind"] == "wall" and step.get("echo", True):
                    assert asked[language] in " ".join(step["script"].split()), (session.name, step["exercise"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hall_of_leaders_writes_what_the_first_teams_read(language):
    """Ten times its minimum of answers in one session are enough for an echo; 170 people are well above."""
    of_leaders, of_a_team = (
        next(step for step in exercises.ready_session(name, language).agenda if step["kind"] == "wall")
        for name in ("leaders-kick-off", "first-hour")
    )
    for field in ("exercise", "prompt", "starter", "echo_examples"):
        assert of_leaders[field] == of_a_team[field]
    assert 10 * of_leaders["minimum"] <= 170 * 3 / 4


def test_an_exercise_carries_its_name_and_nothing_about_the_file():
    activity = exercises.exercise("courage-wall", "da")
    assert activity["exercise"] == "courage-wall"
    assert not {"idea", "source", "topics"} & set(activity)
    assert checked_definition(activity)["exercise"] == "courage-wall"
    assert exercises.ready_session("first-hour").agenda[1]["exercise"] == "one-word-in"


def test_what_is_handed_out_is_a_copy():
    exercises.exercise("pulse")["statements"].clear()
    exercises.ready_session("first-hour").agenda.clear()
    exercises.entries()[0].topics.clear()
    assert len(exercises.exercise("pulse")["statements"]) == 5
    assert len(exercises.ready_session("first-hour").agenda) == 10
    assert exercises.entries()[0].topics


def test_scripts_keep_their_paragraphs():
    script = exercises.exercise("welcome")["script"]
    assert len(script.strip().split("\n\n")) == 9
    assert textwrap.dedent(script) == script
