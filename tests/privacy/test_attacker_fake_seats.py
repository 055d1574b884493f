"""Whoever has the join code, and fills the wall with seats and texts of the own until one real note is left."""

import pytest

from psychsafety_xblock.demo.course import AUTHOR, BLOCKS
from psychsafety_xblock.demo.runtime import CourseRuntime
from tests.privacy.measuring import Attacker, Guess
from tests.privacy.scene import TEXTS
from tests.support import Team, call, is_refused

pytestmark = pytest.mark.django_db

ATTACKER = Attacker(
    name="The leader with fake guest seats",
    knows="the join code, and the texts that were sent from the own seats",
    tries="takes as many guest seats as the minimum wants beside one real person, and answers from all of them",
)

#: With one real person it makes four, the minimum of the demo's wall.
FAKES = 3
#: The notes of real people among which the leader has to guess, however many seats of the own are among the rest.
REAL = 4


def opened(chance) -> tuple[Team, str]:
    """A session with one real person in it, and that person's seat."""
    team = Team(leader=f"leader-{chance.getrandbits(40):010x}")
    return team, team.learner("target")


def test_the_only_note_that_is_not_known(attack):
    def run(chance):
        team, target = opened(chance)
        texts = chance.sample(TEXTS, FAKES + 1)
        for _ in range(FAKES):
            team.guest()
        round_id = team.start()
        seats = [target, *(seat for seat in team.seats if seat != target)]
        for seat, text in zip(seats, texts, strict=True):
            assert team.answer(seat, text, round_id).status_code == 202
        shown = [note["text"] for note in team.command("reveal")["round"]["results"]["notes"]]
        (unknown,) = set(shown) - set(texts[1:])
        return [Guess(unknown == texts[0], 1 / len(shown))]

    leaks = (
        "Somebody who holds all other seats knows the one note that is left, if its writer answers. Every phone is "
        "told before how many seats are taken, how many of them by code; with accounts required it cannot be done."
    )
    attack(ATTACKER, "the note of the only real person", run, leaks=leaks)


def test_seats_that_are_taken_after_the_target_has_answered(attack):
    """Six real people are there, and the first of them has pressed Send: the leader reveals as soon as it works."""

    def run(chance):
        team = Team(leader=f"leader-{chance.getrandbits(40):010x}")
        people = [team.learner(f"account-{number}") for number in range(6)]
        round_id = team.start()
        texts = chance.sample(TEXTS, FAKES + len(people))
        assert team.state(people[0])["seats"]["guests"] == 0
        for seat, text in zip([people[0], *(team.guest() for _ in range(FAKES))], texts, strict=False):
            assert team.answer(seat, text, round_id).status_code == 202
        for person, text in zip(people[1:], texts[FAKES + 1 :], strict=True):
            if team.try_command("reveal").status_code == 200:
                break
            assert team.answer(person, text, round_id).status_code == 202
        unknown = sorted({note["text"] for note in team.notes()} - set(texts[1 : FAKES + 1]))
        return [Guess(chance.choice(unknown) == texts[0], 1 / REAL)]

    attack(ATTACKER, "the note of whoever answers first", run)


def test_each_phone_is_told_before_the_first_answer(chance):
    """One person in the room, four seats, three of them by code: that is what the phone says beside the question."""
    team, target = opened(chance)
    for fakes in range(1, FAKES + 1):
        team.guest()
        seats = team.state(target)["seats"]
        assert (seats["all"], seats["guests"]) == (fakes + 1, fakes)
    team.start()
    told = call(team.api, token=target).json()
    assert told["round"]["phase"] == "collecting"
    assert told["round"]["answered"] is False
    assert (told["seats"]["all"], told["seats"]["guests"]) == (FAKES + 1, FAKES)


def test_a_seat_that_comes_later_is_told_too(chance):
    """The real person may join first: what the phone says follows at once."""
    team, target = opened(chance)
    team.fill(guests=FAKES)
    team.start()
    tag = call(team.api, token=target).headers["ETag"]
    team.guest()
    again = call(team.api, token=target, **{"If-None-Match": tag})
    assert again.status_code == 200
    assert again.json()["seats"]["guests"] == FAKES + 1


def test_a_fake_seat_that_leaves_is_told_until_its_answer_is_gone(chance):
    """Or the number could be made small again before the real person looks."""
    team, target = opened(chance)
    team.fill(guests=FAKES)
    round_id = team.start()
    fake = team.seats[-1]
    assert team.answer(fake, "a text that is known", round_id).status_code == 202
    assert call(team.api + "leave", {}, token=fake).status_code == 202
    assert team.state(target)["seats"]["guests"] == FAKES


class TestWithAccountsRequired:
    """The author asks for accounts: one seat for each, and none for the code alone."""

    @pytest.fixture
    def team(self, chance):
        block = CourseRuntime(AUTHOR).get_block(BLOCKS["wall"].usage_id)
        block.guests_allowed = False
        block.save()
        return opened(chance)[0]

    def test_no_seat_by_code(self, team):
        is_refused(call(team.api + "seats", {"join_code": team.opened["join_code"]}), 403, "guests_not_admitted")
        is_refused(call(team.api + "tablet", {"seats": FAKES}, token=team.leader), 403, "guests_not_admitted")

    def test_an_account_has_one_seat_however_often_it_takes_it(self, team):
        assert len({team.learner("leader-too") for _ in range(FAKES)}) == 1
        assert team.state()["seats"]["all"] == 2
        is_refused(team.try_command("start_round"), 409, "too_few_people")
        assert team.state()["too_few_people"] == FAKES - 1
