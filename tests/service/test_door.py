"""The door: locked, nobody new gets a seat; with a new code everybody who came by code sits down once more."""

import pytest
from django.core.cache import cache

from psychsafety_xblock import service
from psychsafety_xblock.core.errors import Refused
from psychsafety_xblock.models import Ballot, Note, Round, Session, Token
from psychsafety_xblock.service import board, door
from tests.agendas import CHOICE, TALK, WALL, AgendaTeam
from tests.support import API, Team, call, collecting, handler, is_refused, revealed

pytestmark = pytest.mark.django_db

FLOOD = 19


def by_code(team: Team, code: str | None = None):
    """Somebody takes a seat by code, that of the beginning unless another one is given."""
    return call(team.api + "seats", {"join_code": code or team.opened["join_code"]})


def with_account(team: Team, student: str, code: str | None = None, **body):
    return handler("wall", "take_seat", {"join_code": code or team.opened["join_code"], **body}, student)


def tablet(team: Team, seats: int):
    return call(team.api + "tablet", {"seats": seats}, token=team.leader)


class TestLocked:
    """Nobody new, whoever it is; nothing changes for those who are in."""

    def test_all_see_it(self):
        team = Team().fill(1, 1)
        assert {team.state(token)["door"] for token in (team.leader, team.screen, *team.seats)} == {"open"}
        assert team.command("lock_door")["door"] == "locked"
        assert {team.state(token)["door"] for token in (team.leader, team.screen, *team.seats)} == {"locked"}
        assert team.command("unlock_door")["door"] == "open"

    @pytest.mark.parametrize("language", ["en", "da", "ar"])
    def test_nobody_new_by_code_and_told_what_to_do(self, language):
        team = Team().fill(1, 1)
        team.command("lock_door")
        refused = call(
            team.api + "seats",
            {"join_code": team.opened["join_code"]},
            **{"X-Psychsafety-Language": language},
        )
        is_refused(refused, 409, "door_locked")
        assert {"en": "Ask the leader", "da": "lederen", "ar": "ممن يقود"}[language] in refused.json()["detail"]
        assert team.state()["seats"]["all"] == 2
        team.command("unlock_door")
        assert by_code(team).status_code == 201

    def test_the_code_still_finds_the_session_so_that_who_is_in_may_scan_it_again(self):
        team = Team().fill(0, 1)
        team.command("lock_door")
        found = call(API + "join", {"join_code": team.opened["join_code"]})
        assert found.json()["session_id"] == team.session_id

    def test_an_account_that_had_a_seat_gets_the_same_again_and_no_other(self):
        team = Team()
        mine = team.learner("amal")
        team.command("lock_door")
        assert team.learner("amal") == team.learner("amal", token=mine) == mine
        is_refused(with_account(team, "ben"), 409, "door_locked")
        is_refused(with_account(team, "leader"), 409, "door_locked")
        is_refused(with_account(team, "ben", token="made up"), 409, "door_locked")
        assert team.state()["seats"]["all"] == 1
        assert team.state()["leader_seated"] is False

    def test_who_left_for_a_moment_comes_back_to_the_same_seat(self):
        team = collecting(4, 0)
        mine = team.seats[0]
        team.answer(mine, "one")
        team.command("lock_door")
        call(team.api + "leave", {}, token=mine)
        assert with_account(team, "person-0").json()["token"] == mine
        assert not Token.objects.filter(left=True).exists()

    def test_a_lost_secret_lets_nobody_in(self):
        team = Team().fill(1)
        team.command("lock_door")
        cache.clear()
        is_refused(with_account(team, "person-0"), 409, "door_locked")
        assert Session.objects.get(id=team.session_id).seat_generation == 1
        # The browser that still holds it keeps it.
        assert with_account(team, "person-0", token=team.seats[0]).json()["token"] == team.seats[0]
        team.command("unlock_door")
        assert with_account(team, "person-0").status_code == 200

    def test_no_tablet_either_but_its_seats_can_be_given_back(self):
        team = Team()
        code = tablet(team, 4).json()["code"]
        assert call(API + "tablet", {"code": code}).status_code == 200
        waiting = tablet(team, 6).json()["code"]
        team.command("lock_door")
        is_refused(tablet(team, 5), 409, "door_locked")
        is_refused(call(API + "tablet", {"code": waiting}), 409, "door_locked")
        assert team.state()["seats"]["tablet"] == 4
        assert tablet(team, 0).json() == {"done": True}
        assert team.state()["seats"]["all"] == 0

    def test_a_whole_wall_behind_a_locked_door(self):
        team = Team().fill(3, 2)
        team.command("lock_door")
        team.start()
        team.answers([f"note {number}" for number in range(5)])
        assert len(team.command("reveal")["round"]["results"]["notes"]) == 5
        team.command("close_session")

    def test_the_minimum_holds_behind_a_locked_door(self):
        team = Team().fill(2, 1)
        team.command("lock_door")
        is_refused(team.try_command("start_round"), 409, "too_few_people")

    def test_locking_twice_is_no_harm(self):
        team = Team()
        team.command("lock_door")
        assert team.command("lock_door")["door"] == "locked"


class TestNewCode:
    """Start over: what was open is given up, all seats by code go, people scan again."""

    def test_a_flood_a_new_code_and_the_team_comes_back(self):
        team = Team().fill(4, FLOOD)
        team.command("lock_door")
        state = team.command("new_code")
        assert state["join_code"] != team.opened["join_code"]
        assert state["join_url"].endswith(state["join_code"])
        assert (state["phase"], state["door"], state["round"]) == ("lobby", "open", None)
        assert state["seats"] == {"all": 4, "guests": 0, "tablet": 0, "generation": 1}
        is_refused(by_code(team), 404, "unknown_code")
        is_refused(with_account(team, "ben"), 404, "unknown_code")
        is_refused(call(API + "join", {"join_code": team.opened["join_code"]}), 404, "unknown_code")
        for token in team.seats[4:]:
            is_refused(call(team.api, token=token), 401, "unauthorized")
        assert by_code(team, state["join_code"]).status_code == 201
        assert team.state(team.seats[0])["seats"]["all"] == 5

    def test_seats_with_an_account_stay_and_are_the_same(self):
        team = Team().fill(2, 3)
        state = team.command("new_code")
        assert with_account(team, "person-1", state["join_code"]).json()["token"] == team.seats[1]
        assert team.state(team.screen)["seats"]["all"] == 2

    def test_the_seats_of_a_tablet_go_too_and_so_does_what_was_offered_before(self):
        team = Team()
        tokens = call(API + "tablet", {"code": tablet(team, 4).json()["code"]}).json()["tokens"]
        waiting = tablet(team, 6).json()["code"]
        team.command("new_code")
        is_refused(call(team.api, token=tokens[0]), 401, "unauthorized")
        is_refused(call(API + "tablet", {"code": waiting}), 404, "unknown_code")
        assert call(API + "tablet", {"code": tablet(team, 2).json()["code"]}).status_code == 200

    def test_answers_that_were_being_collected_are_given_up_unread(self):
        team = collecting(5, 2)
        team.answers([f"note {number}" for number in range(7)])
        round_id = team.round["id"]
        team.command("new_code")
        assert not Note.objects.exists()
        assert not Ballot.objects.exists()
        assert Round.objects.get(id=round_id).answered is None
        is_refused(team.answer(team.seats[0], "late", round_id), 409, "round_closed")
        is_refused(team.answer(team.seats[5], "late", round_id), 401, "unauthorized")
        # The same question can be asked again.
        team.command("begin")
        (line,) = team.state()["agenda"]
        assert (line["repeatable"], line["missing"]) == (True, 0)
        team.seats = team.seats[:5]
        team.command("start_round", activity=line["id"])
        team.answers(["a", "b", "c", "d", "e"])
        assert {note["text"] for note in team.command("reveal")["round"]["results"]["notes"]} == set("abcde")

    def test_a_round_after_it_needs_its_seats(self):
        team = collecting(3, 2)
        team.command("new_code")
        team.command("begin")
        (line,) = team.state()["agenda"]
        assert line["missing"] == 1
        is_refused(team.try_command("start_round", activity=line["id"]), 409, "too_few_people")

    def test_taps_are_given_up_and_the_wall_hangs_on_unchanged(self):
        team = revealed()
        notes = {note["id"]: note["text"] for note in team.notes()}
        for seat in team.seats:
            team.tap(seat, list(notes)[:1])
        team.command("new_code")
        assert not Ballot.objects.exists()
        assert set(Note.objects.values_list("resonance", flat=True)) == {0}
        assert team.state(team.seats[0])["round"] is None
        team.command("begin")
        shown = team.round
        assert {note["id"]: note["text"] for note in shown["results"]["notes"]} == notes
        assert (shown["phase"], shown["resonance"]) == ("closed", "none")
        is_refused(team.tap(team.seats[0], []), 409, "round_closed")

    def test_a_choice_that_was_shown_is_not_asked_again(self):
        team = AgendaTeam(CHOICE).fill(5, 1)
        team.start()
        for token in team.seats:
            team.answer(token, {"option": "o1"})
        team.command("reveal")
        team.command("new_code")
        (line,) = team.state()["agenda"]
        assert line["repeatable"] is False
        is_refused(team.try_command("start_round", activity=line["id"]), 409, "already_done")

    def test_while_looking_back_and_from_the_summary(self):
        team = AgendaTeam(TALK, WALL, TALK).fill(4)
        team.command("start_round")
        team.command("next")
        team.answers(["a", "b", "c", "d"])
        team.command("reveal")
        team.command("next")
        team.command("back")
        assert team.state()["looking_back"] is True
        state = team.command("new_code")
        assert (state["phase"], state["looking_back"]) == ("lobby", False)
        team.command("begin")
        team.command("show_summary")
        assert team.command("new_code")["summary"] is None

    def test_the_hour_goes_on_from_when_it_began(self):
        team = Team().fill(4)
        begun = team.command("begin")["begun_at"]
        assert begun
        team.command("new_code")
        assert team.command("begin")["begun_at"] == begun

    def test_who_asks_with_an_old_step_is_refused_and_nothing_is_lost(self):
        team = collecting(4, 1)
        team.answers(["a", "b"])
        is_refused(team.try_command("new_code", step=team.state()["step"] - 1), 409, "stale_step")
        assert Ballot.objects.count() == 2

    def test_a_code_that_was_right_a_moment_ago_is_not(self):
        """The session was found by the old code; the seat is to be taken after the new one was made."""
        team = Team().fill(1)
        found = service.find_session(team.opened["join_code"])
        team.command("new_code")
        with pytest.raises(Refused, match="unknown_code"):
            service.take_account_seat(found, account="late")
        assert team.state()["seats"]["all"] == 1

    def test_a_cached_seat_ends_with_it(self):
        team = collecting(3, 2)
        guest = team.seats[4]
        assert team.state(guest)["role"] == "seat"
        team.command("new_code")
        is_refused(call(team.api, token=guest), 401, "unauthorized")


def test_a_seat_that_is_taken_away_while_it_is_looked_up_is_not_kept(monkeypatch):
    """Between reading the row and keeping it in the cache, the leader starts over."""
    team = Team().fill(1, 1)
    guest = team.seats[1]
    looked_up = board.open_session_of

    def meanwhile(session_id):
        found = looked_up(session_id)
        monkeypatch.setattr(board, "open_session_of", looked_up)
        team.command("new_code")
        return found

    monkeypatch.setattr(board, "open_session_of", meanwhile)
    is_refused(call(team.api, token=guest), 401, "unauthorized")
    is_refused(call(team.api, token=guest), 401, "unauthorized")


@pytest.mark.parametrize("command", ["lock_door", "unlock_door", "new_code"])
def test_a_rehearsal_has_no_door(command):
    team = Team(block="session", rehearse=True)
    is_refused(team.try_command(command), 409, "not_now")
    assert Session.objects.get(id=team.session_id).join_code is None


@pytest.mark.parametrize("command", ["lock_door", "unlock_door", "new_code"])
def test_only_the_leader_and_no_field_of_its_own(command):
    team = Team().fill(1, 1)
    for token in (team.seats[0], team.screen):
        is_refused(team.try_command(command, token=token), 403, "wrong_role")
    for field in ("seat", "seats", "guest"):
        is_refused(team.try_command(command, **{field: team.seats[1]}), 400, "unknown_field")
    assert team.state()["seats"]["all"] == 2


def test_a_new_code_is_free(monkeypatch):
    """A code that another session has is passed over."""
    other = Team(leader="another")
    taken, drawn = other.opened["join_code"], []

    def draw(randomness):
        drawn.append(taken if not drawn else "ABCDEFGH")
        return drawn[-1]

    team = Team().fill(0, 2)
    monkeypatch.setattr(door.codes, "new_code", draw)
    assert team.command("new_code")["join_code"] == "ABCDEFGH"
    assert drawn == [taken, "ABCDEFGH"]
    assert other.state()["join_code"] == taken
