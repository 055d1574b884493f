"""Three colleagues who fill a course-wide wall's batch with notes that they know, until only one is unknown to them."""

import pytest

from psychsafety_xblock.models import Round, Session
from psychsafety_xblock.storage import roll_over
from tests.privacy.course_wall import CourseWall
from tests.privacy.measuring import RUNS, Attacker, Guess, measure

pytestmark = pytest.mark.django_db

ATTACKER = Attacker(
    name="Three colleagues who pre-fill a course-wide wall",
    knows="their own notes, and who else wrote on a quiet wall in which period",
    tries="write again in each period, so that the first batch holds seven notes of theirs and the target's",
)
TARGET = "the target's note, beside the notes that they know"

COLLEAGUES = [f"colleague-{number}" for number in range(3)]
#: In so many periods only they come, and in one of them the target: nine notes of theirs, more than a batch wants.
QUIET_PERIODS = 3
OTHERS = [f"other-{number}" for number in range(5)]


@pytest.fixture
def quiet_wall(travel):
    """A run: the wall is quiet for some periods, and then five others come in one."""
    moment = travel()
    travel(seconds=60 - moment.timestamp() % 60 + 5)

    def run(chance):
        Session.objects.all().delete()
        wall = CourseWall()
        when = chance.randrange(QUIET_PERIODS)
        for period in range(QUIET_PERIODS + 1):
            wall.seats.clear()
            coming = COLLEAGUES + ["target"] * (period == when) + OTHERS * (period == QUIET_PERIODS)
            chance.shuffle(coming)
            wall.seat_quickly("reader", *coming)
            wall.write(*coming, text=f"{{}} in {period}")
            travel(seconds=60)
            unknown = [text for text in wall.texts() if not text.startswith("colleague")]
            if unknown:
                break
            travel(days=8)
        # The texts that they do not know stand there without names, in the order of the page.
        return [Guess(unknown[0].startswith("target"), 1 / (1 + len(OTHERS)))]

    return run


def test_a_batch_around_one_note(attack, quiet_wall):
    # A history is four periods long.
    attack(ATTACKER, TARGET, quiet_wall, runs=RUNS // 2)


def test_it_would_be_certain_if_notes_of_earlier_periods_counted(quiet_wall, monkeypatch):
    """The same colleagues on a wall that forgets how many notes it carried over."""

    def forgetful(old_id, new_id, randomness):
        roll_over(old_id, new_id, randomness)
        Round.objects.filter(id=new_id).update(carried=0)

    monkeypatch.setattr("psychsafety_xblock.service.course_wall.roll_over", forgetful)
    assert measure(ATTACKER, TARGET, quiet_wall, leaks="the batch holds one unknown note", runs=6).share == 1
