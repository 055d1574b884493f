"""Each page of the demo answers, and what it shows comes from the blocks themselves."""

import re

import pytest

from psychsafety_xblock.demo.course import AUTHOR, BLOCKS, PERSONAS, UNITS
from psychsafety_xblock.demo.runtime import CourseRuntime

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("unit", [unit.slug for unit in UNITS])
def test_every_unit_answers_for_every_persona(client, persona, unit):
    answer = client.get(f"/course/{persona}/{unit}/")
    assert answer.status_code == 200
    assert f'data-student="{persona}"' in answer.content.decode()


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.blocks], ids=lambda unit: unit.slug)
def test_a_unit_holds_its_blocks_with_their_own_usage_ids(client, unit):
    page = client.get(f"/course/leader/{unit.slug}/").content.decode()
    assert re.findall(r"data-usage='([^']+)'", page) == [block.usage_id for block in unit.blocks]
    assert page.count("data-init='PsychSafety") == len(unit.blocks)


@pytest.mark.parametrize("block", BLOCKS)
def test_studio_and_preview_answer(client, block):
    assert client.get(f"/studio/{block}/").status_code == 200
    assert client.get(f"/studio/{block}/preview/").status_code == 200


@pytest.mark.parametrize("path", ["/course/nobody/wall/", "/course/leader/nothing/", "/studio/nothing/"])
def test_what_does_not_exist_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_start_page_leads_to_everybody_in_a_tab_of_their_own(client):
    page = client.get("/").content.decode()
    links = re.findall(r'<a href="([^"]+)" target="_blank"', page)
    for persona in PERSONAS:
        assert f"/course/{persona}/session/" in links
    assert "/psychsafety/join/" in links
    assert "/psychsafety/screen/" in links


def test_pages_cannot_be_framed(client):
    assert client.get("/course/leader/wall/").headers["X-Frame-Options"] == "DENY"


class TestClip:
    """The parts that players ask for."""

    def test_the_whole(self, client):
        answer = client.get("/demo/clip.mp4")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "video/mp4"
        assert 20_000 < len(answer.content) < 300_000

    @pytest.mark.parametrize(
        ("asked", "part"),
        [("bytes=0-99", slice(0, 100)), ("bytes=100-", slice(100, None)), ("bytes=-50", slice(-50, None))],
    )
    def test_a_part(self, client, asked, part):
        whole = client.get("/demo/clip.mp4").content
        answer = client.get("/demo/clip.mp4", headers={"Range": asked})
        assert answer.status_code == 206
        assert answer.content == whole[part]

    def test_a_part_that_is_not_there(self, client):
        assert client.get("/demo/clip.mp4", headers={"Range": "bytes=9999999-"}).status_code == 416


def test_the_form_opens_in_a_frame_of_the_same_site_only(client):
    assert client.get("/studio/wall/")["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get("/studio/wall/preview/")["X-Frame-Options"] == "DENY"


def test_no_text_of_an_author_ends_the_script_that_it_stands_in(client):
    block = CourseRuntime(AUTHOR).get_block(BLOCKS["wall"].usage_id)
    block.prompt = "</script><script>alert(1)</script>"
    block.save()
    for page in ("/studio/wall/", "/studio/wall/preview/", "/course/leader/wall/"):
        assert "<script>alert(1)" not in client.get(page).content.decode()
