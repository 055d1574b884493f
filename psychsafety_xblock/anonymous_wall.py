"""The block `psychsafety_wall`: one question, notes without names, one reveal."""

from __future__ import annotations

from typing import Any

from xblock.core import XBlock
from xblock.fields import Integer, Scope, String
from xblock.utils.studio_editable import StudioEditableXBlockMixin
from xblock.validation import ValidationMessage

from .core.activities import AUDIENCES, DEFAULT_MAX_LENGTH, LONGEST_NOTE, Definition, checked_definition
from .core.errors import Refused
from .core.privacy import DEFAULT_WALL_MINIMUM, HIGHEST_MINIMUM, LOWEST_MINIMUM
from .doorway import DoorwayMixin
from .i18n import _
from .studio.validation import explain


@XBlock.wants("user", "i18n", "completion", "settings")
class AnonymousWallXBlock(DoorwayMixin, StudioEditableXBlockMixin, XBlock):
    """A doorway to a wall. Everything it stores was written by the course's author; answers never come near it."""

    entry = "anonymous_wall"
    view_name = "PsychSafetyWall"

    display_name = String(
        display_name=_("Name"), default=_("Anonymous wall"), scope=Scope.settings, help=_("Shown above the wall.")
    )
    prompt = String(
        display_name=_("Question"),
        default=_("What does it take courage from you to do?"),
        scope=Scope.content,
        help=_("The one question that everybody answers without a name."),
    )
    help_text = String(
        display_name=_("Help"),
        default="",
        scope=Scope.content,
        multiline_editor=True,
        help=_("A sentence or two below the question. May stay empty."),
    )
    starter = String(
        display_name=_("Sentence starter"),
        default=_("It takes courage from me to "),
        scope=Scope.content,
        help=_("A beginning that people can tap, so that nobody starts from nothing. May stay empty."),
    )
    minutes = Integer(
        display_name=_("Minutes"), default=10, scope=Scope.content, values={"min": 1, "max": 120},
        help=_("How long the exercise takes, for the leader's planning."),
    )  # fmt: skip
    minimum = Integer(
        display_name=_("Group minimum"),
        default=DEFAULT_WALL_MINIMUM,
        scope=Scope.settings,
        values={"min": LOWEST_MINIMUM, "max": HIGHEST_MINIMUM},
        help=_("Nothing is shown before so many have answered. Never less than 3."),
    )
    max_length = Integer(
        display_name=_("Longest note"), default=DEFAULT_MAX_LENGTH, scope=Scope.settings,
        values={"min": 20, "max": LONGEST_NOTE}, help=_("In characters."),
    )  # fmt: skip
    audience = String(
        display_name=_("For whom"),
        default="team",
        scope=Scope.settings,
        values=[
            {"display_name": _("One team together, led by one of them"), "value": AUDIENCES[0]},
            {"display_name": _("Everybody in the course, whenever they come by"), "value": AUDIENCES[1]},
        ],
    )
    editable_fields = (
        "display_name", "prompt", "help_text", "starter", "audience", "minimum", "max_length", "minutes",
        "guests_allowed", "who_may_lead", "complete_after_session",
    )  # fmt: skip

    def definitions(self) -> list[Definition]:
        """The wall that the author wrote, checked. Raises `Refused` with the field."""
        return [checked_definition(self._authored(self))]

    @staticmethod
    def _authored(fields: Any) -> dict[str, Any]:
        return {
            "kind": "wall",
            "title": fields.display_name or "",
            "prompt": fields.prompt or "",
            "help": fields.help_text or "",
            "starter": fields.starter or "",
            "minutes": fields.minutes,
            "max_length": fields.max_length,
            "minimum": fields.minimum,
            "audience": fields.audience,
        }

    def authored_data(self) -> dict[str, Any]:
        """What the author wrote, for the wall's script."""
        return {
            "audience": self.audience,
            "prompt": self.prompt,
            "help": self.help_text,
            "starter": self.starter,
            "minimum": self.minimum,
            "max_length": self.max_length,
            "minutes": self.minutes,
        }

    def validate_field_data(self, validation: Any, data: Any) -> None:
        """What Studio says when a value is out of range; nothing is saved then."""
        try:
            checked_definition(self._authored(data))
        except Refused as refusal:
            validation.add(ValidationMessage(ValidationMessage.ERROR, explain(refusal)))

    @staticmethod
    def workbench_scenarios() -> list[tuple[str, str]]:
        """For the XBlock workbench."""
        return [("Anonymous wall", "<psychsafety_wall/>")]
