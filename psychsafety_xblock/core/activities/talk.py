"""A timed conversation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import Refused
from .base import LONGEST_HELP, LONGEST_PROMPT, Definition, Kind

FORMS = ("pairs", "round", "all")


class Talk(Kind):
    """People talk, in pairs, round the table or all together; nobody answers on a device."""

    name = "talk"
    texts = {"title": 120, "prompt": LONGEST_PROMPT, "help": LONGEST_HELP, "begins": 120}
    own_fields = frozenset({"form", "beside"})
    public_fields = (*Kind.public_fields, "begins", "form", "instead_of", "points")
    asked_fields = (*Kind.asked_fields, "instead_of")

    def collects(self, definition: Definition) -> bool:
        """Nobody answers on a device."""
        return False

    def may_run_again(self, *, was_shown: bool) -> bool:
        """People may talk as often as they like."""
        return True

    def public(self, definition: Definition) -> dict[str, Any]:
        """With the points to talk about, when it stands in for another kind."""
        return {**super().public(definition), "points": definition.get("points", [])}

    def instead(self, definition: Definition) -> Definition:
        """A conversation needs nobody to become another."""
        return definition

    def own(self, raw: Mapping[str, Any]) -> Definition:
        """In which form people talk, and whether what was shown before stays beside it."""
        form = raw.get("form", "all")
        if form not in FORMS:
            raise Refused("bad_value", field="form")
        if not isinstance(raw.get("beside", False), bool):
            raise Refused("bad_value", field="beside")
        return {"form": form, "beside": raw.get("beside", False)}
