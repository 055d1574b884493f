"""The block `psychsafety_team_session`: convenes a team and walks it through what the author placed."""

from __future__ import annotations

from typing import Any

from xblock.core import XBlock
from xblock.fields import List, Scope, String
from xblock.utils.studio_editable import StudioEditableXBlockMixin
from xblock.validation import ValidationMessage

from .core.activities import Definition, checked_definition
from .core.errors import Refused
from .doorway import DoorwayMixin
from .exercises import COURAGE_WALL
from .i18n import _
from .studio.validation import explain


@XBlock.wants("user", "i18n", "completion", "settings")
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
    agenda = List(
        display_name=_("Agenda"),
        default=[COURAGE_WALL],
        scope=Scope.content,
        help=_("The activities in their order, as JSON. Each has a kind and that kind's fields."),
    )
    editable_fields = (
        "display_name", "introduction", "agenda", "guests_allowed", "who_may_lead", "complete_after_session",
    )  # fmt: skip

    def definitions(self) -> list[Definition]:
        """The agenda that the author wrote, checked. Raises `Refused` with the field."""
        return [checked_definition(activity) for activity in self.agenda]

    def authored_data(self) -> dict[str, Any]:
        """What the author wrote, for the session's script."""
        shown = ("kind", "title", "prompt", "minutes", "minimum")
        return {
            "introduction": self.introduction,
            "agenda": [{field: activity[field] for field in shown} for activity in self._readable_agenda()],
        }

    def _readable_agenda(self) -> list[Definition]:
        """What can be shown of an agenda, also while the author has it half done."""
        try:
            return self.definitions()
        except Refused:
            return []

    def validate_field_data(self, validation: Any, data: Any) -> None:
        """What Studio says when the agenda cannot be run; nothing is saved then."""
        agenda = data.agenda
        if not isinstance(agenda, list) or not 1 <= len(agenda) <= 30:
            validation.add(ValidationMessage(ValidationMessage.ERROR, explain(Refused("bad_value", field="agenda"))))
            return
        try:
            for activity in agenda:
                checked_definition(activity)
        except Refused as refusal:
            validation.add(ValidationMessage(ValidationMessage.ERROR, explain(refusal)))

    @staticmethod
    def workbench_scenarios() -> list[tuple[str, str]]:
        """For the XBlock workbench."""
        return [("Team session", "<psychsafety_team_session/>")]
