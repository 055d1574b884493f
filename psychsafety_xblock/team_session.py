"""The block `psychsafety_team_session`: convenes a team and walks it through what the author placed."""

from __future__ import annotations

from typing import Any

from xblock.core import XBlock
from xblock.fields import List, Scope, String
from xblock.utils.studio_editable import StudioEditableXBlockMixin
from xblock.validation import ValidationMessage

from . import platform_compat
from .core.activities import Definition, checked_agenda
from .core.errors import Refused
from .doorway import DoorwayMixin
from .exercises import DEFAULT_SESSION, ReadySession, ready_session, session_names
from .i18n import _
from .studio.validation import explain


@XBlock.wants("user", "i18n", "completion", "settings", "replace_urls")
class TeamSessionXBlock(DoorwayMixin, StudioEditableXBlockMixin, XBlock):
    """A doorway to a session. Everything it stores was written by the course's author; answers never come near it."""

    entry = "team_session"
    view_name = "PsychSafetyTeamSession"

    display_name = String(
        display_name=_("Name"), default=_("With your team"), scope=Scope.settings, help=_("Shown above the session.")
    )
    introduction = String(
        display_name=_("Introduction for leaders"),
        default="",
        scope=Scope.content,
        multiline_editor=True,
        help=_("Shown to whoever is about to convene the team: what it is for, how it goes. May stay empty."),
    )
    ready_session = String(
        display_name=_("Ready session"),
        default=DEFAULT_SESSION,
        scope=Scope.content,
        values=[{"display_name": ready_session(name).title, "value": name} for name in session_names()],
        help=_("What the team does, step by step. It works as it is, and is used while the agenda below is empty."),
    )
    agenda = List(
        display_name=_("Agenda"),
        default=[],
        scope=Scope.content,
        help=_("An agenda of your own, as JSON: the activities in their order, each with a kind and its fields."),
    )
    editable_fields = (
        "display_name", "introduction", "ready_session", "agenda", "guests_allowed", "who_may_lead",
        "complete_after_session",
    )  # fmt: skip

    def definitions(self) -> list[Definition]:
        """The agenda that the author wrote or chose, checked. Raises `Refused` with the field."""
        agenda = checked_agenda(self.agenda or self._ready().agenda)
        return [{**one, "picture": platform_compat.asset_path(self, one["picture"])} for one in agenda]

    def _ready(self) -> ReadySession:
        try:
            return ready_session(self.ready_session)
        except KeyError:
            raise Refused("bad_value", field="ready_session") from None

    def authored_data(self) -> dict[str, Any]:
        """What the author wrote, for the session's script."""
        shown = ("kind", "title", "prompt", "minutes", "minimum")
        return {
            "introduction": self._introduction(),
            "agenda": [{field: activity[field] for field in shown} for activity in self._readable_agenda()],
        }

    def _introduction(self) -> str:
        """The author's, or that of the ready session as long as it is used."""
        if self.introduction or self.agenda:
            return str(self.introduction)
        try:
            return self._ready().introduction
        except Refused:
            return ""

    def _readable_agenda(self) -> list[Definition]:
        """What can be shown of an agenda, also while the author has it half done."""
        try:
            return self.definitions()
        except Refused:
            return []

    def validate_field_data(self, validation: Any, data: Any) -> None:
        """What Studio says when the agenda cannot be run; nothing is saved then."""
        try:
            if data.agenda or not isinstance(data.agenda, list):
                checked_agenda(data.agenda)
            elif data.ready_session not in session_names():
                raise Refused("bad_value", field="ready_session")
        except Refused as refusal:
            validation.add(ValidationMessage(ValidationMessage.ERROR, explain(refusal)))

    @staticmethod
    def workbench_scenarios() -> list[tuple[str, str]]:
        """For the XBlock workbench."""
        return [("Team session", "<psychsafety_team_session/>")]
