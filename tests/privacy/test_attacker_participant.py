"""Another participant: sees every reply to an own phone, and in the room who presses Send when."""

import json

import pytest

from psychsafety_xblock.models import Session
from tests.privacy.course_wall import CourseWall
from tests.privacy.measuring import RUNS, Attacker, Guess
from tests.privacy.rated_scene import OPTIONS, RatedScene
from tests.privacy.scene import Scene
from tests.support import call

pytestmark = pytest.mark.django_db

ATTACKER = Attacker(
    name="Another participant",
    knows="every reply to an own phone, from joining to the end, and the order in which the others pressed Send",
    tries="takes the notes and counts in the order in which they come, from the place of the own answer on, and looks "
    "after each Send whether words, versions, 304 or 200, seats, ids or times have changed",
)


@pytest.fixture
def at_once(monkeypatch):
    """A phone that asks between two answers is told what is so now, not what was so a second ago."""
    monkeypatch.setattr("psychsafety_xblock.service.board.FRESH_SECONDS", 0)


def of_the_others(scene: Scene, me: str) -> list[str]:
    """Those whose notes are guessed, in the order in which they sent."""
    return [person for person in scene.order if person != me]


class Watching:
    """A phone that asks before each Send of the others, as it does by itself, and keeps what has changed."""

    def __init__(self) -> None:
        self.api = self.token = self.tag = ""
        self.states: list[str] = []
        #: Before whose Send the phone was told something new, and which word of progress it was.
        self.news: list[tuple[str | None, str]] = []

    def look(self, person: str | None) -> None:
        """One poll with the last version, as our pages do."""
        headers = {"If-None-Match": self.tag} if self.tag else {}
        response = call(self.api, token=self.token, **headers)
        if response.status_code == 304:
            return
        self.tag = response.headers["ETag"]
        reply = response.json()
        told = reply.pop("round")
        self.news.append((person, told["progress"]))
        left = {key: value for key, value in told.items() if key not in ("progress", "answered")}
        self.states.append(json.dumps([left, {**reply, "version": ""}], sort_keys=True))


def test_the_order_of_the_notes(attack):
    def run(chance):
        scene = Scene(chance).answer_all().reveal()
        me = scene.people[0]
        texts = [note["text"] for note in scene.team.notes(scene.seat[me]) if note["text"] != scene.wrote[me]]
        others = of_the_others(scene, me)
        return scene.judge(dict(zip(others, texts, strict=True)), 1 / len(others))

    attack(ATTACKER, "a note to its writer, by the order of the wall", run)


def test_the_notes_around_the_own_one(attack):
    """Whoever sent after me hangs after me: it would find out an order that begins anywhere."""

    def run(chance):
        scene = Scene(chance).answer_all().reveal()
        me = scene.people[0]
        notes = scene.team.notes(scene.seat[me])
        texts = [note["text"] for note in sorted(notes, key=lambda note: int(note["id"]))]
        own, sent = texts.index(scene.wrote[me]), scene.order.index(me)
        others = scene.order[sent + 1 :] + scene.order[:sent]
        return scene.judge(dict(zip(others, texts[own + 1 :] + texts[:own], strict=True)), 1 / len(others))

    attack(ATTACKER, "a note to its writer, by the places around the own note", run)


def test_what_changes_in_the_replies_while_others_send(attack, at_once):
    """A reply that gave away more than a word would differ after each answer; a guess needs something to go by."""

    def run(chance):
        scene, phone = Scene(chance), Watching()
        me = scene.people[0]
        phone.api, phone.token = scene.team.api, scene.seat[me]
        scene.answer_all(phone.look)
        assert [word for _, word in phone.news] == ["few", "enough", "most", "all"]
        assert len(set(phone.states)) == 1, "more than a word has changed"
        scene.reveal()
        # Nothing else has changed: whoever sent just before a new word is guessed to hang in that place.
        texts = [note["text"] for note in scene.team.notes(scene.seat[me])]
        before_news = [scene.order[scene.order.index(who) - 1] for who, _ in phone.news[1:] if who] + [scene.order[-1]]
        places = [scene.order.index(person) for person in before_news]
        guessed = {who: texts[place] for who, place in zip(before_news, places, strict=True) if who != me}
        texts.remove(scene.wrote[me])
        return scene.judge({who: text if text in texts else texts[0] for who, text in guessed.items()}, 1 / len(texts))

    attack(ATTACKER, "a note to its writer, by the words of progress, versions and 304s", run)


@pytest.mark.parametrize("kind", OPTIONS)
def test_the_order_of_the_counts(attack, kind, at_once):
    def run(chance):
        scene = RatedScene(chance, kind)
        shown: set[str] = set()
        me = scene.people[0]

        def look(person):
            reply = call(scene.team.api, token=scene.seat[me]).json()["round"]
            shown.add(json.dumps([reply["results"], reply["activity"], reply["id"]]))

        item = scene.answer_all(look).reveal()
        assert len(shown) == 1
        others = [person for person in scene.order if person != me]
        return scene.judge(dict(zip(others, scene.left_of(item, [me]), strict=True)))

    attack(ATTACKER, f"an answer to a {kind} to its person, the own one subtracted", run)


def test_whoever_answers_alone_otherwise(attack):
    """Six of seven agree. The seventh knows the own answer, and so what "most of us" says of each of the others."""

    def run(chance):
        alone, agreed = chance.sample(OPTIONS["choice"], 2)
        scene = RatedScene(chance, gave=[alone] + [agreed] * 6)
        item = scene.answer_all().reveal()
        _, *others = scene.people
        guessed = item["most"][0]
        # Without the item, an answer is one of four.
        return [Guess(guessed == scene.gave[person], 1 / len(OPTIONS["choice"])) for person in others]

    leaks = (
        "Who answered otherwise than all others knows from “most of us” that all of them agreed, and on what; who "
        "answered as they did cannot tell all from all but one."
    )
    attack(ATTACKER, "the answers of all others, for the only one who answered otherwise", run, leaks=leaks, runs=12)


def test_a_wall_for_the_whole_course(attack, travel):
    """Who wrote before which publication is known; the batch waits until it is full, and then hangs all at once."""
    moment = travel()
    travel(seconds=60 - moment.timestamp() % 60 + 5)

    def run(chance):
        Session.objects.all().delete()
        wall, me = CourseWall(), "me"
        people = [f"visitor-{number}" for number in range(7)]
        order = [*people, me]
        chance.shuffle(order)
        wall.seat_quickly(*order)
        times = set()
        for half in (order[:4], order[4:]):
            wall.write(*half)
            times.add(wall.state(me)["round"]["next_publication"])
            travel(seconds=60)
        assert len(times) == 2
        notes = wall.state(me)["round"]["results"]["notes"]
        texts = [note["text"] for note in notes if note["text"] != me]
        others = [person for person in order if person != me]
        return [Guess(person == text, 1 / len(others)) for person, text in zip(others, texts, strict=True)]

    attack(ATTACKER, "a note of a course-wide wall to its writer, by when it was written", run, runs=RUNS // 2)
