"""What may go wrong within the hour, and the session goes on."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache

from psychsafety_xblock.models import Ballot, Note, Session
from tests.agendas import TALK, WALL, AgendaTeam, play
from tests.support import API, Team, call, handler, is_refused

pytestmark = pytest.mark.django_db


def test_the_lead_is_taken_back_from_another_device():
    team = Team().fill(guests=4)
    round_id = team.start()
    again = handler("wall", "current_session", {}, "leader").json()
    assert (again["session_id"], again["join_code"]) == (team.session_id, team.opened["join_code"])
    assert again["token"] != team.leader
    # The laptop is lost; what it knew is not needed.
    team.leader = again["token"]
    team.answers(["a", "b", "c", "d"])
    assert team.round["id"] == round_id
    assert len(team.command("reveal")["round"]["results"]["notes"]) == 4


def test_a_colleague_goes_on_in_the_middle_of_a_round():
    team = Team().fill(guests=5)
    team.start()
    team.answers(["a", "b"])
    offered = call(team.api + "drive", {"do": "hand_over"}, token=team.leader).json()
    claimed = call(API + "drive", {"code": offered["code"]}).json()
    call(team.api + "drive", {"do": "confirm"}, token=team.leader)
    team.leader = call(API + "drive", {"claim": claimed["claim"]}).json()["token"]
    for seat, text in zip(team.seats[2:], "cde", strict=True):
        assert team.answer(seat, text).status_code == 202
    assert len(team.command("reveal")["round"]["results"]["notes"]) == 5


def test_the_cache_is_flushed_in_the_middle_of_a_round():
    team = Team().fill(learners=2, guests=3)
    round_id = team.start()
    team.answers(["a", "b"])
    cache.clear()
    is_refused(team.answer(team.seats[0], "twice", round_id), 409, "already_answered")
    for seat, text in zip(team.seats[2:], "cde", strict=True):
        assert team.answer(seat, text, round_id).status_code == 202
    # Nobody can be given a second seat while answers are collected.
    late = handler("wall", "take_seat", {"join_code": team.opened["join_code"]}, "person-0")
    is_refused(late, 409, "seats_paused")
    cache.clear()
    assert Ballot.objects.count() == 5
    assert len(team.command("reveal")["round"]["results"]["notes"]) == 5
    assert Note.objects.count() == 5
    cache.clear()
    team.command("close_round")
    # Held seats stay, and who lost theirs sits down again, for all to see.
    assert team.learner("person-0", token=team.seats[0]) == team.seats[0]
    team.learner("person-0")
    assert team.state()["seats"]["generation"] == 2
    assert team.state(team.seats[1])["role"] == "seat"


def test_who_comes_late_takes_part_from_there_on():
    team = AgendaTeam(TALK, WALL, WALL | {"title": "Again"}).fill(guests=3)
    play(team)
    team.start()
    team.answers(["a", "b", "c"])
    late = team.guest()
    assert team.state(late)["round"]["results"] is None
    assert team.answer(late, "d").status_code == 202
    assert len(team.command("reveal")["round"]["results"]["notes"]) == 4
    later = team.guest()
    assert len(team.state(later)["round"]["results"]["notes"]) == 4
    is_refused(team.answer(later, "too late"), 409, "round_closed")
    assert len(play(team)["round"]["results"]["notes"]) == 5


def test_people_leave_and_the_others_go_on():
    team = AgendaTeam(WALL, TALK).fill(guests=5)
    team.start()
    team.answers(["a", "b", "c"])
    for seat in (team.seats[0], team.seats[4]):
        assert call(team.api + "leave", {}, token=seat).status_code == 202
    assert len(team.command("reveal")["round"]["results"]["notes"]) == 3
    assert team.command("next")["seats"]["all"] == 3


def test_a_forgotten_session_ends_by_itself(travel):
    team = AgendaTeam(WALL).fill(guests=4)
    team.start()
    team.answers(["a", "b", "c", "d"])
    travel(hours=12, seconds=1)
    cache.clear()
    # Somebody else comes by, as anybody does.
    Team(leader="amal")
    session = Session.objects.get(id=team.session_id)
    assert (session.phase, session.open_slot, session.join_code) == ("ended", None, None)
    assert not Note.objects.exists()
    for token in (team.leader, team.screen, team.seats[0]):
        assert call(team.api, token=token).status_code in (401, 410)


class Watched(AgendaTeam):
    """A team that keeps all that it is ever told."""

    def __init__(self, number: int) -> None:
        super().__init__(TALK, WALL, leader=f"leader-{number}")
        self.number, self.told = number, []

    def hour(self) -> None:
        """The whole session."""
        self.fill(guests=4)
        self.told.append(self.command("start_round"))
        self.told.append(self.command("start_round"))
        self.answers([f"gull-{self.number}-{seat}-gull" for seat in range(4)])
        for _ in range(2):
            self.told += [self.state(token) for token in (self.leader, self.screen, *self.seats)]
            if self.round["phase"] == "collecting":
                self.told.append(self.command("reveal"))
        notes = [note["id"] for note in self.notes()]
        for seat in self.seats:
            self.told.append(self.tap(seat, notes).json())
        self.told.append(self.command("count_resonance"))
        self.told.append(self.command("show_summary"))

    def secrets(self) -> set[str]:
        """What no other team may ever be told."""
        texts = {f"gull-{self.number}-{seat}-gull" for seat in range(4)}
        tokens = {self.leader, self.screen, *self.seats}
        return {*texts, *tokens, *self.attached, self.session_id, self.opened["join_code"]}


@pytest.mark.django_db(transaction=True)
def test_five_teams_run_the_same_block_at_once_and_never_see_each_other():
    from django.db import connections

    teams = [Watched(number) for number in range(5)]

    def run(team: Watched) -> None:
        try:
            team.hour()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(run, teams))
    for team in teams:
        told = json.dumps(team.told)
        for other in teams:
            seen = {secret for secret in other.secrets() if secret in told}
            assert not seen if other is not team else f"gull-{team.number}-0-gull" in seen
        for other in teams:
            if other is not team:
                assert call(other.api, token=team.leader).status_code == 401
                assert call(other.api, token=team.seats[0]).status_code == 401
                body = {"round": other.round["id"], "answer": {"pass": True}}
                assert call(team.api + "answers", body, token=team.seats[0]).status_code == 404
