"""What the team agrees on: one to three sentences, and how many stand behind them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from ..errors import Refused
from ..results import shown_item
from ..text import clean_note
from .base import LONGEST_HELP, LONGEST_PROMPT, Answer, Cell, Definition, Kind, is_pass, number

MOST_SENTENCES = 3
LONGEST_SENTENCE = 280
STAND, NOT = "stand", "not"
#: A date further ahead than this is a slip of the finger.
FURTHEST_DAYS = 730


class Commitments(Kind):
    """The leader writes the sentences on behalf of the team; seats say in silence which they stand behind."""

    name = "commitments"
    leader_writes = True
    texts = {"title": 120, "prompt": LONGEST_PROMPT, "help": LONGEST_HELP, "starter": 80}
    own_fields = frozenset({"days"})
    public_fields = (*Kind.public_fields, "starter", "days")
    asked_fields = (*Kind.asked_fields, "counted")

    def own(self, raw: Mapping[str, Any]) -> Definition:
        """In how many days the team looks again, as a suggestion."""
        return {"days": number(raw, "days", 28, 1, 365)}

    def collects(self, definition: Definition) -> bool:
        """Unless too few people are here to be counted."""
        return bool(definition.get("counted", True))

    def may_run_again(self, *, was_shown: bool) -> bool:
        """A round that was given up may be written anew; a count is not repeated."""
        return not was_shown

    def instead(self, definition: Definition) -> Definition:
        """Written and shown, but not counted."""
        return {**definition, "counted": False}

    def public(self, definition: Definition) -> dict[str, Any]:
        """With what was written so far, and whether it is counted."""
        return {
            **super().public(definition),
            "commitments": definition.get("commitments", []),
            "due": definition.get("due"),
            "counted": self.collects(definition),
        }

    def written(
        self, definition: Definition, raw_sentences: object, raw_due: object, today: datetime.date
    ) -> Definition:
        """The definition with these sentences and this date.

        Ids are not used twice, so that a seat's answer never counts for a sentence that it has not seen. Raises
        `Refused` `bad_value` (`commitments` or `due`), `empty_text`, `text_too_long` or `text_not_plain`.
        """
        if not isinstance(raw_sentences, list) or not 1 <= len(raw_sentences) <= MOST_SENTENCES:
            raise Refused("bad_value", field="commitments")
        sentences = [clean_note(raw, LONGEST_SENTENCE) for raw in raw_sentences]
        if len(set(sentences)) < len(sentences):
            raise Refused("bad_value", field="commitments")
        first = int(definition["commitments"][-1]["id"][1:]) + 1 if definition.get("commitments") else 1
        return {
            **definition,
            "commitments": [{"id": f"c{place}", "text": sentence} for place, sentence in enumerate(sentences, first)],
            "due": _due(raw_due, today).isoformat(),
        }

    def answer(self, definition: Definition, raw: Mapping[str, Any]) -> Answer:
        """The sentences that a seat stands behind, none included, or a pass; raises `Refused`."""
        known = [sentence["id"] for sentence in definition.get("commitments", [])]
        if not known or not self.collects(definition):
            raise Refused("not_now")
        if is_pass(raw, "stand"):
            return Answer()
        stand = raw.get("stand")
        if not isinstance(stand, list):
            raise Refused("bad_value" if "stand" in raw else "missing_field", field="stand")
        if any(one not in known for one in stand) or len(set(stand)) < len(stand):
            raise Refused("bad_value", field="stand")
        return Answer(votes=tuple((one, STAND if one in stand else NOT) for one in known))

    def cells(self, definition: Definition) -> list[Cell]:
        """Two counters for each sentence, as soon as there are any."""
        return [(one["id"], option) for one in definition.get("commitments", []) for option in (STAND, NOT)]

    def items(
        self, definition: Definition, tally: Mapping[Cell, int], needed: int, minimum: int
    ) -> list[dict[str, Any]]:
        """An item for each sentence."""
        shown = []
        for sentence in definition.get("commitments", []):
            counts = {option: tally.get((sentence["id"], option), 0) for option in (STAND, NOT)}
            shown.append(shown_item(sentence["id"], counts, needed=needed, minimum=minimum))
        return shown


def _due(raw: object, today: datetime.date) -> datetime.date:
    try:
        due = datetime.date.fromisoformat(raw) if isinstance(raw, str) and len(raw) == len("2026-12-22") else None
    except ValueError:
        due = None
    if due is None or not 0 <= (due - today).days <= FURTHEST_DAYS:
        raise Refused("bad_value", field="due")
    return due
