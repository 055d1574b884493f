"""Course staff: reads whatever the platform and the product give to staff, and never was in the room."""

import json

import pytest
from lxml import etree

from psychsafety_xblock.demo.course import AUTHOR, BLOCKS, STAFF
from psychsafety_xblock.demo.runtime import CourseRuntime
from tests.privacy.measuring import RUNS, Attacker
from tests.privacy.rated_scene import RatedScene
from tests.privacy.scene import Scene
from tests.support import Team, call, handler, is_refused

pytestmark = pytest.mark.django_db

ATTACKER = Attacker(
    name="Course staff",
    knows="the course's export, all fields as staff debug shows them, every view and handler of both blocks, and a "
    "session of the own",
    tries="looks for an answer in all that while answers are collected, after the reveal and after the end, also with "
    "the tokens of the own session and in the place of a learner",
)

#: One of either kind, in which the attacked sessions are held.
OURS = ("wall", "activities")
VIEWS = ("student_view", "author_view", "studio_view")
#: What the live API has to read, besides the state.
READINGS = ("", "guide", "summary", "tallies.csv", "follow-up.ics")


def handlers_of(block) -> list[str]:
    """All handlers that a block has, by name."""
    kind = type(block)
    return [name for name in dir(kind) if getattr(getattr(kind, name), "_is_xblock_handler", False)]


def in_the_course() -> list[str]:
    """Views, fields and export of both blocks."""
    found = []
    for slug in OURS:
        for who in (STAFF.slug, AUTHOR):
            block = CourseRuntime(who).get_block(BLOCKS[slug].usage_id)
            # With what its script starts with, which the runtime writes into the page.
            found += [block.render(view, {}).content for view in VIEWS]
            found += [repr(field.read_from(block)) for field in block.fields.values()]
            node = etree.Element("root")
            block.add_xml_to_node(node)
            found.append(etree.tostring(node, encoding="unicode"))
    return found


def when_asked(api: str, own: Team) -> list[str]:
    """What all handlers say, and the live API of somebody else's session with the tokens of the own ones."""
    found = []
    for slug in OURS:
        for who in (STAFF.slug, AUTHOR):
            block = CourseRuntime(who).get_block(BLOCKS[slug].usage_id)
            found += [handler(slug, name, {}, who).content.decode() for name in handlers_of(block)]
    ended = json.loads(handler("wall", "past_sessions", {}, STAFF.slug).content)["sessions"]
    for token in [own.leader, own.screen, *(one["token"] for one in ended)]:
        found += [call(api + what, token=token).content.decode() for what in READINGS]
        found.append(call("/psychsafety/api/whoami", token=token).content.decode())
        found.append(call(api + "commands", {"command": "reveal", "step": 1}, token=token).content.decode())
    return found


def haul(api: str, own: Team) -> str:
    """Everything that staff gets, as one text."""
    return "".join(in_the_course() + when_asked(api, own))


def test_the_blocks_have_handlers():
    """Or the attacker would look at nothing."""
    for slug in OURS:
        block = CourseRuntime(STAFF.slug).get_block(BLOCKS[slug].usage_id)
        expected = {"open_session", "current_session", "past_sessions", "take_seat", "complete", "save_authored"}
        assert expected <= set(handlers_of(block))


def test_every_export_and_staff_debug(attack):
    def run(chance):
        Team(leader=STAFF.slug, fresh=True).command("start_round", instead=True)
        own = Team(leader=STAFF.slug, fresh=True)
        scene = Scene(chance)
        scene.wrote = {person: f"{chance.getrandbits(64):016x}" for person in scene.people}
        texts = list(scene.wrote.values())
        chance.shuffle(texts)
        seen = ""
        scene.answer_all(lambda person: None)
        seen += haul(scene.team.api, own)
        scene.reveal()
        notes = [note["id"] for note in scene.team.notes()]
        for person in scene.people:
            assert scene.team.tap(scene.seat[person], notes).status_code == 202
        scene.team.command("count_resonance")
        scene.team.command("show_summary")
        seen += haul(scene.team.api, own)
        scene.team.command("close_session")
        seen += haul(scene.team.api, own)
        assert scene.team.opened["join_code"] not in seen
        # Somebody read the texts out: those found first are guessed to be of those who took their seats first.
        texts.sort(key=lambda text: seen.index(text) if text in seen else len(seen))
        assert texts[0] not in seen, "a text of a note"
        return scene.judge(dict(zip(scene.came, texts, strict=True)))

    attack(ATTACKER, "a note to its writer, from every export, field, view and handler", run, runs=max(2, RUNS // 10))


def test_nothing_of_what_was_counted(chance):
    """A choice that the room has seen: the course holds what it held before, and no reply has a count."""
    before = in_the_course()
    own = Team(leader=STAFF.slug)
    scene = RatedScene(chance)
    scene.answer_all()
    assert scene.reveal()["counts"]
    scene.team.command("show_summary")
    assert call(scene.team.api + "tallies.csv", token=scene.team.leader).status_code == 200
    assert in_the_course() == before
    assert "counts" not in "".join(when_asked(scene.team.api, own))


def test_in_the_place_of_a_learner(chance, monkeypatch):
    """The platform shows staff the course as one specific learner: no handler does anything then (403)."""
    scene = Scene(chance)
    monkeypatch.setattr("psychsafety_xblock.platform_compat._is_masquerading", lambda block, person: True)
    code = {"join_code": scene.team.opened["join_code"]}
    for name, body in {
        "open_session": {}, "current_session": {}, "past_sessions": {}, "take_seat": code, "complete": {"token": "x"},
    }.items():  # fmt: skip
        for who in (scene.leader, scene.people[0]):
            is_refused(handler("wall", name, body, who), 403, "masquerade")
