"""The echo: what is shared, what another team is shown, taps on it, and reports."""

import itertools

import pytest

from psychsafety_xblock.models import Ballot, EchoNote, EchoTap, EchoVisit, Note, Round
from psychsafety_xblock.models import EchoTeam as TeamRow
from tests.echoes import COURAGE, EXAMPLES, EchoTeam, filled, pool, shared, texts
from tests.support import Team, call, is_refused

pytestmark = pytest.mark.django_db


class TestSharing:
    """What comes into a pool, and when."""

    @pytest.mark.parametrize("command", ["close_round", "show_summary", "close_session", "new_code"])
    def test_only_when_the_round_closes(self, command):
        team = EchoTeam("a").write()
        assert texts() == []
        team.command(command)
        assert texts() == ["a 0", "a 1", "a 2", "a 3"]
        assert not Note.objects.filter(share=True).exists()

    def test_by_next(self):
        team = EchoTeam("a", again=2).write()
        team.command("next")
        assert len(texts()) == 4

    def test_when_nobody_closed_it(self, travel):
        EchoTeam("a").write()
        travel(hours=13)
        from psychsafety_xblock.service.sweeping import sweep_now

        assert sweep_now(10) == 1
        assert len(texts()) == 4

    def test_only_what_its_writers_chose_to_share(self):
        EchoTeam("a").write(share=[True, False, True, True]).command("close_round")
        assert texts() == ["a 0", "a 2", "a 3"]

    def test_not_fewer_than_three(self):
        EchoTeam("a").write(share=[True, False, True, False]).command("close_round")
        assert texts() == []
        assert not Note.objects.filter(share=True).exists()

    def test_not_what_points_at_somebody(self):
        said = ["Call 12 34 56 78", "b", "c", "d"]
        EchoTeam("a").write(said).command("close_round")
        assert texts() == ["b", "c", "d"]
        EchoTeam("x").write([*said[:2], "bo@firma.dk", "e"]).command("close_round")
        assert texts() == ["b", "c", "d"]

    def test_not_what_was_taken_down_or_hidden(self):
        team = EchoTeam("a", people=5).write()
        notes = team.notes()
        team.take_down(team.seats[0], notes[0]["id"])
        team.command("hide_note", note=notes[1]["id"])
        team.command("close_round")
        assert texts() == sorted(note["text"] for note in notes[2:])

    def test_a_note_that_is_hidden_later_goes_from_the_pool_too(self):
        team = EchoTeam("a").write()
        team.command("close_round")
        doomed = team.notes()[0]
        team.command("hide_note", note=doomed["id"])
        assert len(texts()) == 3
        assert doomed["text"] not in texts()

    def test_no_round_twice(self):
        team = EchoTeam("a").write()
        team.command("close_round")
        team.command("show_summary")
        team.command("close_session")
        assert len(texts()) == 4

    def test_not_where_the_author_switched_it_off(self):
        team = EchoTeam("a", wall={**COURAGE, "echo": False}).write()
        assert team.round["activity"]["share"] is False
        assert not Note.objects.filter(share=True).exists()
        team.command("close_round")
        assert texts() == []

    def test_not_from_paper(self):
        team = EchoTeam("a")
        team.command("start_round", paper=True)
        assert team.round["activity"]["share"] is False
        for text in "bcd":
            team.command("add_card", text=text)
        team.command("reveal")
        team.command("close_round")
        assert texts() == []

    def test_not_from_a_rehearsal(self):
        team = Team("hour", rehearse=True)
        team.seats = team.opened["pretend"]
        state = team.state()
        while state["round"] is None or state["round"]["activity"]["kind"] != "wall":
            if state["round"] and state["round"]["phase"] == "collecting":
                team.command("close_round")
            state = team.command("start_round")
        assert state["round"]["activity"]["share"] is True, "it looks as the real one does"
        for seat in team.seats:
            team.answer(seat, {"text": "practice", "share": True}, state["round"]["id"])
        team.command("reveal")
        assert team.round["echo_offer"] in (None, "examples")
        team.command("close_session")
        assert texts() == []

    def test_a_crash_between_closing_and_copying_loses_nothing_that_is_looked_for_again(self, monkeypatch):
        from psychsafety_xblock.service import commands

        team = EchoTeam("a", again=2).write()
        with monkeypatch.context() as dead:
            dead.setattr(commands, "share_what_closed", lambda session_id: None)
            team.command("close_round")
        assert texts() == []
        team.command("close_session")
        assert len(texts()) == 4

    def test_a_crash_while_copying_copies_all_or_nothing(self, monkeypatch):
        team = EchoTeam("a").write()
        with monkeypatch.context() as broken:
            broken.setattr(EchoNote.objects, "bulk_create", lambda notes: 1 / 0)
            assert team.try_command("close_round").status_code == 500
        assert (texts(), Note.objects.filter(share=True).count()) == ([], 4)
        team.command("close_session")
        assert len(texts()) == 4


class TestThePool:
    """When it moves, and when it is shown."""

    def test_three_teams_move_together(self):
        filled(2)
        assert EchoTeam("d").write().round["echo_offer"] is None
        assert texts(live=True) == []
        shared("leader 2")
        assert EchoTeam("e").write().round["echo_offer"] == "pool"
        assert len(texts(live=True)) == 15

    def test_at_most_once_a_day(self, travel):
        filled()
        EchoTeam("d").write().open()
        for number in range(3, 6):
            shared(f"leader {number}")
        assert EchoTeam("e").write().round["echo_offer"] == "pool"
        assert len(texts(live=True)) == 15
        travel(days=1)
        assert EchoTeam("f").write().round["echo_offer"] == "pool"
        # With those of the fourth and the fifth, whose sessions have ended by themselves.
        assert len(texts(live=True)) == 15 + 15

    def test_a_leader_is_one_team_however_many_sessions(self):
        for _ in range(4):
            shared("leader")
        assert EchoTeam("d").write().round["echo_offer"] is None
        assert texts(live=True) == []
        assert TeamRow.objects.count() == 1

    def test_five_times_the_minimum_of_others_notes(self):
        filled(people=4)
        assert EchoTeam("d").write().round["echo_offer"] is None
        assert len(texts(live=True)) == 12

    def test_its_own_notes_do_not_help_a_team_to_see_the_pool(self):
        filled()
        mine = EchoTeam("leader 0").write()
        assert mine.round["echo_offer"] is None, "two others are too few"

    def test_a_hall_is_a_step_by_itself_and_takes_nobody_along(self):
        shared("small")
        shared("kick-off", people=30)
        team = EchoTeam("d").write()
        assert team.round["echo_offer"] == "pool"
        assert all(text.startswith("kick-off") for text in texts(live=True))
        team.open()
        assert len(team.heard()) == 12
        assert len(texts(live=False)) == 5

    def test_the_leader_of_a_hall_is_no_second_team(self, monkeypatch):
        with monkeypatch.context() as nobody_looks:
            nobody_looks.setattr("psychsafety_xblock.service.echo.move", lambda pool: None)
            shared("kick-off", people=30)
            shared("kick-off", people=4)
            shared("other", people=4)
        EchoTeam("d").write()
        assert {text.split()[0] for text in texts(live=True)} == {"kick-off"}
        assert len(texts(live=True)) == 30

    def test_nor_is_it_shown_its_hall(self):
        shared("kick-off", people=30)
        assert EchoTeam("kick-off").write().round["echo_offer"] is None

    def test_each_language_and_exercise_and_run_has_its_own(self):
        filled()
        shared("another", wall={**COURAGE, "exercise": "mistake-wall"})
        shared("elsewhere", run="course-v1:x+y+2")
        assert TeamRow.objects.values("pool").distinct().count() == 3
        assert EchoTeam("d", run="course-v1:x+y+2").write().round["echo_offer"] is None

    def test_an_organisations_pool_is_that_of_all_its_runs(self):
        wide = {**COURAGE, "echo_scope": "organisation"}
        for number in range(3):
            shared(f"leader {number}", wall=wide, run=f"course-v1:x+y+{number}")
        assert pool().scope == "organisation:x"
        team = EchoTeam("d", wall=wide, run="course-v1:x+other+9").write()
        assert team.round["echo_offer"] == "pool"
        assert EchoTeam("d", wall=wide, run="course-v1:q+other+9").write().round["echo_offer"] is None

    def test_an_authors_own_wall_is_shared_with_the_same_block_only(self):
        own = {**COURAGE, "exercise": ""}
        filled(wall=own, usage="block 1")
        assert EchoTeam("d", wall=own, usage="block 1").write().round["echo_offer"] == "pool"
        assert EchoTeam("e", wall=own, usage="block 2").write().round["echo_offer"] is None


class TestTheSample:
    """What one team is given."""

    def test_others_notes_and_never_two_of_a_team_in_a_row(self):
        filled()
        team = EchoTeam("d").write().open()
        heard = [text.rsplit(" ", 1)[0] for text in team.heard()]
        assert len(heard) == 12
        assert all(one != next_one for one, next_one in itertools.pairwise(heard))

    def test_the_same_in_each_session_of_its_leader(self, travel):
        filled()
        first = EchoTeam("d").write().open()
        heard = first.heard()
        first.command("close_session")
        filled(6)
        travel(days=2)
        assert EchoTeam("e").write().round["echo_offer"] == "pool"
        again = EchoTeam("d").write().open()
        assert again.heard() == heard
        assert EchoVisit.objects.count() == 1

    def test_it_is_the_same_for_all_roles_and_nobody_sees_a_number(self):
        filled()
        team = EchoTeam("d").write()
        for token in (team.leader, team.screen, team.seats[0]):
            assert team.state(token)["round"]["echo"] is None
        team.open()
        seen = [team.state(token)["round"]["echo"] for token in (team.leader, team.screen, *team.seats)]
        assert all(one == seen[0] for one in seen)
        assert (seen[0]["source"], seen[0]["phase"], seen[0]["progress"]) == ("pool", "open", "few")
        assert all(set(note) == {"id", "text", "people"} and note["people"] is None for note in seen[0]["notes"])
        assert team.round["echo_offer"] is None


class TestExamples:
    """Until the pool is large enough."""

    def test_they_are_shown_as_examples_and_cannot_be_tapped(self):
        team = EchoTeam("a", wall={**COURAGE, "echo_examples": EXAMPLES}).write()
        assert EXAMPLES[0] not in str(team.state(team.seats[0])), "not before they are opened"
        assert team.round["echo_offer"] == "examples"
        team.open()
        assert team.echo == {
            "source": "examples",
            "phase": "counted",
            "notes": [{"id": f"e{n}", "text": text, "people": None} for n, text in enumerate(EXAMPLES)],
            "near": {},
            "progress": None,
        }
        is_refused(team.tap_echo(team.seats[0], ["e0"]), 404, "unknown_note")
        is_refused(team.tap_echo(team.seats[0], []), 409, "round_closed")
        is_refused(team.try_command("count_echo"), 409, "not_now")
        is_refused(team.try_command("report_note", note="e0"), 404, "unknown_note")

    def test_without_any_there_is_nothing_to_open(self):
        team = EchoTeam("a").write()
        is_refused(team.try_command("open_echo"), 409, "not_now")

    def test_a_rehearsal_is_shown_them_though_the_pool_is_full(self):
        wall = {**COURAGE, "echo_examples": EXAMPLES}
        filled(wall=wall)
        team = EchoTeam("d", wall=wall).write()
        from psychsafety_xblock.models import Session

        Session.objects.filter(id=team.session_id).update(rehearsal=True, leader_mark="")
        assert team.round["echo_offer"] == "pool", "for a minute, as it was"
        team.open()
        assert team.heard() == EXAMPLES


class TestOpening:
    """What it ends."""

    def test_resonance_is_counted_when_enough_have_tapped(self):
        filled()
        team = EchoTeam("d").write()
        notes = [note["id"] for note in team.notes()]
        for seat in team.seats[:3]:
            team.tap(seat, notes[:1])
        team.open()
        assert team.round["resonance"] == "counted"
        assert [note["resonance"] for note in team.notes()] == [3, None, None, None]
        assert not Ballot.objects.filter(round__session_id=team.session_id).exists()

    def test_and_forgotten_otherwise(self):
        filled()
        team = EchoTeam("d").write()
        team.tap(team.seats[0], [team.notes()[0]["id"]])
        team.open()
        assert team.round["resonance"] == "none"
        assert not Note.objects.filter(resonance__gt=0).exists()
        assert not Ballot.objects.filter(round__session_id=team.session_id).exists()

    def test_only_once_and_only_after_the_reveal(self):
        filled()
        team = EchoTeam("d", again=2)
        team.start()
        is_refused(team.try_command("open_echo"), 409, "not_now")
        for seat in team.seats:
            team.answer(seat, "x")
        team.command("reveal")
        team.open()
        is_refused(team.try_command("open_echo"), 409, "not_now")
        team.command("show_summary")
        is_refused(team.try_command("open_echo"), 409, "not_now")


class TestTaps:
    """ "I could have written this", on other teams' notes."""

    def test_once_for_each_seat(self):
        filled()
        team = EchoTeam("d").write().open()
        notes = [note["id"] for note in team.echo["notes"]]
        seat = team.seats[0]
        assert team.state(seat)["round"]["echoed"] is False
        assert team.tap_echo(seat, notes[:2]).json() == {"counted": True}
        is_refused(team.tap_echo(seat, notes[:1]), 409, "already_answered")
        assert team.state(seat)["round"]["echoed"] is True
        assert team.tap_echo(team.seats[1], []).status_code == 202
        assert team.echo["progress"] == "few"
        assert team.tap_echo(team.seats[2], []).status_code == 202
        assert team.echo["progress"] == "most"
        is_refused(team.tap_echo(team.leader, []), 403, "wrong_role")

    def test_an_unknown_note_counts_nothing(self):
        filled()
        team = EchoTeam("d").write().open()
        outside = EchoNote.objects.exclude(shown__visit__isnull=False).first()
        for note in (str(outside.id), team.notes()[0]["id"]):
            is_refused(team.tap_echo(team.seats[0], [team.echo["notes"][0]["id"], note]), 404, "unknown_note")
        assert not EchoTap.objects.filter(people__gt=0).exists()
        assert not Ballot.objects.filter(purpose="echo").exists()

    def test_too_few_are_not_counted(self):
        filled()
        team = EchoTeam("d").write().open()
        for seat in team.seats[:2]:
            team.tap_echo(seat, [])
        is_refused(team.try_command("count_echo"), 409, "too_few_answers")
        team.tap_echo(team.seats[2], [])
        team.command("count_echo")
        assert team.echo["phase"] == "counted"
        assert team.echo["progress"] is None
        is_refused(team.tap_echo(team.seats[3], []), 409, "round_closed")

    def test_what_was_not_counted_is_forgotten(self):
        filled()
        team = EchoTeam("d").write().open()
        for seat in team.seats:
            team.tap_echo(seat, [team.echo["notes"][0]["id"]])
        team.command("close_round")
        assert not EchoTap.objects.exists()
        assert not Ballot.objects.exists()
        assert team.echo["phase"] == "counted"

    def test_the_number_grows_by_three_teams_together_the_day_after_the_last_step(self, travel):
        filled()
        for number in range(3):
            team = EchoTeam(f"v{number}").write().open().count(people=2)
            assert all(note["people"] is None for note in team.echo["notes"])
        assert not EchoNote.objects.filter(people__gt=0).exists()
        travel(days=1)
        last = EchoTeam("v3").write().open().count([])
        grown = {note.text: (note.people, note.teams) for note in EchoNote.objects.filter(people__gt=0)}
        assert grown, "of 15 notes each of three was shown 12: at least 6 were shown to all of them"
        assert set(grown.values()) == {(6, 3)}
        at_least = {"people": 5, "teams": 3, "exact": False}
        for note in last.echo["notes"]:
            assert note["people"] == (at_least if note["text"] in grown else None)

    def test_it_is_told_exactly_from_ten(self, travel):
        filled()
        for number in range(3):
            EchoTeam(f"v{number}").write().open().count(people=4)
        travel(days=1)
        last = EchoTeam("v3").write().open()
        assert {note["people"] for note in last.echo["notes"]} == {None}, "not while they are tapped"
        last.count([])
        exact = {"people": 12, "teams": 3, "exact": True}
        assert exact in [note["people"] for note in last.echo["notes"]]

    def test_the_same_people_again_are_not_counted_twice(self):
        filled()
        EchoTeam("v").write().open().count(people=3).command("close_session")
        EchoTeam("v").write().open().count(people=2).command("close_session")
        assert set(EchoTap.objects.values_list("people", flat=True)) == {3}
        assert EchoTap.objects.values("mark").distinct().count() == 1

    def test_no_device_gets_new_seats_while_they_are_collected(self):
        filled()
        team = EchoTeam("d").write().open()
        is_refused(call(team.api + "tablet", {"seats": 3}, token=team.leader), 409, "not_now")
        team.count()
        assert call(team.api + "tablet", {"seats": 3}, token=team.leader).status_code == 200

    def test_who_leaves_after_tapping_does_not_tap_again(self):
        filled()
        team = EchoTeam("d").write().open()
        seat = team.seats[0]
        assert team.tap_echo(seat, []).status_code == 202
        assert call(team.api + "leave", {}, token=seat).status_code == 202
        assert team.state()["seats"]["all"] == 4, "the seat goes with what is collected"

    def test_the_rows_say_neither_whose_nor_when(self):
        filled()
        team = EchoTeam("d").write().open()
        before = set(EchoTap.objects.values_list("id", flat=True))
        assert len(before) == len(team.echo["notes"]), "all are there from the start"
        team.tap_echo(team.seats[0], [team.echo["notes"][0]["id"]])
        assert set(EchoTap.objects.values_list("id", flat=True)) == before


class TestReports:
    """Two teams' leaders take a note out of all echoes, one only out of its own."""

    def test_one_hides_it_from_its_own_team_only(self):
        filled()
        team, other = EchoTeam("d").write().open(), EchoTeam("e").write().open()
        both = set(team.heard()) & set(other.heard())
        doomed = next(note for note in team.echo["notes"] if note["text"] in both)
        team.command("report_note", note=doomed["id"])
        for token in (team.leader, team.screen, team.seats[0]):
            assert doomed["text"] not in str(team.state(token))
        is_refused(team.try_command("report_note", note=doomed["id"]), 404, "unknown_note")
        is_refused(team.tap_echo(team.seats[0], [doomed["id"]]), 404, "unknown_note")
        assert doomed["text"] in other.heard()
        team.command("close_session")
        assert doomed["text"] not in EchoTeam("d").write().open().heard()
        assert doomed["text"] in texts()
        other.command("report_note", note=doomed["id"])
        assert doomed["text"] not in texts()
        assert doomed["text"] not in other.heard()

    def test_only_what_hangs_here(self):
        filled()
        team = EchoTeam("d").write().open()
        for note in EchoNote.objects.exclude(shown__isnull=False):
            is_refused(team.try_command("report_note", note=str(note.id)), 404, "unknown_note")
        is_refused(team.try_command("report_note", note=team.notes()[0]["id"]), 404, "unknown_note")
        assert len(texts()) == 15


class TestTheScreen:
    """Which page of a large wall hangs there."""

    def test_the_leader_turns_it(self):
        team = EchoTeam("a", again=2).write()
        assert team.state(team.screen)["screen_page"] is None
        team.command("turn_screen", page=2)
        assert [team.state(token)["screen_page"] for token in (team.screen, team.leader, team.seats[0])] == [2, 2, 2]
        team.command("turn_screen", page=None)
        assert team.state(team.screen)["screen_page"] is None
        for page in (-1, True, "1", 1.5, 1000):
            is_refused(team.try_command("turn_screen", page=page), 400, "bad_value")
        is_refused(team.try_command("turn_screen"), 400, "missing_field")

    def test_what_comes_next_begins_at_its_beginning(self):
        team = EchoTeam("a", again=2).write()
        team.command("turn_screen", page=2)
        team.command("next")
        assert team.state(team.screen)["screen_page"] is None
        is_refused(team.try_command("turn_screen", page=0), 409, "not_now")


def test_rounds_of_an_earlier_release_have_no_echo():
    team = EchoTeam("a").write()
    one = Round.objects.get(session_id=team.session_id)
    one.definition = {key: value for key, value in one.definition.items() if not key.startswith("echo")}
    one.save()
    assert team.round["echo_offer"] is None
    assert team.round["activity"]["share"] is False
