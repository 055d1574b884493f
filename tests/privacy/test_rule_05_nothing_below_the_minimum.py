"""Rule 5: nothing is readable below the group minimum, through any interface of the product."""

import json

import pytest

from psychsafety_xblock import service
from psychsafety_xblock.demo.course import AUTHOR, BLOCKS
from psychsafety_xblock.demo.runtime import CourseRuntime
from psychsafety_xblock.models import Activity, Ballot, Note, Round, Session, Token
from psychsafety_xblock.service.cache import forget_state
from psychsafety_xblock.service.facts import facts_of
from tests.agendas import PULSE, WALL, AgendaTeam
from tests.support import API, Team, call, collecting, handler, is_refused

pytestmark = pytest.mark.django_db

MARK = "kingfisher"


def everything_readable(team: Team) -> str:
    """Every reply that anybody can get: states, QR, whoami, handlers, views in the course and in Studio, pages."""
    read = []
    for token in [team.leader, team.screen, *team.seats]:
        read.append(json.dumps(team.state(token)))
        read += [call(team.api + "qr.svg", token=token), call("/psychsafety/api/whoami", token=token)]
    current = team.round["id"]
    read.append(team.tap(team.seats[0], []))
    read += [team.tap(team.seats[0], [str(note.id)]) for note in Note.objects.all()]
    read += [team.take_down(team.seats[0], str(note.id)) for note in Note.objects.all()]
    read += [team.try_command("hide_note", note=str(note.id)) for note in Note.objects.all()]
    read += [team.try_command(command) for command in ("reveal", "count_resonance", "next", "start_round")]
    read.append(team.answer(team.seats[0], "again", current))
    for name in ("open_session", "current_session", "complete"):
        read.append(handler("wall", name, {}, "leader"))
    read.append(handler("wall", "take_seat", {"join_code": team.opened["join_code"]}, "amal"))
    for who in ("leader", "staff", AUTHOR):
        for block in BLOCKS.values():
            instance = CourseRuntime(who).get_block(block.usage_id)
            for view in ("student_view", "author_view", "studio_view"):
                fragment = instance.render(view, {})
                read.append(fragment.content + json.dumps(fragment.json_init_args))
    return "".join(part if isinstance(part, str) else part.content.decode() for part in read)


def test_below_the_minimum_no_call_gives_any_text_away():
    team = collecting()
    team.answers([f"{MARK} one", f"{MARK} two", f"{MARK} three"])
    assert MARK not in everything_readable(team)
    assert Note.objects.count() == 3


def test_at_the_minimum_not_before_the_reveal():
    team = collecting()
    team.answers([f"{MARK} {number}" for number in range(4)])
    for token in [team.leader, team.screen, *team.seats]:
        state = team.state(token)
        assert MARK not in json.dumps(state)
        assert state["round"]["results"] is None
    assert len(team.command("reveal")["round"]["results"]["notes"]) == 4


def test_only_the_leader_sees_a_number_and_it_is_of_answers():
    team = collecting()
    team.answers(["one", None])
    assert team.round["answers"] == 2
    for token in (team.screen, team.seats[0]):
        assert "answers" not in team.state(token)["round"]


def test_a_reveal_below_the_minimum_is_refused():
    team = collecting()
    team.answers(["one", "two", "three"])
    is_refused(team.try_command("reveal"), 409, "too_few_answers")
    assert team.round["phase"] == "collecting"


def test_passes_count_towards_the_reveal_but_three_notes_are_the_least_that_is_shown():
    team = collecting()
    team.answers([f"{MARK} one", f"{MARK} two", None, None])
    results = team.command("reveal")["round"]["results"]
    assert results == {"notes": [], "hidden": 0, "too_few": True}
    assert team.round["resonance"] == "none"
    assert not Note.objects.exists()
    assert MARK not in everything_readable(team)


def test_three_notes_are_shown():
    team = collecting()
    team.answers(["one", "two", "three", None])
    results = team.command("reveal")["round"]["results"]
    assert len(results["notes"]) == 3
    assert results["too_few"] is False


def test_with_the_leader_seated_one_more_is_needed():
    team = Team().fill(4)
    team.learner("leader")
    team.start()
    assert team.round["needed"] == 5
    team.answers(["one", "two", "three", "four"])
    is_refused(team.try_command("reveal"), 409, "too_few_answers")
    team.answer(team.seats[4], "five")
    assert team.command("reveal")["round"]["phase"] == "revealed"


def test_a_leader_who_sits_down_late_still_costs_one_more():
    team = collecting(4, 0)
    team.answers(["one", "two", "three", "four"])
    team.learner("leader")
    is_refused(team.try_command("reveal"), 409, "too_few_answers")


@pytest.mark.parametrize("seats", [0, 1, 3])
def test_a_round_does_not_start_with_fewer_seats_than_it_needs(seats):
    team = Team().fill(guests=seats)
    assert team.state()["too_few_people"] == 4 - seats
    is_refused(team.try_command("start_round"), 409, "too_few_people")
    assert not Round.objects.exists()
    team.fill(guests=4 - seats)
    team.start()


def test_the_leaders_own_seat_does_not_make_a_group():
    team = Team().fill(3)
    team.learner("leader")
    is_refused(team.try_command("start_round"), 409, "too_few_people")


@pytest.mark.parametrize(("floor", "needed"), [(1, 4), (3, 4), (6, 6)])
def test_the_site_can_raise_the_floor_and_nobody_can_go_below(settings, floor, needed):
    settings.PSYCHSAFETY = {**settings.PSYCHSAFETY, "MINIMUM_FLOOR": floor}
    team = Team().fill(guests=6)
    team.start()
    assert team.round["needed"] == needed
    assert team.state()["round"]["needed"] == team.state(team.seats[0])["round"]["needed"]


def test_even_a_stored_minimum_of_one_is_three(settings):
    """Whatever an import or an old version left in the agenda, and whatever the site says."""
    settings.PSYCHSAFETY = {**settings.PSYCHSAFETY, "MINIMUM_FLOOR": 1}
    team = Team().fill(guests=5)
    for activity in Activity.objects.all():
        activity.definition["minimum"] = 1
        activity.save()
    team.start()
    assert team.round["needed"] == 3
    assert Round.objects.get().minimum == 3


def test_the_minimum_is_frozen_when_the_round_starts(settings):
    team = collecting()
    Activity.objects.update(definition={**Activity.objects.get().definition, "minimum": 3})
    settings.PSYCHSAFETY = {**settings.PSYCHSAFETY, "MINIMUM_FLOOR": 9}
    assert team.round["needed"] == 4


def test_resonance_is_counted_from_the_minimum_and_shown_from_three_taps_on():
    team = collecting()
    team.answers([f"text {number}" for number in range(5)])
    team.command("reveal")
    notes = [note["id"] for note in team.notes()]
    picked = [notes[:2], notes[:2], notes[:1]]
    for seat, own in zip(team.seats, picked, strict=False):
        assert team.tap(seat, own).status_code == 202
    for token in (team.leader, team.screen, team.seats[0]):
        assert {note["resonance"] for note in team.notes(token)} == {None}
    is_refused(team.try_command("count_resonance"), 409, "too_few_answers")
    team.tap(team.seats[3], [])
    team.command("count_resonance")
    for token in (team.leader, team.screen, team.seats[0]):
        assert [note["resonance"] for note in team.notes(token)] == [3, None, None, None, None]


class TestSeatsThatAreTakenWhileAnswersAreCollected:
    """The minimum is made of seats that all could see before they answered. Nobody is kept out, and nobody is stuck."""

    FLOOD = 12

    @pytest.fixture
    def team(self):
        """Four with accounts, of whom one has answered, and one who came late by code and has answered too."""
        team = collecting(4, 0)
        team.answer(team.seats[0], f"{MARK} one")
        assert team.answer(team.guest(), f"{MARK} late").status_code == 202
        return team

    def test_a_late_answer_is_on_the_wall_and_does_not_count(self, team):
        for number, missing in enumerate((3, 2, 1)):
            current = team.round
            assert (current["answers"], current["missing"], current["progress"]) == (2 + number, missing, "few")
            is_refused(team.try_command("reveal"), 409, "too_few_answers")
            for token in (team.leader, team.screen, *team.seats):
                assert MARK not in json.dumps(team.state(token))
            team.answer(team.seats[1 + number], f"{MARK} {number}")
        current = team.round
        assert (current["answers"], current["missing"], current["progress"]) == (5, 0, "all")
        assert f"{MARK} late" in {note["text"] for note in team.command("reveal")["round"]["results"]["notes"]}
        assert Round.objects.get().answered == 5

    def test_a_flood_blocks_no_reveal(self, team):
        for number in range(self.FLOOD):
            team.answer(team.guest(), f"flood {number}")
        is_refused(team.try_command("reveal"), 409, "too_few_answers")
        for seat in team.seats[1:4]:
            team.answer(seat, "real")
        assert len(team.command("reveal")["round"]["results"]["notes"]) == 5 + self.FLOOD

    def test_a_phone_that_has_looked_before_it_answers_is_late_too(self, team):
        late = team.guest()
        assert team.state(late)["round"]["answered"] is False
        team.answer(late, "known from the cache")
        assert Ballot.objects.filter(late=True).count() == 2

    def test_the_decision_knows_only_those_that_count(self, team):
        assert facts_of(Session.objects.get(), Round.objects.get(), None).answers == 1

    def test_votes_neither(self):
        team = AgendaTeam(PULSE).fill(guests=3)
        ratings = {"ratings": {one["id"]: 3 for one in team.command("start_round")["round"]["activity"]["statements"]}}
        team.answer(team.seats[0], ratings)
        for _ in range(3):
            team.answer(team.guest(), ratings)
        is_refused(team.try_command("reveal"), 409, "too_few_answers")
        for seat in team.seats[1:3]:
            team.answer(seat, ratings)
        assert [item["total"] for item in team.command("reveal")["round"]["results"]["items"]] == [6, 6]

    @pytest.mark.parametrize("looks", [True, False], ids=["its phone looks all the time", "its phone sleeps"])
    def test_from_the_next_round_on_it_counts(self, looks):
        team = AgendaTeam(WALL, {**WALL, "title": "Again"}).fill(guests=3)
        team.start()
        late = team.guest()
        team.answers(["a", "b", "c", "late"])
        team.command("reveal")
        if looks:
            team.state(late)
        team.command("start_round")
        assert not Token.objects.filter(late=True).exists()
        for seat in (late, *team.seats[:2]):
            assert team.answer(seat, "again").status_code == 202
        assert team.round["missing"] == 0
        team.command("reveal")

    def test_an_account_counts_whenever_it_comes(self, team):
        for number in range(3):
            team.answer(team.learner(f"latecomer-{number}"), f"{MARK} {number}")
        assert team.round["missing"] == 0
        assert len(team.command("reveal")["round"]["results"]["notes"]) == 5

    def test_an_account_beside_a_seat_by_code_is_two_seats_of_which_one_counts(self, team):
        team.answer(team.learner("late-too"), f"{MARK} two")
        assert team.round["missing"] == 2

    def test_a_tablet_waits_and_all_its_seats_count(self):
        team = AgendaTeam(WALL, {**WALL, "title": "Again"}).fill(guests=3)
        code = call(team.api + "tablet", {"seats": 3}, token=team.leader).json()["code"]
        team.start()
        is_refused(call(API + "tablet", {"code": code}), 409, "not_now")
        team.command("close_round")
        tablet = call(API + "tablet", {"code": code}).json()["tokens"]
        team.command("start_round")
        for seat in tablet:
            team.answer(seat, "from the tablet")
        assert team.round["missing"] == 0

    def test_paper_cards_count_whoever_sits_down_meanwhile(self):
        team = AgendaTeam(WALL)
        team.command("start_round", paper=True)
        team.guest()
        for number in range(3):
            assert team.round["missing"] == 3 - number
            team.command("add_card", text=f"card {number}")
        assert len(team.command("reveal")["round"]["results"]["notes"]) == 3

    def test_a_seat_that_is_given_back_while_its_answer_is_under_way_is_late_still(self, team):
        holder = service.authenticate(team.session_id, team.guest())
        assert call(team.api + "leave", {}, token=holder.token).status_code == 202
        service.submit_answer(holder, team.round["id"], {"text": "under way"})
        assert Ballot.objects.filter(late=True).count() == 2

    def test_only_the_own_rows_say_it(self, team):
        late = team.seats[-1]
        for token in (team.leader, team.screen, *team.seats):
            assert '"late"' not in json.dumps(team.state(token))
        said = {}
        for token in (team.leader, *team.seats):
            tables = call(team.api + "kept", token=token).json()["tables"]
            said[token] = [row["late"] for table in tables for row in table["rows"] if "late" in row]
        assert said.pop(late) == [True, True]
        assert not any(any(others) for others in said.values())

    @pytest.mark.parametrize("how", ["close_session", "time"])
    def test_nothing_says_it_any_more_when_the_session_has_ended(self, team, how):
        if how == "time":
            Session.objects.update(expires_at="2020-01-01T00:00:00Z")
            forget_state(team.session_id)
            is_refused(call(team.api, token=team.seats[0]), 410, "ended")
        else:
            team.command(how)
        assert Token.objects.filter(role="seat").count() == 5
        assert not Token.objects.filter(late=True).exists()
