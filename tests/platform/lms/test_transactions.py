"""ATOMIC_REQUESTS as on the platform: an answer is committed before the reply, and a failing one leaves nothing.

In a transaction of the request, rows would stay locked until the reply, and an acknowledged answer could still be lost.
"""

import threading

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from psychsafety_xblock import service, storage
from psychsafety_xblock.models import Ballot, Note
from tests.agendas import WALL, some_answer
from tests.platform.people import Browser, PlatformTeam, place
from tests.support import call, is_refused

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_platform_has_it():
    assert settings.DATABASES["default"]["ATOMIC_REQUESTS"] is True
    assert connection.settings_dict["ATOMIC_REQUESTS"] is True


def in_transaction(view) -> bool:
    """Whether Django would run a view in a transaction of the request."""
    return BaseHandler().make_view_atomic(view) is not view


def live_views() -> dict:
    patterns = get_resolver().namespace_dict["psychsafety_xblock"][1].url_patterns
    return {pattern.name: pattern.callback for pattern in patterns}


PAGES = {"join", "screen", "drive", "tablet", "summary", "insights"}


def test_no_live_view_is_in_one_and_pages_need_none():
    inside = {name for name, view in live_views().items() if in_transaction(view)}
    assert inside == PAGES


def test_pages_ask_the_database_nothing():
    for name in sorted(PAGES):
        with CaptureQueriesContext(connection) as queries:
            assert Browser().get(f"/psychsafety/{name}/", secure=True).status_code == 200
        # The platform's middleware asks for a switch and for the site, and the transaction itself is there.
        asked = {query["sql"].split('"')[1] for query in queries if '"' in query["sql"]}
        assert asked <= {"waffle_switch", "django_site"}


@pytest.fixture
def collecting():
    team = PlatformTeam(place("session", agenda=[WALL])).fill(learners=2, guests=2)
    team.start()
    return team


def elsewhere(count) -> int:
    """What another connection sees at this moment."""
    found = []

    def look():
        try:
            found.append(count())
        finally:
            connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return found[0]


@pytest.fixture
def seen(monkeypatch):
    """What another connection sees when a view has done its work, before the reply leaves; and in which transaction."""
    from psychsafety_xblock.web import live

    at_reply = []

    def reply(*args, **kwargs):
        at_reply.append((elsewhere(Note.objects.count), connection.in_atomic_block))
        return real(*args, **kwargs)

    real = live.JsonResponse
    monkeypatch.setattr(live, "JsonResponse", reply)
    return at_reply


def test_an_answer_is_committed_before_the_reply(collecting, seen):
    round_id = collecting.round["id"]
    seen.clear()
    for number, seat in enumerate(collecting.seats[:3]):
        assert collecting.answer(seat, f"note {number}", round_id).status_code == 202
    assert seen == [(1, False), (2, False), (3, False)]


@pytest.mark.parametrize("error", [RuntimeError("x"), OperationalError(1205, "Lock wait")], ids=["fault", "database"])
def test_a_failing_answer_leaves_nothing(collecting, monkeypatch, error):
    round_id = collecting.round["id"]

    def fail(*args):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(storage, "_add_note", fail)
        response = collecting.answer(collecting.seats[0], "lost?", round_id)
        assert response.status_code in (500, 503)
        assert (elsewhere(Ballot.objects.count), elsewhere(Note.objects.count)) == (0, 0)
    assert collecting.answer(collecting.seats[0], "lost?", round_id).status_code == 202
    is_refused(collecting.answer(collecting.seats[0], "twice", round_id), 409, "already_answered")


def test_a_fault_after_the_answer_takes_nothing_back(collecting, monkeypatch):
    """Of the request, that is: the answer is stored, and a retry is told so."""
    from psychsafety_xblock.web import live

    round_id = collecting.round["id"]

    def fail(*args, **kwargs):
        raise RuntimeError("after the commit")

    with monkeypatch.context() as broken:
        broken.setattr(live, "JsonResponse", fail)
        assert collecting.answer(collecting.seats[0], "kept", round_id).status_code == 500
    is_refused(collecting.answer(collecting.seats[0], "kept", round_id), 409, "already_answered")
    assert Note.objects.count() == 1


def test_handlers_are_in_no_transaction(monkeypatch):
    inside = []
    real = service.open_session

    def open_session(**kwargs):
        inside.append(connection.in_atomic_block)
        return real(**kwargs)

    monkeypatch.setattr(service, "open_session", open_session)
    PlatformTeam(place("session", agenda=[WALL]))
    assert inside == [False]


def test_commands_and_taps_are_in_none_either(collecting, monkeypatch):
    inside = []
    for name in ("run_command", "submit_resonance", "submit_takedown"):
        real = getattr(service, name)

        def noted(*args, real=real, **kwargs):
            inside.append(connection.in_atomic_block)
            return real(*args, **kwargs)

        monkeypatch.setattr(service, name, noted)
    state = collecting.state()
    for number, seat in enumerate(collecting.seats):
        collecting.answer(seat, some_answer(state["round"]["activity"], number), state["round"]["id"])
    collecting.command("reveal")
    note, other = collecting.notes()[:2]
    assert collecting.tap(collecting.seats[0], [note["id"]]).status_code == 202
    assert collecting.take_down(collecting.seats[0], other["id"]).status_code == 202
    assert inside == [False, False, False]
    assert call(collecting.api, token=collecting.leader).status_code == 200
