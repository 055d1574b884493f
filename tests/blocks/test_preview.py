"""Studio's preview: what it is given, and that nothing is ever written or sent from Studio."""

import json
import sys
import types

import pytest
from django.urls import clear_url_caches
from webob import Request

from psychsafety_xblock.core.activities import kind_of
from psychsafety_xblock.demo.course import AUTHOR, BLOCKS
from psychsafety_xblock.demo.runtime import CourseRuntime
from psychsafety_xblock.exercises import exercise, session_names
from tests.support import Team, rows

pytestmark = pytest.mark.django_db

#: What Studio is for; everything else is for people in the course.
FOR_AUTHORS = {"save_authored"}
FOR_PEOPLE = {"open_session", "take_seat", "current_session", "past_sessions", "insights", "complete"}


def block_of(slug: str, student: str = AUTHOR, **fields):
    """A block as somebody's runtime gives it, with an author's changes that are not stored."""
    block = CourseRuntime(student).get_block(BLOCKS[slug].usage_id)
    for name, value in fields.items():
        setattr(block, name, value)
    return block


def given(slug: str, **fields) -> dict:
    """What the preview's script starts with."""
    return block_of(slug, **fields).author_view({}).json_init_args


def handlers(block) -> set[str]:
    return {name for name in dir(type(block)) if getattr(getattr(type(block), name), "_is_xblock_handler", False)}


@pytest.fixture
def studio(settings):
    """Studio's own process: its settings, and no live API among its addresses."""
    module = types.ModuleType("cms.urls")
    module.urlpatterns = []
    sys.modules |= {"cms": types.ModuleType("cms"), "cms.urls": module}
    settings.ROOT_URLCONF = "cms.urls"
    clear_url_caches()
    yield
    del sys.modules["cms"], sys.modules["cms.urls"]
    clear_url_caches()


class TestNothingIsWrittenFromStudio:
    """With a session open and completion to be had, so that there is something that a call could change."""

    @pytest.fixture(autouse=True)
    def writes_nothing(self):
        self.team = Team().fill(learners=2, guests=2)
        for slug in BLOCKS:
            block_of(slug, complete_after_session=True).save()
        before = rows()
        yield
        assert rows() == before

    def call(self, block, name: str) -> tuple[int, str]:
        """The status and the error of a handler, called as a page of Studio would."""
        bodies = {
            "open_session": {"fresh": True},
            "take_seat": {"join_code": self.team.opened["join_code"]},
            "complete": {"token": self.team.seats[0]},
        }
        request = Request.blank(
            "/", method="POST", content_type="application/json", body=json.dumps(bodies.get(name, {})).encode()
        )
        reply = block.handle(name, request)
        return reply.status_code, reply.json["error"]

    def look_and_press(self, block) -> None:
        for view in (block.author_view({}), block.student_view({})):
            assert view.js_init_fn == "PsychSafetyPreview"
        assert handlers(block) == FOR_PEOPLE | FOR_AUTHORS
        for name in FOR_PEOPLE:
            assert self.call(block, name) == (403, "preview"), name

    @pytest.mark.parametrize("slug", BLOCKS)
    def test_in_the_preview_of_a_unit(self, slug):
        block = block_of(slug)
        assert block.runtime.is_author_mode
        self.look_and_press(block)

    @pytest.mark.parametrize("slug", BLOCKS)
    def test_on_the_runtime_of_studios_own_process(self, slug, studio):
        block = block_of(slug, student="leader")
        assert not block.runtime.is_author_mode
        self.look_and_press(block)


class TestWhatItIsGiven:
    """The author's own text, made-up people, and no way out."""

    @pytest.mark.parametrize("slug", BLOCKS)
    def test_the_steps_are_what_seats_and_leader_would_be_told(self, slug):
        block, data = block_of(slug), given(slug)
        definitions = block.definitions()
        assert len(data["steps"]) == len(definitions) > 0
        for step, definition in zip(data["steps"], definitions, strict=True):
            kind = kind_of(definition)
            assert step["guide"] == kind.guide(definition)
            assert set(step["public"]) == set(kind.public(definition))
            assert step["public"]["prompt"] == definition["prompt"]
            assert "script" not in step["public"]

    def test_the_examples_of_a_wall_that_shares(self):
        def examples(slug: str, **fields) -> list[list[str]]:
            return [step["echo"] for step in given(slug, **fields)["steps"] if step["public"]["kind"] == "wall"]

        wall = {"kind": "wall", "prompt": "What?", "echo_examples": ["To ask.", "To say no."]}
        assert examples("session", agenda=[wall, {**wall, "echo": False}]) == [["To ask.", "To say no."], []]
        assert examples("wall") == [exercise("courage-wall")["echo_examples"]]
        assert examples("course-wall", echo_examples=["To ask."]) == [[]]

    @pytest.mark.parametrize("slug", BLOCKS)
    def test_it_knows_no_address_and_nobody(self, slug):
        data = given(slug)
        assert not {"urls", "storage_key", "signed_in", "may_lead", "fetch_credentials"} & set(data)
        text = json.dumps({name: value for name, value in data.items() if name != "messages"})
        assert "/psychsafety/" not in text
        assert AUTHOR not in text
        assert set(data["files"]) == {"script", "block", "leading", "seat", "leader", "screen"}

    @pytest.mark.parametrize("name", session_names())
    def test_every_ready_session_can_be_played(self, name):
        data = given("hour", ready_session=name)
        assert data["problems"] == []
        assert data["ready_session"]
        for step in data["steps"]:
            shown = [item for item in step["items"] if not item.get("too_few")]
            assert bool(shown) == (step["collects"] and step["public"]["kind"] != "wall"), step["public"]["title"]

    def test_it_is_the_same_each_time(self):
        assert given("activities") == given("activities")

    def test_results_are_told_as_a_teams_are(self):
        """Enough people answer, and where nearly all agree no number stands there."""
        agenda = [
            {
                "kind": "pulse",
                "prompt": "How?",
                "statements": ["One", {"text": "Two", "reversed": True}],
                "minimum": 12,
            },
            {"kind": "choice", "prompt": "Which?", "options": ["Left", "Middle", "Right"], "minimum": 12},
            {"kind": "commitments", "prompt": "What?"},
        ]
        data = given("session", agenda=agenda)
        assert data["people"] == 13
        pulse, choice, agreed = data["steps"]
        assert [item["total"] for item in pulse["items"]] == [13, 13]
        assert pulse["items"][0]["mean"] > 3 > pulse["items"][1]["mean"]
        assert sum(choice["items"][0]["counts"].values()) == 13
        assert agreed["public"]["commitments"] == []
        assert len(agreed["done"]["commitments"]) == len(agreed["items"]) == 2
        assert agreed["items"][0]["counts"]["stand"] > agreed["items"][0]["counts"]["not"] > 0
        small = given("session", agenda=[{"kind": "commitments", "prompt": "What?"}])["steps"][0]["items"]
        assert small[1] == {"id": "c2", "most": ["stand"]}

    def test_what_is_found_of_an_earlier_session_is_made_up_too(self):
        agenda = [
            {"kind": "choice", "prompt": "Did we?", "options": ["Yes", "No"], "about": "commitments"},
            {"kind": "pulse", "prompt": "How?", "statements": ["One"], "compare": True},
        ]
        choice, pulse = given("session", agenda=agenda)["steps"]
        assert len(choice["public"]["recall"]["commitments"]) == 2
        assert pulse["items"][0]["before"]["total"] == 7
        assert pulse["items"][0]["before"]["mean"] < pulse["items"][0]["mean"]

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"agenda": [{"kind": "wall"}]}, "1 to 300 characters"),
            ({"agenda": [{"kind": "wall", "prompt": "x", "minimum": 2}]}, "3 to 50"),
            ({"agenda": [{"kind": "quiz", "prompt": "x"}]}, "kind"),
            ({"ready_session": "gone"}, "no ready session"),
        ],
        ids=str,
    )
    def test_what_cannot_be_run_says_what_is_missing(self, fields, says):
        data = given("hour", **fields)
        assert data["steps"] == []
        assert says in " ".join(data["problems"])

    def test_all_that_is_missing_is_said_with_its_step(self):
        agenda = [{"kind": "wall", "prompt": "x"}, {"kind": "wall"}, {"kind": "choice", "prompt": "x"}]
        second, third = given("session", agenda=agenda)["problems"]
        assert second.startswith("Step 2: The question")
        assert third.startswith("Step 3: A choice")

    def test_a_wall_that_cannot_be_run(self):
        assert "1 to 300 characters" in given("wall", prompt=" ")["problems"][0]


class TestTheIntroduction:
    """For whoever is about to lead, in the course and in the preview alike."""

    HOSTILE = '<p onclick="x()">Be <b>kind</b><script>x()</script> <a href="javascript:x()">here</a><img src=x></p>'

    @pytest.mark.parametrize("student", ["leader", AUTHOR])
    def test_it_is_cleaned_whatever_was_imported(self, student):
        block = block_of("session", student, introduction=self.HOSTILE, introduction_title="For you")
        data = block.student_view({}).json_init_args
        assert data["introduction_title"] == "For you"
        assert "kind" in data["introduction"]
        for bad in ("script", "onclick", "javascript", "img"):
            assert bad not in data["introduction"]

    @pytest.mark.parametrize("address", ["javascript:x()", "http://a.test/", 'https://a.test/"x', "film", 7])
    def test_a_film_that_is_none_is_left_out(self, address):
        assert block_of("session", introduction_video=address).authored_data()["introduction_video"] == ""

    def test_a_film(self):
        data = block_of("session", introduction_video="https://film.test/leaders").authored_data()
        assert data["introduction_video"] == "https://film.test/leaders"

    def test_that_of_the_ready_session_comes_with_it(self):
        data = given("hour")
        assert "one hour on one question" in data["introduction"]
        assert data["ready_session"].startswith("The first hour")
        own = given("hour", introduction="<p>Ours</p>")
        assert own["introduction"] == "<p>Ours</p>"
        assert given("session")["ready_session"] == ""
