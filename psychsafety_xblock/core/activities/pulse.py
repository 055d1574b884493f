"""Statements rated from 1 to 5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import Refused
from ..results import rated_item
from .base import Answer, Cell, Definition, Kind, is_pass, text

LOWEST, HIGHEST = 1, 5
MOST_STATEMENTS = 10
LONGEST_STATEMENT = 200


class Pulse(Kind):
    """One to ten statements, rated from 1 (not at all) to 5 (fully); each may be skipped."""

    name = "pulse"
    own_fields = frozenset({"statements", "compare"})
    listed = ("statements",)
    public_fields = (*Kind.public_fields, "statements")
    asked_fields = (*Kind.asked_fields, "statements")

    def own(self, raw: Mapping[str, Any]) -> Definition:
        """The statements, written as texts or as `{"text", "reversed"}`; each gets an id by its place."""
        written = raw.get("statements")
        if not isinstance(written, list) or not 1 <= len(written) <= MOST_STATEMENTS:
            raise Refused("bad_value", field="statements")
        read = [_statement(one) for one in written]
        if len({text for text, _ in read}) < len(read):
            raise Refused("bad_value", field="statements")
        if not isinstance(raw.get("compare", False), bool):
            raise Refused("bad_value", field="compare")
        return {
            "compare": raw.get("compare", False),
            "statements": [
                {"id": f"s{place}", "text": text, "reversed": reverse} for place, (text, reverse) in enumerate(read, 1)
            ],
        }

    def points(self, definition: Definition) -> list[str]:
        """The statements."""
        return [statement["text"] for statement in definition["statements"]]

    def answer(self, definition: Definition, raw: Mapping[str, Any]) -> Answer:
        """Ratings of some of the statements, or a pass; raises `Refused`, `empty_answer` when nothing is rated."""
        if is_pass(raw, "ratings"):
            return Answer()
        ratings = raw.get("ratings")
        if not isinstance(ratings, Mapping):
            raise Refused("bad_value" if "ratings" in raw else "missing_field", field="ratings")
        known = [statement["id"] for statement in definition["statements"]]
        for item, rating in ratings.items():
            fits = isinstance(rating, int) and not isinstance(rating, bool) and LOWEST <= rating <= HIGHEST
            if item not in known or not fits:
                raise Refused("bad_value", field="ratings")
        if not ratings:
            raise Refused("empty_answer")
        return Answer(votes=tuple((item, str(ratings[item])) for item in known if item in ratings))

    def cells(self, definition: Definition) -> list[Cell]:
        """A counter for each rating of each statement."""
        return [(statement["id"], str(rating)) for statement in definition["statements"] for rating in _scale()]

    def items(
        self, definition: Definition, tally: Mapping[Cell, int], needed: int, minimum: int
    ) -> list[dict[str, Any]]:
        """An item for each statement, in the author's order.

        With `before`, the same statement's item of an earlier session, where both times may be shown.
        """
        shown, earlier = [], definition.get("before", {})
        for statement in definition["statements"]:
            counts = {rating: tally.get((statement["id"], str(rating)), 0) for rating in _scale()}
            item = rated_item(statement["id"], counts, needed=needed, minimum=minimum)
            if not item.get("too_few") and statement["id"] in earlier:
                item["before"] = earlier[statement["id"]]
            shown.append(item)
        return shown


def _scale() -> range:
    return range(LOWEST, HIGHEST + 1)


def _statement(raw: object) -> tuple[str, bool]:
    written = {"text": raw} if isinstance(raw, str) else raw
    if not isinstance(written, Mapping) or set(written) - {"text", "reversed"}:
        raise Refused("bad_value", field="statements")
    reverse = written.get("reversed", False)
    read = text({"statements": written.get("text")}, "statements", LONGEST_STATEMENT)
    if not read or not isinstance(reverse, bool):
        raise Refused("bad_value", field="statements")
    return read, reverse
