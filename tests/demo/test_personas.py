"""Who somebody is stands in the URL only, and the fields of the course survive a restart."""

import json

import pytest
from workbench.models import XBlockState

from psychsafety_xblock.demo.course import AUTHOR, BLOCKS, COURAGE
from psychsafety_xblock.demo.runtime import CourseRuntime

WALL = BLOCKS["wall"]


def wall(user_id: str):
    """The wall block as a new process would make it for this user."""
    return CourseRuntime(user_id).get_block(WALL.usage_id)


def user(user_id: str):
    runtime = CourseRuntime(user_id)
    return runtime.service(runtime.get_block(WALL.usage_id), "user").get_current_user()


@pytest.mark.django_db
def test_two_personas_in_one_browser_share_no_cookie_but_the_csrf_token(client):
    client.get("/course/amal/wall/")
    page = client.get("/course/bo/wall/").content.decode()
    assert set(client.cookies) <= {"csrftoken"}
    assert 'data-student="bo"' in page
    assert "amal" not in page


@pytest.mark.django_db
def test_only_frida_is_staff():
    assert user("staff").opt_attrs["edx-platform.user_is_staff"] is True
    for slug in ("leader", "amal", "somebody-else"):
        attributes = user(slug).opt_attrs
        assert attributes["xblock-workbench.user_id"] == slug
        assert attributes["edx-platform.user_is_staff"] is False


@pytest.mark.django_db
def test_nobody_has_no_id():
    assert user("none").opt_attrs == {"edx-platform.is_authenticated": False}


@pytest.mark.django_db
def test_only_studio_is_author_mode():
    assert CourseRuntime(AUTHOR).is_author_mode is True
    assert CourseRuntime("leader").is_author_mode is False


class TestFields:
    """What the author wrote, and what is edited in the demo's Studio."""

    pytestmark = pytest.mark.django_db

    def test_looking_writes_nothing(self, client):
        for path in ("/course/leader/both/", "/studio/wall/", "/studio/session/preview/"):
            client.get(path)
        assert not XBlockState.objects.exists()

    def test_the_course_is_what_holds_first(self):
        assert wall("leader").prompt == COURAGE

    def test_an_edit_holds_for_everybody_and_after_a_restart(self):
        block = wall(AUTHOR)
        block.prompt = "What would you ask if nobody laughed?"
        block.save()
        assert wall("amal").prompt == "What would you ask if nobody laughed?"
        assert wall("amal").display_name == WALL.fields["display_name"]

    def test_a_second_row_of_two_simultaneous_edits_does_no_harm(self):
        block = wall(AUTHOR)
        block.prompt = "One?"
        block.save()
        for row in list(XBlockState.objects.all()):
            row.pk = None
            row.save()
        block = wall(AUTHOR)
        block.prompt = "Two?"
        block.save()
        assert wall("bo").prompt == "Two?"
        assert all(json.loads(row.state).get("prompt", "Two?") == "Two?" for row in XBlockState.objects.all())

    def test_a_reset_goes_back_to_the_course(self, client):
        block = wall(AUTHOR)
        block.prompt = "Another?"
        block.save()
        assert client.post("/reset_state").status_code == 302
        assert wall("leader").prompt == COURAGE


@pytest.mark.django_db
def test_the_studio_form_saves_through_the_handler(client):
    handler = f"/handler/{WALL.usage_id}/save_authored/?student={AUTHOR}"
    form = wall(AUTHOR)
    fields = {**form.authored_fields(), "prompt": "What do you not say in meetings?"}
    answer = client.post(
        handler, json.dumps({"revision": form.revision(), "fields": fields}), content_type="application/json"
    )
    assert answer.status_code == 200, answer.content
    assert wall("amal").prompt == "What do you not say in meetings?"
