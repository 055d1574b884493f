"""Rule 1: no row, key, log line, event or export holds both a person and an answer."""

import logging

import pytest

from psychsafety_xblock import storage
from psychsafety_xblock.core import codes
from psychsafety_xblock.models import Ballot
from tests.support import Team, cached, call, rows

pytestmark = pytest.mark.django_db

PEOPLE = ("albatross-7001", "bittern-7002", "cormorant-7003", "dotterel-7004")
LEADER = "emperor-7000"
FORM = "application/x-www-form-urlencoded"


class Run:
    """A round by known people with marked texts, looked at in every phase."""

    def __init__(self) -> None:
        self.team = Team(leader=LEADER)
        self.team.learner(LEADER)
        for person in PEOPLE:
            self.team.learner(person)
        self.team.guest()
        self.round_id = self.team.start()
        self.texts = [f"kingfisher-{number}-says-no" for number in range(len(self.team.seats))]
        self.looks: list[tuple[dict, dict]] = []

    def go(self) -> "Run":
        """From the first answer to the end of the session."""
        self.team.answers(self.texts)
        self.look()
        self.team.command("reveal")
        self.look()
        notes = [note["id"] for note in self.team.notes()]
        for seat in self.team.seats:
            assert self.team.tap(seat, notes[:2]).status_code == 202
        assert self.team.take_down(self.team.seats[1], notes[-1]).status_code == 202
        self.look()
        self.team.command("count_resonance")
        self.look()
        self.team.command("close_session")
        self.look()
        return self

    def look(self) -> None:
        """Keep what every table and the cache hold now."""
        for token in [self.team.leader, self.team.screen, *self.team.seats]:
            call(self.team.api, token=token)
        self.looks.append((rows(), cached()))

    def people(self) -> set[str]:
        """Everything that names a person or a person's seat, in every form in which it could be stored."""
        names = {*PEOPLE, LEADER}
        for token in [*self.team.seats, self.team.leader, self.team.screen]:
            digest = codes.token_hash(token)
            names |= {token, digest, str(codes.key_of(digest))}
            names |= {str(codes.ballot_key(int(self.round_id), purpose, token)) for purpose in Ballot.Purpose.values}
        return names


@pytest.fixture
def run(caplog):
    caplog.set_level(logging.DEBUG)
    return Run().go()


def both(text: str, run: Run) -> bool:
    """Whether a text holds a person and an answer."""
    return any(mark in text for mark in run.texts) and any(name in text for name in run.people())


def test_no_row_joins_them(run):
    seen = ""
    for tables, _ in run.looks:
        for table, held in tables.items():
            for row in held:
                assert not both(repr(row), run), table
                seen += repr(row)
    assert run.texts[0] in seen, "the run left no answer to look for"
    assert codes.token_hash(run.team.seats[0]) in seen, "the run left no seat to look for"


def test_no_table_names_a_person(run):
    for tables, _ in run.looks:
        for table, held in tables.items():
            for name in (*PEOPLE, LEADER):
                assert name not in repr(held), table


def test_no_key_or_value_of_the_cache_joins_them(run):
    everything = ""
    for _, cache in run.looks:
        for key, value in cache.items():
            assert not both(f"{key} {value!r}", run), key
            everything += f"{key} {value!r}"
    assert any(mark in everything for mark in run.texts)
    assert not any(name in everything for name in (*PEOPLE, LEADER))
    assert not any(token in everything for token in run.team.seats), "a token itself is kept nowhere"


def test_the_cache_holds_no_answer_before_the_reveal(run):
    _, before = run.looks[0]
    assert not any(mark in f"{before!r}" for mark in run.texts)


def test_no_log_line_holds_an_answer_or_a_token(run, caplog):
    records = [*caplog.get_records("setup"), *caplog.records]
    lines = [f"{record.getMessage()} {record.__dict__}" for record in records]
    assert any(PEOPLE[0] in line for line in lines), "the log of requests names people, as the platform's does"
    for line in lines:
        assert not any(mark in line for mark in run.texts)
        assert not any(token in line for token in [*run.team.seats, run.team.leader, run.team.screen])


@pytest.mark.parametrize("kind", [RuntimeError, ValueError, KeyError, TypeError])
def test_a_failure_with_the_answer_in_its_message_says_nothing_of_it(monkeypatch, caplog, capsys, kind):
    caplog.set_level(logging.DEBUG)
    run = Run()

    def fail(*, text, **_):
        raise kind(f"cannot store {text!r}")

    monkeypatch.setattr("psychsafety_xblock.service.answers.add_answer", fail)
    response = run.team.answer(run.team.seats[0], run.texts[0])
    assert (response.status_code, response.json()["error"]) == (500, "server_error")
    logged = caplog.text + "".join(f"{record.__dict__}" for record in caplog.records) + "".join(capsys.readouterr())
    assert f"request.failed view=answers error={kind.__name__}" in caplog.text
    assert "kingfisher" not in logged + response.content.decode()
    assert "cannot store" not in logged
    assert "Traceback" not in caplog.text
    assert not any(record.exc_info for record in caplog.records)


def test_a_database_that_refuses_says_nothing_of_it(monkeypatch, caplog):
    from django.db import OperationalError

    caplog.set_level(logging.DEBUG)
    run = Run()

    def fail(*, text, **_):
        raise OperationalError(1213, f"deadlock near {text!r}")

    monkeypatch.setattr("psychsafety_xblock.service.answers.add_answer", fail)
    response = run.team.answer(run.team.seats[0], run.texts[0])
    assert (response.status_code, response.json()["error"]) == (503, "busy")
    assert "kingfisher" not in caplog.text + response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_broken_note_does_not_take_the_text_into_the_error():
    """What `retried` raises has no cause with the statement's values in it."""
    from django.db import OperationalError

    from psychsafety_xblock.core.errors import Refused

    @storage.retried
    def deadlock():
        raise OperationalError(1213, "kingfisher")

    with pytest.raises(Refused) as caught:
        deadlock()
    assert caught.value.__suppress_context__
    assert "kingfisher" not in str(caught.value)


def test_a_tracking_log_that_ignores_nothing_still_holds_no_answer_and_no_code(settings, caplog):
    """The site may have lost our patterns; then paths are logged, and what is sent still is not."""
    settings.TRACKING_IGNORE_URL_PATTERNS = []
    caplog.set_level(logging.INFO, logger="psychsafety_demo.requests")
    seen = Run()
    seen.team.answers(seen.texts)
    lines = caplog.text
    assert f"{seen.team.api}answers" in lines
    assert not any(text in lines for text in seen.texts)
    assert seen.team.opened["join_code"] not in lines

    # The log does hold what comes as a form, so it would have shown the answers above; and as a form they are refused.
    form = f"answer={seen.texts[0]}"
    refused = call(seen.team.api + "answers", form, token=seen.team.seats[0], content_type=FORM)
    assert refused.status_code == 415
    assert seen.texts[0] in caplog.text
