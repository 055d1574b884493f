"""The block `psychsafety_wall`: one question, notes without names, one reveal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from xblock.core import XBlock
from xblock.fields import Boolean, Integer, List, Scope, String

from . import exercises, platform_compat
from .core.activities import (
    AUDIENCES,
    DEFAULT_MAX_LENGTH,
    LONGEST_NOTE,
    Definition,
    checked_definition,
    with_translations,
)
from .core.echo import ORGANISATION, RUN
from .core.privacy import DEFAULT_WALL_MINIMUM, HIGHEST_MINIMUM, LOWEST_MINIMUM
from .doorway import DoorwayMixin
from .i18n import _
from .olx import EXAMPLE, HELP, OlxMixin
from .session_languages import asks_what, nearest, text_in
from .studio.editor import EditorMixin
from .studio.review import Problem, problems_of_wall, remarks_of_wall

#: The exercise of the library that asks what a newly added wall asks.
_EXERCISE = "courage-wall"


@XBlock.wants("user", "i18n", "completion", "settings", "studio_user_permissions")
class AnonymousWallXBlock(OlxMixin, DoorwayMixin, EditorMixin, XBlock):
    """A doorway to a wall. Everything it stores was written by the course's author; answers never come near it."""

    entry = "anonymous_wall"
    view_name = "PsychSafetyWall"
    studio_view_name = "PsychSafetyWallStudio"
    olx_elements = {"help": HELP, "example": EXAMPLE}

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
    echo = Boolean(
        display_name=_("Sharing with other teams"), default=True, scope=Scope.settings,
        help=_("Whether writers are asked if other teams may read their note, without names."),
    )  # fmt: skip
    echo_scope = String(
        display_name=_("Who the other teams are"),
        default=RUN,
        scope=Scope.settings,
        values=[
            {"display_name": _("Teams in this course run"), "value": RUN},
            {"display_name": _("Teams in all course runs of the organisation"), "value": ORGANISATION},
        ],
        help=_("Where a shared note can be read."),
    )
    echo_examples = List(
        display_name=_("Examples"), default=[], scope=Scope.content,
        help=_("Up to 8 notes of your own, shown as examples while too few teams have shared theirs."),
    )  # fmt: skip
    editable_fields = (
        "display_name", "prompt", "help_text", "starter", "audience", "minimum", "max_length", "minutes", "echo",
        "echo_scope", "echo_examples", "guests_allowed", "who_may_lead", "complete_after_session",
    )  # fmt: skip

    def definitions(self, languages: Sequence[str] = ()) -> list[Definition]:
        """The wall that the author wrote, checked. Raises `Refused` with the field."""
        if not languages:
            return [checked_definition(self._authored(self))]
        main, *others = languages
        there = {other: checked_definition(self._written_in(other)) for other in others}
        return [with_translations(checked_definition(self._written_in(main)), main, there)]

    def _written_in(self, language: str) -> dict[str, Any]:
        """What the author wrote; what is the library's, or as it came, in this language."""
        authored = self._authored(self)
        if asks_what(_EXERCISE, authored["prompt"]):
            # Made from it, as each wall is at first. The beginning of a sentence turns with the question only.
            authored["exercise"] = _EXERCISE
            authored["echo_examples"] = authored["echo_examples"] or exercises.exercise(_EXERCISE)["echo_examples"]
        read = text_in(authored, language)
        if self.is_as_it_came("display_name"):
            read["title"] = self.shown_in("display_name", language)
        return read

    def named_in(self, language: str) -> str:
        """As its one exercise is."""
        return str(self._written_in(nearest(language))["title"])

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
            "echo": fields.echo,
            "echo_scope": fields.echo_scope,
            "echo_examples": fields.echo_examples,
        }

    def authored_data(self) -> dict[str, Any]:
        """What the author wrote, for the wall's script, in the language of the page as far as it is there in it."""
        read = self._written_in(nearest(platform_compat.language()))
        return {
            "audience": self.audience,
            "prompt": read["prompt"],
            "help": read["help"],
            "starter": read["starter"],
            "minimum": self.minimum,
            "max_length": self.max_length,
            "minutes": self.minutes,
        }

    def problems_of(self, fields: Mapping[str, Any]) -> list[Problem]:
        """What keeps these values from being saved."""
        return problems_of_wall(fields, self._authored(SimpleNamespace(**fields)))

    def remarks(self) -> list[Problem]:
        """What is odd about the wall; raises `Refused` when it cannot be run."""
        return remarks_of_wall(self.definitions([nearest(platform_compat.language())])[0])

    @staticmethod
    def workbench_scenarios() -> list[tuple[str, str]]:
        """For the XBlock workbench."""
        return [("Anonymous wall", "<psychsafety_wall/>")]
