"""What both blocks share: handlers that hand out sessions and seats, and how they answer.

A handler loads the course and is logged with the user on every call, so no answer ever goes through one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from web_fragments.fragment import Fragment
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock, XBlockMixin
from xblock.fields import Boolean, Scope, String

from . import platform_compat, service, session_languages
from .block_views import learner_view, preview_view
from .core.activities import Definition
from .core.errors import Refused
from .handlers import json_handler
from .i18n import _
from .service.links import api_url, insights_url, join_url, screen_url, summary_url
from .service.opening import Source


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

    def definitions(self, languages: Sequence[str] = ()) -> list[Definition]:
        """The activities that the author placed, checked by core. Raises `Refused` with the field.

        What comes from the library is in the first of `languages`, with what reads otherwise in the others; without
        any, all is as it was written.
        """
        raise NotImplementedError

    def is_as_it_came(self, field: str) -> bool:
        """Whether the author has left a text as it was when the block was added."""
        return getattr(self, field) == self.fields[field].default

    def shown_in(self, field: str, language: str) -> str:
        """An authored text for readers of a language; in that language as long as it is as it came."""
        text = str(getattr(self, field) or "")
        if not text or not self.is_as_it_came(field):
            return text
        with translation.override(language):
            return translation.gettext(text)

    def named_in(self, language: str) -> str:
        """What the block is called for readers of a language."""
        return self.shown_in("display_name", language)

    @property
    def has_custom_completion(self) -> bool:
        """True when completion waits for the session: then the platform does not complete the block on view."""
        return bool(self.complete_after_session)

    def authored_data(self) -> dict[str, Any]:
        """What the author wrote, for the block's own script."""
        raise NotImplementedError

    @XBlock.supports("multi_device")
    def student_view(self, context: Any = None) -> Fragment:
        """The block in the course. Some runtimes of Studio call it too: there it is the preview."""
        return preview_view(self) if platform_compat.in_studio(self) else learner_view(self)

    def author_view(self, context: Any = None) -> Fragment:
        """What leader, team and room will see, for whoever edits in Studio; with nothing behind it."""
        return preview_view(self)

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

    @json_handler("fresh", "rehearse", "languages")
    def open_session(self, body: dict[str, Any]) -> dict[str, Any]:
        """Lead: the open session or a new one, with this block's activities attached; or a rehearsal of it."""
        person = platform_compat.participant(self)
        if not self.may_lead(person) or self.audience == "course":
            raise Refused("may_not_lead")
        for name in ("fresh", "rehearse"):
            if not isinstance(body.get(name, False), bool):
                raise Refused("bad_value", field=name)
        languages = session_languages.chosen(body.get("languages"), platform_compat.language())
        if body.get("rehearse"):
            rehearsal = service.open_rehearsal(
                source=self.source(),
                leader=person.account,
                definitions=self.definitions(languages),
                title=self.named_in(languages[0]),
                languages=languages,
            )
            return {**_lead(rehearsal), "attached": rehearsal.attached, "pretend": rehearsal.pretend}
        if not body.get("fresh"):
            # What another block hands over reads as the session does that is open.
            languages = self._languages_of_open(person) or languages
        opened = service.open_session(
            source=self.source(),
            leader=person.account,
            definitions=self.definitions(languages),
            title=self.named_in(languages[0]),
            languages=languages,
            guests_allowed=self.guests_allowed,
            fresh=body.get("fresh", False),
        )
        return {**_lead(opened), "attached": opened.attached}

    def _languages_of_open(self, person: platform_compat.Person) -> list[str] | None:
        return service.languages_of_open(course_run=platform_compat.course_run(self), leader=person.account)

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

    @json_handler()
    def insights(self, body: dict[str, Any]) -> dict[str, Any]:
        """What opens the figures over all teams of this course run, for its staff and for an hour."""
        if not platform_compat.participant(self).staff:
            raise Refused("staff_only")
        token = service.insight_token(platform_compat.course_run(self))
        return {"insights_url": insights_url(token), "token": token}

    @json_handler("join_code", "token")
    def take_seat(self, body: dict[str, Any]) -> dict[str, Any]:
        """The caller's seat in the session with this code; on a course-wide wall in the block's own."""
        person = platform_compat.participant(self)
        held = body.get("token")
        if held is not None and (not isinstance(held, str) or len(held) > 200):
            raise Refused("bad_value", field="token")
        if self.audience == "course":
            # The same for whoever comes, in whatever language: each browser shows the one that its reader has.
            languages = _languages_of_the_site()
            session = service.open_course_wall(
                source=self.source(),
                definition=self.definitions(languages)[0],
                title=self.named_in(languages[0]),
                language=languages[0],
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


def _languages_of_the_site() -> list[str]:
    """The site's own language, and all others."""
    own = session_languages.nearest(settings.LANGUAGE_CODE)
    return [own, *(code for code in session_languages.codes() if code != own)]


def _lead(opened: service.Opened) -> dict[str, Any]:
    return {
        "session_id": opened.session_id,
        "join_code": opened.join_code,
        "join_url": join_url(opened.join_code),
        "screen_url": screen_url(opened.screen_token),
        "api_url": api_url(opened.session_id),
        "token": opened.token,
    }
