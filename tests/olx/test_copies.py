"""A block is copied while a team's notes hang on it: what was authored follows, and nothing else does.

The copies are those that Open edX makes: duplicate and re-run hand the fields over, copy and paste and a library go
through OLX (openedx-platform, cms/djangoapps/contentstore/helpers.py).
"""

import json
import types

import pytest
from lxml import etree
from webob import Request
from xblock.runtime import DictKeyValueStore, KvsFieldData
from xblock.test.tools import TestRuntime

from psychsafety_xblock.models import Activity, Note, Round, Session
from tests.olx.support import BLOCKS, SESSION, WALL, keys, set_fields
from tests.support import Team, call, rows

pytestmark = pytest.mark.django_db

LEADER = "emperor-7000"
AUTHORED = {
    SESSION: {"display_name": "Ours", "agenda": [{"kind": "wall", "prompt": "What takes courage?", "minimum": 3}]},
    WALL: {"prompt": "What takes courage?", "help_text": "One\nsentence.", "minimum": 3},
}


class Key(str):
    """Like an opaque key: text that knows its course or library."""

    @property
    def context_key(self) -> str:
        start = self.removeprefix("block-v1:").removeprefix("lb:")
        if self.startswith("lb:"):
            return "lib:" + ":".join(start.split(":")[:2])
        return "course-v1:" + start.split("+type@")[0]


def key(kind: str, run: str = "Org+Safety+2026", block: str = "a1") -> Key:
    return Key(f"block-v1:{run}+type@{kind}+block@{block}")


#: Each way to copy: whether it goes through OLX, and which key the copy has.
COPIES = {
    "duplicate": (False, lambda kind: key(kind, block="b2")),
    "paste in the same course": (True, lambda kind: key(kind, block="c3")),
    "paste in another course": (True, lambda kind: key(kind, run="Org+Other+2026", block="d4")),
    "re-run": (False, lambda kind: key(kind, run="Org+Safety+2027")),
    "library": (True, lambda kind: Key(f"lb:Org:ours:{kind}:a1")),
}
SAME_RUN = ("duplicate", "paste in the same course")


class Placed:
    """A block in a runtime of the LMS, looked at by this account."""

    def __init__(self, kind: str, usage: Key, fields: dict | None = None, olx: str | None = None) -> None:
        user = types.SimpleNamespace(opt_attrs={"edx-platform.user_id": LEADER, "edx-platform.is_authenticated": True})
        self.runtime = TestRuntime(
            services={
                "field-data": KvsFieldData(DictKeyValueStore()),
                "user": types.SimpleNamespace(get_current_user=lambda: user),
            }
        )
        ids = keys(kind, usage)
        if olx is not None:
            self.block = BLOCKS[kind].parse_xml(etree.fromstring(olx), self.runtime, ids)
        else:
            self.block = self.runtime.construct_xblock_from_class(BLOCKS[kind], ids)
        for name, value in (fields or {}).items():
            setattr(self.block, name, value)

    def handle(self, name: str, **body) -> dict:
        """The reply of a handler."""
        request = Request.blank(f"/{name}", method="POST", content_type="application/json")
        request.body = json.dumps(body).encode()
        response = self.block.handle(name, request)
        assert response.status_int == 200, response.body
        return response.json_body

    def olx(self) -> str:
        """As the clipboard and the library keep it, with what the platform writes beside."""
        node = etree.Element("root")
        self.block.add_xml_to_node(node)
        node.set("copied_from_block", str(self.block.scope_ids.usage_id))
        return etree.tostring(node, encoding="unicode")

    def copied(self, way: str) -> "Placed":
        """A copy of it, made in this way."""
        through_olx, usage = COPIES[way]
        kind = self.block.scope_ids.block_type
        if through_olx:
            return Placed(kind, usage(kind), olx=self.olx())
        return Placed(kind, usage(kind), fields=set_fields(self.block))


class Hung(Team):
    """A team of five whose notes hang, in a session that the block opened."""

    def __init__(self, place: Placed) -> None:
        self.opened = place.handle("open_session")
        self.leader, self.api = self.opened["token"], self.opened["api_url"]
        self.screen = self.opened["screen_url"].split("#")[1]
        self.session_id, self.seats = self.opened["session_id"], []
        self.texts = [f"kingfisher-{number}-says-no" for number in range(5)]
        self.fill(guests=5).start()
        self.answers(self.texts)
        self.command("reveal")
        assert len(self.notes()) == 5


@pytest.fixture(params=BLOCKS)
def original(request) -> Placed:
    """A block of a course, as its author left it."""
    return Placed(request.param, key(request.param), AUTHORED[request.param])


def test_the_keys_of_the_test_are_like_those_of_open_edx():
    assert key(WALL).context_key == "course-v1:Org+Safety+2026"
    assert COPIES["library"][1](WALL).context_key == "lib:Org:ours"
    assert len({usage(WALL) for _, usage in COPIES.values()} | {key(WALL)}) == len(COPIES) + 1


@pytest.mark.parametrize("way", COPIES)
class TestCopies:
    """Of a block on which notes hang."""

    def test_what_was_authored_follows_and_nothing_is_written(self, original, way):
        Hung(original)
        before = rows()
        copy = original.copied(way)
        assert set_fields(copy.block) == AUTHORED[original.block.scope_ids.block_type]
        copy.block.student_view({})
        assert rows() == before

    def test_no_running_session_and_no_answer_follow(self, original, way):
        team = Hung(original)
        copy = original.copied(way)
        assert not Activity.objects.filter(usage_key=copy.block.scope_ids.usage_id).exists()
        found = copy.handle("current_session")["session_id"]
        assert found == (team.session_id if way in SAME_RUN else None), "a leader's session is one course run's"
        opened = copy.handle("open_session")
        # In the same course the leader goes on in the same session, with the copy as a step of its own.
        assert (opened["session_id"] == team.session_id) == (way in SAME_RUN)
        (attached,) = opened["attached"]
        assert attached not in team.opened["attached"]
        assert not Round.objects.filter(activity_id=int(attached)).exists()
        if way not in SAME_RUN:
            state = call(opened["api_url"], token=opened["token"]).json()
            assert state["round"] is None
            assert state["seats"]["all"] == state["seats"]["guests"] == 0
            assert "kingfisher" not in json.dumps(state)
        assert len(team.notes()) == 5, "the original goes on"

    def test_the_copy_of_a_wall_for_the_course_is_another_wall(self, way):
        place = Placed(WALL, key(WALL), {**AUTHORED[WALL], "audience": "course", "minimum": 4})
        seat = place.handle("take_seat")
        round_id = call(seat["api_url"], token=seat["token"]).json()["round"]["id"]
        body = {"round": round_id, "answer": {"text": "kingfisher-says-no"}}
        assert call(seat["api_url"] + "answers", body, token=seat["token"]).status_code == 202
        other = place.copied(way).handle("take_seat")
        assert other["session_id"] != seat["session_id"]
        assert Note.objects.filter(round__activity__session_id=seat["session_id"]).count() == 1
        assert not Note.objects.filter(round__activity__session_id=other["session_id"]).exists()


def test_an_export_tells_nothing_of_a_session(original):
    """Not while notes hang, not after it ended: no answer, no token, no code, no number of people, no id."""
    before = original.olx()
    team = Hung(original)
    assert original.olx() == before
    secrets = [*team.texts, *team.seats, team.leader, team.screen, team.session_id, team.opened["join_code"], LEADER]
    team.command("close_session")
    exported = original.olx()
    assert exported == before
    for secret in secrets:
        assert secret not in exported
    assert Session.objects.count() == 1
