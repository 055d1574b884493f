"""People in the LMS: each a browser with the cookies of an account, calling handlers at the LMS's own addresses."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from opaque_keys.edx.keys import CourseKey
from xmodule.runtime import MODULESTORE

from tests.support import JSON, Team

RUN = "course-v1:Org+Safety+2026"
KINDS = {"wall": "psychsafety_wall", "session": "psychsafety_team_session"}


def place(slug: str, run: str = RUN, block: str = "0a1b2c", **fields: Any) -> str:
    """Put a block with these fields into a course run; gives its usage key."""
    usage = str(CourseKey.from_string(run).make_usage_key(KINDS[slug], block))
    MODULESTORE[usage] = fields
    return usage


def quoted(usage: str) -> str:
    """A usage key as it stands in an address of the LMS."""
    return usage.replace(";", ";;").replace("/", ";_")


class Browser(Client):
    """A browser in which somebody is signed in, or nobody; `reads_csrf` as our scripts do."""

    def __init__(self, name: str = "", staff: bool = False, reads_csrf: bool = True) -> None:
        super().__init__(enforce_csrf_checks=True, raise_request_exception=False)
        self.reads_csrf = reads_csrf
        self.name = name
        if name:
            user, _ = get_user_model().objects.get_or_create(
                username=name, defaults={"email": f"{name}@example.com", "is_staff": staff}
            )
            self.account = user.pk
            self.force_login(user)

    def call(
        self, usage: str, name: str, body: Any = None, kind: str = "handler", run: str = RUN, **request: Any
    ) -> Any:
        """Call a handler, as JSON unless `content_type` says otherwise."""
        headers = request.pop("headers", {})
        if self.reads_csrf and "csrftoken" not in self.cookies:
            self.get(f"/xblock/{quoted(usage)}")
        if self.reads_csrf and "csrftoken" in self.cookies:
            headers = {"X-CSRFToken": self.cookies["csrftoken"].value, **headers}
        data = body if isinstance(body, bytes | str) else json.dumps(body or {})
        path = f"/courses/{run}/xblock/{quoted(usage)}/{kind}/{name}"
        method = request.pop("method", "POST")
        # The courseware's pages come from the same host, by HTTPS.
        return self.generic(
            method, path, data, request.pop("content_type", JSON), secure=True,
            headers={"Referer": "https://testserver/", **headers}, **request,
        )  # fmt: skip


class PlatformTeam(Team):
    """A team whose leader and learners come through the LMS; guests come as everywhere."""

    def __init__(self, usage: str, leader: Browser | None = None, run: str = RUN, **body: Any) -> None:
        self.usage, self.run = usage, run
        self.led_by = leader or Browser("leader-heron")
        response = self.led_by.call(usage, "open_session", body, run=run)
        assert response.status_code == 200, response.content
        self.opened = response.json()
        self.leader = self.opened["token"]
        self.screen = self.opened["screen_url"].split("#")[1]
        self.session_id, self.api = self.opened["session_id"], self.opened["api_url"]
        self.seats = []
        self.browsers: list[Browser] = []

    def learner(self, student: str, **body: Any) -> str:
        """Seat an account; gives its token."""
        browser = Browser(student)
        self.browsers.append(browser)
        seat = browser.call(self.usage, "take_seat", {"join_code": self.opened["join_code"], **body}, run=self.run)
        assert seat.status_code == 200, seat.content
        if seat.json()["token"] not in self.seats:
            self.seats.append(seat.json()["token"])
        return seat.json()["token"]
