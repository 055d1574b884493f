"""Handlers at the LMS's addresses: foreign sites, nobody, staff who look as a learner. A refusal changes nothing."""

import itertools
import json

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from lms.djangoapps.courseware import block_render
from lms.djangoapps.courseware.masquerade import MASQUERADE_SETTINGS_KEY, CourseMasquerade
from opaque_keys.edx.keys import CourseKey, UsageKey

from psychsafety_xblock import platform_compat
from psychsafety_xblock.core.errors import Refused
from psychsafety_xblock.models import Session
from tests.agendas import TALK, WALL
from tests.platform.people import RUN, Browser, PlatformTeam, place
from tests.support import JSON, is_refused, rows

pytestmark = pytest.mark.django_db

HANDLERS = ("open_session", "current_session", "past_sessions", "take_seat", "complete", "save_authored")
#: What a page of another site can send with the user's cookies and without asking first (Fetch: "simple" requests).
WITHOUT_ASKING = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]


def ours() -> dict:
    return {table: held for table, held in rows().items() if table.startswith("psychsafety")}


@pytest.fixture
def team():
    usage = place("session", agenda=[TALK, WALL], complete_after_session=True)
    return PlatformTeam(usage).fill(learners=2)


@pytest.fixture
def changes_nothing(team):
    before = ours()
    yield
    assert ours() == before


def body_of(name: str, team: PlatformTeam) -> dict:
    code = {"join_code": team.opened["join_code"]}
    return {"open_session": {"fresh": True}, "take_seat": code, "complete": {"token": team.seats[0]}}.get(name, {})


@pytest.mark.usefixtures("changes_nothing")
class TestAForeignSite:
    """It has the user's cookies, since the platform's are SameSite=None, and no CSRF token."""

    def foreign(self, team: PlatformTeam) -> Browser:
        browser = team.led_by
        assert settings.SESSION_COOKIE_SAMESITE == "None"
        browser.reads_csrf = False
        return browser

    @pytest.mark.parametrize("kind", ["handler", "handler_noauth"])
    @pytest.mark.parametrize("content_type", [*WITHOUT_ASKING, JSON])
    def test_writes_nothing_and_reads_nothing(self, team, content_type, kind):
        """JSON too, which a browser sends only after asking: one day one may not ask."""
        browser = self.foreign(team)
        for name in HANDLERS:
            body = json.dumps(body_of(name, team))
            if content_type.startswith("multipart"):
                body = f'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n{body}\r\n--x--\r\n'
            response = browser.call(
                team.usage, name, body, kind=kind, content_type=content_type,
                headers={"Origin": "https://evil.example", "Referer": "https://evil.example/"},
            )  # fmt: skip
            assert response.status_code == 403, name
            assert "Access-Control-Allow-Origin" not in response.headers
            for secret in (team.leader, team.opened["join_code"], *team.seats):
                assert secret not in response.content.decode()

    def test_nor_by_another_method(self, team):
        browser = self.foreign(team)
        for kind, method in itertools.product(("handler", "handler_noauth"), ("GET", "OPTIONS", "PUT")):
            response = browser.call(team.usage, "open_session", {"fresh": True}, kind=kind, method=method)
            assert response.status_code in (403, 405)
            assert "Access-Control-Allow-Origin" not in response.headers

    def test_nor_does_our_own_page_get_past_the_check_there(self, team):
        team.led_by.reads_csrf = True
        is_refused(team.led_by.call(team.usage, "current_session", kind="handler_noauth"), 403, "anonymous")


@pytest.mark.usefixtures("changes_nothing")
class TestNobody:
    """Who is not signed in, by each of the two addresses."""

    def test_is_refused(self, team):
        for name in HANDLERS:
            body = body_of(name, team)
            assert Browser().call(team.usage, name, body).status_code == 403
            is_refused(Browser().call(team.usage, name, body, kind="handler_noauth"), 403, "anonymous")

    def test_of_nobody_a_block_learns_that_and_a_country(self):
        runtime = block_render.prepare_runtime_for_user(AnonymousUser(), CourseKey.from_string(RUN))
        key = UsageKey.from_string(place("wall"))
        block = runtime.load(None, key)
        attributes = runtime.service(block, "user").get_current_user().opt_attrs
        assert attributes == {"edx-platform.is_authenticated": False, "edx-platform.request_country_code": "DK"}
        with pytest.raises(Refused, match="anonymous"):
            platform_compat.person(block)
        given = block.student_view({}).json_init_args
        assert (given["signed_in"], given["may_lead"], given["storage_key"]) == (False, False, "")


def test_the_live_api_asks_for_no_csrf_token_and_for_no_cookie(team):
    """A learner's browser sends none there; one that does, because of a sign-on proxy, is treated the same."""
    for browser in (Browser(), Browser("person-0", reads_csrf=False)):
        response = browser.post(
            f"{team.api}seats", json.dumps({"join_code": team.opened["join_code"]}), JSON, secure=True,
            headers={"Origin": "https://testserver"},
        )  # fmt: skip
        assert response.status_code == 201


class TestMasquerade:
    """Staff who look at the course as somebody else; the session of their browser says as whom."""

    @pytest.fixture
    def teacher(self):
        return Browser("teacher", staff=True)

    def look_as(self, teacher: Browser, name: str | None) -> None:
        session = teacher.session
        key = CourseKey.from_string(RUN)
        session[MASQUERADE_SETTINGS_KEY] = {key: CourseMasquerade(key, user_name=name)}
        session.save()

    def test_as_one_learner_nothing_can_be_done(self, team, teacher):
        self.look_as(teacher, "person-0")
        before = ours()
        for name in HANDLERS[:5]:
            is_refused(teacher.call(team.usage, name, body_of(name, team)), 403, "masquerade")
        assert ours() == before

    def test_a_learners_seat_stays_theirs(self, team, teacher):
        """Without the refusal, staff would be handed the seat of the learner whom the block sees."""
        self.look_as(teacher, "person-0")
        reply = teacher.call(team.usage, "take_seat", {"join_code": team.opened["join_code"]})
        assert team.seats[0] not in reply.content.decode()

    def test_as_a_learner_in_general_one_is_oneself(self, team, teacher):
        self.look_as(teacher, None)
        opened = teacher.call(team.usage, "open_session").json()
        assert opened["session_id"] != team.session_id
        self.look_as(teacher, "person-0")
        is_refused(teacher.call(team.usage, "current_session"), 403, "masquerade")

    def test_in_another_course_it_means_nothing(self, team, teacher):
        self.look_as(teacher, "person-0")
        run = "course-v1:Org+Other+2026"
        other = place("session", run=run, agenda=[WALL])
        assert teacher.call(other, "open_session", run=run).status_code == 200

    def test_a_learner_cannot(self, team):
        learner = Browser("person-1")
        self.look_as(learner, "person-0")
        seat = learner.call(team.usage, "take_seat", {"join_code": team.opened["join_code"]}).json()
        assert seat["token"] == team.seats[1]


class TestOlderPlatforms:
    """Services that are missing, or say less."""

    @pytest.fixture
    def changed(self, monkeypatch):
        def change(**services):
            monkeypatch.setattr(block_render, "CHANGED_SERVICES", services)

        return change

    def test_without_any_service_but_the_user(self, changed):
        changed(completion=None, i18n=None, settings=None, replace_urls=None)
        usage = place("session", agenda=[{**WALL, "picture": "/static/team.png"}], complete_after_session=True)
        team = PlatformTeam(usage).fill(learners=4)
        state = team.command("start_round")
        assert state["round"]["activity"]["picture"] == "/static/team.png"
        assert Browser("amal").get(f"/xblock/{usage}", secure=True).status_code == 200

    def test_a_user_without_the_newer_attributes(self, changed):
        class Older(block_render.DjangoXBlockUserService):
            def get_current_user(self):
                user = super().get_current_user()
                kept = ("edx-platform.user_id", "edx-platform.username", "edx-platform.user_is_staff")
                user.opt_attrs = {name: value for name, value in user.opt_attrs.items() if name in kept}
                return user

        changed(user=Older(get_user_model().objects.create(username="older")))
        assert Browser("amal").call(place("session", agenda=[WALL]), "open_session").status_code == 200
        changed(user=Older(AnonymousUser()))
        is_refused(Browser("amal").call(place("session", agenda=[WALL]), "open_session"), 403, "anonymous")

    def test_without_a_user_service(self, changed):
        changed(user=None)
        is_refused(Browser("amal").call(place("session", agenda=[WALL]), "open_session"), 403, "anonymous")
        assert not Session.objects.exists()


class TestServices:
    """What the blocks ask the platform for."""

    def block(self, user=None):
        runtime = block_render.prepare_runtime_for_user(user or AnonymousUser(), CourseKey.from_string(RUN))
        return runtime.load(None, UsageKey.from_string(place("session", agenda=[WALL])))

    @pytest.mark.parametrize(
        ("language", "said"), [("da", "Anonym væg"), ("de-de", "Anonyme Wand"), ("en", "Anonymous wall")]
    )
    def test_the_platforms_i18n_service_finds_our_catalogues(self, language, said):
        from django.utils import translation

        block = self.block()
        with translation.override(language):
            assert block.runtime.service(block, "i18n").gettext("Anonymous wall") == said

    def test_a_picture_of_the_course_is_the_courses_own(self):
        usage = place("session", agenda=[{**WALL, "picture": "/static/team.png"}])
        team = PlatformTeam(usage).fill(learners=4)
        picture = team.command("start_round")["round"]["activity"]["picture"]
        assert picture == "/asset-v1:Org+Safety+2026+type@asset+block@team.png"
