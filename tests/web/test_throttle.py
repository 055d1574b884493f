"""Guessing codes is slowed down, and nobody can lock the others out."""

import json

import pytest
from django.test import Client

from psychsafety_xblock.web.throttle import network_of
from tests.support import Team, call, handler, is_refused

pytestmark = pytest.mark.django_db

WRONG = {"join_code": "ZZZZ2222"}


def from_address(address: str, path: str, body: dict):
    return Client(REMOTE_ADDR=address).post(path, json.dumps(body), "application/json")


def test_wrong_codes_are_counted_by_address():
    for _ in range(30):
        is_refused(call("/psychsafety/api/join", WRONG), 404, "unknown_code")
    response = call("/psychsafety/api/join", WRONG)
    is_refused(response, 429, "too_many_wrong_codes")
    assert int(response["Retry-After"]) > 0
    is_refused(from_address("10.9.8.7", "/psychsafety/api/join", WRONG), 404, "unknown_code")


def test_all_calls_with_codes_share_the_count():
    team = Team()
    for path in ("/psychsafety/api/join", team.api + "seats"):
        for _ in range(10):
            is_refused(call(path, WRONG), 404, "unknown_code")
    for _ in range(10):
        is_refused(call("/psychsafety/api/drive", {"code": "ZZZZ2222"}), 404, "unknown_code")
    for path in ("/psychsafety/api/join", team.api + "seats"):
        is_refused(call(path, WRONG), 429, "too_many_wrong_codes")
    is_refused(call("/psychsafety/api/drive", {"code": "ZZZZ2222"}), 429, "too_many_wrong_codes")


def test_a_right_code_always_works_whatever_came_from_the_same_address():
    team = Team()
    for _ in range(60):
        call("/psychsafety/api/join", WRONG)
    code = {"join_code": team.opened["join_code"]}
    assert call("/psychsafety/api/join", code).status_code == 200
    assert call(team.api + "seats", code).status_code == 201


def test_an_office_of_170_joins_within_a_minute_from_one_address():
    team = Team()
    code = {"join_code": team.opened["join_code"]}
    for _ in range(170):
        assert call("/psychsafety/api/join", code).status_code == 200
        assert call(team.api + "seats", code).status_code == 201
    assert team.state()["seats"] == {"all": 170, "guests": 170, "tablet": 0, "generation": 1}


def test_accounts_are_counted_by_account():
    team = Team()
    for _ in range(30):
        is_refused(handler("wall", "take_seat", WRONG, "guesser"), 404, "unknown_code")
    is_refused(handler("wall", "take_seat", WRONG, "guesser"), 429, "too_many_wrong_codes")
    is_refused(handler("wall", "take_seat", WRONG, "somebody-else"), 404, "unknown_code")
    assert handler("wall", "take_seat", {"join_code": team.opened["join_code"]}, "guesser").status_code == 200


def test_the_site_sets_the_number(settings):
    settings.PSYCHSAFETY = {**settings.PSYCHSAFETY, "WRONG_CODES_PER_MINUTE": 2}
    codes = [call("/psychsafety/api/join", WRONG).status_code for _ in range(4)]
    assert codes == [404, 404, 429, 429]


@pytest.mark.parametrize(
    ("address", "counts_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_what_counts_as_one_address(address, counts_as):
    assert network_of(address) == counts_as
