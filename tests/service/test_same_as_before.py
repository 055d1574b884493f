"""When the cached state has run out, one query finds out whether anything has happened since."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from psychsafety_xblock.service.cache import key
from tests.support import Team, call, collecting

pytestmark = pytest.mark.django_db


def a_second_passes(team: Team) -> None:
    """The two keys that live for a second are gone, and nothing was forgotten on purpose."""
    cache.delete_many([key("now", team.session_id), key("looking", team.session_id)])


def seen(team: Team, token: str) -> dict:
    response = call(team.api, token=token)
    assert response.status_code == 200
    return response.json()


def test_where_nothing_happened_one_query_tells_so():
    team = collecting()
    before = seen(team, team.screen)
    a_second_passes(team)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        again = call(team.api, token=team.screen, **{"If-None-Match": f'"{before["version"]}"'})
    assert again.status_code == 304
    assert len(queries) == 1, [query["sql"][:80] for query in queries]


def test_an_answer_shows_after_a_second_without_anybody_saying_so():
    team = collecting()
    assert seen(team, team.leader)["round"]["answers"] == 0
    team.answer(team.seats[0], "one", seen(team, team.leader)["round"]["id"])
    assert seen(team, team.leader)["round"]["answers"] == 0
    a_second_passes(team)
    assert seen(team, team.leader)["round"]["answers"] == 1


def test_who_asks_while_somebody_looks_is_told_what_was_known():
    team = collecting()
    known = seen(team, team.leader)
    team.answer(team.seats[0], "one", known["round"]["id"])
    a_second_passes(team)
    cache.add(key("looking", team.session_id), 1, 1)
    assert seen(team, team.leader)["version"] == known["version"]


def test_a_command_is_seen_at_once():
    team = collecting()
    seen(team, team.seats[0])
    team.answers(["one", "two", "three", "four", "five"])
    step = seen(team, team.leader)["step"]
    body = {"command": "reveal", "step": step}
    assert call(team.api + "commands", body, token=team.leader).status_code == 200
    assert seen(team, team.seats[0])["round"]["phase"] == "revealed"
