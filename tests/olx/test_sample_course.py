"""The sample course: readable for Studio, the same as the demo shows, and packed as it stands."""

import gzip
import io
import json
import re
import tarfile
from pathlib import Path

import pytest
from lxml import etree

from psychsafety_xblock.demo import make_sample_course
from psychsafety_xblock.demo.course import BLOCKS, SAMPLE_COURSE, UNITS
from psychsafety_xblock.demo.make_sample_course import ARCHIVE, STATIC, contents
from psychsafety_xblock.demo.outline import Text, read_units
from psychsafety_xblock.olx import OlxError
from tests.olx.support import PLATFORM_PARSER, a_block, exported, read, set_fields

#: The units of the demo, which people and tests know by these names.
SLUGS = [
    "leaders", "video-1", "session", "video-2", "wall", "course-wall", "both", "activities", "hour", "follow-up",
]  # fmt: skip
CONTAINERS = ("course", "chapter", "sequential", "vertical")


def archive() -> dict[str, bytes]:
    """The files of the archive that is kept."""
    with tarfile.open(ARCHIVE) as packed:
        return {entry.name: packed.extractfile(entry).read() for entry in packed if entry.isfile()}


def parsed(name: str) -> etree._Element:
    """A file of the archive, as the platform parses it."""
    return etree.fromstring(archive()[f"course/{name}"], etree.XMLParser(**PLATFORM_PARSER))


def test_the_archive_is_up_to_date():
    """Run `make sample-course` when this fails."""
    assert gzip.decompress(ARCHIVE.read_bytes()) == contents()


def test_the_archive_is_the_same_each_time(tmp_path, monkeypatch):
    monkeypatch.setattr(make_sample_course, "ARCHIVE", tmp_path / "a.tar.gz")
    make_sample_course.main()
    first = (tmp_path / "a.tar.gz").read_bytes()
    (tmp_path / "a.tar.gz").unlink()
    make_sample_course.main()
    assert (tmp_path / "a.tar.gz").read_bytes() == first
    with tarfile.open(fileobj=io.BytesIO(contents())) as packed:
        entries = packed.getmembers()
    assert [entry.name for entry in entries] == sorted(entry.name for entry in entries)
    assert {(entry.uid, entry.gid, entry.uname, entry.gname, entry.mode) for entry in entries} == {
        (0, 0, "", "", 0o644)
    }


def test_the_archive_has_one_folder_and_stays_in_it():
    """Studio looks for course.xml, and refuses names that lead out."""
    names = archive()
    assert all(name.startswith("course/") and ".." not in name for name in names)
    assert sum(name.endswith("/course.xml") for name in names) == 1
    assert ARCHIVE.stat().st_size < 1_000_000


def test_it_is_a_whole_course():
    run = parsed("course.xml")
    assert set(run.attrib) == {"url_name", "org", "course"}
    seen, waiting = set(), [("course", run.get("url_name"))]
    while waiting:
        kind, name = waiting.pop()
        seen.add(f"course/{kind}/{name}.xml")
        node = parsed(f"{kind}/{name}.xml")
        assert node.tag == kind
        for child in node:
            if child.tag in CONTAINERS:
                # A pointer: the name of a file and nothing else.
                assert set(child.attrib) == {"url_name"}
                waiting.append((child.tag, child.get("url_name")))
            elif child.tag == "html":
                seen |= {f"course/html/{child.get('url_name')}.{ending}" for ending in ("xml", "html")}
    others = {name for name in archive() if name.split("/")[1] not in ("about", "policies", "static", "course.xml")}
    assert seen == others, "every file is used, and every file that is named exists"


def test_studio_offers_both_components_in_it():
    (policy,) = json.loads(archive()["course/policies/one/policy.json"]).values()
    assert policy["advanced_modules"] == ["psychsafety_team_session", "psychsafety_wall"]
    assert f"course/static/{policy['course_image']}" in archive()
    assert "start" not in policy, "an import does not open a course to learners"


def test_components_are_no_pointers():
    """Platforms before openedx-platform issue 36390 read no files of components that are not their own."""
    for unit in SLUGS:
        for node in parsed(f"vertical/{unit}.xml").iterchildren("psychsafety_team_session", "psychsafety_wall"):
            assert len(node) or set(node.attrib) - {"url_name"}, unit


def test_texts_name_only_files_that_are_there():
    used = set()
    for name, text in archive().items():
        if name.endswith(".html"):
            etree.fromstring(f"<div>{text.decode()}</div>")
            used |= set(re.findall(r'"/static/([^"]+)"', text.decode()))
    assert used == set(STATIC)
    assert {f"course/static/{name}" for name in used} <= set(archive())


def test_the_demo_shows_just_this_course():
    assert [unit.slug for unit in UNITS] == SLUGS
    assert list(BLOCKS) == [
        "session",
        "wall",
        "course-wall",
        "both-session",
        "both-wall",
        "activities",
        "hour",
        "follow-up",
    ]
    assert BLOCKS["hour"].fields == {}, "as an author adds it"


@pytest.mark.parametrize("slug", BLOCKS)
def test_every_component_is_written_as_it_is_read_and_can_be_run(slug):
    placed = BLOCKS[slug]
    block = read(exported(a_block(placed.block_type, placed.fields)))
    assert set_fields(block) == placed.fields
    assert block.definitions()


def test_both_chapters_have_clips_components_and_a_page_for_leaders():
    together, more = ([unit for unit in UNITS if unit.slug in names] for names in (SLUGS[:6], SLUGS[6:]))
    assert sum(part.html.count("<video") for unit in together for part in unit.parts if isinstance(part, Text)) == 2
    assert {block.block_type for unit in together for block in unit.blocks} == {
        "psychsafety_team_session",
        "psychsafety_wall",
    }
    assert all(unit.blocks for unit in more)
    (page,) = UNITS[0].parts
    assert 300 <= len(re.sub(r"<[^>]+>", " ", page.html).split()) <= 400


def test_the_leader_has_words_to_say_in_the_first_session():
    (step,) = BLOCKS["session"].fields["agenda"]
    assert len(step["script"]) > 500
    assert len(step["notes"]) > 500


@pytest.mark.django_db
class TestInTheDemo:
    """What a visitor gets."""

    def test_the_archive_can_be_had(self, client):
        page = client.get("/").content.decode()
        assert 'href="/demo/sample-course.tar.gz"' in page
        response = client.get("/demo/sample-course.tar.gz")
        assert b"".join(response.streaming_content) == ARCHIVE.read_bytes()
        assert response.headers["Content-Type"] == "application/gzip"
        assert "attachment" in response.headers["Content-Disposition"]
        assert "Content-Encoding" not in response.headers

    def test_the_start_page_leads_to_studio_for_every_component(self, client):
        page = client.get("/").content.decode()
        for slug in BLOCKS:
            assert f'href="/studio/{slug}/"' in page
            assert f'href="/studio/{slug}/preview/"' in page

    def test_a_clip_is_played_from_where_the_demo_has_it(self, client):
        page = client.get("/course/leader/video-1/").content.decode()
        assert 'src="/demo/clip.mp4"' in page
        assert 'poster="/static/psychsafety_demo/clip.jpg"' in page


def test_a_mistake_in_the_files_says_where(tmp_path):
    for path in SAMPLE_COURSE.rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(SAMPLE_COURSE)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    unit = Path(tmp_path / "vertical/activities.xml")
    unit.write_text(unit.read_text(encoding="utf-8").replace('form="pairs"', 'form="trios"'), encoding="utf-8")
    with pytest.raises(OlxError, match=r"psychsafety_team_session “activities”: agenda/talk\[1\], form: "):
        read_units(tmp_path)
