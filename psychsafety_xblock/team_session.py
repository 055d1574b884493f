"""The block `psychsafety_team_session`: convenes a team and walks it through what the author placed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xblock.core import XBlock
from xblock.fields import Integer, List, Scope, String

from . import platform_compat
from .core.activities import Definition, checked_agenda
from .core.activities.base import check_film
from .core.errors import Refused
from .core.privacy import HIGHEST_MINIMUM, LOWEST_MINIMUM
from .doorway import DoorwayMixin
from .exercises import DEFAULT_SESSION, ReadySession, ready_session, ready_sessions
from .i18n import _
from .olx import AGENDA, INTRODUCTION, OlxMixin
from .session_languages import definition_in, nearest
from .studio.editor import EditorMixin
from .studio.html import clean_html
from .studio.library import library_data
from .studio.review import Problem, problems_of_session, remarks_of_session


@XBlock.wants("user", "i18n", "completion", "settings", "replace_urls", "studio_user_permissions")
class TeamSessionXBlock(OlxMixin, DoorwayMixin, EditorMixin, XBlock):
    """A doorway to a session. Everything it stores was written by the course's author; answers never come near it."""

    entry = "team_session"
    view_name = "PsychSafetyTeamSession"
    studio_view_name = "PsychSafetyTeamSessionStudio"
    rich_fields = ("introduction",)
    olx_elements = {"introduction": INTRODUCTION, "agenda": AGENDA}

    display_name = String(
        display_name=_("Name"), default=_("With your team"), scope=Scope.settings, help=_("Shown above the session.")
    )
    introduction_title = String(
        display_name=_("Title of the introduction"), default="", scope=Scope.content, help=_("May stay empty.")
    )
    introduction_video = String(
        display_name=_("Film for leaders"),
        default="",
        scope=Scope.content,
        help=_("An address that begins with https://. May stay empty."),
    )
    introduction = String(
        display_name=_("Introduction for leaders"),
        default="",
        scope=Scope.content,
        help=_("Shown to whoever is about to convene the team: what it is for, how it goes. May stay empty."),
    )
    ready_session = String(
        display_name=_("Ready session"),
        default=DEFAULT_SESSION,
        scope=Scope.content,
        values=[{"display_name": ready.title, "value": ready.name} for ready in ready_sessions()],
        help=_("What the team does, step by step. It works as it is, and is used while the agenda below is empty."),
    )
    agenda = List(
        display_name=_("Agenda"),
        default=[],
        scope=Scope.content,
        help=_("An agenda of your own, as JSON: the activities in their order, each with a kind and its fields."),
    )
    planned_minutes = Integer(
        display_name=_("Length of the meeting"), default=60, scope=Scope.settings, values={"min": 5, "max": 480},
        help=_("In minutes. You are told when the steps together take longer."),
    )  # fmt: skip
    minimum = Integer(
        display_name=_("Group minimum"), default=None, scope=Scope.settings,
        values={"min": LOWEST_MINIMUM, "max": HIGHEST_MINIMUM},
        help=_("Raises the minimum of every step to this number. Empty: each step has its own."),
    )  # fmt: skip
    editable_fields = (
        "display_name", "introduction_title", "introduction_video", "introduction", "ready_session", "agenda",
        "planned_minutes", "minimum", "guests_allowed", "who_may_lead", "complete_after_session",
    )  # fmt: skip

    def definitions(self, languages: Sequence[str] = ()) -> list[Definition]:
        """The agenda that the author wrote or chose, checked. Raises `Refused` with the field."""
        written = self.agenda or self._ready().agenda
        agenda = checked_agenda(written)
        if languages:
            agenda = [definition_in(one, languages) for one in written]
        return [
            {
                **one,
                "minimum": max(one["minimum"], self.minimum or 0),
                "picture": platform_compat.asset_path(self, one["picture"]),
            }
            for one in agenda
        ]

    def _ready(self, language: str = "en") -> ReadySession:
        try:
            return ready_session(self.ready_session, language)
        except KeyError:
            raise Refused("bad_value", field="ready_session") from None

    def authored_data(self) -> dict[str, Any]:
        """What the author wrote, for the session's script, in the language of the page as far as it is there in it."""
        shown = ("kind", "title", "prompt", "minutes", "minimum")
        return {
            "introduction_title": self.introduction_title,
            "introduction_video": self._film(),
            "introduction": clean_html(self._introduction()),
            "ready_session": self._ready_title(),
            "agenda": [{field: activity[field] for field in shown} for activity in self._readable_agenda()],
        }

    def _introduction(self) -> str:
        """The author's, or that of the ready session as long as it is used."""
        if self.introduction or self.agenda:
            return str(self.introduction)
        try:
            return self._ready(nearest(platform_compat.language())).introduction
        except Refused:
            return ""

    def _ready_title(self) -> str:
        """What the ready session is called, as long as it is used."""
        try:
            return "" if self.agenda else self._ready(nearest(platform_compat.language())).title
        except Refused:
            return ""

    def _film(self) -> str:
        """The film for leaders; nothing when an import brought something else than an address."""
        try:
            check_film({"video": self.introduction_video}, "video")
        except Refused:
            return ""
        return str(self.introduction_video)

    def _readable_agenda(self) -> list[Definition]:
        """What can be shown of an agenda, also while the author has it half done."""
        try:
            return self.definitions([nearest(platform_compat.language())])
        except Refused:
            return []

    def problems_of(self, fields: Mapping[str, Any]) -> list[Problem]:
        """What keeps these values from being saved."""
        return problems_of_session(fields)

    def remarks(self) -> list[Problem]:
        """What is odd about the session as it will be run; raises `Refused` when it cannot be."""
        return remarks_of_session(self.definitions(), self.planned_minutes)

    def editor_data(self) -> dict[str, Any]:
        """The exercise library, to pick from."""
        return library_data(platform_compat.language())

    @staticmethod
    def workbench_scenarios() -> list[tuple[str, str]]:
        """For the XBlock workbench."""
        return [("Team session", "<psychsafety_team_session/>")]
