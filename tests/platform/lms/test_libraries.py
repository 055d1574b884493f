"""Blocks of a content library: keys without a course, in a runtime whose addresses name the user."""

import pytest
from django.db import connection
from opaque_keys.edx.keys import UsageKey
from openedx.core.djangoapps.xblock.rest_api import get_secure_token
from xmodule.runtime import MODULESTORE

from psychsafety_xblock import platform_compat, service
from psychsafety_xblock.models import Session
from tests.agendas import TALK, WALL
from tests.platform.people import RUN, Browser, place
from tests.support import JSON, call, is_refused, rows

pytestmark = pytest.mark.django_db(transaction=True)

USAGE = "lb:Org:safety:psychsafety_team_session:0a1b2c"


@pytest.fixture(autouse=True)
def library():
    MODULESTORE[USAGE] = {"agenda": [TALK, WALL]}


def address(user: object, name: str, token: str = "") -> str:
    token = token or get_secure_token(user, USAGE)
    return f"/api/xblock/v2/xblocks/{USAGE}/handler/{user}-{token}/{name}/"


def ask(browser: Browser, path: str, body: str = "{}"):
    return browser.generic("POST", path, body, content_type=JSON, secure=True)


def test_a_session_works_there_and_is_the_librarys_own():
    browser = Browser("amal")
    opened = ask(Browser(), address(browser.account, "open_session"))
    assert opened.status_code == 200, opened.content
    session = Session.objects.get()
    assert session.course_run == "lib:Org:safety"
    assert call(opened.json()["api_url"], token=opened.json()["token"]).json()["agenda"]
    current = ask(Browser(), address(browser.account, "current_session")).json()
    assert current["session_id"] == session.id
    in_the_course = browser.call(place("session", agenda=[WALL]), "current_session").json()
    assert in_the_course == {"session_id": None}, f"what is open in a library is not open in {RUN}"


def test_it_works_inside_the_transaction_that_this_address_is_in(monkeypatch):
    inside = []
    real = service.open_session
    monkeypatch.setattr(
        service, "open_session", lambda **kwargs: inside.append(connection.in_atomic_block) or real(**kwargs)
    )
    assert ask(Browser(), address(Browser("amal").account, "open_session")).status_code == 200
    assert inside == [True]
    assert Session.objects.count() == 1


def test_nobody_and_a_forged_address_get_nothing():
    before = rows()["psychsafety_xblock_session"]
    is_refused(ask(Browser(), address("anon123", "open_session")), 403, "anonymous")
    assert ask(Browser(), address(Browser("amal").account, "open_session", "f" * 43)).status_code == 403
    assert rows()["psychsafety_xblock_session"] == before == []


@pytest.mark.parametrize(
    ("usage", "run"),
    [
        ("block-v1:Org+Safety+2026+type@psychsafety_wall+block@a", RUN),
        ("i4x://Org/Safety/psychsafety_wall/a", None),
        ("lb:Org:safety:psychsafety_wall:a", "lib:Org:safety"),
        ("lib-block-v1:Org+safety+type@psychsafety_wall+block@a", "library-v1:Org+safety"),
    ],
)
def test_every_kind_of_key_is_in_one_run(usage, run):
    """Of the oldest, which knows its run from the address alone, the platform makes a full key first."""
    key = UsageKey.from_string(usage)
    if run is None:
        from opaque_keys.edx.keys import CourseKey

        key, run = key.map_into_course(CourseKey.from_string("Org/Safety/2026")), "Org/Safety/2026"
    from lms.djangoapps.courseware.block_render import prepare_runtime_for_user

    MODULESTORE[str(key)] = {}
    block = prepare_runtime_for_user(_nobody(), key.context_key).load(None, key)
    assert platform_compat.course_run(block) == run
    assert platform_compat.usage_key(block) == str(key)
    assert len(platform_compat.block_id(block)) == 16


def _nobody():
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()
