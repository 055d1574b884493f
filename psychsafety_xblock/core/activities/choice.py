"""One question, a few options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import Refused
from ..results import shown_item
from .base import Answer, Cell, Definition, Kind, is_pass, texts

#: The one item that a choice counts.
ITEM = "choice"
#: A choice about what the team agreed on the last time recalls it.
ABOUT_COMMITMENTS = "commitments"


class Choice(Kind):
    """Everybody picks one of two to eight options."""

    name = "choice"
    own_fields = frozenset({"options", "about"})
    listed = ("options",)
    public_fields = (*Kind.public_fields, "options")
    asked_fields = (*Kind.asked_fields, "options", "about")

    def own(self, raw: Mapping[str, Any]) -> Definition:
        """The options, written as texts; each gets an id by its place. What the choice is about, if it recalls."""
        read = texts(raw, "options", 2, 8, 120)
        if raw.get("about", "") not in ("", ABOUT_COMMITMENTS):
            raise Refused("bad_value", field="about")
        return {
            "about": raw.get("about", ""),
            "options": [{"id": f"o{place}", "text": text} for place, text in enumerate(read, 1)],
        }

    def public(self, definition: Definition) -> dict[str, Any]:
        """With `recall`, what was found of an earlier session when the round started."""
        return {**super().public(definition), "recall": definition.get("recall")}

    def points(self, definition: Definition) -> list[str]:
        """The options."""
        return [option["text"] for option in definition["options"]]

    def answer(self, definition: Definition, raw: Mapping[str, Any]) -> Answer:
        """One option or a pass; raises `Refused`."""
        if is_pass(raw, "option"):
            return Answer()
        if "option" not in raw:
            raise Refused("missing_field", field="option")
        if raw["option"] not in [option["id"] for option in definition["options"]]:
            raise Refused("bad_value", field="option")
        return Answer(votes=((ITEM, raw["option"]),))

    def cells(self, definition: Definition) -> list[Cell]:
        """A counter for each option."""
        return [(ITEM, option["id"]) for option in definition["options"]]

    def items(
        self, definition: Definition, tally: Mapping[Cell, int], needed: int, minimum: int
    ) -> list[dict[str, Any]]:
        """One item."""
        counts = {option["id"]: tally.get((ITEM, option["id"]), 0) for option in definition["options"]}
        return [shown_item(ITEM, counts, needed=needed, minimum=minimum)]
