"""What a poll costs: nothing in the database while nothing changes, else one reading per session and second."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from psychsafety_xblock import service
from psychsafety_xblock.models import Session
from psychsafety_xblock.service import board, cache, commands
from tests.teams import Team

SEATS = 12


@pytest.fixture
def polled(place, monkeypatch):
    """A running round in which every seat has polled once, and a cache in which no second passes by itself."""
    monkeypatch.setattr(board, "FRESH_SECONDS", 600)
    team = Team(SEATS)
    round_id = team.start()
    for seat in range(SEATS):
        assert poll(team, seat).status_code == 200
    return team, round_id


def poll(team: Team, seat: int, version: str | None = None):
    headers = {"Authorization": f"Bearer {team.tokens[seat]}"}
    if version is not None:
        headers["If-None-Match"] = version
    return Client().get(f"/psychsafety/api/sessions/{team.id}/", headers=headers)


def test_an_unchanged_poll_asks_the_database_nothing(polled):
    team, _ = polled
    version = poll(team, 0)["ETag"]
    with CaptureQueriesContext(connection) as queries:
        for seat in range(SEATS):
            assert poll(team, seat, version).status_code == 304
    assert [query["sql"] for query in queries] == []


def test_a_session_is_read_once_a_second_whoever_asks(polled, monkeypatch):
    team, round_id = polled
    readings = []
    refresh = board._refresh
    monkeypatch.setattr(board, "_refresh", lambda session_id: readings.append(session_id) or refresh(session_id))

    old = poll(team, 0)["ETag"]
    assert readings == []
    for second in range(1, 4):
        cache.forget_state(team.id)  # what the passing of a second does
        replies = [poll(team, seat, old) for seat in range(SEATS)]
        assert {reply.status_code for reply in replies} == {304}
        assert len(readings) == second

    # An answer by itself makes nobody read: "few" is still few.
    team.answer(0, round_id, "a note")
    with CaptureQueriesContext(connection) as queries:
        assert {poll(team, seat, old).status_code for seat in range(SEATS)} == {304}
    assert len(queries) == 0
    assert len(readings) == 3


def test_a_changed_state_costs_each_reader_one_query(polled):
    team, _ = polled
    service.state_for(service.authenticate(team.id, team.leader))
    with CaptureQueriesContext(connection) as queries:
        for seat in range(SEATS):
            state = json.loads(poll(team, seat, '"older"').content)
            assert state["round"]["answered"] is False
    # Whether this seat has answered; never cached, since it concerns one seat.
    assert len(queries) == SEATS
    assert all("ballot" in query["sql"] for query in queries)


def test_a_command_is_seen_at_once(polled):
    team, _ = polled
    old = poll(team, 0)["ETag"]
    team.command("extend", seconds=60)
    reply = poll(team, 0, old)
    assert reply.status_code == 200
    assert json.loads(reply.content)["round"]["ends_at"]


def test_a_command_is_answered_with_what_it_did_also_when_a_reader_raced_it(polled, monkeypatch):
    team, _ = polled
    now = cache.key("now", team.id)
    old, forget = cache.cache().get(now), commands.forget_state

    def forgotten_and_put_back(session_id):
        # What a refresh does that read before the commit and is done after it.
        forget(session_id)
        cache.cache().set(now, old, 600)

    monkeypatch.setattr(commands, "forget_state", forgotten_and_put_back)
    step = Session.objects.get(id=team.id).step
    state = team.command("extend", seconds=60)
    assert (state["step"], bool(state["round"]["ends_at"])) == (step + 1, True)


def test_a_leader_who_polls_is_there_also_when_nothing_changes(polled):
    team, _ = polled
    present = cache.key("leader", team.id)
    headers = {"Authorization": f"Bearer {team.leader}"}
    path = f"/psychsafety/api/sessions/{team.id}/"
    version = Client().get(path, headers=headers)["ETag"]
    cache.cache().delete(present)
    assert Client().get(path, headers={**headers, "If-None-Match": version}).status_code == 304
    assert cache.cache().get(present)
