"""What the figures over all teams say of statements, choices, commitments and notes, from sessions that were played."""

import json

import pytest

from psychsafety_xblock import exercises
from psychsafety_xblock.models import EchoNote, InsightSnapshot, Session
from psychsafety_xblock.service.insights import insight_rows, insights
from tests.agendas import AGREE, CHOICE, PULSE, RUN, AgendaTeam, play
from tests.echoes import EchoTeam, filled
from tests.figures import TODAY, held, met, statement

pytestmark = pytest.mark.django_db

KEPT = exercises.exercise("how-it-went", "en")


class TestStatements:
    def test_from_three_teams_and_by_the_numbers(self):
        met("a", ratings={"4": 3, "2": 2}), met("b", ratings={"4": 4, "1": 3}), met("c", ratings={"4": 5, "2": 1})
        found = statement()
        assert found is not None
        assert found["counts"] == {"1": None, "2": None, "3": None, "4": 12, "5": None}
        assert (found["total"], found["mean"], found["change"]) == (12, 4.0, None)

    def test_a_team_that_agrees_counts_with_as_many_as_it_was_told(self, travel):
        """All with 5, or all but one: both read "most of us: 4-5" and count as the floor, on 4."""
        three = {**PULSE, "statements": ["We ask."]}
        held("a", three, people=5, ratings=[5, 5, 5, 5, 5])
        held("b", three, people=5, ratings=[5, 4, 5, 5, 5])
        held("c", three, people=5, ratings=[4, 4, 4, 4, 1])
        travel(days=1)
        found = statement()
        assert found is not None
        assert found["counts"] == {"1": None, "2": None, "3": None, "4": 9, "5": None}

    def test_a_library_statement_is_one_in_every_language_and_names_none(self, travel):
        english, danish = (exercises.exercise("pulse", language) for language in ("en", "da"))
        for leader, written in (("a", danish), ("b", english), ("c", danish)):
            held(leader, written, people=5, ratings=[4, 2, 4, 2, 4])
        travel(days=1)
        found = insights(RUN)["statements"]
        assert [one["counts"]["4"] for one in found] == [9] * 5
        assert found[0]["text"] == found[0]["texts"]["en"] == english["statements"][0]
        assert found[0]["texts"]["da"] == danish["statements"][0]
        assert [one["reversed"] for one in found] == [False, True, False, False, False]

    def test_the_texts_do_not_tell_in_which_language_teams_met(self, travel):
        documents = []
        for language in ("da", "en"):
            Session.objects.all().delete()
            InsightSnapshot.objects.all().delete()
            for leader in "abc":
                written = exercises.exercise("pulse", language)
                held(f"{leader}{len(documents)}", written, people=5, ratings=[4, 2, 4, 2, 4])
            travel(days=1)
            documents.append(insights(RUN)["statements"])
        assert documents[0] == documents[1]

    def test_a_statement_of_one_teams_own_is_not_told(self, travel):
        own = {**PULSE, "statements": ["Nur bei uns."]}
        for leader, written in (("a", PULSE), ("b", PULSE), ("c", PULSE), ("d", own)):
            held(leader, written, people=5, ratings=[4, 2, 4, 2, 4])
        travel(days=1)
        assert "Nur bei uns." not in json.dumps(insights(RUN), ensure_ascii=False)
        assert "Nur bei uns." not in json.dumps(InsightSnapshot.objects.get().steps, ensure_ascii=False)


class TestChange:
    def test_from_the_first_session_to_the_follow_up_in_teams_that_did_both(self, travel):
        for leader in "abc":
            held(leader, PULSE, ratings=[2, 3, 2, 3, 2, 3])
        held("d", PULSE, ratings=[2, 3, 2, 3, 2, 3])
        travel(days=30)
        for leader in "abc":
            held(leader, PULSE, ratings=[4, 5, 4, 3, 4, 5])
        travel(days=31)
        # A third time is none of the two.
        for leader in "abc":
            held(leader, PULSE, ratings=[1, 2, 1, 2, 1, 2])
        travel(days=40)
        found = statement()
        assert found is not None
        assert found["change"] == {"higher": 3, "same": None, "lower": None, "mean": 1.7}
        rows = [row for row in insight_rows(insights(RUN)) if row[0] == "changes" and row[2] == "We ask."]
        assert rows == [
            ("changes", "", "We ask.", "higher", "", "", 3, "", ""),
            ("changes", "", "We ask.", "same", "", "", "", "", "too few to tell"),
            ("changes", "", "We ask.", "lower", "", "", "", "", "too few to tell"),
            ("changes", "", "We ask.", "all", "", "", "", 1.7, ""),
        ]

    def test_two_teams_of_three_are_not_told(self, travel):
        for ago in (30, 1):
            for team in "ab":
                met(team, ago=ago, ratings={"2": 5} if ago > 1 else {"4": 5})
        met("c", ago=1, ratings={"4": 5})
        found = statement()
        assert found is not None and found["change"] is None


class TestCommitments:
    def test_kept_partly_not_yet(self, travel):
        for leader in "abc":
            team = AgendaTeam(AGREE, leader=leader).fill(guests=6)
            play(team)
            team.command("close_session")
        travel(days=28)
        for leader in "abc":
            team = held(leader, KEPT, options=[0, 0, 1, 1, 1, 2], end=False)
            assert team.round["activity"]["recall"]["commitments"]
            team.command("close_session")
        travel(days=29)
        document = insights(RUN)
        (found,) = document["commitments"]
        assert document["choices"] == []
        counts = [(one["text"], one["count"]) for one in found["options"]]
        # Three that are three teams, but three people: without the largest of them two are left.
        assert counts == [("Kept", 6), ("Partly", 9), ("Not yet", None)]
        assert found["total"] == 15 and found["options"][0]["texts"]["da"] == "Holdt"
        rows = [row for row in insight_rows(document) if row[0] == "commitments"]
        assert [(row[3], row[4], row[8]) for row in rows] == [
            ("Kept", 6, ""), ("Partly", 9, ""), ("Not yet", "", "too few to tell"),
        ]  # fmt: skip

    def test_other_choices_stand_among_the_choices(self, travel):
        for leader in "abc":
            held(leader, CHOICE, options=[0, 0, 0, 1, 1, 1])
        travel(days=1)
        document = insights(RUN)
        assert [(one["text"], one["total"]) for one in document["choices"]] == [("Where?", 18)]
        assert document["commitments"] == []


class TestNotes:
    def resonating(self, travel, people: int) -> None:
        """Of the notes that three teams shared, so many people of each of three others could have written each."""
        filled(3)
        travel(days=1)
        for leader in "xyz":
            EchoTeam(leader, 5).write(share=False).open().count(people=people).command("close_session")
        travel(days=2)
        EchoTeam("last", 5).write(share=False).open()
        travel(days=3)

    def test_below_ten_people_no_number_is_exact(self, travel):
        self.resonating(travel, people=3)
        assert set(EchoNote.objects.filter(live=True, people__gt=0).values_list("people", flat=True)) == {9}
        notes = insights(RUN)["notes"]
        assert notes and all(one["people"] == {"people": 5, "teams": 3, "exact": False} for one in notes)
        row = next(row for row in insight_rows(insights(RUN)) if row[0] == "notes")
        assert row[4:] == ("", 5, 3, "", "at least")

    def test_from_ten_people_it_is(self, travel):
        self.resonating(travel, people=4)
        notes = insights(RUN)["notes"]
        assert notes and all(one["people"] == {"people": 12, "teams": 3, "exact": True} for one in notes)

    def test_below_five_nothing_is_said(self, travel):
        self.resonating(travel, people=1)
        assert insights(RUN)["notes"] == []

    def test_a_note_that_is_taken_out_is_gone_at_once_and_lies_in_no_second_place(self, travel):
        self.resonating(travel, people=4)
        notes = insights(RUN)["notes"]
        assert notes[0]["text"] not in json.dumps(InsightSnapshot.objects.get().document)
        EchoNote.objects.filter(text=notes[0]["text"]).update(live=False)
        assert insights(RUN)["notes"] == notes[1:]
        EchoNote.objects.all().delete()
        assert insights(RUN)["notes"] == []

    def test_which_are_told_and_in_which_order_says_nothing_of_those_below_ten(self, travel):
        self.resonating(travel, people=3)
        pattern = EchoNote.objects.filter(live=True).first()
        made = [
            EchoNote.objects.create(
                pool=pattern.pool, team=pattern.team, text=f"{people} {number}", live=True, live_on=TODAY,
                people=people, teams=3,
            )
            for number in range(8) for people in (5, 7, 9, 11)
        ]  # fmt: skip
        notes = insights(RUN)["notes"]
        assert len(notes) == 20
        exact, fewer = notes[:8], notes[8:]
        assert all(one["people"]["people"] == 11 for one in exact)
        below = EchoNote.objects.filter(live=True, people__gte=5, people__lt=10).order_by("id")
        assert [one["text"] for one in fewer] == [one.text for one in below][:12]
        assert len(made) == 32

    def test_those_of_another_course_run_are_not_among_them(self, travel):
        self.resonating(travel, people=4)
        assert insights("course-v1:another")["notes"] == []
