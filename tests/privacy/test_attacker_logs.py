"""Somebody with the logs of the site and with what its error tracker is sent.

What a web server logs is in test_attacker_mariadb_logs.py.
"""

import logging
import random
import re

import pytest
from django.conf import settings as site
from django.db import DataError, IntegrityError, OperationalError

from psychsafety_xblock.core import codes
from psychsafety_xblock.demo.backends import cache_from_url
from psychsafety_xblock.demo.course import BLOCKS
from tests.privacy.error_tracker import Tracker, tracking
from tests.privacy.measuring import RUNS, Attacker, Guess
from tests.privacy.scene import Scene
from tests.support import Team, call

pytestmark = pytest.mark.django_db

REQUESTS = Attacker(
    name="The platform's request log",
    knows="a line a request with its path, and of pages and handlers the account; the notes as the wall shows them",
    tries="puts accounts in the order in which they took their seats beside the notes",
)
EVERYTHING = Attacker(
    name="All logs at level DEBUG",
    knows="every record that any part of the site logs, and the notes as the wall shows them",
    tries="looks for records with an account, a seat and a text, and for those that follow each other",
)
SQL = Attacker(
    name="All logs at level DEBUG, with Django's DEBUG setting on",
    knows="the same with every statement and its values",
    tries="follows an account to the seat that it takes, and that seat to the note that comes next",
)
TRACKER = Attacker(
    name="The error tracker",
    knows="every event that Sentry's client sends, whatever fails in the middle of an answer",
    tries="looks for texts, tokens and codes in the request, in local variables and in breadcrumbs",
)


HISTORIES = min(RUNS // 2, 60)


# --- Logs ---------------------------------------------------------------------------------------------------------


def accounts_in(lines: list[str], people: list[str]) -> list[str]:
    """The people in the order in which a log names them first; those that it does not name come last."""
    text = "\n".join(lines)
    return sorted(people, key=lambda person: text.find(person) if person in text else len(text))


def play(chance, caplog) -> tuple[Scene, list[str]]:
    """A wall up to its reveal, and what was logged meanwhile."""
    caplog.clear()
    scene = Scene(chance).answer_all().reveal()
    return scene, [f"{record.name} {record.getMessage()}" for record in caplog.records]


@pytest.mark.parametrize("patterns", ["with our patterns", "without our patterns"])
def test_a_note_by_the_request_log(attack, settings, caplog, patterns):
    caplog.set_level(logging.INFO, logger="psychsafety_demo.requests")
    ours = site.TRACKING_IGNORE_URL_PATTERNS
    settings.TRACKING_IGNORE_URL_PATTERNS = ours if patterns == "with our patterns" else []

    def run(chance):
        scene, lines = play(chance, caplog)
        lines = [line for line in lines if line.startswith("psychsafety_demo.requests")]
        assert any("/answers" in line for line in lines) == (patterns == "without our patterns")
        notes = [note["text"] for note in scene.team.notes()]
        return scene.judge(dict(zip(accounts_in(lines, scene.people), notes, strict=True)))

    attack(REQUESTS, f"a note to its writer, {patterns}", run, runs=HISTORIES)


def test_a_note_by_all_logs(attack, settings, caplog):
    settings.TRACKING_IGNORE_URL_PATTERNS = []
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="django")

    def run(chance):
        scene, lines = play(chance, caplog)
        assert any(scene.people[0] in line for line in lines), "accounts are named where seats are taken"
        assert not any(text in line for line in lines for text in scene.wrote.values())
        notes = [note["text"] for note in scene.team.notes()]
        return scene.judge(dict(zip(accounts_in(lines, scene.people), notes, strict=True)))

    attack(EVERYTHING, "a note to its writer", run, runs=HISTORIES)


def notes_by_statements(lines: list[str]) -> dict[str, str]:
    """The text that each account wrote, by the statements between records that name it."""
    account, seat, owner, found = "", 0, {}, {}
    for line in lines:
        if told := re.search(r"Start handler \S+/take_seat for student (\S+)", line):
            account = told[1]
        elif "End handler" in line:
            account = ""
        if key := re.search(r'"psychsafety_xblock_token"."id" = (\d+)', line):
            seat = int(key[1])
            if account:
                owner[seat] = account
        if text := re.search(r"INSERT INTO psychsafety_xblock_note .*VALUES \(\d+, \d+, '([^']*)'", line):
            found[owner.get(seat, "")] = text[1]
    return found


def test_a_note_by_all_logs_with_statements(attack, settings, caplog):
    settings.TRACKING_IGNORE_URL_PATTERNS = []
    settings.DEBUG = True
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="django")

    def run(chance):
        scene, lines = play(chance, caplog)
        found = notes_by_statements(lines)
        return [Guess(found.get(person) == text, 1 / len(scene.wrote)) for person, text in scene.wrote.items()]

    told = (
        "With Django's DEBUG setting on and its database log at level DEBUG, each statement is logged with its values; "
        "beside the names in other logs that tells who wrote what. Neither belongs on a site that people use."
    )
    attack(SQL, "a note to its writer", run, leaks=told, runs=HISTORIES)


# --- The error tracker --------------------------------------------------------------------------------------------


def end_of_the_process(**_: object) -> None:
    """What a server's worker does that was told to end while it waits."""
    raise SystemExit(1)


def failing(error: type[Exception]):
    """Something that fails with the answer in its message, as drivers do."""

    def fail(round_id: int, text: str, share: bool) -> None:
        raise error(f"cannot store {text!r} in {round_id}")

    return fail


def noisy(round_id: int, text: str, share: bool) -> None:
    """A part of somebody else's that complains, and goes on."""
    logging.getLogger("some.driver").error("the database is slow")


def lost(*_: object) -> None:
    raise ConnectionError("the cache is down")


WAYS = {
    "a failure": ("psychsafety_xblock.storage._add_note", failing(RuntimeError), 500),
    "a text too long for the column": ("psychsafety_xblock.storage._add_note", failing(DataError), 500),
    "a constraint": ("psychsafety_xblock.storage._add_note", failing(IntegrityError), 500),
    "a database that is gone": ("psychsafety_xblock.storage._add_note", failing(OperationalError), 503),
    "a cache that is gone": ("psychsafety_xblock.service.answers.kind_of", lost, 500),
    "a complaint": ("psychsafety_xblock.storage._add_note", noisy, 202),
    "a process that ends": ("psychsafety_xblock.service.answers.add_answer", end_of_the_process, 0),
}
OPTIONS = {
    "as it comes": {},
    "with stack traces everywhere": {"attach_stacktrace": True},
    "with personal data": {"send_default_pii": True, "attach_stacktrace": True, "max_request_body_size": "always"},
}


def secrets_of(team: Team) -> list[str]:
    return [*team.seats, team.leader, team.screen, team.opened["join_code"]]


@pytest.mark.parametrize(
    ("way", "options"),
    # Somebody else's complaint with a stack trace is the next test's.
    [(way, options) for way in WAYS for options in OPTIONS if way != "a complaint" or options == "as it comes"],
)
def test_no_event_holds_an_answer_a_token_or_a_code(monkeypatch, way, options):
    scene = Scene(random.Random(way), people=4)
    monkeypatch.setattr(*WAYS[way][:2])
    with tracking(**OPTIONS[options]) as tracker:
        sent = answer(tracker, scene, WAYS[way][2], scene.order[:1])
    # What is busy is no event of Sentry's, but Django's log has it, and other trackers may listen there.
    assert bool(of_the_answers(sent, scene)) == (way != "a database that is gone")
    for event in sent:
        assert not [text for text in scene.wrote.values() if text in event]
        assert not [secret for secret in secrets_of(scene.team) if secret in event]
        assert not [person for person in scene.people if person in event]


def test_a_stack_trace_of_somebody_elses_complaint_holds_the_answer(monkeypatch):
    """What docs/privacy.md asks administrators not to switch on: our local variables lie below it."""
    scene = Scene(random.Random(0), people=4)
    monkeypatch.setattr(*WAYS["a complaint"][:2])
    with tracking(attach_stacktrace=True) as tracker:
        sent = answer(tracker, scene, 202, scene.order[:1])
    assert all(scene.wrote[scene.order[0]] in event for event in of_the_answers(sent, scene))
    with tracking(attach_stacktrace=True, include_local_variables=False) as tracker:
        sent = answer(tracker, scene, 202, scene.order[1:2])
    assert of_the_answers(sent, scene)
    assert not any(text in event for text in scene.wrote.values() for event in sent)


def answer(tracker: Tracker, scene: Scene, status: int, people: list[str]) -> list[str]:
    """These people answer, and the reply has this status; gives what the tracker would have been sent."""
    for person in people:
        body = {"round": scene.round_id, "answer": {"text": scene.wrote[person]}}
        assert tracker.post(f"{scene.team.api}answers", body, scene.seat[person]) == status
    return tracker.sent()


def of_the_answers(sent: list[str], scene: Scene) -> list[str]:
    """The events among them."""
    return [one for one in sent if f"{scene.team.api}answers" in one and '"event_id"' in one]


@pytest.mark.redis
def test_no_breadcrumb_of_the_cache_holds_a_token_or_a_code(monkeypatch, settings, volatile_redis):
    """The tracker keeps what was asked of Redis before a failure, by its keys: those have hashes in them."""
    settings.CACHES = {"default": cache_from_url(volatile_redis.url)}
    scene = Scene(random.Random(0), people=4)
    monkeypatch.setattr(*WAYS["a failure"][:2])
    with tracking(**OPTIONS["with personal data"]) as tracker:
        code = call(f"{scene.team.api}drive", {"do": "offer"}, token=scene.team.leader).json()["code"]
        assert tracker.post("/psychsafety/api/drive", {"code": code}) == 200
        sent = answer(tracker, scene, 500, scene.order[:2])
    assert any("psychsafety:holder2:" in event for event in sent), "there are breadcrumbs of it"
    for event in sent:
        assert not [secret for secret in (code, *secrets_of(scene.team), *scene.wrote.values()) if secret in event]


def test_the_tracker_would_have_been_sent_them(monkeypatch):
    """The test above looks in the right place: with the body left where it is, each event has the answer."""
    scene = Scene(random.Random(0))
    monkeypatch.setattr("psychsafety_xblock.web.requests.forget_body", lambda request: None)
    monkeypatch.setattr(*WAYS["a failure"][:2])
    with tracking() as tracker:
        sent = answer(tracker, scene, 500, scene.order)
    assert len(of_the_answers(sent, scene)) >= len(scene.order)
    assert all(any(text in event for text in scene.wrote.values()) for event in of_the_answers(sent, scene))


def test_a_note_by_the_events(attack, monkeypatch):
    """Answers that failed at first, in an order that the attacker knows, and were sent again."""

    def run(chance):
        scene = Scene(chance)
        with tracking() as tracker, monkeypatch.context() as patch:
            patch.setattr(*WAYS["a failure"][:2])
            sent = answer(tracker, scene, 500, scene.order)
        assert len(of_the_answers(sent, scene)) >= len(scene.order)
        scene.answer_all().reveal()
        notes = [note["text"] for note in scene.team.notes()]
        told = {
            person: text for person in scene.people for text in notes for event in sent if {person, text} <= {event}
        }
        left = [person for person in accounts_in(sent, scene.people) if person not in told]
        return scene.judge({**told, **dict(zip(left, notes, strict=False))})

    attack(TRACKER, "a note to its writer", run, runs=HISTORIES)


# --- The handlers of blocks, where an account comes with a code or a token -------------------------------------------


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
@pytest.mark.parametrize("error", [RuntimeError, OperationalError, SystemExit])
def test_no_event_of_a_handler_holds_a_token_or_a_code(monkeypatch, error, options):
    team = Team().fill(1)

    def fail(session, *, account, held=None):
        token = codes.learner_token(b"pepper", session.id, f"seat:{account}")
        raise error(1 if error is SystemExit else f"cannot seat {account} on {token} for {held}")

    monkeypatch.setattr("psychsafety_xblock.service.take_account_seat", fail)
    derived = codes.learner_token(b"pepper", team.session_id, "seat:amal")
    body = {"join_code": team.opened["join_code"], "token": team.seats[0]}
    with tracking(**options) as tracker:
        path = f"/handler/{BLOCKS['wall'].usage_id}/take_seat/?student=amal"
        status = tracker.post(path, body)
        sent = tracker.sent()
    assert status == {RuntimeError: 500, OperationalError: 503, SystemExit: 0}[error]
    assert any("take_seat" in event and '"event_id"' in event for event in sent) == (error is not OperationalError)
    for event in sent:
        assert not [secret for secret in (*secrets_of(team), derived) if secret in event]
        assert "cannot seat" not in event
