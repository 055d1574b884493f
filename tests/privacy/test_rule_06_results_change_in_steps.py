"""Rule 6: results change only in steps that hide individuals."""

import datetime

import pytest

from psychsafety_xblock.core.codes import ballot_key
from psychsafety_xblock.demo.course import AUTHOR, BLOCKS
from psychsafety_xblock.demo.runtime import CourseRuntime
from psychsafety_xblock.models import Ballot, Note, Round, Session
from tests.privacy.course_wall import CourseWall
from tests.support import call, is_refused, revealed

pytestmark = pytest.mark.django_db


def test_a_revealed_round_is_frozen():
    team = revealed(["one", "two", "three", "four"])
    before = team.notes()
    is_refused(team.answer(team.seats[4], "late"), 409, "round_closed")
    is_refused(team.try_command("reveal"), 409, "not_now")
    assert team.notes() == before
    team.command("close_round")
    assert team.notes() == before
    is_refused(team.try_command("reveal"), 409, "not_now")
    assert Note.objects.count() == 4


def test_a_second_click_on_reveal_does_it_once():
    team = revealed()
    step = team.state()["step"]
    keys = {note["id"] for note in team.notes()}
    is_refused(team.try_command("reveal", step=step - 1), 409, "stale_step")
    assert {note["id"] for note in team.notes()} == keys


@pytest.fixture
def wall(travel):
    moment = travel()
    travel(seconds=60 - moment.timestamp() % 60 + 5)
    return CourseWall()


def people(count: int, name: str = "person") -> list[str]:
    return [f"{name}-{number}" for number in range(count)]


class TestACourseWideWall:
    """Published in shuffled batches, at fixed times, never by somebody's arrival."""

    def test_nothing_is_published_by_arriving(self, wall):
        wall.write(*people(20))
        assert wall.texts() == []

    def test_fewer_than_eight_are_never_published(self, wall, travel):
        wall.write(*people(7))
        for _ in range(5):
            travel(seconds=60)
            assert wall.texts() == []
        wall.write("the-eighth")
        assert wall.texts() == [], "the eighth's arrival publishes nothing"
        travel(seconds=60)
        assert sorted(wall.texts()) == sorted([*people(7), "the-eighth"])

    def test_nor_fewer_than_twice_the_minimum(self, wall, travel):
        block = CourseRuntime(AUTHOR).get_block(BLOCKS["course-wall"].usage_id)
        block.minimum = 6
        block.save()
        wall.write(*people(11))
        travel(seconds=60)
        assert wall.texts() == []
        assert wall.state()["round"]["needed"] == 12
        wall.write("the-twelfth")
        travel(seconds=60)
        assert len(wall.texts()) == 12

    def test_passes_do_not_fill_a_batch(self, wall, travel):
        wall.write(*people(7))
        seat = wall.seat("passing")
        body = {"round": wall.state()["round"]["id"], "answer": {"pass": True}}
        assert call(seat["api_url"] + "answers", body, token=seat["token"]).status_code == 202
        travel(seconds=60)
        assert wall.texts() == []

    def test_a_writer_right_after_the_fixed_time_is_not_in_the_batch(self, wall, travel):
        """Nobody looked since the time passed: the first to come is the writer, and must not be published at once."""
        wall.write(*people(8))
        seat = wall.seat("late")
        current = wall.state("late")["round"]["id"]
        travel(seconds=60)
        body = {"round": current, "answer": {"text": "late"}}
        assert call(seat["api_url"] + "answers", body, token=seat["token"]).status_code == 202
        assert sorted(wall.texts()) == people(8)
        travel(seconds=60)
        assert sorted(wall.texts()) == people(8)

    def test_a_second_batch_is_shuffled_among_the_first_and_changes_no_key(self, wall, travel):
        wall.write(*people(8, "a"))
        travel(seconds=60)
        first = {note["id"]: note["text"] for note in wall.state()["round"]["results"]["notes"]}
        wall.write(*people(8, "b"))
        unpublished = set(Note.objects.filter(shown=False).values_list("id", flat=True))
        travel(seconds=60)
        now = {note["id"]: note["text"] for note in wall.state()["round"]["results"]["notes"]}
        assert len(now) == 16
        assert first.items() <= now.items()
        assert not unpublished & set(map(int, now)), "published under new keys"
        assert [int(key) for key in now] == sorted(map(int, now))

    def test_the_next_time_is_fixed_and_says_nothing_about_anybody(self, wall, travel):
        first = wall.state()["round"]["next_publication"]
        travel(seconds=20)
        wall.write(*people(3))
        assert wall.state()["round"]["next_publication"] == first
        assert datetime.datetime.fromisoformat(first).timestamp() % 60 == 0

    def test_no_number_of_people_and_no_progress_is_told(self, wall):
        wall.write(*people(5))
        state = wall.state()
        assert state["seats"] is None
        assert state["round"]["progress"] is None
        assert "answers" not in state["round"]

    def test_a_new_period_loses_nothing_and_keeps_no_ballot(self, wall, travel):
        wall.write(*people(8, "a"))
        travel(seconds=60)
        assert len(wall.texts()) == 8
        wall.write(*people(5, "b"))
        old = Round.objects.get()
        kept = {ballot_key(old.id, "answer", seat["token"]) for seat in wall.seats.values()}
        assert kept & set(Ballot.objects.values_list("id", flat=True))
        early = set(Note.objects.filter(shown=False).values_list("id", flat=True))
        travel(days=8)
        wall.seats.clear()
        assert len(wall.texts()) == 8
        assert Session.objects.count() == 1
        assert not Ballot.objects.exists()
        moved = Note.objects.filter(shown=False)
        assert sorted(moved.values_list("text", flat=True)) == people(5, "b")
        assert not early & set(moved.values_list("id", flat=True)), "carried over under new keys"
        wall.write(*people(8, "b"), text="{} again")
        travel(seconds=60)
        assert sorted(wall.texts()) == sorted([*people(8, "a"), *people(5, "b"), *(f"b-{n} again" for n in range(8))])

    def test_what_was_carried_over_comes_along_and_does_not_count(self, wall, travel):
        """An account writes once a period, so that three who come back would fill a batch around a single note."""
        wall.write(*people(7))
        travel(days=8)
        wall.seats.clear()
        wall.write(*people(7), text="{} again")
        travel(seconds=60)
        assert wall.texts() == [], "fourteen notes, but seven of one period"
        assert list(Round.objects.order_by("number").values_list("carried", flat=True)) == [0, 7]
        wall.write("the-eighth")
        travel(seconds=60)
        assert len(wall.texts()) == 15
        assert not Round.objects.filter(carried__gt=0).exists()

    def test_after_a_batch_with_carried_notes_the_next_counts_from_nothing(self, wall, travel):
        wall.write(*people(3, "early"))
        travel(days=8)
        wall.seats.clear()
        wall.write(*people(8, "a"))
        travel(seconds=60)
        assert len(wall.texts()) == 11
        wall.write(*people(7, "b"))
        travel(seconds=60)
        assert len(wall.texts()) == 11
        wall.write("the-eighth")
        travel(seconds=60)
        assert len(wall.texts()) == 19

    def test_over_many_periods_carried_notes_add_up(self, wall, travel):
        for period in range(1, 4):
            wall.write(*people(3), text=f"{{}} in period {period}")
            travel(days=8)
            wall.seats.clear()
        assert wall.texts() == []
        assert list(Round.objects.order_by("number").values_list("carried", flat=True)) == [0, 0, 0, 9]

    def test_an_account_answers_once_a_period(self, wall, travel):
        wall.write("amal")
        seat = wall.seat("amal")
        body = {"round": wall.state()["round"]["id"], "answer": {"text": "twice"}}
        is_refused(call(seat["api_url"] + "answers", body, token=seat["token"]), 409, "already_answered")
        travel(days=8)
        wall.seats.clear()
        wall.write("amal", text="next week")
        assert Note.objects.count() == 2

    def test_a_seat_of_the_last_period_cannot_answer_in_the_next(self, wall, travel):
        old = wall.seat("amal")
        travel(days=8)
        wall.seats.clear()
        current = wall.state()["round"]["id"]
        body = {"round": current, "answer": {"text": "twice"}}
        is_refused(call(old["api_url"] + "answers", body, token=old["token"]), 401, "unauthorized")
