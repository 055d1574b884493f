"""What the platform tells us, from stand-ins for its keys, its user service and its masquerading."""

import sys
import types

import pytest

from psychsafety_xblock import platform_compat
from psychsafety_xblock.core.errors import Refused
from psychsafety_xblock.platform_compat import Person

COURSE = "course-v1:Org+Safety+2026"


class Key(str):
    """Like an opaque key: text, and in Open edX it knows its course."""

    context_key = COURSE


def a_block(usage: str = "", attributes: dict | None = None, studio: bool = False, user: bool = True):
    """A stand-in for a block in a runtime."""
    current = types.SimpleNamespace(opt_attrs=attributes or {})
    service = types.SimpleNamespace(get_current_user=lambda: current)
    runtime = types.SimpleNamespace(service=lambda block, name: service if user and name == "user" else None)
    if studio:
        runtime.is_author_mode = True
    key = Key(usage or "block-v1:Org+Safety+2026+type@psychsafety_wall+block@0a1b")
    return types.SimpleNamespace(runtime=runtime, scope_ids=types.SimpleNamespace(usage_id=key))


LEARNER = {"edx-platform.user_id": 42, "edx-platform.is_authenticated": True, "edx-platform.user_role": "student"}


def refused(what, block) -> str:
    with pytest.raises(Refused) as caught:
        what(block)
    return caught.value.code


def test_keys_of_open_edx():
    block = a_block()
    assert platform_compat.course_run(block) == COURSE
    assert platform_compat.usage_key(block) == "block-v1:Org+Safety+2026+type@psychsafety_wall+block@0a1b"


@pytest.mark.parametrize(
    ("replaced", "path"),
    [
        ("/asset-v1:Org+Safety+2026+type@asset+block@team.png", "/asset-v1:Org+Safety+2026+type@asset+block@team.png"),
        ("https://cdn.example/team.png", ""),
        ("//cdn.example/team.png", ""),
    ],
)
def test_a_picture_of_the_course(replaced, path):
    block = a_block()

    def replace_urls(text, static_replace_only=False):
        assert static_replace_only
        return text.replace('"/static/team.png"', f'"{replaced}"')

    service = types.SimpleNamespace(replace_urls=replace_urls)
    block.runtime.service = lambda block, name: service if name == "replace_urls" else None
    assert platform_compat.asset_path(block, "/static/team.png") == path
    assert platform_compat.asset_path(block, "/other/team.png") == "/other/team.png"
    assert platform_compat.asset_path(block, "") == ""
    assert platform_compat.asset_path(a_block(), "/static/team.png") == "/static/team.png"


def test_plain_ids_are_one_course_run():
    block = a_block()
    for usage in ("demo.psychsafety_wall.wall.d0.u0", "another"):
        block.scope_ids.usage_id = usage
        assert platform_compat.course_run(block) == "workbench"
        assert platform_compat.usage_key(block) == usage


def test_a_blocks_id_for_browsers_is_opaque_and_its_own():
    one, other = a_block(), a_block("block-v1:Org+Safety+2026+type@psychsafety_wall+block@0a1c")
    assert platform_compat.block_id(one) == platform_compat.block_id(a_block())
    assert platform_compat.block_id(one) != platform_compat.block_id(other)
    assert "psychsafety" not in platform_compat.block_id(one)
    assert len(platform_compat.block_id(one)) == 16


@pytest.mark.parametrize(
    ("more", "staff"),
    [
        ({}, False),
        ({"edx-platform.user_is_staff": True}, True),
        ({"edx-platform.user_role": "staff"}, True),
        ({"edx-platform.user_role": "instructor"}, True),
        ({"edx-platform.user_role": "beta_tester"}, False),
    ],
)
def test_who_is_staff(more, staff):
    assert platform_compat.person(a_block(attributes={**LEARNER, **more})) == Person(account="42", staff=staff)


@pytest.mark.parametrize(
    "attributes",
    [
        {},
        {"edx-platform.is_authenticated": False, "edx-platform.user_id": None},
        {"edx-platform.is_authenticated": False, "edx-platform.user_id": 7},
        {"edx-platform.user_id": ""},
        {"xblock-workbench.user_id": "none"},
    ],
    ids=str,
)
def test_nobody_is_signed_in(attributes):
    assert refused(platform_compat.participant, a_block(attributes=attributes)) == "anonymous"


def test_a_runtime_without_a_user_service():
    assert refused(platform_compat.participant, a_block(user=False)) == "anonymous"


def test_an_older_platform_without_the_flag():
    assert platform_compat.person(a_block(attributes={"edx-platform.user_id": 42})).account == "42"


@pytest.mark.parametrize(
    ("path", "vouched"),
    [
        ("/courses/course-v1:a+b+c/xblock/block-v1:a+b+c+type@psychsafety_wall+block@1/handler/take_seat", True),
        (
            "/courses/course-v1:a+b+c/xblock/block-v1:a+b+c+type@psychsafety_wall+block@1/handler_noauth/take_seat",
            False,
        ),
        ("/handler/demo.psychsafety_wall.wall.d0.u0/take_seat/", True),
        ("/api/xblock/v2/xblocks/lb:a:b:psychsafety_wall:c/handler/7-abc/take_seat/", True),
    ],
)
def test_where_the_platform_checks_nothing_nobody_is_vouched_for(path, vouched):
    assert platform_compat.is_vouched_for(types.SimpleNamespace(path=path)) is vouched


def test_studio_comes_first():
    assert refused(platform_compat.participant, a_block(attributes=LEARNER, studio=True)) == "preview"
    assert refused(platform_compat.participant, a_block(studio=True)) == "preview"


@pytest.mark.django_db
class TestMasquerading:
    """As one specific learner it is refused; as "a learner" in general one acts as oneself."""

    @pytest.fixture
    def platform(self, monkeypatch):
        """Stand-ins for the platform's modules; `asked` holds what they were asked."""
        asked = []
        masquerade = types.ModuleType("lms.djangoapps.courseware.masquerade")

        def is_masquerading_as_specific_student(user, course_key):
            asked.append((user, course_key))
            return bool(user and getattr(user, "specific", False))

        masquerade.is_masquerading_as_specific_student = is_masquerading_as_specific_student
        crum = types.ModuleType("crum")
        crum.get_current_user = lambda: self.sender
        for name in ("lms", "lms.djangoapps", "lms.djangoapps.courseware"):
            monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
        monkeypatch.setitem(sys.modules, "lms.djangoapps.courseware.masquerade", masquerade)
        monkeypatch.setitem(sys.modules, "crum", crum)
        return asked

    def test_as_a_specific_learner(self, platform):
        self.sender = types.SimpleNamespace(specific=True)
        assert refused(platform_compat.participant, a_block(attributes=LEARNER)) == "masquerade"
        assert platform == [(self.sender, COURSE)], "the sender is asked about, not the learner who is shown"

    def test_as_a_learner_in_general_or_not_at_all(self, platform):
        self.sender = types.SimpleNamespace(specific=False)
        assert platform_compat.participant(a_block(attributes=LEARNER)).account == "42"

    def test_without_a_sender_the_account_is_asked_about(self, platform, django_user_model):
        self.sender = None
        user = django_user_model.objects.create(username="u")
        block = a_block(attributes={**LEARNER, "edx-platform.user_id": user.pk})
        assert platform_compat.participant(block).account == str(user.pk)
        assert platform == [(user, COURSE)]

    def test_where_there_is_no_course_there_is_none(self, platform):
        self.sender = types.SimpleNamespace(specific=True)
        block = a_block(attributes=LEARNER)
        block.scope_ids.usage_id = "plain"
        assert platform_compat.participant(block).account == "42"


def test_storage_of_browsers_is_opaque(settings):
    one = platform_compat.storage_key("42")
    assert one == platform_compat.storage_key("42") != platform_compat.storage_key("43")
    assert "42" not in one or len(one) == 24
    settings.SECRET_KEY = "another"
    assert platform_compat.storage_key("42") != one
