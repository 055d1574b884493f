"""Tokens: long enough, stored as hashes only, compared whole; and the lead on a phone."""

import math

import pytest

from psychsafety_xblock.core import codes
from psychsafety_xblock.models import Token
from tests.support import Team, call, is_refused, rows

pytestmark = pytest.mark.django_db


def bits(token: str) -> float:
    return len(token) * math.log2(16 if set(token) <= set("0123456789abcdef") else 64)


def test_at_least_128_bits_each():
    team = Team().fill(1, 1)
    tokens = [team.leader, team.screen, *team.seats]
    assert len(set(tokens)) == 4
    for token in tokens:
        assert bits(token) >= 128


def test_only_hashes_are_stored():
    team = Team().fill(1, 1)
    everything = repr(rows())
    for token in [team.leader, team.screen, *team.seats]:
        assert token not in everything
        assert codes.token_hash(token) in everything


def test_a_row_found_by_the_first_bits_is_compared_whole():
    team = Team().fill(guests=1)
    Token.objects.filter(role="seat").update(hash="0" * 64)
    is_refused(call(team.api, token=team.seats[0]), 401, "unauthorized")


def test_a_hash_is_no_token():
    team = Team().fill(guests=1)
    is_refused(call(team.api, token=Token.objects.filter(role="leader").get().hash), 401, "unauthorized")


def test_opening_again_gives_the_same_session_and_screen_and_a_new_leader_token():
    team = Team()
    again = Team()
    assert again.session_id == team.session_id
    assert again.screen == team.screen
    assert again.leader != team.leader
    assert call(team.api, token=team.leader).status_code == 200


class TestTheLeadOnAPhone:
    """A one-time code, confirmed on the laptop."""

    def offer(self, team: Team) -> str:
        return call(team.api + "drive", {"do": "offer"}, token=team.leader).json()["code"]

    def settle(self, team: Team, what: str):
        return call(team.api + "drive", {"do": what}, token=team.leader)

    def test_from_the_offer_to_the_take_back(self):
        team = Team()
        assert team.state()["drive"] is None
        code = self.offer(team)
        assert team.state()["drive"] == {"phase": "offered"}
        claimed = call("/psychsafety/api/drive", {"code": code.lower()}).json()
        assert team.state()["drive"] == {"phase": "claimed", "check": claimed["check"]}
        waiting = call("/psychsafety/api/drive", {"claim": claimed["claim"]})
        assert (waiting.status_code, waiting.json()) == (202, {"waiting": True})
        assert self.settle(team, "confirm").status_code == 200
        lead = call("/psychsafety/api/drive", {"claim": claimed["claim"]}).json()
        assert lead["session_id"] == team.session_id
        assert team.state()["drive"] == {"phase": "driving"}
        assert team.state(lead["token"])["device"] == "phone"
        assert team.state()["device"] == "block"
        assert team.try_command("begin", token=lead["token"]).status_code == 200
        assert self.settle(team, "take_back").status_code == 200
        is_refused(call(team.api, token=lead["token"]), 401, "unauthorized")
        assert team.state()["drive"] is None
        assert team.state()["phase"] == "running"

    def test_a_code_works_once(self):
        team = Team()
        code = self.offer(team)
        assert call("/psychsafety/api/drive", {"code": code}).status_code == 200
        is_refused(call("/psychsafety/api/drive", {"code": code}), 404, "unknown_code")

    def test_a_new_offer_voids_the_old_one(self):
        team = Team()
        old = self.offer(team)
        self.offer(team)
        is_refused(call("/psychsafety/api/drive", {"code": old}), 404, "unknown_code")

    def test_what_was_refused_gives_no_token(self):
        team = Team()
        claim = call("/psychsafety/api/drive", {"code": self.offer(team)}).json()["claim"]
        self.settle(team, "refuse")
        is_refused(call("/psychsafety/api/drive", {"claim": claim}), 404, "unknown_code")
        assert Token.objects.filter(phone=True).count() == 0

    def test_nothing_is_confirmed_that_nobody_claimed(self):
        team = Team()
        is_refused(self.settle(team, "confirm"), 409, "not_now")
        self.offer(team)
        is_refused(self.settle(team, "confirm"), 409, "not_now")
        is_refused(self.settle(team, "explode"), 400, "bad_value")

    def test_a_join_code_is_no_code_for_the_lead_and_the_other_way_round(self):
        team = Team()
        code = self.offer(team)
        is_refused(call("/psychsafety/api/drive", {"code": team.opened["join_code"]}), 404, "unknown_code")
        is_refused(call("/psychsafety/api/join", {"join_code": code}), 404, "unknown_code")
