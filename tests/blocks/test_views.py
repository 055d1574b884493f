"""Both blocks' views under the workbench's runtime: what they give to the page, for whom, at what cost."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from psychsafety_xblock.demo.course import AUTHOR, BLOCKS
from psychsafety_xblock.demo.runtime import CourseRuntime
from tests.support import Team, rows

pytestmark = pytest.mark.django_db

NAMES = {"psychsafety_team_session": "PsychSafetyTeamSession", "psychsafety_wall": "PsychSafetyWall"}
#: docs/api.md, section 7, and what each kind has of its own.
COMMON = {
    "block", "kind", "title", "may_lead", "language", "messages", "storage_key", "fetch_credentials",
    "guests_allowed", "urls",
}  # fmt: skip
OWN = {
    "psychsafety_team_session": {"introduction", "introduction_title", "introduction_video", "ready_session", "agenda"},
    "psychsafety_wall": {"audience", "prompt", "help", "starter", "minimum", "max_length"},
}


def view(slug: str, name: str = "student_view", student: str = "leader"):
    """What the block itself returns: the workbench's `render` wraps it."""
    return getattr(CourseRuntime(student).get_block(BLOCKS[slug].usage_id), name)({})


def data(slug: str, name: str = "student_view", student: str = "leader") -> dict:
    return view(slug, name, student).json_init_args


@pytest.mark.parametrize("slug", BLOCKS)
class TestEveryBlock:
    """Of the demo's course."""

    @pytest.mark.parametrize("name", ["student_view", "author_view"])
    def test_a_view_is_a_root_a_script_a_sheet_and_what_it_starts_with(self, slug, name):
        fragment = view(slug, name)
        assert fragment.js_init_fn == (
            NAMES[BLOCKS[slug].block_type] if name == "student_view" else "PsychSafetyPreview"
        )
        kinds = [(resource.kind, resource.mimetype) for resource in fragment.resources]
        assert ("url", "application/javascript") in kinds
        assert ("url", "text/css") in kinds
        assert not [kind for kind, _ in kinds if kind != "url"], "nothing inline"
        assert "<script" not in fragment.content
        assert not re.search(r'\bid="', fragment.content), "ids would collide with a second block"

    def test_the_data_is_as_documented(self, slug):
        given = data(slug)
        assert set(given) >= COMMON | OWN[BLOCKS[slug].block_type]
        pages = {"join", "screen", "drive", "tablet", "summary", "ping", "try_qr"}
        assert set(given["urls"]) == {
            *pages, "leader_script", "leader_style", "leader_messages", "kept_script", "kept_style", "kept_messages",
        }  # fmt: skip
        assert all(given["urls"][name].startswith("/psychsafety/") for name in pages)
        json.dumps(given)

    def test_the_studio_view(self, slug):
        fragment = view(slug, "studio_view", AUTHOR)
        assert fragment.js_init_fn == NAMES[BLOCKS[slug].block_type] + "Studio"
        assert not [resource for resource in fragment.resources if resource.kind != "url"], "nothing inline"
        json.dumps(fragment.json_init_args)

    def test_few_queries(self, slug):
        Team()
        with CaptureQueriesContext(connection) as queries:
            CourseRuntime("leader").get_block(BLOCKS[slug].usage_id).render("student_view", {})
        assert len(queries) <= 3, [query["sql"] for query in queries]

    @pytest.mark.parametrize("name", ["student_view", "author_view", "studio_view"])
    @pytest.mark.parametrize("student", ["leader", "none", AUTHOR])
    def test_looking_writes_nothing(self, slug, name, student):
        before = rows()
        view(slug, name, student)
        assert rows() == before

    def test_nobody_in_particular_gets_no_storage_and_no_lead(self, slug):
        given = data(slug, student="none")
        assert given["may_lead"] is False
        assert given["storage_key"] == ""


def test_storage_is_named_for_each_person_and_says_nothing():
    keys = {student: data("wall", student=student)["storage_key"] for student in ("leader", "amal", "bo")}
    assert len(set(keys.values())) == 3
    assert data("session", student="amal")["storage_key"] == keys["amal"]
    for student, key in keys.items():
        assert student not in key
        assert len(key) >= 16


def test_no_view_names_its_viewer():
    for slug in BLOCKS:
        fragment = view(slug, student="distinctive-person-4711")
        assert "4711" not in fragment.content + json.dumps(fragment.json_init_args)


def test_blocks_have_ids_of_their_own_that_rounds_name_too():
    ids = {slug: data(slug)["block"] for slug in BLOCKS}
    assert len(set(ids.values())) == len(BLOCKS)
    assert data("wall", student="amal")["block"] == ids["wall"]
    team = Team("wall").fill(guests=4)
    team.start()
    assert team.round["activity"]["block"] == ids["wall"]
    assert team.state()["agenda"][0]["block"] == ids["wall"]


def test_course_staff_only():
    block = CourseRuntime(AUTHOR).get_block(BLOCKS["wall"].usage_id)
    block.who_may_lead = "staff"
    block.save()
    assert data("wall", student="leader")["may_lead"] is False
    assert data("wall", student="staff")["may_lead"] is True


@pytest.mark.parametrize(("student", "offered"), [("staff", True), ("leader", False), ("amal", False), ("none", False)])
def test_figures_over_all_teams_are_offered_to_course_staff(student, offered):
    for slug in ("session", "wall"):
        assert data(slug, student=student)["insights"] is offered


def test_an_agenda_that_is_half_done_still_shows_the_block():
    block = CourseRuntime(AUTHOR).get_block(BLOCKS["session"].usage_id)
    block.agenda = [{"kind": "wall"}]
    block.save()
    assert data("session")["agenda"] == []
