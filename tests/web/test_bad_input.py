"""Bad input to the live API: the documented status and code, a sentence without the text, nothing stored or logged."""

import json
import logging

import pytest
from django.test import Client

from psychsafety_xblock.models import Note
from tests.support import Team, call, collecting, handler, is_refused, revealed, rows

pytestmark = pytest.mark.django_db

MARK = "kingfisher"
NOT_PLAIN = ["<script>{}</script>", "{} <img src=x onerror=alert(1)>", "\u202e{}", "{}\u2066", "{}\x00", "{}\x1b[2J"]


@pytest.fixture
def nothing_happens(caplog):
    """Checks afterwards that no row changed and no line was logged with the text."""
    caplog.set_level(logging.DEBUG)
    before: list = []
    yield before.append
    assert before, "say what the rows were before"
    assert rows() == before[0]
    assert MARK not in caplog.text
    assert "Traceback" not in caplog.text
    assert not any(record.exc_info for record in caplog.records)


def assert_silent(response) -> None:
    assert MARK not in response.content.decode()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"text": ""}, "empty_text"),
        ({"text": " \n\t "}, "empty_text"),
        ({"text": MARK * 21}, "text_too_long"),
        *[({"text": text.format(MARK)}, "text_not_plain") for text in NOT_PLAIN],
        ({"text": "\ud800" + MARK}, "text_not_plain"),
        ({"text": [MARK]}, "bad_value"),
        ({"text": None}, "bad_value"),
        ({"text": {"text": MARK}}, "bad_value"),
        ({"text": MARK, "share": 1}, "bad_value"),
        ({"text": MARK, "pass": True}, "bad_value"),
        ({"pass": "yes"}, "bad_value"),
        ({}, "missing_field"),
        ([MARK], "bad_value"),
        (MARK, "bad_value"),
        (None, "bad_value"),
        ({"text": MARK, "prompt": "another question"}, "unknown_field"),
        ({"text": MARK, "minimum": 1}, "unknown_field"),
        ({"text": MARK, "max_length": 9000}, "unknown_field"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.islower() else None,
)
def test_answers(nothing_happens, answer, code):
    team = collecting()
    current = team.round["id"]
    nothing_happens(rows())
    body = {"round": current, "answer": answer}
    response = call(team.api + "answers", body, token=team.seats[0])
    is_refused(response, 400, code)
    assert_silent(response)


def test_what_looks_dangerous_and_is_only_words_is_taken():
    team = collecting()
    texts = ["I <3 you", "a < b", "'; DROP TABLE notes; --", "{{ 7*7 }} %s %(x)s", "${jndi:ldap://x}"]
    team.answers(texts)
    assert sorted(note["text"] for note in team.command("reveal")["round"]["results"]["notes"]) == sorted(texts)


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "null",
        "[]",
        '"text"',
        "7",
        '{"round": "1", "answer": {"text": "kingfisher"}',
        "\ufeff{}",
        b"\xff\xfe{}",
        b'{"round": "\xff"}',
        "[" * 30_000,
        '{"round": ' + "[" * 15_000 + "]" * 15_000 + "}",
        '{"a":' * 5_000 + "1" + "}" * 5_000,
        "1" * 5_000,
    ],
    ids=lambda body: repr(body[:20]),
)
@pytest.mark.parametrize("name", ["answers", "resonance", "echo", "takedowns", "commands", "seats", "drive"])
def test_broken_json(nothing_happens, name, body):
    team = collecting()
    nothing_happens(rows())
    token = team.leader if name in ("commands", "drive") else team.seats[0]
    response = call(team.api + name, body, token=token)
    assert response.status_code == 400, response.content
    # What can be read in spite of its depth is refused for what it says.
    assert response.json()["error"] in {"bad_json", "unknown_field", "missing_field", "unknown_command"}
    assert_silent(response)


@pytest.mark.parametrize("size", [33 * 1024, 1024 * 1024, 5 * 1024 * 1024])
@pytest.mark.parametrize("name", ["answers", "resonance", "echo", "takedowns", "commands", "seats", "drive"])
def test_too_large(nothing_happens, name, size):
    team = collecting()
    nothing_happens(rows())
    token = team.leader if name in ("commands", "drive") else team.seats[0]
    body = json.dumps({"round": "1", "answer": {"text": (MARK * (size // len(MARK)))[:size]}})
    response = call(team.api + name, body, token=token)
    is_refused(response, 413, "too_large")
    assert_silent(response)


def test_a_length_that_lies_does_not_help(nothing_happens):
    team = collecting()
    nothing_happens(rows())
    body = json.dumps({"round": "1", "answer": {"text": "x" * 40_000}})
    response = Client().generic(
        "POST",
        team.api + "answers",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {team.seats[0]}"},
        CONTENT_LENGTH="many",
    )
    is_refused(response, 413, "too_large")


@pytest.mark.parametrize("number", ["1", "-1", "0", "", "x", "9" * 30, 1, None, True, ["1"], {"id": "1"}, "\u0661"])
@pytest.mark.parametrize("name", ["answers", "resonance", "echo", "takedowns"])
def test_a_round_that_does_not_exist(nothing_happens, name, number):
    team = revealed()
    nothing_happens(rows())
    rest = {
        "answers": {"answer": {"text": MARK}},
        "resonance": {"notes": []},
        "echo": {"notes": []},
        "takedowns": {"note": "1"},
    }[name]
    is_refused(call(team.api + name, {"round": number, **rest}, token=team.seats[0]), 404, "unknown_round")


def test_a_round_of_another_team(nothing_happens):
    other, team = collecting(), Team(leader="somebody-else").fill(2, 2)
    team.start()
    current = other.round["id"]
    nothing_happens(rows())
    is_refused(team.answer(team.seats[2], MARK, current), 404, "unknown_round")


@pytest.mark.parametrize("note", ["1", "", "x", 7, None, ["1"], "9" * 30, MARK])
def test_a_note_that_does_not_exist(nothing_happens, note):
    team = revealed()
    nothing_happens(rows())
    is_refused(team.tap(team.seats[0], [note]), 404, "unknown_note")
    is_refused(team.take_down(team.seats[0], note), 404, "unknown_note")
    is_refused(team.try_command("hide_note", note=note), 404, "unknown_note")


@pytest.mark.parametrize("notes", [None, "1", {}, 7, ["1"] * 1001])
def test_notes_are_a_list(nothing_happens, notes):
    team = revealed()
    nothing_happens(rows())
    is_refused(team.tap(team.seats[0], notes), 400, "bad_value")


def test_a_note_of_another_team():
    one, other = revealed(), Team(leader="somebody-else").fill(guests=4)
    other.start()
    other.answers(["a", "b", "c", "d"])
    other.command("reveal")
    note = one.notes()[0]["id"]
    is_refused(other.tap(other.seats[0], [note]), 404, "unknown_note")
    is_refused(other.take_down(other.seats[0], note), 404, "unknown_note")
    is_refused(other.try_command("hide_note", note=note), 404, "unknown_note")
    assert len(one.notes()) == 5


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "unknown_command"),
        ({"command": "explode", "step": 1}, 400, "unknown_command"),
        ({"command": ["reveal"], "step": 1}, 400, "unknown_command"),
        ({"command": "reveal"}, 400, "missing_field"),
        ({"command": "reveal", "step": "1"}, 400, "bad_value"),
        ({"command": "reveal", "step": True}, 400, "bad_value"),
        ({"command": "reveal", "step": 1.0}, 400, "bad_value"),
        ({"command": "reveal", "step": 0}, 409, "stale_step"),
        ({"command": "reveal", "step": 2}, 409, "stale_step"),
        ({"command": "reveal", "step": 10**300}, 409, "stale_step"),
        ({"command": "reveal", "step": 1, "minimum": 1}, 400, "unknown_field"),
        ({"command": "reveal", "step": 1, "force": True}, 400, "unknown_field"),
        ({"command": "start_round", "step": 1, "prompt": MARK}, 400, "unknown_field"),
        ({"command": "start_round", "step": 1, "definition": {"kind": "wall"}}, 400, "unknown_field"),
        ({"command": "start_round", "step": 1, "activity": {"kind": "wall", "prompt": MARK}}, 404, "unknown_activity"),
        ({"command": "start_round", "step": 1, "activity": "1"}, 404, "unknown_activity"),
        ({"command": "extend", "step": 1, "seconds": 9}, 400, "bad_value"),
        ({"command": "extend", "step": 1, "seconds": 601}, 400, "bad_value"),
        ({"command": "extend", "step": 1, "seconds": "60"}, 400, "bad_value"),
        ({"command": "extend", "step": 1, "seconds": 60, "closing": "yes"}, 400, "bad_value"),
    ],
    ids=lambda value: json.dumps(value)[:60] if isinstance(value, dict) else None,
)
def test_commands(nothing_happens, body, status, code):
    team = collecting()
    assert team.state()["step"] == 1
    nothing_happens(rows())
    response = call(team.api + "commands", body, token=team.leader)
    is_refused(response, status, code)
    assert_silent(response)


@pytest.mark.parametrize("block", ["wall", "session"])
@pytest.mark.parametrize(
    "smuggled",
    [
        {"definitions": [{"kind": "wall", "prompt": MARK, "minimum": 1}]},
        {"agenda": []},
        {"prompt": MARK},
        {"minimum": 1},
        {"guests_allowed": True},
        {"title": MARK},
    ],
    ids=lambda body: next(iter(body)),
)
def test_no_definition_is_taken_from_a_browser(nothing_happens, block, smuggled):
    nothing_happens(rows())
    response = handler(block, "open_session", smuggled, "leader")
    is_refused(response, 400, "unknown_field")
    assert_silent(response)


def test_an_answer_after_the_reveal_and_a_second_one():
    team = collecting()
    team.answers(["one", "two", "three", "four"])
    is_refused(team.answer(team.seats[0], MARK), 409, "already_answered")
    team.command("reveal")
    is_refused(team.answer(team.seats[4], MARK), 409, "round_closed")
    assert not Note.objects.filter(text=MARK).exists()


@pytest.mark.parametrize(
    ("path", "body"),
    [("join", {"join_code": "\ud800"}), ("drive", {"code": "\ud800"}), ("drive", {"claim": "\ud800"}), ("drive", {})],
)
def test_half_a_character_is_only_a_wrong_code(path, body):
    is_refused(call("/psychsafety/api/" + path, body), 404, "unknown_code")


@pytest.mark.parametrize("code", [None, 7, "", ["ABCD2345"], {"a": 1}, "ABCD2345", "x" * 1000, "' OR 1=1 --", "%00"])
def test_wrong_codes(code):
    team = collecting()
    is_refused(call("/psychsafety/api/join", {"join_code": code}), 404, "unknown_code")
    is_refused(call(team.api + "seats", {"join_code": code}), 404, "unknown_code")
    is_refused(call("/psychsafety/api/drive", {"code": code}), 404, "unknown_code")
    is_refused(handler("wall", "take_seat", {"join_code": code}, "amal"), 404, "unknown_code")
    assert team.state()["seats"]["all"] == 5


def test_the_sentence_is_in_the_readers_language_as_far_as_there_is_one():
    response = call("/psychsafety/api/join", {"join_code": "x"}, **{"X-Psychsafety-Language": "xx-nothing"})
    is_refused(response, 404, "unknown_code")
