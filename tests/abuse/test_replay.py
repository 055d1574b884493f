"""A request that was heard on the way is sent again, a token is tried where it does not belong: nothing comes of it.

That an answer counts once, whatever it says the second time, is rule 8 (tests/privacy).
"""

import pytest

from psychsafety_xblock.models import Note, Round, Token
from tests.agendas import CHOICE, WALL, AgendaTeam, play
from tests.support import API, Team, call, collecting, is_refused, revealed, rows

pytestmark = pytest.mark.django_db


def test_an_answer_to_an_earlier_round_goes_nowhere():
    team = AgendaTeam(WALL, WALL).fill(guests=4)
    play(team)
    earlier = team.round["id"]
    team.command("start_round")
    before = rows()
    is_refused(team.answer(team.seats[0], "again", earlier), 409, "round_closed")
    assert rows() == before


def test_resonance_and_takedowns_count_once_and_in_their_own_round():
    team = AgendaTeam(WALL, WALL).fill(guests=4)
    play(team)
    earlier, notes = team.round["id"], [note["id"] for note in team.notes()]
    taps = {"round": earlier, "notes": notes[:1]}
    assert call(team.api + "resonance", taps, token=team.seats[0]).status_code == 202
    is_refused(call(team.api + "resonance", taps, token=team.seats[0]), 409, "already_answered")
    down = {"round": earlier, "note": notes[0]}
    assert call(team.api + "takedowns", down, token=team.seats[0]).status_code == 202
    is_refused(call(team.api + "takedowns", down, token=team.seats[0]), 409, "already_answered")
    is_refused(call(team.api + "takedowns", {**down, "note": notes[1]}, token=team.seats[0]), 409, "already_answered")
    play(team)
    before = rows()
    is_refused(call(team.api + "resonance", taps, token=team.seats[1]), 409, "round_closed")
    is_refused(call(team.api + "takedowns", {**down, "note": notes[1]}, token=team.seats[1]), 409, "round_closed")
    mixed = {"round": team.round["id"], "note": notes[1]}
    is_refused(call(team.api + "takedowns", mixed, token=team.seats[1]), 404, "unknown_note")
    assert rows() == before


@pytest.mark.parametrize("command", ["reveal", "start_round", "next", "close_round", "close_session", "extend", "back"])
def test_a_command_that_was_heard_is_done_once(command):
    """Its step is gone, so that a reveal that is sent again never ends what came after it."""
    team = AgendaTeam(WALL, CHOICE).fill(guests=4)
    step = team.state()["step"]
    team.command("start_round")
    for number, seat in enumerate(team.seats):
        team.answer(seat, f"note {number}")
    for old in range(step + 1):
        before = rows()
        is_refused(team.try_command(command, step=old), 409, "stale_step")
        assert rows() == before
    assert Round.objects.get().phase == Round.Phase.COLLECTING


def test_a_note_of_before_the_reveal_is_none_after_it():
    """The keys that notes lay under while they were collected open nothing."""
    team = collecting()
    team.answers(["a", "b", "c", "d", "e"])
    keys = [str(key) for key in Note.objects.values_list("id", flat=True)]
    team.command("reveal")
    for key in keys:
        is_refused(team.take_down(team.seats[0], key), 404, "unknown_note")


class TestOneTimeCodes:
    """Whoever photographs the laptop comes too late, or is seen."""

    def offered(self, team: Team, what: str = "offer") -> str:
        return call(team.api + "drive", {"do": what}, token=team.leader).json()["code"]

    def test_a_claim_is_collected_once(self):
        team = Team()
        claim = call(API + "drive", {"code": self.offered(team)}).json()["claim"]
        call(team.api + "drive", {"do": "confirm"}, token=team.leader)
        assert call(API + "drive", {"claim": claim}).status_code == 200
        is_refused(call(API + "drive", {"claim": claim}), 404, "unknown_code")
        assert Token.objects.filter(phone=True).count() == 1

    def test_a_confirmation_is_for_one_claim(self):
        team = Team()
        first = call(API + "drive", {"code": self.offered(team)}).json()["claim"]
        second = call(API + "drive", {"code": self.offered(team)}).json()["claim"]
        call(team.api + "drive", {"do": "confirm"}, token=team.leader)
        is_refused(call(API + "drive", {"claim": first}), 404, "unknown_code")
        assert call(API + "drive", {"claim": second}).status_code == 200

    def test_a_private_window_takes_its_code_once(self):
        team = Team()
        code = self.offered(team, "window")
        claim = call(API + "drive", {"code": code}).json()["claim"]
        assert call(API + "drive", {"claim": claim}).status_code == 200
        is_refused(call(API + "drive", {"code": code}), 404, "unknown_code")
        is_refused(call(API + "drive", {"claim": claim}), 404, "unknown_code")

    def test_a_code_outlives_no_session(self):
        team = Team()
        phone, tablet = self.offered(team), call(team.api + "tablet", {"seats": 3}, token=team.leader).json()["code"]
        claim = call(API + "drive", {"code": self.offered(team, "window")}).json()["claim"]
        team.command("close_session")
        before = Token.objects.count()
        assert call(API + "drive", {"code": phone}).status_code == 404
        assert call(API + "drive", {"claim": claim}).status_code == 410
        assert call(API + "tablet", {"code": tablet}).status_code == 410
        assert Token.objects.count() == before

    @pytest.mark.parametrize("kind", ["drive", "tablet"])
    def test_a_code_of_one_kind_is_none_of_another(self, kind):
        team = Team()
        phone, tablet = self.offered(team), call(team.api + "tablet", {"seats": 3}, token=team.leader).json()["code"]
        is_refused(call(API + kind, {"code": tablet if kind == "drive" else phone}), 404, "unknown_code")


class TestTokensWhereTheyDoNotBelong:
    """Beside the roles and sessions of tests/web/test_roles_and_methods.py."""

    CALLS = ("", "guide", "qr.svg", "summary", "tallies.csv", "follow-up.ics")

    def test_a_phone_that_was_removed_has_nothing_left(self):
        team = revealed()
        claim = call(API + "drive", {"code": TestOneTimeCodes().offered(team)}).json()["claim"]
        call(team.api + "drive", {"do": "confirm"}, token=team.leader)
        phone = call(API + "drive", {"claim": claim}).json()["token"]
        assert call(team.api, token=phone).status_code == 200
        call(team.api + "drive", {"do": "take_back"}, token=team.leader)
        for name in self.CALLS:
            is_refused(call(team.api + name, token=phone), 401, "unauthorized")
        is_refused(team.try_command("close_session", token=phone), 401, "unauthorized")
        is_refused(call(team.api + "drive", {"do": "offer"}, token=phone), 401, "unauthorized")
        is_refused(call(API + "whoami", token=phone), 401, "unauthorized")

    def test_a_leader_who_handed_over_has_nothing_left_but_to_take_it_back(self):
        team = revealed()
        claim = call(API + "drive", {"code": TestOneTimeCodes().offered(team, "hand_over")}).json()["claim"]
        call(team.api + "drive", {"do": "confirm"}, token=team.leader)
        assert call(API + "drive", {"claim": claim}).status_code == 200
        for name in self.CALLS:
            is_refused(call(team.api + name, token=team.leader), 401, "unauthorized")

    def test_a_seat_of_a_tablet_that_was_taken_back(self):
        team = Team()
        code = call(team.api + "tablet", {"seats": 2}, token=team.leader).json()["code"]
        seats = call(API + "tablet", {"code": code}).json()["tokens"]
        call(team.api + "tablet", {"seats": 0}, token=team.leader)
        for token in seats:
            is_refused(call(team.api, token=token), 401, "unauthorized")

    def test_a_seat_that_was_given_back(self):
        team = Team().fill(guests=2)
        assert call(team.api + "leave", {}, token=team.seats[0]).status_code == 202
        is_refused(call(team.api, token=team.seats[0]), 401, "unauthorized")
        is_refused(call(team.api + "leave", {}, token=team.seats[0]), 401, "unauthorized")

    def test_the_token_of_a_summary_opens_nothing_else(self):
        team, other = revealed(), Team(leader="somebody-else").fill(guests=1)
        token = team.command("close_session")["summary_token"]
        assert call(team.api + "summary", token=token).status_code == 200
        is_refused(call(team.api, token=token), 410, "ended")
        for name in ("guide", "qr.svg"):
            assert call(team.api + name, token=token).status_code in (403, 410)
        for name in self.CALLS:
            is_refused(call(other.api + name, token=token), 401, "unauthorized")
        body = {"command": "begin", "step": 0}
        is_refused(call(team.api + "commands", body, token=token), 403, "wrong_role")

    def test_a_leaders_token_takes_no_part(self):
        team = revealed()
        before = rows()
        is_refused(team.tap(team.leader, []), 403, "wrong_role")
        is_refused(team.answer(team.leader, "mine too"), 403, "wrong_role")
        is_refused(team.take_down(team.leader, team.notes()[0]["id"]), 403, "wrong_role")
        is_refused(call(team.api + "leave", {}, token=team.leader), 403, "wrong_role")
        assert rows() == before

    def test_a_token_in_another_place_is_none(self):
        team = Team().fill(guests=1)
        for address in (f"{team.api}?token={team.leader}", f"{team.api}?access_token={team.leader}"):
            is_refused(call(address), 401, "unauthorized")
        is_refused(call(team.api, **{"Cookie": f"token={team.leader}", "X-Token": team.leader}), 401, "unauthorized")
        is_refused(call(team.api, Authorization=f"Token {team.leader}"), 401, "unauthorized")
        is_refused(call(team.api, token=f"{team.leader} {team.seats[0]}"), 401, "unauthorized")
