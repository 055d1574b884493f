"""The leader: sees the number of answers after each arrival, who pressed Send when, and decides what happens next."""

import csv
import io
from collections import Counter

import pytest

from tests.privacy.measuring import Attacker, Guess
from tests.privacy.rated_scene import OPTIONS, RatedScene
from tests.privacy.scene import Scene
from tests.support import call

pytestmark = pytest.mark.django_db

ATTACKER = Attacker(
    name="The leader",
    knows="the number of answers after each arrival, who pressed Send or Leave when, the own answer if seated, the "
    "summary and the CSV",
    tries="reveals at the first moment that it is possible, takes the own answer away from the counts, watches who "
    "taps, lets somebody leave, asks the same again in another session",
)


def test_the_number_of_answers_after_each_arrival(attack):
    def run(chance):
        numbers = []
        scene = Scene(chance)
        scene.answer_all(lambda _: numbers.append(scene.team.state()["round"]["answers"]))
        assert numbers == list(range(len(scene.people) + 1))
        notes = scene.reveal().team.notes()
        by_id = [note["text"] for note in sorted(notes, key=lambda note: int(note["id"]))]
        return scene.judge(dict(zip(scene.order, by_id, strict=True)))

    attack(ATTACKER, "a note to its writer, by the number after each arrival", run)


def test_a_reveal_as_soon_as_it_is_possible(attack):
    """With a seat of the own: four others have answered, whoever has not is known, and the own note is taken away."""

    def run(chance):
        scene = Scene(chance, people=5)
        leader = scene.team.learner(scene.leader)
        assert scene.team.answer(leader, "the leader's own", scene.round_id).status_code == 202
        first, last = scene.order[:4], scene.order[4]
        for place, person in enumerate(first):
            assert scene.team.try_command("reveal", step=1).status_code == 409, f"revealed with {place} others"
            assert scene.team.answer(scene.seat[person], scene.wrote[person], scene.round_id).status_code == 202
        scene.reveal()
        assert scene.team.answer(scene.seat[last], scene.wrote[last], scene.round_id).status_code == 409
        texts = [note["text"] for note in scene.team.notes() if note["text"] != "the leader's own"]
        return scene.judge(dict(zip(first, texts, strict=True)), 1 / len(first))

    attack(ATTACKER, "a note to its writer, at the earliest reveal and with a seat of the own", run)


def csv_counts(text: str) -> dict[str, int]:
    """The CSV of a session with one item: count by answer."""
    return {
        row["answer"]: int(row["count"]) for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff"))) if row["count"]
    }


@pytest.mark.parametrize("kind", OPTIONS)
def test_the_counts_without_the_own_answer(attack, kind):
    def run(chance):
        scene = RatedScene(chance, kind, leader_seated=True)
        item = scene.answer_all().reveal()
        leader = scene.people[-1]
        scene.team.command("show_summary")
        told = call(scene.team.api + "tallies.csv", token=scene.team.leader).content.decode()
        assert sorted(csv_counts(told).values())[-4:] == sorted(item["counts"].values())[-4:], "the CSV says no more"
        others = [person for person in scene.order if person != leader]
        return scene.judge(dict(zip(others, scene.left_of(item, [leader]), strict=True)))

    attack(ATTACKER, f"an answer to a {kind} to its person, from summary and CSV", run)


def test_who_could_have_written_what(attack):
    """A note is taken down while the others tap; who taps when is seen, and the numbers come all at once."""

    def run(chance):
        scene = Scene(chance).answer_all().reveal()
        ids = {note["text"]: note["id"] for note in scene.team.notes()}
        gone = chance.choice(list(ids))
        taps = {person: {text for text in ids if chance.random() < 0.6} for person in scene.people}
        for place, (person, texts) in enumerate(taps.items()):
            if place == len(taps) - 1:
                scene.team.take_down(scene.seat[person], ids[gone])
            kept = [ids[text] for text in texts if place < len(taps) - 1 or text != gone]
            body = {"round": scene.round_id, "notes": kept}
            assert call(scene.team.api + "resonance", body, token=scene.seat[person]).status_code == 202
        assert {note["resonance"] for note in scene.team.notes()} == {None}
        scene.team.command("count_resonance")
        scene.team.command("show_summary")
        (told,) = call(scene.team.api + "summary", token=scene.team.leader).json()["summary"]["activities"]
        # Those who tapped first are guessed to be those whose taps a note has, the most liked note first.
        return [
            Guess(note["text"] in taps[person], note["resonance"] / len(taps))
            for note in told["notes"]
            for person in list(taps)[: note["resonance"]]
        ] or [Guess(right=False, by_lot=0.0)]

    attack(ATTACKER, "a tap to its person, by who tapped when and the summary", run)


def test_who_leaves(attack):
    def run(chance):
        scene = Scene(chance)
        leaving = scene.people[:3]
        answered = {person: chance.random() < 0.5 for person in leaving}
        for person in scene.order:
            if answered.get(person, True):
                assert scene.team.answer(scene.seat[person], scene.wrote[person], scene.round_id).status_code == 202
        guesses = []
        for person in leaving:
            before = scene.team.state()["seats"]["all"]
            assert call(scene.team.api + "leave", {}, token=scene.seat[person]).status_code == 202
            stays = scene.team.state()["seats"]["all"] == before
            guesses.append(Guess(stays == answered[person], 0.5))
        return guesses

    leaks = (
        "Who sees somebody press Leave while answers are collected, and watches the number of seats, knows whether "
        "that person had answered; not what."
    )
    attack(ATTACKER, "whether somebody who leaves had answered", run, leaks=leaks, runs=12)


def test_the_same_choice_once_more_without_one(attack):
    """A choice is not repeated in a session. In a new one it is: somebody stays away, and the others say the same."""

    def run(chance):
        gave = ["o1", "o1", "o2", "o2", "o3", "o3", "o4"]
        chance.shuffle(gave)
        first = RatedScene(chance, gave=gave)
        before = Counter(first.answer_all().reveal()["counts"])
        target = chance.choice(first.people)
        rest = [first.gave[person] for person in first.people if person != target]
        again = RatedScene(chance, people=len(rest), gave=rest).answer_all().reveal()
        (missing,) = (before - Counter(again["counts"])).elements()
        return [Guess(missing == first.gave[target], gave.count(first.gave[target]) / len(gave))]

    leaks = (
        "A leader who asks the same again in a new session, without one of the people or with one more, can subtract: "
        "if all others answer as before, that person's answer is known. Everybody sees that it is asked again."
    )
    attack(ATTACKER, "an answer, by asking the same in two sessions", run, leaks=leaks, runs=12)
