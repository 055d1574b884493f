"""Moving through an agenda: skip, back, again, instead; and what only the leader is told of it."""

import pytest

from psychsafety_xblock import exercises
from psychsafety_xblock.core.activities import checked_agenda
from psychsafety_xblock.models import Round, Session
from tests.agendas import AGREE, CHOICE, PULSE, SENTENCES, TALK, WALL, AgendaTeam, due, play
from tests.support import call, is_refused

pytestmark = pytest.mark.django_db


def shown(state):
    """What of a round all roles must see alike."""
    return {field: state["round"][field] for field in ("id", "phase", "results", "activity", "resonance")}


class TestSkip:
    """Leaving something out."""

    def test_the_next_one_is_left_out_and_the_one_after_it_follows(self):
        team = AgendaTeam(TALK, WALL, CHOICE)
        state = team.command("skip")
        assert [one["status"] for one in state["agenda"]] == ["skipped", "waiting", "waiting"]
        assert state["next_activity"] == team.attached[1]

    def test_one_by_its_id_is_left_out(self):
        team = AgendaTeam(TALK, WALL, CHOICE)
        state = team.command("skip", activity=team.attached[1])
        assert [one["status"] for one in state["agenda"]] == ["waiting", "skipped", "waiting"]

    def test_it_comes_back_when_it_is_started(self):
        team = AgendaTeam(TALK, WALL)
        team.command("skip")
        state = team.command("start_round", activity=team.attached[0])
        assert [one["status"] for one in state["agenda"]] == ["running", "waiting"]

    def test_minutes_are_those_of_what_is_left(self):
        team = AgendaTeam(TALK, {**WALL, "minutes": 7})
        assert team.state()["minutes"] == 10
        assert team.command("skip")["minutes"] == 7

    def test_an_unknown_one_cannot_be_left_out(self):
        team = AgendaTeam(TALK)
        is_refused(team.try_command("skip", activity="12345"), 404, "unknown_activity")

    def test_nothing_is_skipped_when_nothing_is_left(self):
        team = AgendaTeam(TALK)
        team.command("start_round")
        is_refused(team.try_command("skip"), 404, "unknown_activity")


class TestBack:
    """Looking at what was shown before."""

    def team(self) -> AgendaTeam:
        team = AgendaTeam(WALL, CHOICE, TALK).fill(guests=4)
        self.wall = shown(play(team))
        self.choice = shown(play(team))
        play(team)
        return team

    def test_everybody_sees_the_earlier_round_closed_and_as_it_was(self):
        team = self.team()
        team.command("back")
        for token in (team.leader, team.screen, team.seats[0]):
            state = team.state(token)
            assert state["looking_back"] is True
            assert shown(state) == {**self.choice, "phase": "closed"}

    def test_going_back_twice_shows_the_one_before_and_not_further(self):
        team = self.team()
        team.command("back")
        state = team.command("back")
        assert state["round"]["id"] == self.wall["id"]
        assert state["round"]["results"]["notes"] == self.wall["results"]["notes"]
        is_refused(team.try_command("back"), 409, "not_now")

    def test_next_returns_to_the_present_and_starts_nothing(self):
        team = self.team()
        present = shown(team.state())
        team.command("back")
        state = team.command("next")
        assert state["looking_back"] is False
        assert shown(state) == present
        assert Round.objects.count() == 3

    @pytest.mark.parametrize(
        "command", ["reveal", "count_resonance", "extend", "close_round", "set_commitments", "add_card", "skip"]
    )
    def test_nothing_of_an_earlier_round_can_be_done_again(self, command):
        team = self.team()
        team.command("back")
        is_refused(team.try_command(command), 409, "not_now")

    def test_an_earlier_round_takes_no_answers_and_no_taps(self):
        team = self.team()
        team.command("back")
        team.command("back")
        note = self.wall["results"]["notes"][0]["id"]
        is_refused(team.answer(team.seats[0], {"text": "late"}), 409, "round_closed")
        is_refused(team.tap(team.seats[0], [note]), 409, "round_closed")

    def test_a_note_of_an_earlier_wall_can_be_hidden(self):
        team = self.team()
        team.command("back")
        team.command("back")
        gone = self.wall["results"]["notes"][0]
        state = team.command("hide_note", note=gone["id"])
        assert gone["text"] not in str(team.state(team.screen))
        assert state["round"]["results"]["hidden"] == 1

    def test_not_while_answers_are_collected(self):
        team = AgendaTeam(TALK, WALL).fill(guests=4)
        play(team)
        team.command("start_round")
        is_refused(team.try_command("back"), 409, "not_now")

    def test_not_to_a_round_that_was_given_up(self):
        team = AgendaTeam(WALL, TALK).fill(guests=4)
        team.start()
        team.answers(["never shown"] * 4)
        team.command("close_round")
        team.command("start_round")
        is_refused(team.try_command("back"), 409, "not_now")


class TestAgain:
    """What may be run a second time."""

    @pytest.mark.parametrize("activity", [WALL, TALK])
    def test_a_wall_and_a_talk_are_run_again_as_a_new_round(self, activity):
        team = AgendaTeam(activity).fill(guests=4)
        first = play(team)["round"]["id"]
        state = team.command("close_round")
        assert state["agenda"][0]["repeatable"] is True
        state = play(team, activity=team.attached[0])
        assert (state["round"]["number"], state["round"]["id"] != first) == (2, True)

    @pytest.mark.parametrize("activity", [PULSE, CHOICE, AGREE])
    def test_what_was_counted_is_not_counted_again(self, activity):
        team = AgendaTeam(activity).fill(guests=4)
        play(team)
        assert team.command("close_round")["agenda"][0]["repeatable"] is False
        is_refused(team.try_command("start_round", activity=team.attached[0]), 409, "already_done")
        is_refused(team.try_command("start_round", activity=team.attached[0], instead=True), 409, "already_done")

    def test_commitments_that_were_never_shown_are_written_anew(self):
        team = AgendaTeam(AGREE).fill(guests=4)
        team.command("start_round")
        team.command("set_commitments", commitments=SENTENCES, due=due())
        state = team.command("close_round")
        assert state["agenda"][0]["repeatable"] is True
        state = team.command("start_round", activity=team.attached[0])
        assert state["round"]["activity"]["commitments"] == []


class TestForTheLeaderOnly:
    """Numbers and times that nobody else is told."""

    def test_the_leader_is_told_and_nobody_else(self):
        team = AgendaTeam(TALK, WALL).fill(guests=2)
        team.command("start_round")
        state = team.state()
        assert {"minutes", "guide", "begun_at", "too_few_people"} <= set(state)
        assert state["begun_at"]
        assert state["round"]["started_at"]
        for token in (team.screen, team.seats[0]):
            other = team.state(token)
            assert not {"minutes", "guide", "begun_at", "too_few_people", "drive"} & set(other)
            assert not {"started_at", "answers", "resonance_answers"} & set(other["round"])
            assert not any({"missing", "repeatable"} & set(line) for line in other["agenda"])

    def test_missing_says_how_many_seats_each_activity_lacks(self):
        team = AgendaTeam(TALK, WALL, {**CHOICE, "minimum": 5}).fill(guests=2)
        assert [one["missing"] for one in team.state()["agenda"]] == [0, 1, 3]
        team.account("mette")
        assert [one["missing"] for one in team.state()["agenda"]] == [0, 1, 3]

    def test_the_guide_is_the_leaders(self):
        team = AgendaTeam({**TALK, "script": "Say this.", "notes": "Know that."}).fill(guests=1)
        said = call(team.api + "guide", token=team.leader).json()["activities"][team.attached[0]]
        assert (said["script"], said["notes"]) == ("Say this.", "Know that.")
        for token in (team.screen, team.seats[0]):
            is_refused(call(team.api + "guide", token=token), 403, "wrong_role")
            assert "Say this." not in str(team.state(token))
            assert "Know that." not in str(team.state(token))

    def test_no_time_is_left_when_it_is_over(self):
        team = AgendaTeam(TALK, WALL).fill(guests=4)
        play(team)
        play(team)
        assert not Round.objects.filter(phase="closed").exclude(started_at=None, ends_at=None).exists()
        team.command("close_session")
        assert not Round.objects.exclude(started_at=None, ends_at=None).exists()
        assert Session.objects.get().begun_at is None


class TestInstead:
    """What an activity becomes with three people."""

    @pytest.mark.parametrize("activity", [WALL, PULSE, CHOICE])
    def test_it_becomes_a_conversation_without_answers(self, activity):
        team = AgendaTeam({**activity, "minimum": 4}).fill(guests=3)
        is_refused(team.try_command("start_round"), 409, "too_few_people")
        state = team.command("start_round", instead=True)
        now = state["round"]
        assert (now["activity"]["kind"], now["activity"]["instead_of"]) == ("talk", activity["kind"])
        assert (now["phase"], now["results"]) == ("revealed", None)
        assert team.answer(team.seats[0], None).status_code == 409
        assert team.state(team.seats[0])["round"]["activity"]["prompt"] == activity["prompt"]

    def test_commitments_are_written_and_not_counted(self):
        team = AgendaTeam({**AGREE, "minimum": 4}).fill(guests=3)
        team.command("start_round", instead=True)
        state = team.command("set_commitments", commitments=SENTENCES, due=due())
        assert [one["text"] for one in state["round"]["activity"]["commitments"]] == SENTENCES
        assert state["round"]["activity"]["counted"] is False
        refused = team.answer(team.seats[0], {"stand": []})
        assert refused.status_code == 409
        assert "counts" not in str(team.state(team.screen))

    @pytest.mark.parametrize("value", [1, "yes", None, []])
    def test_only_true_and_false_are_words_for_it(self, value):
        is_refused(AgendaTeam(WALL).try_command("start_round", instead=value), 400, "bad_value")


@pytest.mark.parametrize("name", exercises.session_names())
class TestReadySessions:
    """Each ready session runs to its end."""

    def run(self, name: str, seats: int, *, instead: bool) -> dict:
        agenda = exercises.ready_session(name).agenda
        team = AgendaTeam(*agenda).fill(guests=seats)
        for line in team.state()["agenda"]:
            few = line["kind"] not in ("talk",) and instead
            state = play(team, **({"instead": True} if few else {}))
            assert state["round"]["phase"] == "revealed"
            assert state["round"]["activity"]["id"] == line["id"]
        state = team.command("show_summary")
        assert all(one["status"] == "done" for one in state["agenda"])
        assert len(state["summary"]["activities"]) == len(agenda)
        assert team.command("close_session")["summary_token"]
        return state["summary"]

    def test_with_as_few_as_it_needs_everything_is_counted(self, name):
        needed = max(one["minimum"] for one in checked_agenda(exercises.ready_session(name).agenda))
        summary = self.run(name, max(4, needed), instead=False)
        for done in summary["activities"]:
            assert not any(item.get("too_few") for item in done.get("items", []))
            assert done["kind"] == "talk" or "items" in done or "notes" in done

    def test_with_three_seats_by_what_each_becomes(self, name):
        summary = self.run(name, 3, instead=True)
        assert {one["kind"] for one in summary["activities"]} <= {"talk", "commitments"}
        assert "counts" not in str(summary)

    def test_its_minutes_are_the_sum_of_its_steps(self, name):
        ready = exercises.ready_session(name)
        assert sum(step.get("minutes", 10) for step in ready.agenda) == ready.minutes


def test_a_round_keeps_what_it_started_with_when_the_author_removes_options():
    team = AgendaTeam({**CHOICE, "options": ["Here", "There", "Nowhere"]}).fill(guests=4)
    round_id = team.start()
    again = AgendaTeam({**CHOICE, "options": ["Elsewhere", "Anywhere"]})
    assert again.session_id == team.session_id
    assert [one["text"] for one in team.round["activity"]["options"]] == ["Here", "There", "Nowhere"]
    for seat in team.seats:
        assert team.answer(seat, {"option": "o3"}, round_id).status_code == 202
    item = team.command("reveal")["round"]["results"]["items"][0]
    assert item == {"id": "choice", "most": ["o3"]}
