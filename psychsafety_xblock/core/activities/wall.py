"""One question, notes without names, one reveal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import Refused
from ..privacy import DEFAULT_WALL_MINIMUM
from ..text import clean_note
from .base import LONGEST_HELP, LONGEST_PROMPT, Answer, Definition, Kind, is_pass, number

DEFAULT_MAX_LENGTH = 200
LONGEST_NOTE = 500


class Wall(Kind):
    """A wall."""

    name = "wall"
    has_notes = True
    repeatable = True
    texts = {"title": 120, "prompt": LONGEST_PROMPT, "help": LONGEST_HELP, "starter": 80}
    default_minimum = DEFAULT_WALL_MINIMUM
    own_fields = frozenset({"max_length"})
    public_fields = (*Kind.public_fields, "starter", "max_length")

    def own(self, raw: Mapping[str, Any]) -> Definition:
        """How long a note may be, in code points."""
        return {"max_length": number(raw, "max_length", DEFAULT_MAX_LENGTH, 20, LONGEST_NOTE)}

    def answer(self, definition: Definition, raw: Mapping[str, Any]) -> Answer:
        """A note or a pass; raises `Refused`."""
        if is_pass(raw, "text", "share"):
            return Answer()
        if "text" not in raw:
            raise Refused("missing_field", field="text")
        if not isinstance(raw.get("share", False), bool):
            raise Refused("bad_value", field="share")
        # Nobody is asked for consent yet, so none is recorded, whatever a client sends.
        return Answer(text=clean_note(raw["text"], definition["max_length"]), share=False)
