"""Every line that the plugin logs: an event's name and `key=value` pairs, and nobody, no token, no code, no text."""

import io
import json
import logging
import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError

from psychsafety_xblock import service
from psychsafety_xblock.core import codes
from psychsafety_xblock.logs import report
from tests.agendas import AGREE, CHOICE, PULSE, SENTENCES, TALK, WALL, AgendaTeam, count_all, play
from tests.support import Team, call, handler

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[2]
LINE = re.compile(r'[a-z]+(\.[a-z_]+)+( [a-z_]+=([^\s"=]+|"([^"\\]|\\.)*"))*')


def ours(caplog) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name.startswith("psychsafety_xblock")]


def events(caplog) -> set[str]:
    return {line.split(" ")[0] for line in ours(caplog)}


def hour() -> AgendaTeam:
    """A session with all kinds, of known people, through everything that writes a line."""
    team = AgendaTeam(TALK, WALL, PULSE, CHOICE, AGREE, leader="emperor-7000").fill(guests=4)
    for person in ("albatross-7001", "bittern-7002"):
        team.account(person)
    for line in team.state()["agenda"]:
        play(team)
        if line["kind"] == "wall":
            count_all(team)
    # The cache loses the secret of seats, so that there is a new generation.
    cache.clear()
    team.account("cormorant-7003")
    team.token = team.command("close_session")["summary_token"]
    return team


def everything(monkeypatch, settings, travel) -> AgendaTeam:
    team = hour()
    for _ in range(32):
        call("/psychsafety/api/join", {"join_code": "ABCDEFGH"})
    other = Team().fill(guests=4)
    other.start()

    def fail(**_):
        raise RuntimeError("kingfisher-text")

    def away(**_):
        raise OperationalError(2006, "kingfisher-text")

    for failure in (fail, away):
        monkeypatch.setattr("psychsafety_xblock.service.answers.add_answer", failure)
        other.answer(other.seats[0], "kingfisher-text")
    handler("hour", "open_session", {"rehearse": True}, "emperor-7000")
    service.forget_account("emperor-7000")
    travel(days=40)
    cache.clear()
    service.sweep()
    call_command("psychsafety_purge", "--course-run", "workbench", "--yes", stdout=io.StringIO())
    return team


def test_a_whole_session_and_all_that_goes_wrong(caplog, monkeypatch, settings, travel):
    caplog.set_level(logging.DEBUG, logger="psychsafety_xblock")
    team = everything(monkeypatch, settings, travel)
    lines = ours(caplog)
    codes_and_tokens = [team.opened["join_code"], team.leader, team.screen, team.token, team.session_id, *team.seats]
    digests = [codes.token_hash(token) for token in codes_and_tokens]
    people = ["emperor", "albatross", "bittern", "cormorant", "A team", "127.0.0.1", "testserver"]
    texts = ["note ", "kingfisher", *SENTENCES, "ABCDEFGH", "We ask", "What takes"]
    for line in lines:
        name, _, rest = line.partition(" ")
        if name == "psychsafety.session.ended":
            # The one event, where there is no tracking: counts as JSON.
            assert json.loads(rest)
        else:
            assert LINE.fullmatch(line), line
        assert not any(found in line for found in (*codes_and_tokens, *digests, *people, *texts)), line
    assert events(caplog) == documented() - {
        "library.broken_file", "cache.failed", "sqlite.log_in_use", "notes.not_grouped",
    }  # fmt: skip


def documented() -> set[str]:
    text = (ROOT / "docs/admin.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([a-z]+\.[a-z_.]+)` \| (?:INFO|WARNING|ERROR) \|", text, re.MULTILINE))


def test_no_line_is_written_because_somebody_answers(caplog):
    team = Team().fill(guests=4)
    team.start()
    caplog.set_level(logging.DEBUG, logger="psychsafety_xblock")
    caplog.clear()
    team.answers(["one", "two", "three", None])
    team.command("reveal")
    for seat in team.seats:
        team.tap(seat, [])
    team.take_down(team.seats[0], team.notes()[0]["id"])
    assert ours(caplog) == []


def test_every_event_of_the_code_is_in_the_page_for_administrators():
    files = (file for file in (ROOT / "psychsafety_xblock").rglob("*.py") if "demo" not in file.parts)
    source = "".join(file.read_text(encoding="utf-8") for file in files)
    named = set(re.findall(r'report\(\s*_?log, logging\.\w+, "([a-z_.]+)"', source))
    assert named | {"psychsafety.session.ended"} == documented()
    assert not re.search(r"\blog\.(debug|info|warning|error|exception)\((?!\"%s %s\", SESSION_ENDED)", source)


def test_a_value_of_several_words_stays_one_value_on_one_line(caplog):
    caplog.set_level(logging.INFO, logger="psychsafety_xblock")
    report(logging.getLogger("psychsafety_xblock.test"), logging.INFO, "a.test", error='x="y" and\nz', n=3, none="")
    (line,) = ours(caplog)
    assert LINE.fullmatch(line)
    assert line == 'a.test error="x=\\"y\\" and\\nz" n=3 none=""'
