"""What both blocks share: handlers that hand out sessions and seats, and how they answer.

A handler loads the course and is logged with the user on every call, so no answer ever goes through one.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from web_fragments.fragment import Fragment
from webob import Request, Response
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock, XBlockMixin
from xblock.fields import Boolean, Scope, String

from . import platform_compat, service
from .core.activities import Definition
from .core.errors import Refused
from .i18n import _, messages
from .service.links import api_url, join_url, screen_url, summary_url
from .service.opening import Source
from .settings import option
from .web.messages import detail, status_of

Handler = Callable[..., dict[str, Any]]


def json_handler(*fields: str) -> Callable[[Handler], Callable[..., Response]]:
    """Make an XBlock handler of a method that takes a JSON object with some of these fields.

    POST and `application/json` only: the platform logs what is sent as a form, next to the user's name, and a foreign
    site cannot send JSON across without asking first.
    """

    def decorate(method: Handler) -> Callable[..., Response]:
        @XBlock.handler
        @functools.wraps(method)
        def run(self: Any, request: Request, suffix: str = "") -> Response:
            try:
                if request.method != "POST":
                    raise Refused("wrong_method")
                if request.content_type != "application/json":
                    raise Refused("not_json")
                return _json(_absolute(request, method(self, _body(request, fields))))
            except Refused as refusal:
                return _json({"error": refusal.code, "detail": detail(refusal)}, status_of(refusal))

        return run

    return decorate


def _body(request: Request, fields: tuple[str, ...]) -> dict[str, Any]:
    raw = request.body
    if len(raw) > 4096:
        raise Refused("too_large")
    try:
        body = json.loads(raw.decode() or "{}")
    except (ValueError, RecursionError):
        raise Refused("bad_json") from None
    if not isinstance(body, dict):
        raise Refused("bad_json")
    for field in body:
        if field not in fields:
            raise Refused("unknown_field", field=str(field)[:40])
    return body


def _json(body: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(body), status=status, content_type="application/json", charset="UTF-8")


def _absolute(request: Request, reply: dict[str, Any]) -> dict[str, Any]:
    """Without a configured root, links that phones open use the address that this request came to."""
    for one in (reply, *reply.get("sessions", [])):
        for name in ("join_url", "screen_url", "summary_url"):
            if name in one:
                one[name] = urljoin(request.host_url, one[name])
    return reply


class DoorwayMixin(XBlockMixin):
    """Handlers and view data of a block. The block says what its author wrote (`definitions`) and who may lead."""

    completion_mode = XBlockCompletionMode.COMPLETABLE
    #: For XBlock's own asset lookup; our files are served as the Django app's static files.
    public_dir = "static"
    #: Name of the template and of the script, and of the function that the script defines.
    entry: str
    view_name: str
    display_name: Any
    #: Whom the block is for, "team" or "course"; a field of the wall.
    audience: Any = "team"

    who_may_lead = String(
        display_name=_("Who may lead"),
        default="learner",
        scope=Scope.settings,
        values=[
            {"display_name": _("Any learner"), "value": "learner"},
            {"display_name": _("Course staff only"), "value": "staff"},
        ],
    )
    guests_allowed = Boolean(
        display_name=_("Guests without an account"),
        default=True,
        scope=Scope.settings,
        help=_("Whether people can join with the code alone. Without, everybody needs an account."),
    )
    complete_after_session = Boolean(
        display_name=_("Complete after the session"),
        default=False,
        scope=Scope.settings,
        help=_("The unit counts as done when the session has ended, instead of when it was seen."),
    )

    def definitions(self) -> list[Definition]:
        """The activities that the author placed, checked by core."""
        raise NotImplementedError

    @property
    def has_custom_completion(self) -> bool:
        """True when completion waits for the session: then the platform does not complete the block on view."""
        return bool(self.complete_after_session)

    def authored_data(self) -> dict[str, Any]:
        """What the author wrote, for the block's own script."""
        raise NotImplementedError

    @XBlock.supports("multi_device")
    def student_view(self, context: Any = None) -> Fragment:
        """The block in the course."""
        return self._view(preview=False)

    def author_view(self, context: Any = None) -> Fragment:
        """The same in Studio, with nothing behind it."""
        return self._view(preview=True)

    def source(self) -> Source:
        """Where the block is, for the service."""
        return Source(
            course_run=platform_compat.course_run(self),
            usage_key=platform_compat.usage_key(self),
            block=platform_compat.block_id(self),
        )

    def may_lead(self, person: platform_compat.Person) -> bool:
        """Whether the author lets this account lead here."""
        return person.staff or self.who_may_lead != "staff"

    @json_handler("fresh", "rehearse")
    def open_session(self, body: dict[str, Any]) -> dict[str, Any]:
        """Lead: the open session or a new one, with this block's activities attached; or a rehearsal of it."""
        person = platform_compat.participant(self)
        if not self.may_lead(person) or self.audience == "course":
            raise Refused("may_not_lead")
        for name in ("fresh", "rehearse"):
            if not isinstance(body.get(name, False), bool):
                raise Refused("bad_value", field=name)
        if body.get("rehearse"):
            rehearsal = service.open_rehearsal(
                source=self.source(),
                leader=person.account,
                definitions=self.definitions(),
                title=self.display_name,
                language=platform_compat.language(),
            )
            return {**_lead(rehearsal), "attached": rehearsal.attached, "pretend": rehearsal.pretend}
        opened = service.open_session(
            source=self.source(),
            leader=person.account,
            definitions=self.definitions(),
            title=self.display_name,
            language=platform_compat.language(),
            guests_allowed=self.guests_allowed,
            fresh=body.get("fresh", False),
        )
        return {**_lead(opened), "attached": opened.attached}

    @json_handler()
    def current_session(self, body: dict[str, Any]) -> dict[str, Any]:
        """The open session that the caller leads in this course run, attaching nothing."""
        person = platform_compat.participant(self)
        opened = service.current_session(course_run=platform_compat.course_run(self), leader=person.account)
        return _lead(opened) if opened else {"session_id": None}

    @json_handler()
    def past_sessions(self, body: dict[str, Any]) -> dict[str, Any]:
        """The caller's own ended sessions in this course run, each with what opens its summary."""
        person = platform_compat.participant(self)
        found = service.past_sessions(course_run=platform_compat.course_run(self), leader=person.account)
        return {
            "sessions": [
                {
                    "session_id": one.session_id,
                    "title": one.title,
                    "held_on": one.held_on,
                    "summary_url": summary_url(one.token),
                    "api_url": api_url(one.session_id),
                    "token": one.token,
                }
                for one in found
            ]
        }

    @json_handler("join_code", "token")
    def take_seat(self, body: dict[str, Any]) -> dict[str, Any]:
        """The caller's seat in the session with this code; on a course-wide wall in the block's own."""
        person = platform_compat.participant(self)
        held = body.get("token")
        if held is not None and (not isinstance(held, str) or len(held) > 200):
            raise Refused("bad_value", field="token")
        if self.audience == "course":
            session = service.open_course_wall(
                source=self.source(),
                definition=self.definitions()[0],
                title=self.display_name,
                language=platform_compat.language(),
            )
        else:
            session = service.find_session_for(person.account, body.get("join_code"))
        token = service.take_account_seat(session, account=person.account, held=held)
        return {"session_id": session.id, "api_url": api_url(session.id), "token": token}

    @json_handler("token")
    def complete(self, body: dict[str, Any]) -> dict[str, Any]:
        """Complete this block for a learner whose browser shows that it held a seat in a session that has ended."""
        platform_compat.participant(self)
        if not isinstance(body.get("token"), str):
            raise Refused("missing_field", field="token")
        if not self.has_custom_completion:
            raise Refused("not_now")
        service.was_seated(body["token"])
        self.runtime.publish(self, "completion", {"completion": 1.0})
        return {"complete": True}

    def _view(self, *, preview: bool) -> Fragment:
        """An empty root, one script, one style sheet, and what the script starts with."""
        view = Fragment(
            render_to_string(
                f"psychsafety_xblock/{self.entry}.html",
                {"title": self.display_name, "block": platform_compat.block_id(self)},
            )
        )
        view.add_css_url(static("psychsafety_xblock/css/block.css"))
        view.add_javascript_url(static(f"psychsafety_xblock/js/{self.entry}.js"))
        view.initialize_js(self.view_name, {**self._view_data(preview), **self.authored_data()})
        return view

    def _view_data(self, preview: bool) -> dict[str, Any]:
        account, may_lead = "", False
        try:
            person = platform_compat.person(self)
            account, may_lead = person.account, self.may_lead(person)
        except Refused:
            pass
        return {
            "block": platform_compat.block_id(self),
            "kind": self.entry if self.entry == "team_session" else "wall",
            "title": self.display_name,
            "preview": preview or platform_compat.in_studio(self),
            "signed_in": bool(account),
            "may_lead": may_lead,
            "language": platform_compat.language(),
            "messages": messages(platform_compat.language()),
            "storage_key": platform_compat.storage_key(account) if account else "",
            "fetch_credentials": option("FETCH_CREDENTIALS"),
            "guests_allowed": self.guests_allowed,
            "complete_after_session": self.has_custom_completion,
            "urls": _urls(),
        }


def _urls() -> dict[str, str]:
    names = ("join", "screen", "drive", "tablet", "summary", "ping", "try_qr")
    try:
        urls = {name: reverse(f"psychsafety_xblock:{name}") for name in names}
        return {**urls, "leader_script": static("psychsafety_xblock/js/leader.js")}
    except NoReverseMatch:
        # Studio does not mount the live API; its preview needs none of this.
        return {}


def _lead(opened: service.Opened) -> dict[str, Any]:
    return {
        "session_id": opened.session_id,
        "join_code": opened.join_code,
        "join_url": join_url(opened.join_code),
        "screen_url": screen_url(opened.screen_token),
        "api_url": api_url(opened.session_id),
        "token": opened.token,
    }
